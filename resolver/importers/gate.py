"""Gazetteer lists of GATE: ``lists.def`` names them, each ``.lst`` has an entry a line.

See https://gate.ac.uk/userguide/chap:gazetteers. Features stand behind the entry, as
``Ms:gender=female``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from resolver.compression import inner_suffix
from resolver.errors import InputError
from resolver.importers.drafts import alias, entity, identifier, slug, tidy
from resolver.importers.files import read_plain_lines
from resolver.importers.options import with_defaults
from resolver.models import Alias, Entity


class _List(NamedTuple):
    path: Path
    type: str
    tags: tuple[str, ...] = ()
    language: str = ""


def read(files: Sequence[Path], options: Mapping[str, str]) -> Iterator[Entity]:
    """Yield an entity for each entry, or for all entries of one id or name.

    ``id=FEATURE`` and ``name=FEATURE`` say which features hold these, ``separator`` what stands
    before a feature, ``tab`` or the characters.
    """
    defaults = {"id": "id", "name": "name", "separator": ":", "type": "entity"}
    chosen = with_defaults(options, defaults)
    separator = {"tab": "\t"}.get(chosen["separator"], chosen["separator"])
    found: dict[str, tuple[str, _List, list[Alias]]] = {}
    for listing in (listing for path in files for listing in _lists(path, chosen["type"])):
        for _, line in read_plain_lines(listing.path):
            text, features = _entry(line, separator)
            if not text:
                continue
            name = features.get(chosen["name"], "")
            id_ = features.get(chosen["id"], "") or slug(name or text)
            key = identifier(listing.type, id_)
            aliases = found.setdefault(key, (name or text, listing, []))[2]
            aliases.append(alias(text, language=listing.language))
    for id_, (name, listing, aliases) in found.items():
        yield entity(id_, name, listing.type, aliases, tags=listing.tags)


def _lists(path: Path, type_: str) -> Iterator[_List]:
    if inner_suffix(path) != ".def":
        yield _List(path, type_)
        return
    for number, line in read_plain_lines(path):
        name, major, minor, language, *_ = [*map(str.strip, line.split(":")), "", "", "", ""]
        below = path.parent.resolve()
        target = (below / name).resolve()
        if not name.endswith(".lst") or not major:
            raise InputError(f"{path}:{number}: list.lst:majorType:minorType was expected")
        if not target.is_relative_to(below) or not target.is_file():
            raise InputError(f"{path}:{number}: {name} is not there, put it beside this file")
        yield _List(path.parent / name, slug(major), (minor,) if minor else (), language)


def _entry(line: str, separator: str) -> tuple[str, dict[str, str]]:
    text, *rest = line.split(separator) if separator else [line]
    features = dict(part.split("=", 1) for part in rest if "=" in part)
    if len(features) < len(rest):  # the separator belongs to the entry
        return tidy(line), {}
    return tidy(text), {key.strip(): tidy(value) for key, value in features.items()}
