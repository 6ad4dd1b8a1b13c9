"""What was done with owners and names on the way into a pack, counted by the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

_SHOWN = 3


class Change(NamedTuple):
    """Something that was done, for one reason, with any number of names.

    Attributes:
        what: What was done, and why.
        times: How often.
        texts: The first few names or places with which it was done, each once.
        more: Whether there are others.
    """

    what: str
    times: int
    texts: tuple[str, ...]
    more: bool


class Changes:
    """A tally of changes; it stays small however many there are."""

    def __init__(self) -> None:
        """Begin without any."""
        self._counts: Counter[str] = Counter()
        self._texts: dict[str, dict[str, None]] = {}

    def __iter__(self) -> Iterator[Change]:
        """Yield the changes, ordered by what was done."""
        for what, times in sorted(self._counts.items()):
            texts = tuple(self._texts[what])
            yield Change(what, times, texts[:_SHOWN], len(texts) > _SHOWN)

    def add(self, what: str, text: str) -> None:
        """Count a change with a name, or at a place."""
        self._counts[what] += 1
        texts = self._texts.setdefault(what, {})
        if len(texts) <= _SHOWN:
            texts[text] = None
