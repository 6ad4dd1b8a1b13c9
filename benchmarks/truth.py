"""Whether an answer is right: a naive whole-word search, held against what an engine found.

The naive search compares small letters and knows nothing of accents, quotes or line ends; an engine
that finds a name in spite of these is right too, as long as the name is an alias and stands there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from engines import Found, Span

SAMPLE = 100_000
QUOTES = str.maketrans("‘’‛ʼ`´“”„–—‐‑", "''''''\"\"\"----")


class Score(NamedTuple):
    """How many mentions there are, how many were missed, and how many things found are none."""

    mentions: int
    missed: int
    wrong: int

    def __str__(self) -> str:
        """Return it for a table."""
        if not self.missed and not self.wrong:
            return "yes"
        return f"NO: of {self.mentions} missed {self.missed}, wrong {self.wrong}"


class Truth:
    """The aliases, ready to look things up."""

    def __init__(self, aliases: Sequence[str]) -> None:
        """Take the aliases in the order of their numbers."""
        self.aliases = aliases
        self.lowered = {alias.lower() for alias in aliases}
        self.lengths = sorted({len(alias) for alias in self.lowered}, reverse=True)
        self.loose = {loosely(alias) for alias in aliases}

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return every alias that stands in a text as whole words, leftmost and longest."""
        lowered = [char.lower() for char in text]  # character by character: no offset moves
        found = []
        at = 0
        while at < len(text):
            end = self._longest_at(text, lowered, at)
            if end:
                found.append((at, end))
            at = end or at + 1
        return found

    def _longest_at(self, text: str, lowered: Sequence[str], at: int) -> int | None:
        if text[at].isspace() or joins(text, at):
            return None
        for length in self.lengths:
            end = at + length
            found = end <= len(text) and "".join(lowered[at:end]) in self.lowered
            if found and not joins(text, end):
                return end
        return None

    def score(self, texts: Sequence[str], answers: Found) -> Score:
        """Return how right the answers to some texts are."""
        mentions = missed = wrong = 0
        for text, answer in zip(texts, answers, strict=True):
            expected = self.spans(text)
            right = {span[:2] for span in answer if self.is_right(text, span, set(expected))}
            # What only a looser comparison finds may stand in the way of what is expected.
            loose = right - set(expected)
            mentions += len(expected)
            wrong += sum(span[:2] not in right for span in answer)
            given = {span[:2] for span in answer}
            missed += sum(
                span not in given and not any(s < span[1] and span[0] < e for s, e in loose)
                for span in expected
            )
        return Score(mentions, missed, wrong)

    def is_right(self, text: str, span: Span, expected: set[tuple[int, int]]) -> bool:
        """Return whether an alias stands there, and the one that was said."""
        start, end, number = span
        surface = loosely(text[start:end])
        if number is not None and loosely(self.aliases[number]) != surface:
            return False
        if (start, end) in expected:
            return True
        is_loose = text[start:end].lower() not in self.lowered and surface in self.loose
        return is_loose and not joins(text, start) and not joins(text, end)


def joins(text: str, at: int) -> bool:
    """Return whether a word goes on over a place."""
    return 0 < at < len(text) and in_word(text[at - 1]) and in_word(text[at])


def in_word(char: str) -> bool:
    """Return whether a character is part of words: letters, digits, marks and ``_``."""
    return char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M"


def loosely(text: str) -> str:
    """Return a string without accents, case, forms of quotes and forms of space."""
    decomposed = unicodedata.normalize("NFKD", text.translate(QUOTES).casefold())
    plain = "".join(char for char in decomposed if unicodedata.category(char) not in {"Mn", "Cf"})
    return " ".join(plain.casefold().split())


def sample(texts: Sequence[str]) -> list[str]:
    """Return texts from all over, about `SAMPLE` characters of them."""
    total = sum(map(len, texts))
    step = max(1, total // SAMPLE)
    return [text[:SAMPLE] for text in texts[::step]]
