"""Offices, and the dates in packs.

Turns of an office that only one person holds, and spans that end before they begin, never get this
far: a pack with such a fault is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from resolver.dates import day_after, first_day
from resolver.models import Alias, Holder, Location, Pack, Role
from resolver.packs.lint.finding import Finding, owned_aliases

_LAST_YEAR = "2100"


def overlapping_turns(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find persons who hold a shared office twice at the same time."""
    for role in _roles(packs):
        by_person: dict[str, list[Holder]] = {}
        for holder in role.holders:
            by_person.setdefault(holder.entity_id, []).append(holder)
        for turns in by_person.values():
            turns.sort(key=lambda turn: first_day(turn.valid_from or "0001"))
            for before, after in pairwise(turns):
                end, begin = before.valid_until, after.valid_from
                if first_day(begin or "0001") < (day_after(end) if end else "9999"):
                    message = f"{after.entity_id} holds {role.id} already, since line"
                    place = before.location.line
                    yield Finding(
                        after.location,
                        "warning",
                        "overlapping-turns",
                        f"{message} {place} until {end or 'today'}, correct a date or join them",
                    )


def strange_holders(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find holders of an office who are not persons."""
    types = {owner.id: owner.type for pack in packs for owner in pack.owners}
    for role in _roles(packs):
        for holder in role.holders:
            type_ = types.get(holder.entity_id, "person")
            if type_.casefold() != "person":
                message = f"{holder.entity_id}, holder of {role.id}, is of type {type_}"
                yield Finding(
                    holder.location, "warning", "strange-holder", f"{message}, name a person"
                )


def far_dates(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find dates so far in the future that they must be slips."""
    for date, location in _dates(packs):
        if date > _LAST_YEAR:
            yield Finding(
                location, "warning", "far-date", f"{date} is far in the future, correct the date"
            )


def _dates(packs: Sequence[Pack]) -> Iterator[tuple[str, Location]]:
    spans: list[Holder | Alias] = [alias for _, alias in owned_aliases(packs)]
    spans += [holder for role in _roles(packs) for holder in role.holders]
    for span in spans:
        for date in (span.valid_from, span.valid_until):
            if date:
                yield date, span.location
    for pack in packs:
        for example in pack.examples:
            if example.date:
                yield example.date, example.location


def _roles(packs: Sequence[Pack]) -> Iterator[Role]:
    for pack in packs:
        yield from pack.roles
