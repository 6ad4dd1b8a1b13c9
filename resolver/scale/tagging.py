"""Documents tagged and written, in one process or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from resolver.models import Document, Result
from resolver.writers import Options, Writer

if TYPE_CHECKING:
    from resolver.pipeline import Resolver


Piece = str | bytes


def encoded(piece: Piece) -> bytes:
    """Return a piece of output as bytes.

    Bytes of file names that are not UTF-8 come out as they were. Half a character (a lone
    surrogate), which JSON may hold and UTF-8 not, becomes an escape, which is JSON's as well.
    """
    if isinstance(piece, bytes):
        return piece
    try:
        return piece.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return piece.encode("utf-8", "backslashreplace")


class Tagging(NamedTuple):
    """How documents are tagged and written.

    Attributes:
        writer: The format.
        options: How mentions are written.
        date: ISO date of documents that have none.
        overlaps: As for `Resolver.resolve`.
        fail_on: What to look for: ``ambiguous`` and other kinds of mentions, or ``nothing``.
    """

    writer: Writer
    options: Options
    date: str | None = None
    overlaps: str = "none"
    fail_on: tuple[str, ...] = ()


class Tagger:
    """Tags documents, and notes whether there was something that the user asked about."""

    def __init__(self, resolver: Resolver, tagging: Tagging, jobs: int) -> None:
        """Take what to tag with.

        Args:
            resolver: Finds the mentions.
            tagging: What to do with them.
            jobs: How many processes share the work.
        """
        self._resolver = resolver
        self._tagging = tagging
        self._jobs = jobs
        self.failed = False

    def results(self, documents: Iterable[Document]) -> Iterator[Result]:
        """Yield the result of each document, for a format that has to see all of them."""
        _, _, date, overlaps, fail_on = self._tagging
        for result in self._resolver.resolve_many(
            documents, date=date, overlaps=overlaps, jobs=self._jobs
        ):
            self.failed = self.failed or _is_found(result, fail_on)
            yield result

    def whole(self, results: Iterable[Result]) -> Iterable[Piece]:
        """Return the pieces of a whole file with some results."""
        return self._tagging.writer.write(results, self._tagging.options)

    def pieces(self, documents: Iterable[Document]) -> Iterator[Piece]:
        """Yield what is written of each document, in a format that writes one by one.

        With several processes they do the writing too, so that neither records nor mentions have
        to travel back.
        """
        if self._jobs == 1:
            yield from self.whole(self.results(documents))
            return
        from resolver.scale.pool import map_batches

        work = partial(_tag_batch, tagging=self._tagging)
        for _, (pieces, failed) in map_batches(self._resolver, documents, self._jobs, work):
            self.failed = self.failed or failed
            yield from pieces


def _tag_batch(
    resolver: Resolver, documents: list[Document], *, tagging: Tagging
) -> tuple[list[bytes], bool]:
    tagger = Tagger(resolver, tagging, jobs=1)
    return [encoded(piece) for piece in tagger.pieces(documents)], tagger.failed


def _is_found(result: Result, fail_on: Iterable[str]) -> bool:
    return any(_has(result, finding) for finding in fail_on)


def _has(result: Result, finding: str) -> bool:
    if finding == "nothing":
        return not result.mentions
    return any(finding in {mention.status, mention.kind} for mention in result.mentions)
