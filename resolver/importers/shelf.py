"""Owners and names while a pack is put together, on disk: lists may be larger than memory.

Everything lies in temporary databases of SQLite, which nobody else can open and which go away with
the objects here, or with the process.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator

from resolver.databases import Database
from resolver.folding import fold
from resolver.models import Entity, Role
from resolver.rows import owner_of, owner_row

Owner = Entity | Role


class Shelf:
    """Entities and offices by their ids, which come in the order of packs."""

    def __init__(self, owners: Iterable[Owner] = ()) -> None:
        """Begin with some owners."""
        self._rows = _database(
            "CREATE TABLE owners (id TEXT PRIMARY KEY, is_role, name, type, row) WITHOUT ROWID"
        )
        for owner in owners:
            self.put(owner)

    def put(self, owner: Owner) -> None:
        """Add an owner, or put it in the place of the one that has its id."""
        is_role = isinstance(owner, Role)
        row = json.dumps(owner_row(owner))
        values = (owner.id, is_role, owner.name.casefold(), owner.type, row)
        self._rows.execute("INSERT OR REPLACE INTO owners VALUES (?, ?, ?, ?, ?)", values)

    def get(self, id_: str) -> Owner | None:
        """Return the owner of an id."""
        found = self._rows.execute("SELECT row FROM owners WHERE id = ?", (id_,)).fetchone()
        return owner_of(json.loads(found[0])) if found else None

    def __contains__(self, id_: object) -> bool:
        """Return whether there is an owner of an id."""
        found = self._rows.execute("SELECT 1 FROM owners WHERE id = ?", (id_,))
        return found.fetchone() is not None

    def __iter__(self) -> Iterator[Owner]:
        """Yield the owners: entities before offices, each ordered by name, then id."""
        rows = self._rows.execute("SELECT row FROM owners ORDER BY is_role, name, id")
        return (owner_of(json.loads(row)) for (row,) in rows)

    @property
    def usual_type(self) -> str | None:
        """The type that most entities have, if there are any."""
        types = self._rows.execute(
            "SELECT type FROM owners WHERE NOT is_role GROUP BY type ORDER BY count(*), type"
        )
        return next((type_ for (type_,) in reversed(types.fetchall())), None)


class Bearers:
    """Who bears which names, as matching compares them."""

    def __init__(self, owners: Iterable[Owner] = ()) -> None:
        """Begin with the names of some owners."""
        self._pairs = _database(
            "CREATE TABLE bearers (name, owner, PRIMARY KEY (name, owner)) WITHOUT ROWID"
        )
        for owner in owners:
            self.add(owner)

    def add(self, owner: Owner) -> None:
        """Add the names of an owner."""
        pairs = ((fold(alias.text).text, owner.id) for alias in owner.aliases)
        self._pairs.executemany("INSERT OR IGNORE INTO bearers VALUES (?, ?)", pairs)

    def is_borne_by_another(self, text: str, id_: str) -> bool:
        """Return whether anybody but the owner of an id bears a name."""
        others = "SELECT 1 FROM bearers WHERE name = ? AND owner <> ?"
        return self._pairs.execute(others, (fold(text).text, id_)).fetchone() is not None


class Pile:
    """Values kept under keys, until they are taken."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._values = _database(
            "CREATE TABLE pile (key, value)", "CREATE INDEX by_key ON pile (key)"
        )

    def add(self, key: str, *value: str) -> None:
        """Keep a value under a key, behind those that it has."""
        self._values.execute("INSERT INTO pile VALUES (?, ?)", (key, json.dumps(value)))

    def take(self, key: str) -> list[list[str]]:
        """Return the values of a key in their order, and forget them."""
        kept = self._values.execute("SELECT value FROM pile WHERE key = ? ORDER BY rowid", (key,))
        values = [json.loads(value) for (value,) in kept]
        self._values.execute("DELETE FROM pile WHERE key = ?", (key,))
        return values

    def __iter__(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each key with its first value, in the order in which they came."""
        kept = self._values.execute(
            "SELECT key, value, min(rowid) FROM pile GROUP BY key ORDER BY min(rowid)"
        )
        return ((key, json.loads(value)) for key, value, _ in kept)


def _database(*tables: str) -> sqlite3.Connection:
    """Return a database without a name: SQLite keeps it in a file that it has already deleted."""
    database = sqlite3.connect("", isolation_level=None, factory=Database)
    for statement in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", *tables, "BEGIN"):
        database.execute(statement)
    return database
