"""How far a job has read, and going on from there."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from resolver.models import Document
from resolver.readers import BadInput, Source


class Place(NamedTuple):
    """How much of the input has been read.

    Attributes:
        documents: How many documents are done.
        source: The number of the file that the next one stands in, or an earlier file that has
            nothing more to give; counted from 0.
        before: How many documents stand before that file.
        bad: How much before that file could not be read.
    """

    documents: int = 0
    source: int = 0
    before: int = 0
    bad: int = 0


class Ledger:
    """Notes where in the input each document stands, so that a later run can go on behind it.

    Files that are done are not opened again. In the file where it was, what is done is read over.
    """

    def __init__(self, place: Place) -> None:
        """Begin behind what is done."""
        self._begin = place
        self._starts = deque([place])
        self.bad = place.bad
        self._documents = place.before

    def sources(self, sources: Iterable[Source | BadInput]) -> Iterator[Source | BadInput]:
        """Yield the sources that are not done, noting what stands before each."""
        for number, source in enumerate(sources):
            if number >= self._begin.source:
                start = Place(0, number, self._documents, self.bad)
                self._starts.append(start)
                yield source

    def items(
        self, items: Iterable[Document | BadInput], on_new: Callable[[], object]
    ) -> Iterator[Document | BadInput]:
        """Yield what is read, without what is done.

        Args:
            items: What is read.
            on_new: Called when it comes to what is not done.
        """
        done = self._begin.documents > 0
        for item in items:
            if done and self._documents == self._begin.documents:
                done = False
                on_new()
            if isinstance(item, BadInput):
                self.bad += item.is_error
            else:
                self._documents += 1
            if not done:
                yield item

    def place(self, documents: int) -> Place:
        """Return where the input has been read to when so many documents are done.

        Args:
            documents: At least as many as the last time.
        """
        while len(self._starts) > 1 and self._starts[1].before <= documents:
            self._starts.popleft()
        return self._starts[0]._replace(documents=documents)
