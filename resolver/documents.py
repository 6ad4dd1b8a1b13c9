"""Documents as they are given to a resolver: checked, dated, and cut into batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from resolver.dates import is_date_of_document
from resolver.errors import ConfigurationError
from resolver.models import Document

BATCH_DOCUMENTS = 16  # more are no faster together: what they look up no longer fits caches
BATCH_CHARACTERS = 200_000


def checked_date(date: str | None) -> str | None:
    """Return a date, or raise a `ConfigurationError` if there is no such day."""
    if date is not None:
        _check(date, "")
    return date


def dated(document: str | Document, date: str | None) -> Document:
    """Return a text as a document; one that has no date gets the one given.

    Raises:
        ConfigurationError: The date of the document is none.
    """
    if isinstance(document, str):
        return Document(document, date=date)
    if not isinstance(document, Document):
        raise TypeError(f"a document is a str or a Document, not {type(document).__name__}")
    if document.date:
        _check(document.date, f"document {document.id}: " if document.id else "")
        return document
    return document if date is None else replace(document, date=date)


def _check(date: object, place: str) -> None:
    if not isinstance(date, str):
        message = f"a date is a text such as 2020-01-21, not {type(date).__name__}"
        raise ConfigurationError(f"{place}{message}")
    if not is_date_of_document(date):
        raise ConfigurationError(f"{place}date {date} is none, write a day as 2020-01-21")


def in_batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Cut a stream into batches, each twice as long as the last, up to a point."""
    batch: list[Document] = []
    characters = 0
    limit = 1
    for document in documents:
        batch.append(document)
        characters += len(document.text)
        if len(batch) == limit or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
            limit = min(2 * limit, BATCH_DOCUMENTS)
    if batch:
        yield batch
