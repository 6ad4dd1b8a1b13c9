"""Offsets in the units that other languages count in, and in a text that was edited."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

UNITS = ("codepoint", "utf16", "byte")
_ENCODINGS = {"utf16": ("utf-16-le", 2), "byte": ("utf-8", 1)}


class OffsetConverter:
    """Converts code points of one text into another unit; quick if asked in ascending order."""

    def __init__(self, text: str, unit: str) -> None:
        """Keep the text.

        Args:
            text: What the offsets count in.
            unit: ``codepoint``, ``utf16`` (units, as in JavaScript, Java and .NET) or ``byte`` (of
                UTF-8).
        """
        self._text = text
        self._encoding, self._size = _ENCODINGS.get(unit, ("", 1))
        self._at = self._converted = 0
        if text.isascii():
            self._encoding = ""

    def __call__(self, offset: int) -> int:
        """Return a code point offset in the unit."""
        if not self._encoding:
            return offset
        if offset < self._at:
            self._at = self._converted = 0
        stretch = self._text[self._at : offset]
        # A lone surrogate counts as what it would be if it were written at all.
        self._converted += len(stretch.encode(self._encoding, "surrogatepass")) // self._size
        self._at = offset
        return self._converted


def carry(edits: Sequence[tuple[int, int, int, int]], start: int, end: int) -> tuple[int, int]:
    """Return where a span of one text stands in another, which differs from it in some places.

    A span that ends inside an edit is widened to all of it. One that ends where something was put
    in leaves that outside.

    Args:
        edits: Where the texts differ, disjoint and ascending: start and end in the one, start and
            end in the other.
        start: Where the span begins.
        end: Where it ends.
    """
    # The edit that begins at or before `start`, and the one that ends at or behind `end`.
    before = bisect_right(edits, start, key=lambda edit: edit[0]) - 1
    behind = bisect_left(edits, end, key=lambda edit: edit[1])
    carried_start = start
    if before >= 0:
        _, here_end, there_start, there_end = edits[before]
        carried_start = there_start if start < here_end else start - here_end + there_end
    carried_end = end
    if behind < len(edits) and edits[behind][0] < end:
        carried_end = edits[behind][3]
    elif behind > 0:
        _, here_end, _, there_end = edits[behind - 1]
        carried_end = end - here_end + there_end
    return carried_start, carried_end
