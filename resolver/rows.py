"""Entities, offices and aliases as rows of plain values, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from resolver.models import Alias, Context, Entity, Holder, Location, Role


def _fields(value: object) -> Iterator[Any]:
    return (getattr(value, name) for name in value.__slots__)  # type: ignore[attr-defined]


_CONTEXT = Alias.__slots__.index("context")  # the location comes last


def alias_row(alias: Alias) -> list[Any]:
    """Return an alias as plain values."""
    return [list(_fields(v)) if isinstance(v, Context) else v for v in _fields(alias)]


def alias_of(row: list[Any]) -> Alias:
    """Return the alias of a row."""
    *fields, location = row
    if fields[_CONTEXT]:
        fields[_CONTEXT] = _context(*fields[_CONTEXT])
    return Alias(*[*fields, Location(*location)])


def _context(*row: Any) -> Context:
    any_, all_, none, entities, within, none_within = row
    words = (tuple(any_), tuple(all_), tuple(none), tuple(entities))
    return Context(*words, within, none_within)


def owner_row(owner: Entity | Role) -> list[Any]:
    """Return an entity or office as plain values, its aliases with it."""
    values = [
        [alias_row(alias) for alias in owner.aliases]
        if name == "aliases"
        else [list(_fields(holder)) for holder in value]
        if name == "holders"
        else value
        for name, value in zip(owner.__slots__, _fields(owner), strict=True)
    ]
    return [isinstance(owner, Role), *values]


def owner_of(row: list[Any]) -> Entity | Role:
    """Return the entity or office of a row."""
    is_role, *values = row
    kind = Role if is_role else Entity
    owner = dict(zip(kind.__slots__, values, strict=True))
    owner["aliases"] = tuple(map(alias_of, owner["aliases"]))
    owner["location"] = Location(*owner["location"])
    owner["same_as"] = tuple(map(tuple, owner["same_as"]))
    owner["tags"] = tuple(owner["tags"])
    if is_role:
        owner["of"] = tuple(owner["of"])
        owner["holders"] = tuple(_holder(holder) for holder in owner["holders"])
    elif owner["surnames"] is not None:
        owner["surnames"] = tuple(owner["surnames"])
    return kind(**owner)


def _holder(row: Iterable[Any]) -> Holder:
    entity_id, valid_from, valid_until, location = row
    return Holder(entity_id, valid_from, valid_until, Location(*location))
