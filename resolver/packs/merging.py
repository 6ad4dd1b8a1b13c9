"""Add to the text of a pack what a newer import has; what stands there stays as people wrote it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import yaml

from resolver.folding import fold
from resolver.models import Alias, Entity, Location, Pack, Role
from resolver.packs.editing import begin_of, children, content_end
from resolver.packs.reading import parse_pack
from resolver.packs.strict_yaml import Loader
from resolver.packs.writing import (
    alias_values,
    entity_values,
    flow,
    holder_values,
    item_lines,
    role_values,
)

Owner = Entity | Role
Place = tuple[int, int]


class _Edit(NamedTuple):
    """Text to put in place of the characters from ``begin`` to ``end``; how deep it is nested."""

    begin: int
    end: int
    text: str
    depth: int = 0


def merged(text: str, path: str, owners: Iterable[Owner]) -> str:
    """Return the text of a pack with what owners of an import have and it has not.

    Owners are the same if their ids are, or an identifier in ``same_as``. New owners, aliases and
    holders come last; a holder's ``until`` is filled in where there was none. A name that several
    have now is declared ``ambiguous: true`` on each. Nothing else is changed and nothing removed.
    Owners and names that the pack lists under ``left_out`` do not come.

    Args:
        text: The content of the file.
        path: How messages name it.
        owners: What was imported.

    Raises:
        PackError: The text is no pack.
    """
    pack = parse_pack(text, path)
    additions = _Additions(text)
    known = {owner.id: owner for owner in pack.owners}
    same = {(type(o), pair): o for o in reversed(pack.owners) for pair in o.same_as}
    named = list(_wanted(_with_known_ids(owners, known, same), frozenset(pack.left_out)))
    bearers = _bearers(pack, named)
    declared = [_declared(owner, bearers) for owner in named]
    for owner in declared:
        old = known.get(owner.id)
        if old is None:
            values = role_values(owner) if isinstance(owner, Role) else entity_values(owner)
            key = "roles" if isinstance(owner, Role) else "entities"
            additions.add(pack.location, key, values)
        else:
            _add_missing(additions, old, owner)
    for old in pack.owners:
        for alias in old.aliases:
            if len(bearers[fold(alias.text).text]) > 1 and not alias.ambiguous:
                additions.declare_ambiguous(alias)
    return additions.applied()


def _with_known_ids(
    owners: Iterable[Owner],
    known: Mapping[str, Owner],
    same: Mapping[tuple[type, tuple[str, str]], Owner],
) -> Iterator[Owner]:
    """Yield imported owners under the ids that the pack has for them."""
    listed = list(owners)
    ids = {}
    for owner in listed:
        found = (same[type(owner), pair] for pair in owner.same_as if (type(owner), pair) in same)
        ids[owner.id] = owner.id if owner.id in known else next(found, owner).id
    for owner in listed:
        aliases = tuple(replace(alias, entity_id=ids[owner.id]) for alias in owner.aliases)
        renamed = replace(owner, id=ids[owner.id], aliases=aliases)
        if isinstance(renamed, Role):
            holders = (
                replace(h, entity_id=ids.get(h.entity_id, h.entity_id)) for h in renamed.holders
            )
            renamed = replace(renamed, holders=tuple(holders))
        yield renamed


def _wanted(owners: Iterable[Owner], left_out: Container[str]) -> Iterator[Owner]:
    """Yield owners without the names, and without those owners, that a pack does not want."""
    for owner in owners:
        if owner.id in left_out:
            continue
        aliases = tuple(alias for alias in owner.aliases if alias.text not in left_out)
        wanted = replace(owner, aliases=aliases)
        if isinstance(wanted, Role):
            holders = (holder for holder in wanted.holders if holder.entity_id not in left_out)
            wanted = replace(wanted, holders=tuple(holders))
        yield wanted


def _bearers(pack: Pack, owners: Iterable[Owner]) -> defaultdict[str, set[str]]:
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for owner in (*pack.owners, *owners):
        for alias in owner.aliases:
            bearers[fold(alias.text).text].add(owner.id)
    return bearers


def _declared(owner: Owner, bearers: Mapping[str, set[str]]) -> Owner:
    aliases = (
        replace(a, ambiguous=a.ambiguous or len(bearers[fold(a.text).text]) > 1)
        for a in owner.aliases
    )
    return replace(owner, aliases=tuple(aliases))


def _add_missing(additions: _Additions, old: Owner, new: Owner) -> None:
    texts = {alias.text for alias in old.aliases} | {old.name}
    for alias in new.aliases:
        if alias.text not in texts:
            additions.add(old.location, "aliases", alias_values(alias))
    if not (isinstance(old, Role) and isinstance(new, Role)):
        return
    turns = {(holder.entity_id, holder.valid_from): holder for holder in old.holders}
    for holder in new.holders:
        turn = turns.get((holder.entity_id, holder.valid_from))
        if turn is None:
            additions.add(old.location, "holders", holder_values(holder))
        elif holder.valid_until and not turn.valid_until:
            additions.set_key(turn.location, "until", holder.valid_until)
    if new.shared and not old.shared:
        additions.set_key(old.location, "shared", "true")


class _Additions:
    """What is to be added to a text, collected and applied at once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.mappings: dict[Place, yaml.MappingNode] = {}
        self.scalars: dict[Place, tuple[yaml.ScalarNode, yaml.Node]] = {}
        self.items: defaultdict[tuple[Place, str], list[Any]] = defaultdict(list)
        self.keys: defaultdict[Place, dict[str, str]] = defaultdict(dict)
        self.edits: list[_Edit] = []
        self.depths: dict[yaml.Node, int] = {}
        self.line_end = "\r\n" if "\r\n" in text else "\n"
        self._index(yaml.compose(text, Loader=Loader), 0)

    def _index(self, node: yaml.Node, depth: int) -> None:
        self.depths[node] = depth
        if isinstance(node, yaml.MappingNode):
            self.mappings[begin_of(node)] = node
        for child in children(node):
            if isinstance(child, yaml.ScalarNode):
                self.scalars[begin_of(child)] = (child, node)
            self._index(child, depth + 1)

    def add(self, location: Location, key: str, item: Any) -> None:
        """Add an item to a list of the mapping at a place."""
        self.items[(location.line - 1, location.column - 1), key].append(item)

    def set_key(self, location: Location, key: str, written: str) -> None:
        """Add a key to the mapping at a place."""
        self.keys[location.line - 1, location.column - 1][key] = written

    def declare_ambiguous(self, alias: Alias) -> None:
        """Say of an alias in the pack that others bear it too."""
        scalar, parent = self.scalars[alias.location.line - 1, alias.location.column - 1]
        if isinstance(parent, yaml.SequenceNode):
            begin, end = scalar.start_mark.index, content_end(scalar, self.text)
            written = self.text[begin:end]
            inside = written if scalar.style else flow(str(scalar.value))
            self.edits.append(_Edit(begin, end, f"{{text: {inside}, ambiguous: true}}"))
        elif any(key.value == "text" and value is scalar for key, value in parent.value):
            self.keys[begin_of(parent)]["ambiguous"] = "true"
        else:
            self.items[begin_of(parent), "aliases"].append(
                alias_values(replace(alias, ambiguous=True))
            )

    def applied(self) -> str:
        """Return the text with everything added."""
        for place, keys in self.keys.items():
            self.edits.append(self._with_keys(self.mappings[place], keys))
        for (place, key), items in self.items.items():
            self.edits.append(self._with_items(self.mappings[place], key, items))
        text = self.text
        # From the end, so that the places of what is still to be done stay right; of what goes to
        # one place, the innermost comes first, then what was asked for first.
        ordered = sorted(self.edits, key=lambda edit: (edit.begin, -edit.depth))
        for edit in reversed(ordered):
            text = text[: edit.begin] + edit.text + text[edit.end :]
        return text

    def _with_keys(self, mapping: yaml.MappingNode, keys: Mapping[str, str]) -> _Edit:
        if mapping.flow_style:
            return self._inside(mapping, ", ".join(f"{k}: {v}" for k, v in keys.items()))
        indent = " " * mapping.start_mark.column
        return self._below(mapping, [f"{indent}{key}: {v}" for key, v in keys.items()])

    def _with_items(self, mapping: yaml.MappingNode, key: str, items: list[Any]) -> _Edit:
        written = ", ".join(map(flow, items))
        listed = next((value for name, value in mapping.value if name.value == key), None)
        if listed is not None and listed.flow_style:
            return self._inside(listed, written)
        if listed is None and mapping.flow_style:
            return self._inside(mapping, f"{key}: [{written}]")
        indent = " " * (listed or mapping).start_mark.column + ("" if listed else "  ")
        lines = [line for item in items for line in item_lines(item, indent)]
        return self._below(listed or mapping, lines if listed else [f"{indent[:-2]}{key}:", *lines])

    def _inside(self, node: yaml.CollectionNode, written: str) -> _Edit:
        if not node.value:
            return _Edit(node.end_mark.index - 1, node.end_mark.index - 1, written)
        end = content_end(children(node)[-1], self.text)
        return _Edit(end, end, f", {written}")

    def _below(self, node: yaml.Node, lines: Iterable[str]) -> _Edit:
        end = self.text.find("\n", content_end(node, self.text)) + 1
        written = "".join(line + self.line_end for line in lines)
        if end:
            return _Edit(end, end, written, self.depths[node])
        end = len(self.text)
        return _Edit(end, end, self.line_end + written, self.depths[node])
