"""CSV and TSV: a header, then one row a mention.

Offsets are in the unit that is asked for. A cell that a spreadsheet would run as a formula gets an
apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from resolver.cells import inert
from resolver.models import Mention, Result
from resolver.writers import Options
from resolver.writers.spans import checked, counted, in_file

_END = "\r\n"
COLUMNS = (
    "document start end surface entity_id name type status kind pack line candidates holder "
    "antecedent glued source"
).split()


def write(results: Iterable[Result], options: Options) -> Iterator[str]:
    """Yield the lines with commas; a line of a document without mentions there is none."""
    return _write(results, options, ",")


def write_tabs(results: Iterable[Result], options: Options) -> Iterator[str]:
    """Yield the lines with tabs."""
    return _write(results, options, "\t")


def _write(results: Iterable[Result], options: Options, delimiter: str) -> Iterator[str]:
    yield rows_of([[*COLUMNS, "why"] if options.why else COLUMNS], delimiter)
    for result in checked(results):
        text, mentions = in_file(result)
        rows = [
            [result.document.id, *_row(mention), *_why(original, options)]
            for mention, original in zip(
                counted(text, mentions, options.offsets), result.mentions, strict=True
            )
        ]
        yield rows_of(rows, delimiter)


def _row(mention: Mention) -> list[Any]:
    return [
        *mention[:10],
        " ".join(candidate.entity_id for candidate in mention.candidates),
        mention.holder and mention.holder.entity_id,
        mention.antecedent and "{}-{}".format(*mention.antecedent),
        "true" if mention.glued else "",
        mention.source,
    ]


def _why(mention: Mention, options: Options) -> list[str]:
    return ["; ".join(mention.why)] if options.why else []


def rows_of(rows: Iterable[Sequence[Any]], delimiter: str = ",") -> str:
    """Return rows as lines; ``None`` is an empty cell."""
    out = io.StringIO()
    # What ends a line is quoted in a cell, and readers take a carriage return alone for an end too.
    writer = csv.writer(_LineFeeds(out), delimiter=delimiter, lineterminator=_END)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return out.getvalue()


class _LineFeeds:
    """Takes whole lines, and writes them with line feeds."""

    def __init__(self, out: io.StringIO) -> None:
        self._out = out

    def write(self, line: str) -> None:
        self._out.write(line.removesuffix(_END) + "\n")
