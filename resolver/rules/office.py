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
from typing import NamedTuple

from resolver.analysis import Analysis
from resolver.dates import is_valid_on
from resolver.findings import DEFINITION, Derived, Evidence, Finding, Refusal, Rule, Span
from resolver.gazetteer import Gazetteer
from resolver.models import Alias, Entity, Role
from resolver.names import is_headline, surnames_of
from resolver.readings import Reading
from resolver.rules.beside import (
    HolderPlace,
    belongs_elsewhere,
    holder_places,
    name_behind,
    other_office,
    owners_beside,
)
from resolver.rules.context import missing_context
from resolver.rules.holder import add_holders

_FULL_NAME = re.compile(r"[A-Z][a-z][\w'’-]*(?:\s[A-Z][a-z][\w'’-]*){1,6}")
_WORD = re.compile(r"[^\W\d_]+")
_NAME_GOES_ON = re.compile(r"[\w-]|[^\S\n]+[A-Z]")


def refuse_other_offices(analysis: Analysis) -> Iterable[Refusal]:
    """Refuse titles that a word beside them makes another office ("deputy prime minister")."""
    for span, reading in analysis.matches:
        word = other_office(analysis.text, span) if reading.roles else None
        for alias in reading.roles if word else ():
            reason = f'"{word}" beside it makes it another office'
            yield Refusal(span, alias, "office", reason)


def find_neighbours(analysis: Analysis) -> Iterable[Finding]:
    """Find what stands beside titles that need evidence, and beside names that offices decide."""
    for span, reading in analysis.pending:
        roles = reading.roles
        if not roles:
            continue
        beside = _people_beside(analysis, span)
        by_holder = list(_evidence_by_holder(analysis, span, reading, beside))
        by_owner = [] if by_holder else list(_evidence_by_owner(analysis, span, roles))
        yield from by_holder or by_owner or _refusals_by_stranger(analysis, span, reading, beside)


def find_holders_by_surname(analysis: Analysis) -> Iterable[Derived]:
    """Find holders who are named by surname alone behind their title ("President Ghani")."""
    text = analysis.text
    for span, reading in analysis.matches:
        if not reading.roles:
            continue
        place = name_behind(text, span[1])
        word = _WORD.match(text, place) if place is not None else None
        if word is None or analysis.anchor_at(word.span()) is not None:
            continue
        called = _called_behind(analysis.gazetteer, reading).get(word[0], ())
        title = text[slice(*span)]
        reason = f'surname of a holder, behind the title "{title}"'
        for holder in _in_office(analysis, word.start(), called):
            found = (word.start(), word.start() + len(holder.alias.text))
            yield Derived(found, holder.alias, DEFINITION, "office", reason)


def _people_beside(analysis: Analysis, span: Span) -> list[tuple[HolderPlace, Alias]]:
    """Return who is named beside a title; if somebody is directly behind it, only they."""
    beside = [
        (place, alias)
        for place in sorted(set(holder_places(analysis, span)), key=lambda place: place.span)
        for match in analysis.matches_from(place.span[0])
        if match.span == place.span
        for alias in match.reading.aliases
        if isinstance(analysis.gazetteer.owners.get(alias.entity_id), Entity)
    ]
    behind = [(place, person) for place, person in beside if place.certain]
    return behind if any(_is_named(analysis, place.span) for place, _ in behind) else beside


def _is_named(analysis: Analysis, span: Span) -> bool:
    """Return whether the tables see a person at a place, be it that they cannot tell which."""
    anchor = analysis.anchor_at(span)
    if anchor is None or anchor.span != span:
        return False
    return any(analysis.owner(alias).type.casefold() == "person" for alias in anchor.aliases)


def _evidence_by_holder(
    analysis: Analysis,
    span: Span,
    reading: Reading,
    beside: Sequence[tuple[HolderPlace, Alias]],
) -> Iterable[Evidence]:
    if not beside:
        return
    title = analysis.text[span[0] : span[1]]
    held = _held(analysis.gazetteer, reading)
    for place, person in beside:
        for alias, role in held.get(person.entity_id, ()):
            if place.fits(role.of):
                name = analysis.text[place.span[0] : place.span[1]]
                reason = f'"{name}", who held the office, stands beside it'
                yield Evidence(span, alias, DEFINITION, "office", reason)
                reason = f'"{title}" beside it is an office that {person.text} held'
                yield Evidence(place.span, person, DEFINITION, "office", reason)


