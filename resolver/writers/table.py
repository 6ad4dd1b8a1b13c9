"""A table for people: one line a mention, under the id of its document."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from resolver.models import Mention, Result
from resolver.offsets import OffsetConverter
from resolver.writers import Options
from resolver.writers.spans import in_file

_WIDTHS = (11, 30, 38)


def write(results: Iterable[Result], options: Options) -> Iterator[str]:
    """Yield the lines of each document, an empty line at the end."""
    for result in results:
        yield _lines(result, options)


def _lines(result: Result, options: Options) -> str:
    text, mentions = in_file(result)
    convert = OffsetConverter(text, options.offsets)
    lines = [printable(result.document.id or "(text)")]
    for mention in mentions:
        lines.append(_row(mention, convert))
        if options.why:
            lines += [f"{'':13}- {printable(step)}" for step in mention.why]
    if not result.mentions:
        lines.append("  no mention")
    return "\n".join(lines) + "\n\n"


def _row(mention: Mention, convert: OffsetConverter) -> str:
    place = f"{convert(mention.start)}-{convert(mention.end)}"
    name = mention.name or "? " + " / ".join(c.name for c in mention.candidates)
    cells = (place, mention.surface, name)
    padded = (_pad(printable(cell), width) for cell, width in zip(cells, _WIDTHS, strict=True))
    return "  " + " ".join((*padded, ", ".join(_notes(mention)))).rstrip()


def _notes(mention: Mention) -> Sequence[str]:
    notes = [mention.type or "", "" if mention.kind == "full" else mention.kind]
    if mention.status == "ambiguous":
        notes.append("ambiguous")
    if mention.glued:
        notes.append("glued")
    if mention.holder:
        notes.append(f"held by {mention.holder.name}")
    return [note for note in notes if note]


def _pad(text: str, width: int) -> str:
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    marks = sum(unicodedata.combining(char) > 0 for char in text)
    return text + " " * max(0, width - len(text) - wide + marks)


def printable(text: str) -> str:
    """Return text on one line in which nothing can control the terminal or turn its direction."""
    return "".join(
        char
        if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        or char in "\u200c\u200d"
        else (" " if char.isspace() else f"\\u{ord(char):04x}")
        for char in text
    )
