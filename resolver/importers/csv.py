"""Tables with a header: CSV, TSV, and records of JSON Lines taken as rows.

A row is an alias or an entity: rows of one id, or without ids of one name, belong together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from resolver.errors import InputError
from resolver.importers.drafts import alias, entity, identifier, iso_date, slug, tidy
from resolver.importers.files import leave_out, read_json_lines, read_rows
from resolver.importers.offices import Offices
from resolver.importers.options import with_defaults
from resolver.models import Alias, Entity, Role
from resolver.packs.schema import KINDS

_COLUMNS = ("id", "name", "alias", "type", "kind", "strength", "language", "source")
_ALSO = {"alias": ("aliases", "synonym", "synonyms"), "name": ("canonical",), "id": ("entity_id",)}
_DEFAULTS = {
    **dict.fromkeys((*_COLUMNS, "role", "from", "until"), ""),
    "delimiter": "",
    "separator": "|",
    "default_type": "entity",
}
_DELIMITERS = {"tab": "\t", "comma": ",", "semicolon": ";"}
_WEAK = frozenset(("weak", "low", "false", "0", "no"))


class _Row(NamedTuple):
    place: str
    cells: Mapping[str, str]


def read(files: Sequence[Path], options: Mapping[str, str]) -> Iterator[Entity | Role]:
    """Yield the entities of all rows, then the offices if a column names them.

    ``id``, ``name``, ``alias``, ``type``, ``kind``, ``strength``, ``language``, ``source``,
    ``from``, ``until`` and ``role`` say which column holds what, where it is not called so; of
    several columns, joined by ``+``, the texts are put together. ``separator`` stands between
    the aliases of a cell, ``delimiter`` between columns.
    """
    chosen = with_defaults(options, _DEFAULTS)
    entities: dict[str, tuple[str, str, list[Alias]]] = {}
    offices = Offices()
    for path in files:
        for place, cells in _rows(path, chosen):
            name = tidy(cells["name"]) or (tidy(cells["alias"]) if not cells["id"] else "")
            type_ = slug(cells["type"]) if cells["type"] else chosen["default_type"]
            key = cells["id"] or slug(name)
            id_ = key if "/" in key else identifier(type_, key)
            if not name and id_ not in entities:
                leave_out(place, "no name")
                continue
            aliases = entities.setdefault(id_, (name, type_, []))[2]
            dates = (cells["from"], cells["until"])
            _check_dates(place, dates)
            role = tidy(cells["role"])
            if role:
                offices.get(identifier("role", slug(role)), role).add_holder(id_, *dates)
            aliases.extend(_aliases(place, cells, chosen["separator"], ("", "") if role else dates))
    for id_, (name, type_, aliases) in entities.items():
        yield entity(identifier(*id_.split("/")), name, type_, aliases)
    yield from offices


def _rows(path: Path, chosen: Mapping[str, str]) -> Iterator[_Row]:
    columns: dict[str, list[str]] = {}
    for place, row in _table(path, chosen["delimiter"]):
        columns = columns or _columns(path, row, chosen)
        yield _Row(
            place,
            {
                what: " ".join(row[name].strip() for name in names if row.get(name, "").strip())
                for what, names in columns.items()
            },
        )


def _table(path: Path, delimiter: str) -> Iterator[tuple[str, dict[str, str]]]:
    if path.suffix.lower() in {".jsonl", ".ndjson"}:
        for place, record in read_json_lines(path):
            cells = {k: str(v) for k, v in record.items() if isinstance(v, str | int)}
            yield place, dict.fromkeys(record, "") | cells
        return
    mark = _DELIMITERS.get(delimiter, delimiter) or ("\t" if path.suffix == ".tsv" else ",")
    if len(mark) != 1:
        raise InputError(f"{path}: delimiter {mark} is not one character, nor tab")
    rows = read_rows(path, mark)
    header = next(rows, (str(path), []))[1]
    for place, row in rows:
        if len(row) > len(header):
            message = f"has {len(row)} columns, and the header {len(header)}"
            raise InputError(f"{place}: {message}, quote cells that hold the delimiter")
        yield place, {n.strip(): cell for n, cell in zip(header, row, strict=False)}


def _columns(path: Path, row: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, list[str]]:
    found = {}
    for what in (*_COLUMNS, "role", "from", "until"):
        named = chosen[what].split("+") if chosen[what] else []
        for name in named:
            if name not in row:
                has = ", ".join(row)
                raise InputError(f"{path}: there is no column {name} for {what}, there are {has}")
        usual = next((n for n in (what, *_ALSO.get(what, ())) if n in row), None)
        found[what] = named or ([usual] if usual else [])
    if not found["name"] and not found["alias"]:
        has = ", ".join(row)
        message = f"which column holds names? say --option name=COLUMN, there are {has}"
        raise InputError(f"{path}: {message}")
    return found


def _check_dates(place: str, dates: Sequence[str]) -> None:
    for date in dates:
        if date and iso_date(date) is None:
            raise InputError(f"{place}: {date} is not a date, write 2022-09-06, 2022-09 or 2022")


def _aliases(
    place: str, cells: Mapping[str, str], separator: str, dates: tuple[str, str]
) -> Iterator[Alias]:
    kind = cells["kind"] or "full"
    if kind not in KINDS:
        raise InputError(f"{place}: kind {kind} is unknown, use {', '.join(KINDS)}")
    texts = cells["alias"].split(separator) if separator else [cells["alias"]]
    for text in filter(None, map(tidy, texts)):
        yield alias(
            text,
            kind,
            weak=cells["strength"].casefold() in _WEAK,
            begin=dates[0],
            end=dates[1],
            language=cells["language"],
            source=cells["source"],
        )
