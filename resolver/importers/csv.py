"""Tables with a header: CSV, TSV, and records of JSON Lines taken as rows.

A row is an alias or an entity: rows of one id, or without ids of one name, belong together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from resolver.cells import original
from resolver.compression import inner_suffix
from resolver.errors import InputError
from resolver.importers.drafts import alias, entity, identifier, iso_date, slug, tidy
from resolver.importers.files import leave_out, read_json_lines, read_rows
from resolver.importers.offices import Offices
from resolver.importers.options import with_defaults
from resolver.models import Alias, Entity, Role
from resolver.packs.schema import KINDS
from resolver.packs.table import COLUMNS, owners_of

_CHOSEN = (
    *("id", "name", "alias", "weak", "type", "kind", "strength", "language", "source"),
    *("role", "from", "until"),
)
_ALSO = {"alias": ("aliases", "synonym", "synonyms"), "name": ("canonical",), "id": ("entity_id",)}
_DEFAULTS = {
    **dict.fromkeys(_CHOSEN, ""),
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

    ``id``, ``name``, ``alias``, ``weak``, ``type``, ``kind``, ``strength``, ``language``,
    ``source``, ``from``, ``until`` and ``role`` say which column holds what, where it is not called
    so; of several columns, joined by ``+``, the texts are put together. ``separator`` stands
    between the aliases of a cell, ``delimiter`` between columns.
    """
    chosen = with_defaults(options, _DEFAULTS)
    entities: dict[str, tuple[str, str, list[Alias]]] = {}
    offices = Offices()
    for path in files:
        table = _table(path, chosen)
        first = next(table, None)
        rows = chain([first], table) if first else table
        if first and first[1].keys() >= set(COLUMNS):  # `resolver export csv` wrote it
            yield from owners_of(rows)
            continue
        for place, cells in _rows(path, rows, chosen):
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


def _rows(
    path: Path, rows: Iterable[tuple[str, dict[str, str]]], chosen: Mapping[str, str]
) -> Iterator[_Row]:
    columns: dict[str, list[str]] = {}
    for place, row in rows:
        if not columns:
            columns = _columns(path, row, chosen)
            for name in _unused(row, columns):
                leave_out(f"{path}, {name}", "a column that no option names")
        yield _Row(
            place,
            {
                what: " ".join(row[name].strip() for name in names if row.get(name, "").strip())
                for what, names in columns.items()
            },
        )


def _table(path: Path, chosen: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    if inner_suffix(path) in {".jsonl", ".ndjson"}:
        for place, record in read_json_lines(path):
            cells = {key: _cell(value, chosen["separator"]) for key, value in record.items()}
            yield place, cells
        return
    delimiter = chosen["delimiter"]
    mark = _DELIMITERS.get(delimiter, delimiter) or ("\t" if inner_suffix(path) == ".tsv" else ",")
    if len(mark) != 1:
        raise InputError(f"{path}: delimiter {mark} is not one character, nor tab")
    rows = read_rows(path, mark)
    header = next(rows, (str(path), []))[1]
    if not delimiter and len(header) == 1 and ";" in header[0]:
        rows = read_rows(path, ";")
        header = next(rows)[1]
    header = [name.strip() for name in header]
    for place, row in rows:
        if len(row) > len(header):
            message = f"has {len(row)} columns, and the header {len(header)}"
            raise InputError(f"{place}: {message}, quote cells that hold the delimiter")
        given = zip(header, map(original, row), strict=False)
        yield place, dict.fromkeys(header, "") | dict(given)


def _cell(value: Any, separator: str) -> str:
    """Return a value of JSON as the cell of a table, a list of texts as several aliases."""
    if isinstance(value, list):
        return separator.join(each for each in value if isinstance(each, str))
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _columns(path: Path, row: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, list[str]]:
    found = {}
    taken = {name for key in _CHOSEN for name in chosen[key].split("+")}
    for what in _CHOSEN:
        named = chosen[what].split("+") if chosen[what] else []
        for name in named:
            if name not in row:
                has = ", ".join(row)
                raise InputError(f"{path}: there is no column {name} for {what}, there are {has}")
        also = (what, *_ALSO.get(what, ()))
        usual = next((n for n in row if n.casefold() in also and n not in taken), None)
        found[what] = named or ([usual] if usual else [])
    if not found["name"] and not found["alias"]:
        has = ", ".join(row)
        message = f"which column holds names? say --option name=COLUMN, there are {has}"
        raise InputError(f"{path}: {message}")
    return found


def _unused(row: Mapping[str, str], columns: Mapping[str, Sequence[str]]) -> list[str]:
    taken = {name for names in columns.values() for name in names}
    return [name for name in row if name not in taken]


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
    weak, texts = (
        [tidy(text) for text in (cells[key].split(separator) if separator else [cells[key]])]
        for key in ("weak", "alias")
    )
    for text in filter(None, dict.fromkeys((*texts, *weak))):
        yield alias(
            text,
            kind,
            weak=text in weak or cells["strength"].casefold() in _WEAK,
            begin=dates[0],
            end=dates[1],
            language=cells["language"],
            source=cells["source"],
        )
