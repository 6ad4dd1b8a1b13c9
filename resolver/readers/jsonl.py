"""JSON Lines: one record a line, with ``text`` and, where known, ``id`` and ``date``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from resolver.models import Document
from resolver.readers.sources import BadInput, Source

BOM = b"\xef\xbb\xbf"


def read(source: Source) -> Iterator[Document | BadInput]:
    """Read records line by line; a record without an id gets ``path:line``."""
    with source.open() as lines:
        for number, raw in enumerate(lines, 1):
            line = raw.removeprefix(BOM) if number == 1 else raw
            if line.strip():
                yield _document(line.rstrip(b"\r\n"), f"{source.name}:{number}")


def _document(line: bytes, place: str) -> Document | BadInput:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return BadInput(place, f"byte {error.start} of the line is not UTF-8, convert the file")
    except json.JSONDecodeError as error:
        return BadInput(f"{place}:{error.colno}", f"not valid JSON, {_lower(error.msg)}")
    except RecursionError:
        return BadInput(place, "the record is nested too deeply, flatten it")
    return _from_record(record, place)


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


def _from_record(record: Any, place: str) -> Document | BadInput:
    if not isinstance(record, dict):
        return BadInput(place, 'the line holds no record, write {"text": ...}')
    text = record.get("text")
    if not isinstance(text, str):
        has = ", ".join(record) or "nothing"
        return BadInput(place, f"the record has no text, it has {has}")
    if not text.isascii() and not _is_encodable(text):
        return BadInput(place, "the text holds half a character (a lone surrogate), mend it")
    id_ = record.get("id")
    date = record.get("date")
    return Document(
        text=text,
        id=place if id_ is None else str(id_),
        date=date if isinstance(date, str) else None,
        fields=record,
    )


def _is_encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
