"""The list of specially designated nationals of OFAC: SDN.CSV and ALT.CSV, which have no header.

Their columns are described at https://ofac.treasury.gov/sdn-list-data-formats-data-schemas; empty
cells hold ``-0-``, and weak aliases stand in quotation marks in the remarks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from resolver.errors import InputError
from resolver.importers.capitals import restored, turned_round
from resolver.importers.drafts import alias, entity, identifier, tidy
from resolver.importers.files import leave_out, read_rows
from resolver.importers.options import with_defaults
from resolver.importers.shelf import Pile
from resolver.models import Alias, Entity

_SDN_COLUMNS, _ALT_COLUMNS = 12, 5
_END = "\x1a"  # the files end with the end-of-file character of MS-DOS
_KINDS = {"aka": "full", "fka": "former", "nka": "full"}
# Names hold apostrophes, and have no more characters than packs allow.
_WEAK = re.compile(r"\b([afn])\.k\.a\. '([^;]{1,1000}?)'(?=[;.](?:\s|$)|$)")


def read(files: Sequence[Path], options: Mapping[str, str]) -> Iterator[Entity]:
    """Yield an entity for each row of SDN files; the ALT files given with them have the aliases."""
    with_defaults(options, {})
    aliases = _aliases(files)
    found = False
    for place, cells in _rows(files, _SDN_COLUMNS):
        found = True
        if cells[0] and cells[1]:
            yield _entity(cells, aliases.take(cells[0]))
        else:
            leave_out(place, "no number or no name")
    if not found:
        raise InputError(f"{files[0]}: has no row of SDN, give SDN.CSV and ALT.CSV together")
    for _, (place, *_) in aliases:
        leave_out(place, "aliases of an entry that SDN does not have")


def _aliases(files: Sequence[Path]) -> Pile:
    """Return place, sort and text of aliases by the number of their entry."""
    aliases = Pile()
    for place, cells in _rows(files, _ALT_COLUMNS):
        aliases.add(cells[0], place, cells[2], cells[3])
    return aliases


def _rows(files: Sequence[Path], columns: int) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of one of the two tables, wherever they stand."""
    for path in files:
        for place, row in read_rows(path):
            cells = [cell.strip().removesuffix(_END).replace("-0-", "").strip() for cell in row]
            if len(row) == columns:
                yield place, cells
            elif len(row) not in {_SDN_COLUMNS, _ALT_COLUMNS} and any(cells):
                message = f"has {len(row)} columns, SDN has {_SDN_COLUMNS}, ALT {_ALT_COLUMNS}"
                raise InputError(f"{place}: {message}")


def _entity(cells: Sequence[str], aliases: Iterable[Sequence[str]]) -> Entity:
    number, name, sort = cells[:3]
    type_ = {"individual": "person", "": "organisation"}.get(sort, sort)
    person = type_ == "person"
    listed = [*_listed(aliases, person=person), *_weak(cells[-1], person=person)]
    return entity(
        identifier(type_, f"ofac-{number}"),
        _written(name, person=person),
        type_,
        listed,
        same_as=[("ofac", number)],
        tags=re.findall(r"[\w-]+", cells[3]),
    )


def _listed(aliases: Iterable[Sequence[str]], *, person: bool) -> Iterator[Alias]:
    for _, sort, name in aliases:
        if name:
            yield alias(_written(name, person=person), _KINDS.get(sort, "full"))


def _weak(remarks: str, *, person: bool) -> Iterator[Alias]:
    for sort, name in _WEAK.findall(remarks):
        text = _written(tidy(name), person=person)
        yield alias(text, _KINDS[f"{sort}ka"], weak=True, source="weak a.k.a.")


def _written(name: str, *, person: bool) -> str:
    plain = " ".join(name.split())
    return turned_round(plain) if person else restored(plain)
