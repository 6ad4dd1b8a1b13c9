r"""Synonym files of Solr and Lucene: ``a, b, c`` and ``a, b => c``; ``\`` escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from resolver.errors import InputError
from resolver.importers.drafts import alias, entity, identifier, slug, tidy
from resolver.importers.files import read_plain_lines
from resolver.importers.options import with_defaults
from resolver.models import Entity

_WORDNET = re.compile(r"s\(\d+,.*\)\.\s*")


def read(files: Sequence[Path], options: Mapping[str, str]) -> Iterator[Entity]:
    """Yield an entity for what stands behind an arrow, or first among equals."""
    type_ = with_defaults(options, {"type": "entity"})["type"]
    names: dict[str, list[str]] = {}
    for path in files:
        for number, line in read_plain_lines(path):
            if line.startswith("#"):
                continue
            if _WORDNET.fullmatch(line):
                raise InputError(f"{path}:{number}: is the format of WordNet, write a, b => c")
            sides = [_texts(side) for side in _split(line, "=>")]
            if len(sides) > 2:
                raise InputError(f"{path}:{number}: has more than one arrow, write a, b => c")
            left, right = sides[0], sides[-1]
            # Where both sides are the same, or there is one, all mean each other.
            for name in right[:1] if set(left) == set(right) else right:
                names.setdefault(name, []).extend(left)
    for name, texts in names.items():
        listed = [alias(text) for text in texts]
        yield entity(identifier(type_, slug(name)), name, type_, listed)


def _texts(side: str) -> list[str]:
    parts = (tidy(re.sub(r"\\(.)", r"\1", part)) for part in _split(side, ","))
    return [part for part in parts if part]


def _split(text: str, mark: str) -> list[str]:
    """Return the parts of a text between marks that no backslash escapes."""
    parts = [""]
    for piece in re.findall(rf"\\.|{mark}|.", text):
        if piece == mark:
            parts.append("")
        else:
            parts[-1] += piece
    return parts
