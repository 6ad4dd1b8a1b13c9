"""Acronym in brackets: "Joint Intelligence Committee (JIC)", either way round.

The document itself then says what the letters stand for, in that document only and nowhere that the
tables decide otherwise. The letters are checked against the long form as Schwartz and Hearst do ("A
simple algorithm for identifying abbreviation definitions in biomedical text", 2003): backwards,
each letter in order, the first one at the beginning of a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from resolver.analysis import Analysis
from resolver.brackets import may_be_acronym
from resolver.findings import DEFINITION, Decision, Derived, Rule
from resolver.models import Alias


def find_acronyms(analysis: Analysis) -> Iterable[Derived]:
    """Find the acronyms that the document defines, wherever they stand in it."""
    text = analysis.text
    behind = {found.ends: found.letters for found in analysis.acronyms}
    before = {found.begins: found.letters for found in analysis.acronyms}
    defined: dict[str, Decision] = {}
    for anchor in analysis.anchors:
        start, end = anchor.span
        acronym = behind.get(end) or (_is_closed(text, end) and before.get(start))
        if not acronym or not anchor.entity_id or not stands_for(acronym, text[start:end]):
            continue
        if len(acronym) > 2 or not _is_person(analysis, anchor):
            defined.setdefault(acronym, anchor)
    for acronym, anchor in defined.items():
        long_form = text[anchor.span[0] : anchor.span[1]]
        alias = _acronym_alias(anchor.aliases[0], acronym)
        reason = f'defined beside "{long_form}" at {anchor.span[0]}'
        for span in analysis.find(acronym):
            if text[span[0] : span[1]] == acronym:
                yield Derived(span, alias, DEFINITION, "acronym", reason, anchor.span)


def _is_person(analysis: Analysis, anchor: Decision) -> bool:
    """Return whether somebody is named; two letters behind a name are a party ("(LD)")."""
    return analysis.owner(anchor.aliases[0]).type.casefold() == "person"


def _is_closed(text: str, end: int) -> bool:
    """Return whether a bracket closes behind a place."""
    return text[end : end + 2].lstrip("\"'”’")[:1] in {")", "]"}


def stands_for(acronym: str, long_form: str) -> bool:
    """Return whether letters may stand for a longer form.

    >>> stands_for("JIC", "Joint Intelligence Committee"), stands_for("MI6", "Taliban")
    (True, False)

    Args:
        acronym: At least two characters, at least half of them capitals.
        long_form: What they may stand for.
    """
    letters = [char for char in acronym if char.isalnum()]
    if not may_be_acronym(acronym):
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
