"""Documents as they are given to a resolver: checked, dated, and cut into batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from resolver.dates import day_of, is_iso_date
from resolver.errors import ConfigurationError
from resolver.models import Document

BATCH_DOCUMENTS = 16  # more are no faster together: what they look up no longer fits caches
BATCH_CHARACTERS = 200_000


def checked_date(date: str | None) -> str | None:
    """Return a date, or raise a `ConfigurationError` if there is no such day."""
    if date is None or is_iso_date(date) or day_of(date):
        return date
    raise ConfigurationError(f"date {date} is none, write a day as 2020-01-21")


def dated(document: str | Document, date: str | None) -> Document:
    """Return a text as a document; one that has no date gets the one given."""
    if isinstance(document, str):
        return Document(document, date=date)
    if not isinstance(document, Document):
        raise TypeError(f"a document is a str or a Document, not {type(document).__name__}")
    return document if date is None or document.date else replace(document, date=date)


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
