"""CSV: a header, then one row an alias, with all that a pack says of it.

`resolver import csv` reads it back. A cell that a spreadsheet would run as a formula gets an
apostrophe in front.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from resolver.models import Pack
from resolver.packs import table
from resolver.writers.csv import rows_of


def write(packs: Iterable[Pack]) -> Iterator[str]:
    """Yield the lines, those of one entity or office together."""
    yield rows_of([table.COLUMNS])
    for pack in packs:
        yield from (rows_of([row]) for row in table.rows_of(pack))
