"""JRC-Names: a line has number, type, language and a variant, in which ``+`` stands for a space.

The first variant of a number is the main one; see Steinberger et al., RANLP 2011.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from resolver.errors import InputError
from resolver.importers.drafts import alias, entity, identifier
from resolver.importers.files import read_lines
from resolver.importers.options import with_defaults
from resolver.models import Alias, Entity

_TYPES = {"P": "person", "O": "organisation", "U": "entity", "T": "organisation", "E": "event"}


def read(files: Sequence[Path], options: Mapping[str, str]) -> Iterator[Entity]:
    """Yield an entity for each number; its id is made of it. ``language=en,u`` takes only these."""
    wanted = set(filter(None, with_defaults(options, {"language": ""})["language"].split(",")))
    names: dict[str, tuple[str, list[Alias]]] = {}
    for path in files:
        for number, line in read_lines(path):
            if line.startswith("#"):
                continue
            cells = [cell.strip() for cell in line.split("\t")]
            if len(cells) < 4 or not cells[0].isdigit():
                message = "number, type, language and name were expected, parted by tabs"
                raise InputError(f"{path}:{number}: {message}")
            id_, type_, language, name = cells[:4]
            text = " ".join(name.replace("+", " ").split())
            if text and (not wanted or language in wanted):
                code = "" if language == "u" else language
                names.setdefault(id_, (type_, []))[1].append(alias(text, language=code))
    for id_, (code, aliases) in names.items():
        type_ = _TYPES.get(code.upper(), "entity")
        yield entity(
            identifier(type_, f"jrc-{id_}"),
            aliases[0].text,
            type_,
            aliases,
            same_as=[("jrc-names", id_)],
        )
