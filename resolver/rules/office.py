"""Offices: which one a title means, and who holds it.

A title ("President", "Foreign Secretary") is often shared by many offices. What stands directly
beside it tells which is meant: a holder ("President George W Bush", "James Cleverly, the Foreign
Secretary"), or else the country or body that the office belongs to ("Iranian President",
"Iran's president", "president of Iran"). The office in turn tells which bearer of an ambiguous name
stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from resolver.analysis import Analysis, Match
from resolver.dates import is_valid_on
from resolver.findings import DEFINITION, Derived, Evidence, Finding, Refusal, Rule, Span
from resolver.gazetteer import Gazetteer
from resolver.models import Alias, Entity, Role
from resolver.names import is_headline, surnames_of
from resolver.rules.beside import (
    HolderPlace,
    holder_places,
    name_behind,
    other_office,
    owners_beside,
)

_FULL_NAME = re.compile(r"[A-Z][a-z][\w'’-]*(?:\s[A-Z][a-z][\w'’-]*)+")
_NAME_GOES_ON = re.compile(r"[\w-]|[^\S\n]+[A-Z]")


def refuse_other_offices(analysis: Analysis) -> Iterable[Refusal]:
    """Refuse titles that a word beside them makes another office ("deputy prime minister")."""
    for start, end, reading in analysis.matches:
        roles = [alias for alias in reading.aliases if _is_role(analysis, alias)]
        word = other_office(analysis.text, (start, end)) if roles else None
        for alias in roles if word else ():
            reason = f'"{word}" beside it makes it another office'
            yield Refusal((start, end), alias, "office", reason)


def find_neighbours(analysis: Analysis) -> Iterable[Finding]:
    """Find what stands beside titles that need evidence, and beside names that offices decide."""
    for match in analysis.pending:
        roles = [alias for alias in match.reading.aliases if _is_role(analysis, alias)]
        if not roles:
            continue
        span = (match.start, match.end)
        beside = _people_beside(analysis, span)
        by_holder = list(_evidence_by_holder(analysis, span, roles, beside))
        by_owner = [] if by_holder else list(_evidence_by_owner(analysis, span, roles))
        yield from by_holder or by_owner or _refusals_by_stranger(analysis, span, roles)


def find_holders_by_surname(analysis: Analysis) -> Iterable[Derived]:
    """Find holders who are named by surname alone behind their title ("President Ghani")."""
    for match in analysis.matches:
        roles = [alias for alias in match.reading.aliases if _is_role(analysis, alias)]
        if not roles:
            continue
        place = name_behind(analysis.text, match.end)
        if place is None or analysis.anchor_at((place, place + 1)) is not None:
            continue
        for alias in roles:
            yield from _holders_called(analysis, match, alias, place)


def _is_role(analysis: Analysis, alias: Alias) -> bool:
    return isinstance(analysis.gazetteer.owners.get(alias.entity_id), Role)


def _people_beside(analysis: Analysis, span: Span) -> list[tuple[HolderPlace, Alias]]:
    return [
        (place, alias)
        for place in sorted(set(holder_places(analysis, span)), key=lambda place: place.span)
        for match in analysis.matches_from(place.span[0])
        if (match.start, match.end) == place.span
        for alias in match.reading.aliases
        if isinstance(analysis.gazetteer.owners.get(alias.entity_id), Entity)
    ]


def _evidence_by_holder(
    analysis: Analysis,
    span: Span,
    roles: Sequence[Alias],
    beside: Sequence[tuple[HolderPlace, Alias]],
) -> Iterable[Evidence]:
    title = analysis.text[span[0] : span[1]]
    for alias in roles if beside else ():
        role = analysis.owner(alias)
        if not isinstance(role, Role):
            continue
        holders = {holder.entity_id for holder in role.holders}
        for place, person in beside:
            if person.entity_id in holders and place.fits(role.of):
                name = analysis.text[place.span[0] : place.span[1]]
                held = f'"{name}", who held the office, stands beside it'
                yield Evidence(span, alias, DEFINITION, "office", held)
                reason = f'"{title}" beside it is an office that {person.text} held'
                yield Evidence(place.span, person, DEFINITION, "office", reason)


def _evidence_by_owner(
    analysis: Analysis, span: Span, roles: Sequence[Alias]
) -> Iterable[Evidence]:
    beside = owners_beside(analysis, span)
    if not beside:
        return
    for alias in roles:
        role = analysis.owner(alias)
        for owner_id in role.of if isinstance(role, Role) else ():
            if owner_id in beside:
                reason = f'"{beside[owner_id]}", to which the office belongs, stands beside it'
                yield Evidence(span, alias, DEFINITION, "office", reason)


def _refusals_by_stranger(
    analysis: Analysis, span: Span, roles: Sequence[Alias]
) -> Iterable[Refusal]:
    """Refuse offices whose title stands before somebody's full name that no table lists.

    "Samsung president Park Jin" is not about the president whom the document mentions elsewhere.
    """
    place = name_behind(analysis.text, span[1])
    found = _FULL_NAME.match(analysis.text, place) if place is not None else None
    if not found or analysis.matches_from(found.start()) or is_headline(analysis.text, span[0]):
        return
    first = found[0].split()[0]
    for alias in roles:
        if any(surname == first for surname, _ in _called_by(analysis, alias)):
            return
    for alias in roles:
        yield Refusal(span, alias, "office", f'"{found[0]}" behind it is none of its holders')


def _called_by(analysis: Analysis, role_alias: Alias) -> _Called:
    return _holders_by_surname(analysis.gazetteer, role_alias.entity_id)


def _holders_called(
    analysis: Analysis, match: Match, role_alias: Alias, place: int
) -> Iterable[Derived]:
    text = analysis.text
    for surname, holders in _called_by(analysis, role_alias):
        end = place + len(surname)
        if not text.startswith(surname, place) or _NAME_GOES_ON.match(text, end):
            continue
        in_office = [alias for alias, *turn in holders if _is_in_office(analysis, *turn)]
        title = text[match.start : match.end]
        reason = f'surname of a holder, behind the title "{title}"'
        for holder_alias in in_office or [alias for alias, *_ in holders]:
            yield Derived((place, end), holder_alias, DEFINITION, "office", reason)


def _is_in_office(analysis: Analysis, valid_from: str | None, valid_until: str | None) -> bool:
    return analysis.day is not None and is_valid_on(analysis.day, valid_from, valid_until)


_Called = tuple[tuple[str, tuple[tuple[Alias, str | None, str | None], ...]], ...]


@lru_cache(maxsize=4_096)
def _holders_by_surname(gazetteer: Gazetteer, role_id: str) -> _Called:
    role = gazetteer.owners[role_id]
    called: dict[str, list[tuple[Alias, str | None, str | None]]] = {}
    for holder in role.holders if isinstance(role, Role) else ():
        person = gazetteer.owners[holder.entity_id]
        if not isinstance(person, Entity) or not person.aliases:
            continue
        listed = person.surnames
        for surname in surnames_of(person.name) if listed is None else listed:
            alias = replace(person.aliases[0], text=surname, kind="surname", source=None)
            entry = (alias, holder.valid_from, holder.valid_until)
            called.setdefault(surname, []).append(entry)
    return tuple((surname, tuple(found)) for surname, found in sorted(called.items()))


RULES = (
    Rule("office", "veto", refuse_other_offices),
    Rule("office", "evidence", find_neighbours),
    Rule("office", "derive", find_holders_by_surname),
)
