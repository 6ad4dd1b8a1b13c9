"""Keyword files of FlashText: ``alias=>name`` lines, or JSON with a list of aliases a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from resolver.compression import inner_suffix
from resolver.errors import InputError
from resolver.importers.drafts import alias, entity, identifier, slug, tidy
from resolver.importers.files import read_json, read_plain_lines, texts_of
from resolver.importers.options import with_defaults
from resolver.models import Entity


def read(files: Sequence[Path], options: Mapping[str, str]) -> Iterator[Entity]:
    """Yield an entity for each clean name; a keyword without one is its own."""
    chosen = with_defaults(options, {"type": "entity", "case": "smart"})
    names: dict[str, list[str]] = {}
    for path in files:
        for name, keyword in _json(path) if inner_suffix(path) == ".json" else _lines(path):
            keywords = names.setdefault(tidy(name) or tidy(keyword), [])
            keywords.append(tidy(keyword))
    for name, keywords in names.items():
        # The clean name itself is not searched for by FlashText, unless it is a keyword too.
        listed = [alias(text, case=chosen["case"]) for text in keywords]
        yield entity(identifier(chosen["type"], slug(name)), name, chosen["type"], listed)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    for _, line in read_plain_lines(path):
        keyword, _, name = line.partition("=>")
        if keyword.strip():
            yield name.strip(), keyword.strip()


def _json(path: Path) -> Iterator[tuple[str, str]]:
    table = read_json(path)
    if not isinstance(table, dict) or not all(isinstance(v, list) for v in table.values()):
        raise InputError(f'{path}: holds no keywords, {{"name": ["alias", ...]}} was expected')
    for name in table:
        for keyword in texts_of(table, name):
            yield name, keyword
