"""The lines of a table whose fields may be quoted, row by row and none larger than allowed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

_QUOTE = re.compile('"')
_PIECE = 1 << 20


class RowTooLargeError(Exception):
    """A row is larger than allowed; the next line begins the next row."""


class Lines(Iterator[str]):
    """Lines for a reader of rows, which says where each row begins.

    Attributes:
        number: How many lines were read.
        delimiter: What stands between fields.
    """

    def __init__(self, text: io.TextIOWrapper, size_limit: int) -> None:
        """Take a text whose line ends are not translated, and how many bytes a row may have."""
        self.number = 0
        self.delimiter = ""
        self._text = text
        self._limit = size_limit
        self._size = 0
        self._ahead = ""

    def begin_row(self) -> None:
        """Count what follows as a new row."""
        self._size = 0

    def __next__(self) -> str:
        """Return the next line, with its end.

        Raises:
            RowTooLargeError: With it the row is too large; the rest of that has been passed over.
        """
        line = self._read(self._limit + 2)  # room for its end
        if not line:
            raise StopIteration
        self.number += 1
        if self._size + _bytes(line.rstrip("\r\n")) > self._limit:
            # A row goes on behind its first line only if a quote is open there.
            self._pass_row(line, is_open=self._size > 0)
            raise RowTooLargeError
        self._size += _bytes(line)
        return line

    def _pass_row(self, piece: str, *, is_open: bool) -> None:
        before, closed = self.delimiter, False
        while piece:
            for found in _QUOTE.finditer(piece):
                last = piece[found.start() - 1] if found.start() else before
                opens = last == self.delimiter or (closed and last == '"')  # which is one of two
                is_open, closed = not is_open and opens, is_open
            before = piece[-1]
            ends_line = before in "\r\n"
            if ends_line and not is_open:
                return
            piece = self._read(_PIECE)
            self.number += ends_line and bool(piece)

    def _read(self, most: int) -> str:
        """Return a line, or so much of it; never half of a line end."""
        piece = self._ahead + self._text.readline(most)
        self._ahead = ""
        if len(piece) >= most and piece.endswith("\r"):
            self._ahead = self._text.read(1)
            if self._ahead == "\n":
                piece, self._ahead = piece + "\n", ""
        return piece


def _bytes(line: str) -> int:
    return len(line) if line.isascii() else len(line.encode("utf-8", "surrogateescape"))
