"""Write packs as YAML in the compact style of the bundled ones; reading gives the same values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from resolver.models import NOWHERE, Alias, Context, Entity, Holder, Pack, Role
from resolver.packs.strict_yaml import Scalar

SCHEMA_LINE = "# yaml-language-server: $schema=pack.schema.json"

_WIDTH = 100
_PLAIN = re.compile(r"[^\W_](?:[^,:?{}\[\]#\"'`|>%@&*!=\\]|['’](?=\w))*")
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
    lines = [SCHEMA_LINE, *(f"# {comment}" for comment in comments)]
    types = Counter(entity.type for entity in pack.entities)
    usual = max(types, key=lambda type_: (types[type_], type_), default=None)
    head = {"pack": pack.name, "version": pack.version, "title": pack.title}
    head |= {"description": pack.description, "license": pack.license}
    lines += [f"{key}: {scalar(value)}" for key, value in head.items() if value is not None]
    if pack.sources:
        lines += ["sources:", *(f"  - {scalar(source)}" for source in pack.sources)]
    if usual:
        lines.append(f"defaults: {flow({'type': usual})}")
    entities = [entity_values(entity, usual) for entity in pack.entities]
    suppressions = [alias_values(alias) for alias in pack.suppressions]
    examples = [_example(e.text, e.date, todo=e.todo) for e in pack.examples]
    for key, items in (
        ("entities", entities),
        ("roles", [role_values(role) for role in pack.roles]),
        ("suppress", suppressions),
        ("examples", examples),
    ):
        if items:
            lines += [f"{key}:", *(line for item in items for line in item_lines(item))]
    return "\n".join(lines) + "\n"


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
    return all(char.isprintable() or char in _JOINERS for char in text)


def _escape(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char == "\n":
        return "\\n"
    if _is_printable(char):
        return char
    return f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}"
