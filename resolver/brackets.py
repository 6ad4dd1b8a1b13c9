"""Letters beside brackets: "Joint Intelligence Committee (JIC)", "JIC (Joint Intelligence ...)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

MAX_LETTERS = 10
_LETTERS = r"(?P<letters>[A-Z][A-Za-z0-9]*(?:[.&/-][A-Za-z0-9]+)*\.?)"
_INSIDE = re.compile(rf"[(\[](?:the )?[\"'“‘]?{_LETTERS}[\"'”’]?[)\],;]")
_BEFORE = re.compile(rf"(?<!\w){_LETTERS}\s$")
_QUOTES = frozenset("\"'“‘")


class Bracketed(NamedTuple):
    """Letters that may be short for what stands on the other side of a bracket.

    Attributes:
        letters: As they stand in the text.
        ends: Where the long form ends, if it stands before the bracket.
        begins: Where it begins, if it stands behind.
    """

    letters: str
    ends: int | None
    begins: int | None


def letters_beside_brackets(text: str) -> list[Bracketed]:
    """Return the letters in brackets, and just before brackets, that may be acronyms.

    Returns:
        Ordered by bracket.
    """
    brackets = sorted(at for bracket in "([" for at in _places_of(bracket, text))
    return [found for at in brackets for found in _beside(text, at)]


def _beside(text: str, bracket: int) -> Iterator[Bracketed]:
    inside = _INSIDE.match(text, bracket)
    if inside and may_be_acronym(inside["letters"]):
        ends = bracket - text[max(0, bracket - 1) : bracket].isspace()
        yield Bracketed(inside["letters"], ends, None)
    begins = bracket + 1 + (text[bracket + 1 : bracket + 2] in _QUOTES)
    before = _BEFORE.search(text, max(0, begins - MAX_LETTERS - 5), bracket)
    if before and may_be_acronym(before["letters"]):
        yield Bracketed(before["letters"], None, begins)


def may_be_acronym(letters: str) -> bool:
    """Return whether these are two to `MAX_LETTERS` letters, at least half of them capitals."""
    count = sum(map(str.isalnum, letters))
    return 2 <= count <= MAX_LETTERS and 2 * sum(map(str.isupper, letters)) >= count


def _places_of(bracket: str, text: str) -> Sequence[int]:
    """Return where a bracket stands; for few places many times quicker than an expression."""
    places = []
    at = text.find(bracket)
    while at >= 0:
        places.append(at)
        at = text.find(bracket, at + 1)
    return places
