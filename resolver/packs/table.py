"""Packs as a table: a row an alias, with all that a pack says of it, and back.

Cells of several values are written as in packs: ``[uk, defence]``, ``{any: [UK]}``. What is said
of an entity or office as a whole stands in its first row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from resolver.errors import InputError, PackError
from resolver.models import Alias, Entity, Pack, Role
from resolver.packs.reading import parse_pack
from resolver.packs.writing import alias_values, entity_values, flow, role_values, scalar

Owner = Entity | Role

_IDENTITY = ("id", "name", "type")
_OF_ALIAS = tuple(
    "kind case strength boundary ambiguous default context from until source note".split()
)
# The columns of what is said of an owner as a whole, and the keys that packs have for it.
_OF_OWNER = {
    **{key: key for key in "name_is_alias surnames of holders shared tags same_as".split()},
    "owner_source": "source",
    "owner_note": "note",
}
COLUMNS = (*_IDENTITY, "alias", *_OF_ALIAS, *_OF_OWNER, "pack", "line")
_AS_IN_PACKS = frozenset(
    (
        "ambiguous default context from until name_is_alias surnames of holders shared tags same_as"
    ).split()
)
_USUAL = {"kind": "full", "case": "smart", "strength": "strong", "boundary": "word"}
_ROLE = "role"


def rows_of(pack: Pack) -> Iterator[list[str]]:
    """Yield a row for each alias, those of one owner together; one for an owner without any."""
    for owner in pack.owners:
        values = role_values(owner) if isinstance(owner, Role) else entity_values(owner)
        about = {column: _cell(values.get(key)) for column, key in _OF_OWNER.items()}
        for number, alias in enumerate(owner.aliases or (None,)):
            cells = {"id": owner.id, "name": owner.name, "type": owner.type, "pack": pack.name}
            cells |= about if number == 0 else {}
            cells |= _alias_cells(alias) if alias else {}
            yield [cells.get(column, "") for column in COLUMNS]


def _alias_cells(alias: Alias) -> dict[str, str]:
    values = alias_values(alias)
    said = {} if isinstance(values, str) else values
    cells = {key: _cell(value) for key, value in said.items() if key != "text"}
    return {**_USUAL, **cells, "alias": alias.text, "line": str(alias.location.line)}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else flow(value)


def owners_of(rows: Iterable[tuple[str, Mapping[str, str]]]) -> Iterator[Owner]:
    """Yield the entities and offices of rows, each with the name of its pack.

    Args:
        rows: Cells by the names of columns, each with its place; those of one owner stand together.

    Raises:
        InputError: The rows of an owner say what no pack can say; the message names the first.
    """
    for _, some in groupby(rows, key=lambda row: row[1]["id"]):
        group = list(some)
        place, first = group[0]
        key = "roles" if first["type"] == _ROLE else "entities"
        name = scalar(first["pack"] or "table")
        text = _owner_text([cells for _, cells in group])
        try:
            yield from parse_pack(f"pack: {name}\n{key}: [{text}]\n").owners
        except PackError as error:
            raise InputError(f"{place}: {error.problems[0].message}") from None


def _owner_text(rows: Sequence[Mapping[str, str]]) -> str:
    """Return an owner as a pack would have it, in braces."""
    first = rows[0]
    values = {column: first[column] for column in _IDENTITY}
    values |= {key: first[column] for column, key in _OF_OWNER.items()}
    if first["type"] == _ROLE:
        del values["type"]
    aliases = [
        _braced(
            {"text": row["alias"]}
            | {key: row[key] for key in _OF_ALIAS if row[key] != _USUAL.get(key)}
        )
        for row in rows
        if row["alias"]
    ]
    own = _braced({"text": first["name"]})
    if aliases[:1] == [own] and aliases.count(own) == 1:
        del aliases[0]  # the reader takes the name for the first alias by itself
    return f"{_braced(values)[:-1]}, aliases: [{', '.join(aliases)}]}}"


def _braced(values: Mapping[str, str]) -> str:
    pairs = (
        f"{key}: {value if key in _AS_IN_PACKS else scalar(value)}"
        for key, value in values.items()
        if value
    )
    return f"{{{', '.join(pairs)}}}"
