"""Which of the matches that need a decision a document may have something to say of.

Most documents say nothing of most of them: no word that a context asks for stands in the text, no
other place names one of the entities. What such a match comes to follows from the tables alone and
is worked out once for its reading. Others stand inside a longer name that is certain ("York" in
"New York") and are never selected, whatever is said of them. Rules need to look at neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from resolver.pages import Span
from resolver.readings import Match


class Uncovered(NamedTuple):
    """The matches that do not stand inside a certain one.

    Attributes:
        matches: Those of them that need a decision, ordered by place.
        covers: The places of the certain ones that others stand inside.
    """

    matches: list[Match]
    covers: frozenset[Span]


def uncovered(matches: Sequence[Match]) -> Uncovered:
    """Leave out what stands inside a match that is certain to be selected.

    That is one which rules have nothing to say of, and which nothing before it reaches into. Where
    a suppression reaches out of it, it is not certain, and nothing is left out.

    Args:
        matches: Ordered by start, and of those the longest first.
    """
    pending: list[Match] = []
    covers: set[Span] = set()
    cover: Span = (0, 0)
    behind = 0
    for match in matches:
        span, reading = match
        start, end = span
        if end <= cover[1]:
            if not reading.settled:
                covers.add(cover)
            continue
        if reading.suppresses and start < cover[1]:
            return Uncovered([match for match in matches if not match[1].settled], frozenset())
        if reading.fields is None:
            if not reading.settled:
                pending.append(match)
        elif start >= behind:
            cover = span
        behind = max(behind, end)
    return Uncovered(pending, frozenset(covers))


def answerable(
    pending: Iterable[Match],
    named: Iterable[AbstractSet[str]],
    words: frozenset[str],
    *,
    dated: bool,
) -> list[Match]:
    """Return the matches that something in the document may decide.

    Args:
        pending: Matches that need a decision, ordered by place.
        named: For each place where something is named the ids of what that may be.
        words: The words of the document.
        dated: Whether the document has a date.
    """
    once: set[str] = set()
    twice: set[str] = set()
    for ids in named:
        twice |= once & ids
        once |= ids
    return [
        match
        for match in pending
        for reading in (match[1],)
        if reading.defaults
        or (dated and reading.dated)
        or not reading.cues.isdisjoint(words)
        or not twice.isdisjoint(reading.uncertain)
        or not once.isdisjoint(reading.asked)
    ]
