"""Read documents: one module a format.

What cannot be read is a value too, a `BadInput`, so that one bad record never loses the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from resolver.dates import is_date_of_document
from resolver.deferred import Deferred
from resolver.errors import ResolverError
from resolver.hookspecs import hookimpl
from resolver.limits import SIZE_LIMIT
from resolver.models import Document
from resolver.readers.records import no_date
from resolver.readers.runs import said_once
from resolver.readers.sources import FIELDS, BadInput, Fields, Source, find_sources

__all__ = [
    "FIELDS",
    "BadInput",
    "Fields",
    "Reader",
    "Source",
    "find_sources",
    "known_suffixes",
    "read_documents",
    "read_sources",
]


class Reader(NamedTuple):
    """A format that documents are read from.

    Attributes:
        name: What ``--input-format`` calls it.
        suffixes: The endings of file names that it is taken for, dot included, in small letters.
        read: Called with a `Source`; returns the documents in it, and a `BadInput` for each that
            cannot be read. An `OSError` and a `ResolverError` may pass.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Source], Iterable[Document | BadInput]]


@hookimpl
def resolver_readers() -> list[Reader]:
    """Return the readers that come with resolver."""
    return [
        Reader("csv", (".csv",), Deferred("resolver.readers.csv:read")),
        Reader("eml", (".eml",), Deferred("resolver.readers.eml:read")),
        Reader("html", (".html", ".htm", ".xhtml"), Deferred("resolver.readers.html:read")),
        Reader("jsonl", (".jsonl", ".ndjson"), Deferred("resolver.readers.jsonl:read")),
        Reader("parquet", (".parquet",), Deferred("resolver.readers.parquet:read")),
        Reader("text", (".txt", ".text", ".md"), Deferred("resolver.readers.text:read")),
        Reader("tsv", (".tsv",), Deferred("resolver.readers.csv:read_tabs")),
    ]


def read_documents(
    paths: Iterable[str],
    readers: Iterable[Reader],
    chosen: Reader | None = None,
    fields: Fields = FIELDS,
    size_limit: int = SIZE_LIMIT,
) -> Iterator[Document | BadInput]:
    """Read all documents that some paths name, in order.

    Args:
        paths: Files, folders, globs, or ``-`` for standard input. In folders files with a known
            ending are taken; a file that is named is taken for text if its ending says nothing.
        readers: The formats that are known.
        chosen: The one to read everything with, instead of going by the ending.
        fields: What records call the parts of a document.
        size_limit: How many bytes a document may have; see `resolver.limits`.
    """
    readers = tuple(readers)
    sources = find_sources(paths, known_suffixes(readers), fields, size_limit)
    yield from read_sources(sources, readers, chosen)


def known_suffixes(readers: Iterable[Reader]) -> frozenset[str]:
    """Return the endings of the files that are taken in folders."""
    return frozenset(suffix for reader in readers for suffix in reader.suffixes)


def read_sources(
    sources: Iterable[Source | BadInput], readers: Iterable[Reader], chosen: Reader | None = None
) -> Iterator[Document | BadInput]:
    """Read all documents in some sources, as `read_documents`."""
    readers = tuple(readers)
    by_suffix = {suffix: reader for reader in readers for suffix in reader.suffixes}
    text = next(reader for reader in readers if reader.name == "text")
    for source in sources:
        if isinstance(source, BadInput):
            yield source
        else:
            reader = chosen or by_suffix.get(source.suffix, text)
            yield from said_once(_read(source, reader))


def _read(source: Source, reader: Reader) -> Iterator[Document | BadInput]:
    try:
        for item in reader.read(source):
            yield from _dated(item, source) if isinstance(item, Document) and item.date else [item]
    except OSError as error:
        yield BadInput(source.name, f"cannot be read: {error.strerror or error}")
    except ResolverError as error:
        yield BadInput(source.name, str(error))


def _dated(document: Document, source: Source) -> Iterator[Document | BadInput]:
    """Yield a document, without its date if that is none, which is said before."""
    if isinstance(document.date, str) and is_date_of_document(document.date):
        yield document
    else:
        yield no_date(document.date, document.id or source.name, what="document")
        yield replace(document, date=None)
