"""Documents tagged and written, in one process or several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from resolver.errors import ResolverError
from resolver.models import Document, Mention, Result
from resolver.readers import BadInput
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


class Way(NamedTuple):
    """How documents are tagged.

    Attributes:
        date: ISO date of documents that have none.
        overlaps: As for `Resolver.resolve`.
        jobs: How many processes share the work.
        limit: How many seconds one document may take; ``None`` for any time.
    """

    date: str | None = None
    overlaps: str = "none"
    jobs: int = 1
    limit: float | None = None

    @property
    def needs_workers(self) -> bool:
        """Whether the work is done by other processes: only these can be ended."""
        return self.jobs > 1 or self.limit is not None


class Tagging(NamedTuple):
    """How documents are tagged and written.

    Attributes:
        writer: The format.
        options: How mentions are written.
        way: How they are tagged.
        fail_on: What to look for: ``ambiguous`` and other kinds of mentions, or ``nothing``.
    """

    writer: Writer
    options: Options
    way: Way = Way()
    fail_on: tuple[str, ...] = ()


def tag_all(
    resolver: Resolver,
    documents: Iterable[Document],
    way: Way,
    on_bad: Callable[[BadInput], object],
    *,
    why: bool,
) -> Iterator[Result | BadInput]:
    """Yield the result of each document, or what is wrong with it.

    Args:
        resolver: Finds the mentions.
        documents: May be endless.
        way: How they are tagged.
        on_bad: Called with warnings.
        why: Whether somebody is going to ask why.
    """
    if not way.needs_workers:
        yield from resolver.resolve_many(documents, date=way.date, overlaps=way.overlaps)
        return
    work = partial(_mentions, way=way, why=why)
    for document, rows in _mapped(resolver, documents, way, work, on_bad):
        if isinstance(rows, BadInput):
            yield rows
        else:
            mentions = tuple(Mention._make((*row, _Said(steps))) for row, steps in rows)
            yield Result(_dated(document, way.date), mentions)


class Tagger:
    """Tags documents, and notes what became of them.

    Attributes:
        failed: Whether there was something that the user asked about.
        lost: How many documents took too long, or ended the process that tagged them.
    """

    def __init__(
        self, resolver: Resolver, tagging: Tagging, on_bad: Callable[[BadInput], bool]
    ) -> None:
        """Take what to tag with.

        Args:
            resolver: Finds the mentions.
            tagging: What to do with them.
            on_bad: Called with what is wrong with a document; returns whether to go on.
        """
        self._resolver = resolver
        self._tagging = tagging
        self._on_bad = on_bad
        self.failed = False
        self.lost = 0

    def results(self, documents: Iterable[Document]) -> Iterator[Result | BadInput]:
        """Yield the result of each document, for a format that has to see all of them."""
        _, options, way, fail_on = self._tagging
        for result in tag_all(self._resolver, documents, way, self._on_bad, why=options.why):
            if not isinstance(result, BadInput):
                self.failed = self.failed or _is_found(result, fail_on)
            elif self._is_last(result):
                return
            yield result

    def whole(self, results: Iterable[Result | BadInput]) -> Iterable[Piece]:
        """Return the pieces of a whole file with some results."""
        good = (result for result in results if not isinstance(result, BadInput))
        return self._tagging.writer.write(good, self._tagging.options)

    def pieces(self, documents: Iterable[Document]) -> Iterator[Piece]:
        """Yield what is written of each document, in a format that writes one by one.

        Of what is wrong nothing is written. With several processes they do the writing too, so that
        neither records nor mentions have to travel back.
        """
        way = self._tagging.way
        if not way.needs_workers:
            yield from self.whole(self.results(documents))
            return
        work = partial(_pieces, tagging=self._tagging)
        for _, written in _mapped(self._resolver, documents, way, work, self._on_bad):
            if not isinstance(written, BadInput):
                piece, is_found = written
                self.failed = self.failed or is_found
                yield piece
            elif self._is_last(written):
                return
            else:
                yield b""

    def _is_last(self, bad: BadInput) -> bool:
        self.lost += 1
        return not self._on_bad(bad)


def _mapped(
    resolver: Resolver,
    documents: Iterable[Document],
    way: Way,
    work: Callable[..., list[Any]],
    on_bad: Callable[[BadInput], object],
) -> Iterator[tuple[Document, Any]]:
    """Yield documents with what comes of them in other processes."""
    from resolver.scale.pool import Crew, map_surviving

    crew = Crew(resolver, way.jobs, work, way.limit)
    warn = partial(_warn, on_bad)
    for batch, results in map_surviving(crew, documents, warn):
        yield from zip(batch, results, strict=True)


def _warn(on_bad: Callable[[BadInput], object], message: str) -> None:
    on_bad(BadInput("", message, is_error=False))


def _mentions(
    resolver: Resolver, documents: list[Document], *, way: Way, why: bool
) -> list[list[tuple[tuple[Any, ...], tuple[str, ...]]]]:
    """Tag in a worker; return the fields of mentions and why they are what they are.

    What a mention works that out with is too much to travel.
    """
    results = resolver.resolve_many(documents, date=way.date, overlaps=way.overlaps)
    return [
        [(tuple(mention[:-1]), mention.why if why else ()) for mention in result.mentions]
        for result in results
    ]


class _Said(NamedTuple):
    """Why a mention is what it is, as another process has said."""

    steps: tuple[str, ...]

    def __call__(self, _: Mention) -> tuple[str, ...]:
        return self.steps


def _pieces(
    resolver: Resolver, documents: list[Document], *, tagging: Tagging
) -> list[tuple[bytes, bool]]:
    """Tag and write in a worker."""
    writer, options, way, fail_on = tagging
    found: list[bool] = []

    def results() -> Iterator[Result]:
        for result in resolver.resolve_many(documents, date=way.date, overlaps=way.overlaps):
            found.append(_is_found(result, fail_on))
            yield result

    pieces = [encoded(piece) for piece in writer.write(results(), options)]
    if len(pieces) != len(documents):
        fact = f"wrote {len(pieces)} pieces for {len(documents)} documents"
        raise ResolverError(f"format {writer.name}: {fact}, mend it or leave out by_document")
    return list(zip(pieces, found, strict=True))


def _dated(document: Document, date: str | None) -> Document:
    return document if date is None or document.date else replace(document, date=date)


def _is_found(result: Result, fail_on: Iterable[str]) -> bool:
    return any(_has(result, finding) for finding in fail_on)


def _has(result: Result, finding: str) -> bool:
    if finding == "nothing":
        return not result.mentions
    return any(finding in {mention.status, mention.kind} for mention in result.mentions)
