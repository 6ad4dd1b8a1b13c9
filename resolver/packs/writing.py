"""Write packs as YAML in the compact style of the bundled ones; reading gives the same values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from resolver.models import NOWHERE, Alias, Context, Entity, Holder, Pack, Role
from resolver.packs.strict_yaml import Scalar

SCHEMA_LINE = "# yaml-language-server: $schema=pack.schema.json"

_WIDTH = 100
_PLAIN = re.compile(r"[^\W_](?:[^,:?{}\[\]#\"'`|>%@&*!=\\]|'(?=\w))*")
_JOINERS = "\u200c\u200d"  # invisible, and Persian cannot be written without them
_ALIAS_KEYS: tuple[tuple[str, str, object], ...] = (
    ("kind", "kind", "full"),
    ("case", "case", "smart"),
    ("strength", "strength", "strong"),
    ("boundary", "boundary", "word"),
    ("ambiguous", "ambiguous", False),
    ("default", "default", False),
    ("context", "context", None),
    ("from", "valid_from", None),
    ("until", "valid_until", None),
    ("source", "source", None),
    ("note", "note", None),
)
_DATES = frozenset(("from", "until", "date"))

Value = str | bool | Sequence[Any] | Mapping[str, Any]


def pack_text(pack: Pack, comments: Iterable[str] = ()) -> str:
    """Return a pack as the text of a file.

    Entities, offices and aliases stand in their order; locations do not count.

    Args:
        pack: The pack.
        comments: Lines to put above it, behind that with the schema.
    """
    types = Counter(entity.type for entity in pack.entities)
    usual = max(types, key=lambda type_: (types[type_], type_), default=None)
    lines = [*head_lines(pack, usual, comments), *owner_lines(pack.owners, usual)]
    suppressions = [alias_values(alias) for alias in pack.suppressions]
    examples = [_example(e.text, e.date, todo=e.todo) for e in pack.examples]
    for key, items in (("suppress", suppressions), ("examples", examples)):
        if items:
            lines += [f"{key}:", *(line for item in items for line in item_lines(item))]
    return "\n".join(lines) + "\n"


def head_lines(pack: Pack, usual_type: str | None, comments: Iterable[str] = ()) -> Iterator[str]:
    """Yield the lines of a pack that stand above its entities.

    Args:
        pack: The pack.
        usual_type: The type that entities have where they do not say another.
        comments: As for `pack_text`.
    """
    yield SCHEMA_LINE
    yield from (f"# {comment}" for comment in comments)
    head = {"pack": pack.name, "version": pack.version, "title": pack.title}
    head |= {"description": pack.description, "license": pack.license}
    yield from (f"{key}: {scalar(value)}" for key, value in head.items() if value is not None)
    for key, texts in (("sources", pack.sources), ("left_out", pack.left_out)):
        if texts:
            yield f"{key}:"
            yield from (f"  - {scalar(text)}" for text in texts)
    if usual_type:
        yield f"defaults: {flow({'type': usual_type})}"


def owner_lines(owners: Iterable[Entity | Role], usual_type: str | None) -> Iterator[str]:
    """Yield the lines of entities, and behind them those of offices."""
    for is_role, some in groupby(owners, key=lambda owner: isinstance(owner, Role)):
        yield "roles:" if is_role else "entities:"
        for owner in some:
            values = (
                role_values(owner) if isinstance(owner, Role) else entity_values(owner, usual_type)
            )
            yield from item_lines(values)


def item_lines(item: Value, indent: str = "  ") -> Iterator[str]:
    """Yield the lines of a list item: one if it is short, otherwise one a key and one an alias."""
    line = f"{indent}- {flow(item)}"
    if len(line) <= _WIDTH or not isinstance(item, Mapping) or "id" not in item:
        yield line
        return
    lead = f"{indent}- "
    for key, value in item.items():
        line = f"{lead}{key}: {flow(value)}"
        if len(line) <= _WIDTH or key not in {"aliases", "holders"}:
            yield line
        else:
            yield f"{lead}{key}:"
            yield from (f"{indent}    - {flow(each)}" for each in value)
        lead = f"{indent}  "


def entity_values(entity: Entity, usual_type: str | None = None) -> dict[str, Any]:
    """Return an entity as its keys in a pack whose entities are of ``usual_type`` by default."""
    values: dict[str, Any] = {"id": entity.id, "name": entity.name}
    if entity.type != usual_type:
        values["type"] = entity.type
    values |= _names(entity)
    if entity.surnames is not None:
        values["surnames"] = entity.surnames
    return values | _common(entity)


def role_values(role: Role) -> dict[str, Any]:
    """Return an office as its keys in a pack."""
    values: dict[str, Any] = {"id": role.id, "name": role.name, **_names(role)}
    if role.of:
        values["of"] = role.of
    if role.holders:
        values["holders"] = [holder_values(holder) for holder in role.holders]
    if role.shared:
        values["shared"] = True
    return values | _common(role)


def holder_values(holder: Holder) -> dict[str, Any]:
    """Return who held an office as its keys in a pack."""
    values = {"entity": holder.entity_id, "from": holder.valid_from, "until": holder.valid_until}
    return {key: value for key, value in values.items() if value is not None}


def alias_values(alias: Alias) -> str | dict[str, Any]:
    """Return an alias as its keys in a pack; one that says no more than its text as this."""
    values: dict[str, Any] = {}
    for key, attribute, usual in _ALIAS_KEYS:
        value = getattr(alias, attribute)
        if value != usual:
            values[key] = _context(value) if isinstance(value, Context) else value
    return {"text": alias.text, **values} if values else alias.text


def _context(context: Context) -> dict[str, Any]:
    keys = ("any", "all", "none", "entities")
    values: dict[str, Any] = {key: getattr(context, key) for key in keys if getattr(context, key)}
    if context.within != "document":
        values["within"] = context.within
    if context.none_within is not None:
        values["none_within"] = context.none_within
    return values


def _names(owner: Entity | Role) -> dict[str, Any]:
    listed = [alias_values(alias) for alias in owner.aliases]
    if all(alias.text != owner.name for alias in owner.aliases):
        return {"name_is_alias": False} | ({"aliases": listed} if listed else {})
    texts = [alias.text for alias in owner.aliases]
    if listed[0] == owner.name and texts.count(owner.name) == 1:
        del listed[0]  # the reader takes the name for the first alias by itself
    return {"aliases": listed} if listed else {}


def _common(owner: Entity | Role) -> dict[str, Any]:
    values = {
        "tags": owner.tags or None,
        "same_as": dict(owner.same_as) or None,
        "source": owner.source,
        "note": owner.note,
    }
    return {key: value for key, value in values.items() if value is not None}


def _example(text: str, date: str | None, *, todo: bool) -> dict[str, Any]:
    return {"text": text} | ({"date": date} if date else {}) | ({"todo": True} if todo else {})


def flow(value: Value) -> str:
    """Return a value on one line: lists in brackets, mappings in braces."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        pairs = (f"{scalar(k)}: {v if k in _DATES else flow(v)}" for k, v in value.items())
        return f"{{{', '.join(pairs)}}}"
    return f"[{', '.join(map(flow, value))}]"


def scalar(text: str) -> str:
    """Return a text as YAML, in quotation marks wherever it might be read as something else."""
    plain = _PLAIN.fullmatch(text) and text == text.strip() and _is_printable(text)
    if plain and Scalar(text, NOWHERE, plain=True).read_as is None:
        return text
    escaped = (_escape(char) for char in text)
    return f'"{"".join(escaped)}"'


def _is_printable(text: str) -> bool:
    return text.isprintable() or all(char.isprintable() or char in _JOINERS for char in text)


def _escape(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char == "\n":
        return "\\n"
    if _is_printable(char):
        return char
    return f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}"
