"""Offsets in the units that other languages count in."""

from __future__ import annotations

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
