"""The compiled engine: an Aho-Corasick automaton in Rust."""

from __future__ import annotations

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick


class AhoCorasickMatcher:
    """All overlapping occurrences; which of them count is decided later.

    The library's own leftmost-longest search would lose a shorter alias whenever a longer one is
    refused afterwards (``U.S.`` in "U.S. Army" when ``U.S. Arm`` is listed).
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        """Build the automaton."""
        self._automaton = AhoCorasick(patterns, store_patterns=False)

    def find(self, framed: str) -> list[tuple[int, int]]:
        """Return ``(start, pattern number)`` of all occurrences; see `Matcher.find`."""
        found = self._automaton.find_matches_as_indexes(framed, overlapping=True)
        return [(start, number) for number, start, _ in found]


def build(patterns: Sequence[str]) -> AhoCorasickMatcher:
    """Compile patterns."""
    return AhoCorasickMatcher(patterns)
