"""The compiled engine: an Aho-Corasick automaton in Rust."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ahocorasick_rs import BytesAhoCorasick


class AhoCorasickMatcher:
    """All overlapping occurrences; which of them count is decided later.

    The library's own leftmost-longest search would lose a shorter alias whenever a longer one is
    refused afterwards (``U.S.`` in "U.S. Army" when ``U.S. Arm`` is listed). It is given bytes: for
    strings it counts every character of the text to find the places of a few.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        """Build the automaton."""
        self._automaton = BytesAhoCorasick([pattern.encode() for pattern in patterns])

    def find(self, framed: str) -> list[tuple[int, int, int]]:
        """Return ``(pattern number, start, end)`` of all occurrences; see `Matcher.find`."""
        encoded = framed.encode()
        found: list[tuple[int, int, int]]
        found = self._automaton.find_matches_as_indexes(encoded, overlapping=True)
        if len(encoded) == len(framed):
            return found
        places = _code_points(encoded, {place for _, *span in found for place in span})
        return [(number, places[start], places[end]) for number, start, end in found]


def _code_points(encoded: bytes, places: Iterable[int]) -> dict[int, int]:
    """Return how many characters stand before each of some places between bytes."""
    counted: dict[int, int] = {}
    done = characters = 0
    for place in sorted(places):
        characters += len(encoded[done:place].decode())
        counted[place] = characters
        done = place
    return counted


def build(patterns: Sequence[str]) -> AhoCorasickMatcher:
    """Compile patterns."""
    return AhoCorasickMatcher(patterns)
