"""CSV: a header, then one row an alias, with all that a pack says of it.

`resolver import csv` reads it. A cell that a spreadsheet would run as a formula gets an apostrophe
in front.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from resolver.models import Alias, Context, Entity, Pack, Role
from resolver.writers.csv import rows_of

COLUMNS = (
    "id name type alias kind case strength boundary ambiguous default context from until source "
    "note tags same_as pack line"
).split()


def write(packs: Iterable[Pack]) -> Iterator[str]:
    """Yield the lines, those of one entity or office together."""
    yield rows_of([COLUMNS])
    for pack in packs:
        for owner in pack.owners:
            yield rows_of(_row(owner, alias) for alias in owner.aliases)


def _row(owner: Entity | Role, alias: Alias) -> list[Any]:
    return [
        owner.id,
        owner.name,
        owner.type,
        alias.text,
        alias.kind,
        alias.case,
        alias.strength,
        alias.boundary,
        "true" if alias.ambiguous else "",
        "true" if alias.default else "",
        _context(alias.context),
        alias.valid_from,
        alias.valid_until,
        alias.source or owner.source,
        alias.note,
        " ".join(owner.tags),
        " ".join(f"{scheme}:{value}" for scheme, value in owner.same_as),
        alias.pack,
        alias.location.line,
    ]


def _context(context: Context | None) -> str:
    if context is None:
        return ""
    parts = [
        f"{key}: {', '.join(words)}"
        for key in ("any", "all", "none", "entities")
        if (words := getattr(context, key))
    ]
    return "; ".join([*parts, f"within: {context.within}"])
