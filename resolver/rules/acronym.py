"""Acronym in brackets: "Joint Intelligence Committee (JIC)", either way round.

The document itself then says what the letters stand for, in that document only and nowhere that the
tables decide otherwise. The letters are checked against the long form as Schwartz and Hearst do ("A
simple algorithm for identifying abbreviation definitions in biomedical text", 2003): backwards,
each letter in order, the first one at the beginning of a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from resolver.analysis import Analysis
from resolver.findings import DEFINITION, Decision, Derived, Rule, Span
from resolver.models import Alias
from resolver.pages import places_of

_LETTERS = r"[A-Z][A-Za-z0-9]*(?:[.&/-][A-Za-z0-9]+)*\.?"
_BEHIND = re.compile(rf"\s?[(\[](?:the )?[\"'“‘]?(?P<letters>{_LETTERS})[\"'”’]?[)\],;]")
_BEFORE = re.compile(rf"(?<!\w)(?P<letters>{_LETTERS})\s[(\[][\"'“‘]?$")
MAX_LETTERS = 10


def find_acronyms(analysis: Analysis) -> Iterable[Derived]:
    """Find the acronyms that the document defines, wherever they stand in it."""
    text = analysis.text
    # Brackets are few: only what stands beside one is looked at more closely.
    brackets = sorted(at for bracket in "([" for at in places_of(bracket, text))
    defined: dict[str, Decision] = {}
    for anchor in analysis.anchors:
        if anchor.entity_id and _is_near(brackets, anchor.span):
            acronym = _defined_beside(text, anchor.span)
            if acronym:
                defined.setdefault(acronym, anchor)
    for acronym, anchor in defined.items():
        long_form = text[anchor.span[0] : anchor.span[1]]
        alias = _acronym_alias(anchor.aliases[0], acronym)
        reason = f'defined beside "{long_form}" at {anchor.span[0]}'
        for span in analysis.find(acronym):
            if text[span[0] : span[1]] == acronym:
                yield Derived(span, alias, DEFINITION, "acronym", reason, anchor.span)


def _is_near(brackets: Sequence[int], span: Span) -> bool:
    """Return whether a bracket stands within two characters before or behind a place."""
    start, end = span
    before, behind = bisect_left(brackets, start - 2), bisect_left(brackets, end)
    return (before < len(brackets) and brackets[before] < start) or (
        behind < len(brackets) and brackets[behind] < end + 2
    )


def _defined_beside(text: str, span: Span) -> str | None:
    start, end = span
    found = _BEHIND.match(text, end)
    if not found:
        closes = text[end : end + 2].lstrip("\"'”’")[:1] in {")", "]"}
        found = _BEFORE.search(text, max(0, start - MAX_LETTERS - 5), start) if closes else None
    if not found:
        return None
    letters = found["letters"]
    return letters if stands_for(letters, text[start:end]) else None


def stands_for(acronym: str, long_form: str) -> bool:
    """Return whether letters may stand for a longer form.

    >>> stands_for("JIC", "Joint Intelligence Committee"), stands_for("MI6", "Taliban")
    (True, False)

    Args:
        acronym: At least two characters, at least half of them capitals.
        long_form: What they may stand for.
    """
    letters = [char for char in acronym if char.isalnum()]
    capitals = sum(char.isupper() for char in letters)
    if not 2 <= len(letters) <= MAX_LETTERS or 2 * capitals < len(letters):
        return False
    if len(letters) >= len(long_form) or acronym.casefold() == long_form.casefold():
        return False
    words = long_form.casefold()
    position = len(words)
    for number in range(len(letters) - 1, -1, -1):
        letter = letters[number].casefold()
        position = words.rfind(letter, 0, position)
        while number == 0 and position > 0 and words[position - 1].isalnum():
            position = words.rfind(letter, 0, position)
        if position < 0:
            return False
    return True


@lru_cache(maxsize=4_096)
def _acronym_alias(alias: Alias, acronym: str) -> Alias:
    return replace(alias, text=acronym, kind="acronym", source=None)


RULES = (Rule("acronym", "derive", find_acronyms, needs="acronyms"),)
