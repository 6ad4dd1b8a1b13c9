"""Documents out of records: JSONL objects and rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import shorten
from typing import Any

from resolver.dates import is_date_of_document
from resolver.models import Document
from resolver.readers.sources import BadInput, Fields, Source


def from_record(
    record: Mapping[str, Any], place: str, fields: Fields
) -> Iterator[Document | BadInput]:
    """Yield the document of a record, which comes back whole as its fields.

    A date that is none does not lose it: a warning stands before the document, which has no date.

    Args:
        record: Plain values by name.
        place: Where it stands; the id of a document that has none.
        fields: What the parts of a document are called in it.
    """
    text = record.get(fields.text)
    if not isinstance(text, str):
        yield _no_text(record, place, fields.text)
        return
    if not text.isascii() and not _is_encodable(text):
        yield BadInput(place, "the text holds half a character (a lone surrogate), mend it")
        return
    id_ = record.get(fields.id)
    date = record.get(fields.date)
    is_date = isinstance(date, str) and is_date_of_document(date)
    if date and not is_date:
        yield no_date(date, place, fields.date)
    yield Document(
        text=text,
        id=place if id_ is None or id_ == "" else str(id_),
        date=date if is_date else None,
        fields=record,
    )


def _no_text(record: Mapping[str, Any], place: str, name: str) -> BadInput:
    if name in record:
        return BadInput(place, f"{name} of the record is no text, write a string", sort="text")
    has = shorten(", ".join(record), 200, placeholder=" ...") or "nothing"
    message = f"the record has no {name}, it has {has}; --text-field names another field"
    return BadInput(place, message, sort="no text")


def no_date(date: Any, place: str, name: str = "date", what: str = "record") -> BadInput:
    """Say that a date is none, which loses nothing."""
    fact = f"{name} {shorten(str(date), 60)} is no date, so the {what} counts as one without"
    return BadInput(place, f"{fact}; write a day as 2020-01-21", is_error=False, sort="no date")


def missing_column(place: str, source: Source, columns: Sequence[str]) -> BadInput:
    """Say that a table has no column of texts; one in a folder may be no document at all."""
    has = shorten(", ".join(columns), 200, placeholder=" ...") or "none"
    message = f"there is no column {source.fields.text}, name that of the texts with --text-field"
    return BadInput(place, f"{message}; the columns are {has}", source.is_named)


def doubled_column(place: str, columns: Sequence[str]) -> BadInput | None:
    """Say that two columns have one name, since one of them would be lost without a word."""
    doubled = next((name for name in columns if name and columns.count(name) > 1), None)
    if doubled is None:
        return None
    return BadInput(place, f"there are two columns {shorten(doubled, 200)}, rename one")


def _is_encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
