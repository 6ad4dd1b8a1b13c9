"""How far a command is: documents, rate, and time left where the size of the input is known."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import IO

import click

from resolver.cli.counting import counted
from resolver.readers import BadInput, Source

# Seconds between two reports: on a terminal, where one takes the place of the other, and in a log.
_ON_TERMINAL = 0.5
_IN_LOG = 10.0


class Meter:
    """How many bytes of some files have been read; of compressed ones as they are on disk."""

    def __init__(self, total: int | None = None) -> None:
        """Take how many there are, where that is known."""
        self.total = total
        self._before = self._size = 0
        self._file: IO[bytes] | None = None

    def sources(self, sources: Iterable[Source | BadInput]) -> Iterator[Source | BadInput]:
        """Yield sources that are watched when they are opened."""
        for source in sources:
            self._before, self._size, self._file = self._before + self._size, 0, None
            if isinstance(source, BadInput) or source.path is None:
                yield source
            else:
                self._size = source.path.stat().st_size
                yield replace(source, watch=self._watch)

    def _watch(self, file: IO[bytes]) -> None:
        self._file = file

    @property
    def read(self) -> int:
        """How many bytes have been read."""
        if self._file is None:
            return self._before
        try:
            return self._before + min(self._file.tell(), self._size)
        except (ValueError, OSError):  # it is closed, or no place can be told in it
            return self._before + self._size


class Progress:
    """Reports on standard error: on a terminal in one line that changes, else in a line each."""

    def __init__(self, *, shown: bool | None = None, meter: Meter | None = None) -> None:
        """Begin to count.

        Args:
            shown: Whether to report; ``None`` to do so on a terminal.
            meter: Knows how much has been read.
        """
        self._on_terminal = sys.stderr.isatty()
        self._shown = self._on_terminal if shown is None else shown
        self._meter = meter or Meter()
        self._begun = self._last = time.monotonic()
        self._count = self._read_before = 0

    def begin(self) -> None:
        """Begin to count now: what an earlier run has done is no part of the rate of this one."""
        self._begun = self._last = time.monotonic()
        self._read_before = self._meter.read

    def advance(self) -> None:
        """Count one document."""
        self._count += 1
        if not self._shown:
            return
        now = time.monotonic()
        if now - self._last >= (_ON_TERMINAL if self._on_terminal else _IN_LOG):
            self._last = now
            self._show()

    def message(self, text: str) -> None:
        """Write a message of its own line on standard error."""
        self._clear()
        click.echo(text, err=True)

    def end(self) -> None:
        """Clear the line; where there is none, say a last time how far it came."""
        self._clear()
        if self._shown and not self._on_terminal:
            self._show()

    def _clear(self) -> None:
        if self._shown and self._on_terminal:
            click.echo("\r\x1b[K", nl=False, err=True)

    def _show(self) -> None:
        line = self._line(max(time.monotonic() - self._begun, 0.001))
        if self._on_terminal:
            click.echo(f"\r\x1b[K{line}", nl=False, err=True)
        else:
            click.echo(line, err=True)

    def _line(self, seconds: float) -> str:
        read, total = self._meter.read, self._meter.total
        new = read - self._read_before
        parts = [counted(self._count, "document"), f"{self._count / seconds:,.0f}/s"]
        if new > 0:
            parts.append(f"{new / seconds / 1e6:.1f} MB/s")
        if new > 0 and total:
            parts.append(f"{min(read / total, 1):.0%}")
            if read < total:
                parts.append(f"{_clock((total - read) * seconds / new)} left")
        return ", ".join(parts)


def _clock(seconds: float) -> str:
    """Return a time as ``2:05`` or ``1:02:05``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
