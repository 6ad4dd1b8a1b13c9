"""E-mail: subject and body of a message as one document, with the date on which it was sent.

The body is the plain text of the message, or the text of its HTML where it has no other. Mail is
encoded for the way, so offsets count in the text that comes with the record, not in the file.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

from resolver.models import Document
from resolver.readers.html import document_of
from resolver.readers.sources import BadInput, Source

_HEADERS = ("From", "To", "Cc", "Message-ID")


def read(source: Source) -> Iterator[Document | BadInput]:
    """Read a message; attachments are left out."""
    try:
        yield _document(source)
    except RecursionError:
        yield BadInput(source.name, "its parts or headers are nested too deeply, save it as text")


def _document(source: Source) -> Document | BadInput:
    message = email.message_from_bytes(source.read(), policy=email.policy.default)
    if not message.keys():
        return BadInput(source.name, "is no e-mail, it has no headers")
    try:
        body = _body(message)
    except LookupError as error:
        return BadInput(source.name, f"the body cannot be decoded, {error}; save it as text")
    except UnicodeDecodeError as error:
        wrong = f"byte {error.start} of the body is not {error.encoding}, which the message names"
        return BadInput(source.name, f"{wrong}; save it as text")
    subject = _header(message, "Subject") or ""
    text = "\n\n".join(part for part in (subject, body) if part)
    sent = getattr(message["Date"], "datetime", None)
    date = sent.date().isoformat() if sent else None
    record: dict[str, Any] = {"id": source.name, "date": date, "subject": subject}
    record |= {name.lower(): _header(message, name) for name in _HEADERS if message[name]}
    return Document(text, source.name, date, {**record, "text": text})


def _header(message: EmailMessage, name: str) -> str | None:
    return None if message[name] is None else " ".join(str(message[name]).split())


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    charset = part.get_content_charset("us-ascii")
    # UTF-8 says the same where ASCII is kept, and is what is there where it is not.
    charset = "utf-8" if charset == "us-ascii" else charset
    content = bytes(payload if isinstance(payload, bytes) else b"").decode(charset)
    content = content.replace("\r\n", "\n")
    return document_of(content, "").text if part.get_content_subtype() == "html" else content
