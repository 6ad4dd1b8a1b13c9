"""JRC-Names: a line has number, type, language and a variant, in which ``+`` stands for a space.

The lines of a number stand together, the main variant first, and ``u`` is what is used in any
language; see Steinberger et al., RANLP 2011. The number 0 is that of names nobody has looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from resolver.errors import InputError
from resolver.importers.drafts import alias, entity, identifier
from resolver.importers.files import leave_out, read_plain_lines
from resolver.importers.options import with_defaults
from resolver.models import Entity

_TYPES = {"P": "person", "O": "organisation", "T": "place", "E": "event"}


class _Line(NamedTuple):
    place: str
    number: str
    type: str
    language: str
    name: str


def read(files: Sequence[Path], options: Mapping[str, str]) -> Iterator[Entity]:
    """Yield an entity for each number; its id is made of it. ``language=en,u`` takes only these."""
    wanted = set(filter(None, with_defaults(options, {"language": ""})["language"].split(",")))
    for number, group in groupby(chain.from_iterable(map(_lines, files)), attrgetter("number")):
        lines = [line for line in group if not wanted or line.language in wanted]
        if lines and not number.strip("0"):
            leave_out(lines[0].place, "names of the number 0, which are nobody's")
        elif lines:
            type_ = _TYPES.get(lines[0].type.upper(), "entity")
            names = [alias(e.name, language=e.language.removeprefix("u")) for e in lines]
            same_as = [("jrc-names", number)]
            id_ = identifier(type_, f"jrc-{number}")
            yield entity(id_, lines[0].name, type_, names, same_as=same_as)


def _lines(path: Path) -> Iterator[_Line]:
    for number, line in read_plain_lines(path):
        if line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) < 4 or not cells[0].isdigit():
            message = "number, type, language and name were expected, parted by tabs"
            raise InputError(f"{path}:{number}: {message}")
        name = " ".join(cells[3].replace("+", " ").split())
        if name:
            yield _Line(f"{path}:{number}", cells[0], cells[1], cells[2], name)
