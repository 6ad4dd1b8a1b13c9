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
from resolver.readers.encodings import decode_as, without_halves
from resolver.readers.html import document_of
from resolver.readers.sources import BadInput, Source

_HEADERS = ("From", "To", "Cc", "Message-ID")
# What Python's parser of headers raises over some that it does not understand.
_FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


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
    except UnicodeDecodeError as error:
        wrong = f"byte {error.start} of the body is not {error.encoding}, which the message names"
        return BadInput(source.name, f"{wrong}; save it as text")
    except _FAULTS as error:
        return BadInput(source.name, f"the body cannot be decoded, {error}; save it as text")
    subject = _header(message, "Subject") or ""
    text = "\n\n".join(part for part in (subject, body) if part)
    sent = getattr(_parsed(message, "Date"), "datetime", None)
    date = sent.date().isoformat() if sent else None
    record: dict[str, Any] = {"id": source.name, "date": date, "subject": subject}
    headers = {name.lower(): _header(message, name) for name in _HEADERS}
    record |= {name: header for name, header in headers.items() if header}
    return Document(text, source.name, date, {**record, "text": text})


def _header(message: EmailMessage, name: str) -> str | None:
    header = _parsed(message, name)
    return None if header is None else without_halves(" ".join(str(header).split()))


def _parsed(message: EmailMessage, name: str) -> Any:
    """Return a header; one that Python cannot parse as it stands."""
    try:
        return message[name]
    except _FAULTS:
        return next(value for key, value in message.raw_items() if key.lower() == name.lower())


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    charset = part.get_content_charset("us-ascii")
    # UTF-8 says the same where ASCII is kept, and is what is there where it is not.
    charset = "utf-8" if charset == "us-ascii" else charset
    content = decode_as(payload if isinstance(payload, bytes) else b"", charset)
    content = content.replace("\r\n", "\n")
    return document_of(content, "").text if part.get_content_subtype() == "html" else content
