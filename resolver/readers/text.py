"""Plain text and Markdown: one document a file, as it stands, line ends included."""

from __future__ import annotations

from collections.abc import Iterator

from resolver.models import Document
from resolver.readers.sources import BadInput, Source, decode


def read(source: Source) -> Iterator[Document | BadInput]:
    """Read a file as one document whose id is its path."""
    text = decode(source.read(), source.name)
    yield text if isinstance(text, BadInput) else Document(text, id=source.name)
