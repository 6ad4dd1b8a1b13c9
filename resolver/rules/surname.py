"""Surname after full name: "Gass" after "Simon Gass".

Every person whose full name was mentioned is called by surname afterwards. If persons who share it
were mentioned before, all of them stay candidates. A surname that stands before any full name, as
in a headline, names the person whose full name follows. In "Ann and Bob Oakley" both are named in
full: Ann, if the tables know an Ann Oakley, by her given name and the surname behind his.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from resolver.analysis import Analysis
from resolver.findings import SUPPORT, Decision, Derived, Rule, Span
from resolver.folding import fold
from resolver.models import Alias, Entity
from resolver.names import is_of_another, is_other_word, surnames_of
from resolver.spelling import is_spelled_as

# The last word of a nickname ("Jihadi John") is no surname.
PERSONAL_KINDS = frozenset({"full", "former", "transliteration", "garbled"})
_GIVEN = re.compile(r"[A-Z][\w'’-]+")
_GIVEN_BEFORE = re.compile(rf"(?:{_GIVEN.pattern},\s)*{_GIVEN.pattern},?\s(?:and|&)\s$")
_REACH = 80


class _Bearer(NamedTuple):
    """A person who was mentioned by full name, and where; called by a surname so spelled."""

    surname: str
    alias: Alias
    spans: tuple[Span, ...]


def find_surnames(analysis: Analysis) -> Iterable[Derived]:
    """Find the surnames of the persons whose full names are mentioned."""
    by_surname: dict[str, dict[str, list[tuple[str, Alias, Span]]]] = {}

    def note(surname: str, alias: Alias, span: Span) -> None:
        # Zöllner and Zollner share a surname: both are found wherever either stands.
        bearers = by_surname.setdefault(fold(surname).text, {})
        bearers.setdefault(alias.entity_id, []).append((surname, alias, span))

    for anchor in analysis.anchors:
        if anchor.entity_id and _is_person(analysis, anchor):
            surnames = _surnames(analysis, anchor)
            for relative in _relatives(analysis, anchor, surnames):
                yield relative
                for surname in surnames:
                    note(surname, relative.alias, relative.span)
            for surname in surnames:
                note(surname, anchor.aliases[0], anchor.span)
    for surname, found in by_surname.items():
        bearers_of = [
            _Bearer(*mentions[0][:2], tuple(span for *_, span in mentions))
            for _, mentions in sorted(found.items())
        ]
        yield from _places(analysis, surname, bearers_of)


def _relatives(analysis: Analysis, anchor: Decision, surnames: Iterable[str]) -> Iterable[Derived]:
    """Find those who share the surname of a mentioned person: "Ann and" before "Bob Oakley"."""
    text, start = analysis.text, anchor.span[0]
    if text[start - 4 : start - 1] != "and" and text[start - 2 : start - 1] != "&":
        return
    before = _GIVEN_BEFORE.search(text, max(0, start - _REACH), start)
    for given in _GIVEN.finditer(text, *before.span()) if before else ():
        if analysis.anchor_at(given.span()) is None:
            reason = f'given name of the surname in "{text[slice(*anchor.span)]}" behind it'
            for alias in _named(analysis, [f"{given[0]} {surname}" for surname in surnames]):
                called = replace(alias, text=given[0], kind="given", source=None)
                yield Derived(given.span(), called, SUPPORT, "surname", reason, anchor.span)


def _named(analysis: Analysis, names: Iterable[str]) -> list[Alias]:
    """Return the aliases of persons that the first of some names has which is one at all."""
    owners = analysis.gazetteer.owners
    for name in names:
        persons = {
            alias.entity_id: alias
            for alias in analysis.gazetteer.lookup(name)
            if owners[alias.entity_id].type.casefold() == "person"
        }
        if persons:
            return list(persons.values())
    return []


def _is_person(analysis: Analysis, anchor: Decision) -> bool:
    return analysis.owner(anchor.aliases[0]).type.casefold() == "person"


def _surnames(analysis: Analysis, anchor: Decision) -> tuple[str, ...]:
    """Return what a mentioned person may be called later: by name, and as mentioned."""
    owner = analysis.owner(anchor.aliases[0])
    alias = anchor.aliases[0]
    surface = " ".join(analysis.text[anchor.span[0] : anchor.span[1]].split())
    listed = owner.surnames if isinstance(owner, Entity) else None
    if listed is None:
        mentioned = alias.text if surface.isupper() else surface
        as_mentioned = surnames_of(mentioned) if alias.kind in PERSONAL_KINDS else ()
        listed = tuple(dict.fromkeys((*surnames_of(owner.name), *as_mentioned)))
    return tuple(name for name in listed if name.casefold() != surface.casefold())


def _places(analysis: Analysis, surname: str, bearers: list[_Bearer]) -> Iterable[Derived]:
    for span in analysis.find(surname):
        called = [bearer for bearer in bearers if _is_called(analysis, span, bearer)]
        if not called or _is_taken(analysis, span):
            continue
        if is_of_another(analysis.text, *span) and not _follows_mention(analysis, span):
            continue
        before = [bearer for bearer in called if bearer.spans[0][0] < span[0]]
        for bearer in before or called:
            antecedent = bearer.spans[max(0, bisect_left(bearer.spans, span) - 1)]
            full = analysis.text[antecedent[0] : antecedent[1]]
            reason = f'surname of "{full}" at {antecedent[0]}'
            alias = _surname_alias(bearer.alias, bearer.surname)
            yield Derived(span, alias, SUPPORT, "surname", reason, antecedent)


def _is_called(analysis: Analysis, span: Span, bearer: _Bearer) -> bool:
    """Return whether a place is spelled as a surname, and not as another word."""
    text = analysis.text
    first = analysis.segments.begins_sentence(span[0])
    return is_spelled_as(text[slice(*span)], bearer.surname, "smart") and not is_other_word(
        bearer.surname, text, span[0], begins_sentence=first
    )


def _is_taken(analysis: Analysis, span: Span) -> bool:
    """Return whether something else stands there.

    What only support decides may also be another bearer of the surname.
    """
    neighbour = analysis.anchor_at(span)
    if neighbour is None:
        return False
    by_support = neighbour.evidence is not None and neighbour.evidence.level == SUPPORT
    return neighbour.span != span or (neighbour.resolved and not by_support)


def _follows_mention(analysis: Analysis, span: Span) -> bool:
    """Return whether the word before is a mention of its own ("British", "MI5")."""
    return any(map(analysis.anchor_at, (m.span for m in analysis.matches_until(span[0] - 1))))


@lru_cache(maxsize=16_384)
def _surname_alias(alias: Alias, surname: str) -> Alias:
    return replace(alias, text=surname, kind="surname", source=None)


RULES = (Rule("surname", "derive", find_surnames, needs="people"),)