@lru_cache(maxsize=4_096)
def _held(gazetteer: Gazetteer, reading: Reading) -> dict[str, list[tuple[Alias, Role]]]:
    """Return the offices of a title by the ids of their holders: a title may be that of fifty."""
    held: dict[str, list[tuple[Alias, Role]]] = {}
    for alias in reading.roles:
        role = gazetteer.owners[alias.entity_id]
        if isinstance(role, Role):
            for holder in dict.fromkeys(holder.entity_id for holder in role.holders):
                held.setdefault(holder, []).append((alias, role))
    return held


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
    analysis: Analysis,
    span: Span,
    reading: Reading,
    beside: Sequence[tuple[HolderPlace, Alias]],
) -> Iterable[Refusal]:
    """Refuse offices whose title goes on with the name of somebody who never held them.

    "Samsung president Park Jin" and "president of the Women's Council" are not about the president
    whom the document mentions elsewhere; nor is "president" before a person whom the tables know,
    if by them another one held the office on the day of the document.
    """
    stranger = _stranger(analysis, span, reading)
    other = None if stranger else _other_person(analysis, reading, beside)
    if stranger is None and belongs_elsewhere(analysis.text, span[1]):
        stranger = "of ..."
    for alias in reading.roles if stranger or other else ():
        context = alias.context
        # "Special Representative for Afghan Transition" may be what the alias asks for.
        asked = context and context.is_positive and not missing_context(analysis, span, context)
        if not asked and (stranger or _is_held(analysis, alias)):
            reason = f'"{stranger or other}" behind it makes it another'
            yield Refusal(span, alias, "office", reason)


def _is_held(analysis: Analysis, alias: Alias) -> bool:
    """Return whether the tables know who alone held an office on the day of the document."""
    role, day = analysis.gazetteer.owners[alias.entity_id], analysis.day
    return (
        isinstance(role, Role)
        and not role.shared
        and day is not None
        and any(is_valid_on(day, holder.valid_from, holder.valid_until) for holder in role.holders)
    )


def _stranger(analysis: Analysis, span: Span, reading: Reading) -> str | None:
    """Return the full name behind a title, if it is nobody whom the tables know."""
    text = analysis.text
    place = name_behind(text, span[1])
    found = _FULL_NAME.match(text, place) if place is not None else None
    if not found or analysis.matches_from(found.start()) or is_headline(text, span[0]):
        return None
    return None if _is_of_holder(analysis, reading, found[0]) else found[0]


def _other_person(
    analysis: Analysis, reading: Reading, beside: Sequence[tuple[HolderPlace, Alias]]
) -> str | None:
    """Return the name behind a title, if it is that of a person who never held its offices."""
    for place, _ in beside:
        if place.certain and _is_named(analysis, place.span):
            name = analysis.text[slice(*place.span)]
            # A surname that also a holder has may be the holder's.
            is_other = " " in name or not _is_of_holder(analysis, reading, name)
            return name if is_other else None
    return None


def _is_of_holder(analysis: Analysis, reading: Reading, name: str) -> bool:
    """Return whether a name begins with what a holder of the offices is called by surname."""
    return name.split(maxsplit=1)[0] in _called_behind(analysis.gazetteer, reading)


class _Called(NamedTuple):
    """A holder of an office, as called by surname, and when they held it."""

    role_id: str
    alias: Alias
    valid_from: str | None
    valid_until: str | None


def _in_office(analysis: Analysis, place: int, called: Sequence[_Called]) -> Iterable[_Called]:
    """Return who of those called by a surname is meant: of each office who held it on the day."""
    fits = [c for c in called if _is_called(analysis.text, place, c.alias.text)]
    for role_id in dict.fromkeys(holder.role_id for holder in fits):
        of_role = [holder for holder in fits if holder.role_id == role_id]
        on_the_day = [
            holder
            for holder in of_role
            if analysis.day and is_valid_on(analysis.day, holder.valid_from, holder.valid_until)
        ]
        yield from on_the_day or of_role


def _is_called(text: str, place: int, surname: str) -> bool:
    end = place + len(surname)
    return text.startswith(surname, place) and not _NAME_GOES_ON.match(text, end)


@lru_cache(maxsize=4_096)
def _called_behind(gazetteer: Gazetteer, reading: Reading) -> dict[str, list[_Called]]:
    """Return the holders of the offices of a title by the first word of their surnames."""
    called: dict[str, list[_Called]] = {}
    for role_alias in reading.roles:
        role = gazetteer.owners[role_alias.entity_id]
        for holder in role.holders if isinstance(role, Role) else ():
            person = gazetteer.owners[holder.entity_id]
            if not isinstance(person, Entity) or not person.aliases:
                continue
            listed = person.surnames
            for surname in surnames_of(person.name) if listed is None else listed:
                alias = _surname_alias(person.aliases[0], surname)
                entry = _Called(role.id, alias, holder.valid_from, holder.valid_until)
                first = _WORD.match(surname)
                called.setdefault(first[0] if first else surname, []).append(entry)
    return called


@lru_cache(maxsize=65_536)
def _surname_alias(alias: Alias, surname: str) -> Alias:
    return replace(alias, text=surname, kind="surname", source=None)


RULES = (
    Rule("office", "veto", refuse_other_offices, needs="titles"),
    Rule("office", "evidence", find_neighbours, needs="titles"),
    Rule("office", "derive", find_holders_by_surname, needs="titles"),
    Rule("office", "annotate", add_holders, needs="titles"),
)
