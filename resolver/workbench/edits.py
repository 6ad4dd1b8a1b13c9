"""What was edited between two versions of packs: aliases, suppressions, entities, offices."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal, NamedTuple, TypeVar

from resolver.models import Alias, Entity, Location, Pack, Role

_ALIAS_KEYS = {
    "kind": "kind",
    "case": "case",
    "strength": "strength",
    "boundary": "boundary",
    "ambiguous": "ambiguous",
    "default": "default",
    "context": "context",
    "valid_from": "from",
    "valid_until": "until",
}

Item = TypeVar("Item")


class PackEdit(NamedTuple):
    """One edit of a pack.

    Attributes:
        what: What was done.
        noun: ``alias``, ``suppression``, ``entity`` or ``role``.
        text: The alias or suppression; of an entity or office its name.
        entity_id: What the alias names, or the id; empty for a suppression.
        keys: What was changed about it, if it was.
        location: Where it stands: in the old version if removed, otherwise in the new one.
    """

    what: Literal["added", "removed", "changed"]
    noun: str
    text: str
    entity_id: str
    keys: tuple[str, ...]
    location: Location

    def __str__(self) -> str:
        """Return place, what it is and what was done to it."""
        about = f' "{self.text}"' if self.noun in {"alias", "suppression"} else ""
        named = f" of {self.entity_id}" if self.noun == "alias" else ""
        id_ = f" {self.entity_id}" if self.noun in {"entity", "role"} else ""
        keys = f": {', '.join(self.keys)}" if self.keys else ""
        return f"{self.location}: {self.noun}{about}{named}{id_} {self.what}{keys}"


@dataclass(frozen=True)
class Edits:
    """All edits between two versions.

    Attributes:
        old: By the place of an alias in the old version, what was done to it.
        new: By the place of an alias in the new version, what was done to it.
        owners: By the id of an entity or office, what was done to it but for its aliases.
    """

    old: Mapping[Location, PackEdit]
    new: Mapping[Location, PackEdit]
    owners: Mapping[str, PackEdit]


def edits_between(old: Sequence[Pack], new: Sequence[Pack]) -> Edits:
    """Compare two versions of packs.

    An alias is the same if its entity and its text are; what is listed twice under different
    conditions is paired by these.
    """
    # What is the very same pack on both sides holds no edit: most packs, where one is edited.
    kept = {id(pack) for pack in old} & {id(pack) for pack in new}
    old, new = ([pack for pack in side if id(pack) not in kept] for side in (old, new))
    old_side: dict[Location, PackEdit] = {}
    new_side: dict[Location, PackEdit] = {}
    for before, after in _paired(_aliases(old), _aliases(new), _alias_key, _traits):
        edit = _alias_edit(before, after)
        if edit and before:
            old_side[before.location] = edit
        if edit and after:
            new_side[after.location] = edit
    owners = {}
    for was, is_ in _paired(_owners(old), _owners(new), _id_of, _id_of):
        edit = _owner_edit(was, is_)
        if edit:
            owners[edit.entity_id] = edit
    return Edits(old_side, new_side, owners)


def _aliases(packs: Iterable[Pack]) -> Iterator[Alias]:
    for pack in packs:
        for owner in pack.owners:
            yield from owner.aliases
        yield from pack.suppressions


def _owners(packs: Iterable[Pack]) -> Iterator[Entity | Role]:
    for pack in packs:
        yield from pack.owners


def _alias_key(alias: Alias) -> Hashable:
    return alias.entity_id, alias.text


def _traits(alias: Alias) -> Hashable:
    return tuple(getattr(alias, field) for field in _ALIAS_KEYS)


def _id_of(owner: Entity | Role) -> Hashable:
    return owner.id


def _paired(
    old: Iterable[Item],
    new: Iterable[Item],
    key: Callable[[Item], Hashable],
    traits: Callable[[Item], Hashable],
) -> Iterator[tuple[Item | None, Item | None]]:
    """Pair the items of both sides that have one key, those of the same traits first."""
    by_key: dict[Hashable, tuple[list[Item], list[Item]]] = {}
    for side, items in enumerate((old, new)):
        for item in items:
            by_key.setdefault(key(item), ([], []))[side].append(item)
    for before, after in by_key.values():
        for item in tuple(before):
            same = next((other for other in after if traits(other) == traits(item)), None)
            if same is not None:
                before.remove(item)
                after.remove(same)
                yield item, same
        yield from zip_longest(before, after)


def _alias_edit(before: Alias | None, after: Alias | None) -> PackEdit | None:
    alias = after or before
    if alias is None:
        return None
    noun = "alias" if alias.entity_id else "suppression"
    keys: tuple[str, ...] = ()
    if before and after:
        keys = tuple(
            key
            for field, key in _ALIAS_KEYS.items()
            if getattr(before, field) != getattr(after, field)
        )
        if not keys:
            return None
    what = _what(before, after)
    return PackEdit(what, noun, alias.text, alias.entity_id, keys, alias.location)


def _owner_edit(before: Entity | Role | None, after: Entity | Role | None) -> PackEdit | None:
    """Return what was changed; one that came or went shows in its aliases."""
    if before is None or after is None:
        return None
    old, new = _said_of(before), _said_of(after)
    keys = tuple(key for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key))
    noun = "role" if isinstance(after, Role) else "entity"
    return PackEdit("changed", noun, after.name, after.id, keys, after.location) if keys else None


def _said_of(owner: Entity | Role) -> dict[str, object]:
    """Return what is said of an entity or office that bears on mentions, but for its aliases."""
    if isinstance(owner, Entity):
        return {"name": owner.name, "type": owner.type, "surnames": owner.surnames}
    holders = [(h.entity_id, h.valid_from, h.valid_until) for h in owner.holders]
    return {"name": owner.name, "of": owner.of, "shared": owner.shared, "holders": holders}


def _what(before: object, after: object) -> Literal["added", "removed", "changed"]:
    if before is None:
        return "added"
    return "removed" if after is None else "changed"
