"""Namesakes: "Lucy Gass" is not the Gass whom a table lists by surname alone.

A table may list a bare surname as a short name of its best-known bearer. Behind the given name of
somebody else it is part of that person's name. Given names are those that the loaded packs know:
the first words of the names of their persons.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from resolver.analysis import Analysis
from resolver.findings import Refusal, Rule, Span
from resolver.folding import fold
from resolver.framing import FRAME, pattern_order
from resolver.gazetteer import Gazetteer
from resolver.models import Alias, Entity, Role
from resolver.names import ORDINARY_WORDS, word_before
from resolver.rules.surname import PERSONAL_KINDS

_MOST = 20  # names that begin with a word; among so many there is a person, or else hardly any
# Short forms of English given names, behind the name that each is short for.
_SHORT_FORMS = """
alexander alex; andrew andy; anthony tony; barbara barbie; benjamin ben; bernard bernie; charles
charlie chuck; christopher chris; daniel dan danny; david dave; donald don; edward ed eddie ted;
elizabeth liz beth; frederick fred; geoffrey geoff; gregory greg; henry harry; james jim jimmy
jamie; jeffrey jeff; john jack johnny; jonathan jon; joseph joe; joshua josh; katherine kate
kathy; kenneth ken; lawrence larry; margaret maggie; matthew matt; michael mike mick; nicholas
nick; patrick pat; peter pete; philip phil; raymond ray; richard dick rick; robert bob bobby rob;
ronald ron; rudolph rudy; samuel sam; stephen steve steven; susan sue; thomas tom tommy; timothy
tim; william bill billy will
"""
_FULL_FORM = {
    short: full for full, *rest in map(str.split, _SHORT_FORMS.split(";")) for short in rest
}
_WEAK_SOUNDS = re.compile("[aeiouyw]")
_REPEATED = re.compile(r"(.)\1+")
_WORD = re.compile(r"[\w'’]+")


def refuse_namesakes(analysis: Analysis) -> Iterable[Refusal]:
    """Refuse bare surnames behind a given name that their bearers do not have."""
    for span, reading in analysis.people:
        bare = [alias for alias in reading.people if _is_bare_surname(alias)]
        given = _given_before(analysis, span) if bare else None
        for alias in bare if given else ():
            if not _is_own(given or "", analysis.owner(alias)):
                reason = f'"{given}" before it is the given name of somebody else'
                yield Refusal(span, alias, "namesake", reason)


def _is_bare_surname(alias: Alias) -> bool:
    return alias.kind == "short" and " " not in alias.text


def _given_before(analysis: Analysis, span: Span) -> str | None:
    """Return the given name directly before a place, where nothing listed ends."""
    word = word_before(analysis.text, *span)
    if word is None or word.casefold() in ORDINARY_WORDS or analysis.matches_until(span[0] - 1):
        return None
    return word if _is_given(analysis.gazetteer, word) else None


@lru_cache(maxsize=4_096)
def _is_given(gazetteer: Gazetteer, word: str) -> bool:
    """Return whether the name of a person whom the packs list begins with a word."""
    beginning = f"{FRAME}{fold(word).text}{FRAME}"
    patterns = gazetteer.patterns
    first = bisect_left(patterns, pattern_order(beginning), key=pattern_order)
    numbers = range(first, min(first + _MOST, len(patterns)))
    return any(
        alias.kind in PERSONAL_KINDS and _is_person(gazetteer.owners.get(alias.entity_id))
        for number in numbers
        if patterns[number].startswith(beginning) and patterns[number] != beginning
        for form in gazetteer.forms[number]
        for alias in form.aliases
    )


def _is_person(owner: Entity | Role | None) -> bool:
    return owner is not None and owner.type.casefold() == "person"


def _is_own(given: str, owner: Entity | Role) -> bool:
    """Return whether a given name, in whatever spelling, is one of a person's own."""
    return _skeleton(given) in _skeletons(owner)


@lru_cache(maxsize=4_096)
def _skeletons(owner: Entity | Role) -> frozenset[str]:
    names = owner.name, *(alias.text for alias in owner.aliases)
    return frozenset(_skeleton(word) for name in names for word in _WORD.findall(name))


def _skeleton(word: str) -> str:
    """Return what forms of a name have in common: Mohammed, Muhamad; Qasim, Kassem; Jim, James."""
    folded = fold(word).text
    folded = _FULL_FORM.get(folded, folded).replace("q", "k").replace("c", "k").replace("ph", "f")
    begins_weak = _WEAK_SOUNDS.match(folded) is not None  # Usama, Osama; but Ahmad is not Hamid
    return "a" * begins_weak + _REPEATED.sub(r"\1", _WEAK_SOUNDS.sub("", folded))


RULES = (Rule("namesake", "veto", refuse_namesakes, needs="people"),)
