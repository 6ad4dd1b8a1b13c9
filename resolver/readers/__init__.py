"""Read documents: one module a format.

A reader is a generator of `Document` and `BadInput` values: what cannot be read is a value too, so
that one bad record never loses the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from resolver.models import Document
from resolver.readers import jsonl, text
from resolver.readers.sources import BadInput, Source, find_sources

__all__ = ["FORMATS", "READERS", "BadInput", "Reader", "Source", "read_documents"]

Reader = Callable[[Source], Iterator[Document | BadInput]]

READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".text": text.read,
    ".md": text.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
}
FORMATS: dict[str, Reader] = {"text": text.read, "jsonl": jsonl.read}


def read_documents(
    paths: Iterable[str], format_name: str | None = None
) -> Iterator[Document | BadInput]:
    """Read all documents that some paths name, in order.

    Args:
        paths: Files, folders, globs, or ``-`` for standard input. In folders files with a known
            ending are taken; a file that is named is taken for text if its ending says nothing.
        format_name: How to read everything, instead of going by the ending.
    """
    for source in find_sources(paths, frozenset(READERS)):
        if isinstance(source, BadInput):
            yield source
            continue
        by_name = FORMATS.get(format_name) if format_name else None
        reader = by_name or READERS.get(source.suffix, text.read)
        try:
            yield from reader(source)
        except OSError as error:
            yield BadInput(source.name, f"cannot be read: {error.strerror or error}")
