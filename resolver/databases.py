"""SQLite connections that close themselves: since Python 3.13 one left open is a warning."""

from __future__ import annotations

import sqlite3
from contextlib import suppress


class Database(sqlite3.Connection):
    """A connection that is closed when nobody holds it, or a cursor of it, any more."""

    def __del__(self) -> None:
        """Close it, unless it belongs to another thread, where it ends with its memory."""
        with suppress(sqlite3.ProgrammingError):
            self.close()
