"""Packs that plugins build in Python."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from resolver.models import NOWHERE, Alias, Entity, Location, Pack, Role

Owner = TypeVar("Owner", Entity, Role)


def completed(pack: Pack, place: str) -> Pack:
    """Return a pack in which everything says where it comes from, as in a pack read from a file.

    Args:
        pack: The pack; what it says already is kept.
        place: ``file:line`` of the function that made it.
    """
    path, _, line = place.rpartition(":")
    here = Location(path or place, int(line or 0), 1)
    return replace(
        pack,
        path=pack.path or here.path,
        entities=tuple(_owner(entity, pack.name, here) for entity in pack.entities),
        roles=tuple(_owner(role, pack.name, here) for role in pack.roles),
        suppressions=tuple(_alias(alias, "", pack.name, here) for alias in pack.suppressions),
        location=_place(pack.location, here),
    )


def _owner(owner: Owner, pack: str, here: Location) -> Owner:
    return replace(
        owner,
        aliases=tuple(_alias(alias, owner.id, pack, here) for alias in owner.aliases),
        pack=pack,
        location=_place(owner.location, here),
    )


def _alias(alias: Alias, entity_id: str, pack: str, here: Location) -> Alias:
    if alias.pack == pack and alias.entity_id == entity_id and alias.location is not NOWHERE:
        return alias
    return replace(alias, entity_id=entity_id, pack=pack, location=_place(alias.location, here))


def _place(location: Location, here: Location) -> Location:
    # Always a new one: what is given twice is told apart by it.
    return Location(*here) if location is NOWHERE else location
