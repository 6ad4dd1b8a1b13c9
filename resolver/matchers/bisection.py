"""Search without building anything, for the first few texts.

Patterns are sorted, and those that begin with one word stand together: two bisections find them.
That takes some ten times as long for each text as the automaton does, but an automaton of fifty
thousand patterns takes as long to build as a hundred articles take to search. So a job begins here,
and goes over to the automaton when it turns out to be a large one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from resolver.framing import FRAME, begins_anywhere
from resolver.matchers.protocol import Matcher

SMALL_JOB = 150_000  # characters, about what can be searched in the time of building an automaton
MOST_ANYWHERE = 200

_AFTER_FRAME = chr(ord(FRAME) + 1)


class BisectionMatcher:
    """Looks the words of a text up in sorted patterns.

    Attributes:
        anywhere: How many patterns need not begin where a word does; each is searched for singly.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        """Keep patterns, sorted by `resolver.framing.pattern_order`."""
        self._patterns = patterns
        self._ranges: dict[str, range] = {}
        self._at_words = bisect_left(patterns, True, key=begins_anywhere)  # noqa: FBT003
        self.anywhere = len(patterns) - self._at_words

    def find(self, framed: str) -> list[tuple[int, int, int]]:
        """Return ``(pattern number, start, end)`` of all occurrences; see `Matcher.find`."""
        found: list[tuple[int, int, int]] = []
        patterns = self._patterns
        start = -1
        for word in framed.split(FRAME):
            if word:
                found += [
                    (n, start, start + len(patterns[n]))
                    for n in self._beginning_with(word)
                    if framed.startswith(patterns[n], start)
                ]
            start += len(word) + 1
        for number in range(self._at_words, len(patterns)):
            place = framed.find(patterns[number])
            while place >= 0:
                found.append((number, place, place + len(patterns[number])))
                place = framed.find(patterns[number], place + 1)
        return found

    def _beginning_with(self, word: str) -> range:
        numbers = self._ranges.get(word)
        if numbers is None:
            begin = bisect_left(self._patterns, FRAME + word + FRAME, 0, self._at_words)
            end = bisect_left(self._patterns, FRAME + word + _AFTER_FRAME, 0, self._at_words)
            numbers = self._ranges[word] = range(begin, end)
        return numbers


class GrowingMatcher:
    """Begins with bisection and goes over to a built engine when a job turns out to be large."""

    def __init__(self, patterns: Sequence[str], build: Callable[[Sequence[str]], Matcher]) -> None:
        """Keep sorted patterns and what builds the engine for a large job."""
        self._patterns = patterns
        self._build = build
        small = BisectionMatcher(patterns)
        self._matcher: Matcher = small if small.anywhere <= MOST_ANYWHERE else build(patterns)
        self._left = SMALL_JOB

    def find(self, framed: str) -> list[tuple[int, int, int]]:
        """Return ``(pattern number, start, end)`` of all occurrences; see `Matcher.find`."""
        if self._left > 0:
            self._left -= len(framed)
            if self._left <= 0:
                self._matcher = self._build(self._patterns)
        return self._matcher.find(framed)
