"""The portable engine: the trie of the FlashText package, with a walk of its own.

FlashText's own loop returns one keyword per place and takes ASCII letters for the only ones. Here
the trie is walked from every place where a pattern can begin and every keyword on the way is
reported; boundaries are part of the patterns, so the walk itself checks them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flashtext import KeywordProcessor

from resolver.framing import FRAME


class FlashTextMatcher:
    """Two tries: patterns that begin at a word boundary, and those that begin anywhere."""

    def __init__(self, patterns: Sequence[str]) -> None:
        """Build the tries."""
        at_words = KeywordProcessor(case_sensitive=True)
        anywhere = KeywordProcessor(case_sensitive=True)
        for number, pattern in enumerate(patterns):
            trie = at_words if pattern[0] == FRAME else anywhere
            trie.add_keyword(pattern, (number,))  # FlashText takes a bare 0 for "no name given"
        self._keyword = at_words._keyword
        self._at_words: dict[str, Any] = at_words.keyword_trie_dict
        self._anywhere: dict[str, Any] = anywhere.keyword_trie_dict

    def find(self, framed: str) -> list[tuple[int, int, int]]:
        """Return ``(pattern number, start, end)`` of all occurrences; see `Matcher.find`."""
        found: list[tuple[int, int, int]] = []
        start = framed.find(FRAME)
        while start >= 0:
            self._walk(framed, start, self._at_words, found)
            start = framed.find(FRAME, start + 1)
        if self._anywhere:
            for start in range(len(framed)):
                self._walk(framed, start, self._anywhere, found)
        return found

    def _walk(
        self, framed: str, start: int, node: dict[str, Any], found: list[tuple[int, int, int]]
    ) -> None:
        keyword = self._keyword
        for position in range(start, len(framed)):
            following = node.get(framed[position])
            if following is None:
                return
            node = following
            number = node.get(keyword)
            if number is not None:
                found.append((number[0], start, position + 1))


def build(patterns: Sequence[str]) -> FlashTextMatcher:
    """Compile patterns."""
    return FlashTextMatcher(patterns)
