"""A fault that record after record has, said once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from resolver.models import Document
from resolver.readers.sources import BadInput

# So many records may have it before something is said; then ten times as many, and so on.
_FIRST = 1_000


def said_once(items: Iterable[Document | BadInput]) -> Iterator[Document | BadInput]:
    """Yield what is read, of faults of one sort in a row only the first, which tells their number.

    Args:
        items: What is read; a warning stands before the document that it is about.
    """
    run: _Run | None = None
    is_of_last = False  # whether a document that comes now is the one of the last warning
    for item in items:
        sort = item.sort if isinstance(item, BadInput) else ""
        goes_on = run is not None and (sort == run.sort if sort else is_of_last)
        if run and not goes_on:
            yield from run.said()
            run = None
        if isinstance(item, BadInput) and sort:
            run = run or _Run(sort)
            yield from run.add(item)
        else:
            yield item
        is_of_last = isinstance(item, BadInput) and not item.is_error
    if run:
        yield from run.said()


class _Run:
    """Faults of one sort that follow each other."""

    def __init__(self, sort: str) -> None:
        self.sort = sort
        self._first: BadInput | None = None
        self._count = 0
        self._most = _FIRST

    def add(self, fault: BadInput) -> Iterator[BadInput]:
        self._first = self._first or fault
        self._count += 1
        if self._count == self._most:
            self._most *= 10
            yield from self.said()

    def said(self) -> Iterator[BadInput]:
        first, more = self._first, self._count - 1
        if first:
            others = "the next record" if more == 1 else f"the next {more:,} records"
            said = f"{first.message}; the same goes for {others}" if more else first.message
            yield first._replace(message=said)
        self._first, self._count = None, 0
