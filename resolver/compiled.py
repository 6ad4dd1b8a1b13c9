"""Compiled packs on disk, so that a second start need not read YAML again.

A compiled gazetteer is a SQLite file. It holds the patterns for the matcher, and what they stand
for as JSON rows that are read when a pattern first occurs: a small job reads a few hundred of fifty
thousand. The name of the file is a digest of the content of all packs, of resolver's version and
of the version of this format, so that nothing stale is ever found. It lies in a folder that only
its owner may write to, is written beside and renamed into place, and every row has a checksum: on
any doubt the packs themselves are read. Nothing in it is code, as a pickle would be.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import zlib
from bisect import bisect_left
from collections.abc import (
    Callable,
    ItemsView,
    Iterator,
    KeysView,
    Mapping,
    ValuesView,
)
from contextlib import closing, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from resolver.cache import forget_oldest
from resolver.databases import Database
from resolver.folding import fold
from resolver.framing import Pattern, pattern_of, pattern_order
from resolver.gazetteer import Form, Gazetteer
from resolver.models import Alias, Entity, Pack, Role
from resolver.readings import alias_place
from resolver.rows import alias_of, alias_row, owner_of, owner_row

DAMAGE = (sqlite3.Error, AttributeError, LookupError, TypeError, ValueError)
_TABLES = """
    CREATE TABLE patterns (lines TEXT, checksum INTEGER);
    CREATE TABLE forms (number INTEGER PRIMARY KEY, row TEXT, checksum INTEGER);
    CREATE TABLE owners (id TEXT PRIMARY KEY, row TEXT, checksum INTEGER) WITHOUT ROWID;
"""


def write_compiled(gazetteer: Gazetteer, path: Path) -> None:
    """Write a gazetteer; a failure to do so only costs the next start its speed."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".packs-")
    os.close(handle)
    try:
        with closing(sqlite3.connect(temporary)) as database:
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
            lines = "\n".join(gazetteer.patterns)  # one value is read at once, a row each is not
            checksum = _checksum("patterns", lines)
            database.execute("INSERT INTO patterns VALUES (?, ?)", (lines, checksum))
            database.executemany("INSERT INTO forms VALUES (?, ?, ?)", _form_rows(gazetteer))
            database.executemany("INSERT INTO owners VALUES (?, ?, ?)", _owner_rows(gazetteer))
            database.commit()
        Path(temporary).replace(path)
        forget_oldest(path.parent)
    except (OSError, sqlite3.Error):
        Path(temporary).unlink(missing_ok=True)


def read_compiled(path: Path, build: Callable[[], Gazetteer]) -> CompiledGazetteer | None:
    """Return a compiled gazetteer, or ``None`` if there is none that can be read.

    Args:
        path: The compiled file.
        build: Makes the same from the packs.
    """
    if not path.is_file():
        return None
    try:
        compiled = CompiledGazetteer(path, build)
    except DAMAGE:
        with suppress(OSError):
            path.unlink()
        return None
    with suppress(OSError):
        os.utime(path)  # those that are used are kept longest
    return compiled


class CompiledGazetteer(Gazetteer):
    """A gazetteer on disk."""

    def __init__(self, path: Path, build: Callable[[], Gazetteer]) -> None:
        """Open a file and read its patterns."""
        self._path = path
        self._compile = build
        self.is_trusted = True
        self._connections: dict[int, sqlite3.Connection] = {}
        # SQLite takes what is missing of the last page for empty.
        size = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        if path.stat().st_size != self._database.execute(size).fetchone()[0]:
            raise ValueError("cut short")
        lines, checksum = self._database.execute("SELECT lines, checksum FROM patterns").fetchone()
        if checksum != _checksum("patterns", lines):
            raise ValueError("checksum")
        self.patterns = tuple(lines.split("\n")) if lines else ()
        self.owners: Mapping[str, Entity | Role] = _Owners(self)
        self.forms: Mapping[int, tuple[Form, ...]] = _Forms(self)

    @property
    def _database(self) -> sqlite3.Connection:
        """The connection of this process; SQLite's do not survive a fork."""
        connection = self._connections.get(os.getpid())
        if connection is None:
            # Read only, and from any thread: nothing is ever written.
            uri = f"{self._path.as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False, factory=Database)
            self._connections[os.getpid()] = connection
        return connection

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs themselves, which are read from their files when asked for."""
        return self.anew.packs

    @cached_property
    def anew(self) -> Gazetteer:
        """The same gazetteer made from the packs, for what the file does not hold or has lost."""
        return self._compile()

    @cached_property
    def owner_ids(self) -> tuple[str, ...]:
        """The ids of all entities and roles, sorted."""
        return tuple(id_ for (id_,) in self._database.execute("SELECT id FROM owners ORDER BY id"))

    def row(self, table: str, key: str, value: object) -> Any:
        """Return a stored row.

        Raises:
            KeyError: There is none.
            ValueError: It is damaged.
        """
        query = f"SELECT row, checksum FROM {table} WHERE {key} = ?"  # noqa: S608 (both are ours)
        found = self._database.execute(query, (value,)).fetchone()
        if found is None:
            raise KeyError(value)
        text, checksum = found
        if _checksum(value, text) != checksum:
            raise ValueError("checksum")
        return json.loads(text)

    def distrust(self) -> None:
        """Remove the file, which the next start will make anew."""
        self.is_trusted = False
        with suppress(OSError):
            self._path.unlink()

    def lookup(self, name: str) -> tuple[Alias, ...]:
        """Return the aliases that fold to what ``name`` folds to, ordered by pack and line."""
        folded = fold(name).text.strip()
        if not folded:
            return ()
        found = {
            alias
            for whole_words in (True, False)
            for form in self._forms_of(pattern_of(folded, whole_words=whole_words))
            if form.folded == folded
            for alias in form.aliases
            if alias.entity_id
        }
        return tuple(sorted(found, key=alias_place))

    def _forms_of(self, pattern: Pattern) -> tuple[Form, ...]:
        order = pattern_order(pattern.text)
        number = bisect_left(self.patterns, order, key=pattern_order)
        known = number < len(self.patterns) and self.patterns[number] == pattern.text
        return self.forms[number] if known else ()

    def folded_aliases(self) -> tuple[str, ...]:
        """Return every folded alias once, sorted."""
        numbers = range(len(self.patterns))
        return tuple(sorted({form.folded for number in numbers for form in self.forms[number]}))


class _Owners(dict[str, Entity | Role]):
    """Entities and roles, read when first asked for; looked through in the order of their ids."""

    def __init__(self, gazetteer: CompiledGazetteer) -> None:
        super().__init__()
        self._gazetteer = gazetteer

    def __missing__(self, id_: str) -> Entity | Role:
        try:
            owner = owner_of(self._gazetteer.row("owners", "id", id_))
        except DAMAGE as error:
            if isinstance(error, KeyError) and self._gazetteer.is_trusted:
                raise KeyError(id_) from None
            self._gazetteer.distrust()
            owner = self._gazetteer.anew.owners[id_]
        self[id_] = owner
        return owner

    def get(self, id_: str, default: Any = None) -> Any:
        try:
            return self[id_]
        except KeyError:
            return default

    def __contains__(self, id_: object) -> bool:
        return isinstance(id_, str) and self.get(id_) is not None

    # What a dict would give of itself is only what was read so far.
    def __iter__(self) -> Iterator[str]:
        return iter(self._gazetteer.owner_ids)

    def __len__(self) -> int:
        return len(self._gazetteer.owner_ids)

    def keys(self) -> KeysView[str]:  # type: ignore[override]
        return KeysView(self)

    def values(self) -> ValuesView[Entity | Role]:  # type: ignore[override]
        return ValuesView(self)

    def items(self) -> ItemsView[str, Entity | Role]:  # type: ignore[override]
        return ItemsView(self)


class _Forms(dict[int, tuple[Form, ...]]):
    """Forms by the number of their pattern, read when the pattern first occurs."""

    def __init__(self, gazetteer: CompiledGazetteer) -> None:
        super().__init__()
        self._gazetteer = gazetteer

    def __missing__(self, number: int) -> tuple[Form, ...]:
        pattern = self._gazetteer.patterns[number]
        owners = self._gazetteer.owners
        try:
            rows = self._gazetteer.row("forms", "number", number)
            forms = tuple(
                Form(folded, Pattern(pattern, lead), tuple(_form_alias(a, owners) for a in aliases))
                for folded, lead, aliases in rows
            )
        except DAMAGE:
            self._gazetteer.distrust()
            forms = self._gazetteer.anew.forms[number]
        self[number] = forms
        return forms


def _owner_rows(gazetteer: Gazetteer) -> Iterator[tuple[str, str, int]]:
    for id_, owner in gazetteer.owners.items():
        yield id_, *_checked(id_, owner_row(owner))


def _form_rows(gazetteer: Gazetteer) -> Iterator[tuple[int, str, int]]:
    places = {
        alias: (owner.id, number)
        for owner in gazetteer.owners.values()
        for number, alias in enumerate(owner.aliases)
    }
    for number in range(len(gazetteer.patterns)):
        rows = [
            (form.folded, form.lead, [places.get(a) or (None, alias_row(a)) for a in form.aliases])
            for form in gazetteer.forms[number]
        ]
        yield number, *_checked(number, rows)


def _form_alias(row: list[Any], owners: Mapping[str, Entity | Role]) -> Alias:
    owner_id, listed = row
    alias: Alias = alias_of(listed) if owner_id is None else owners[owner_id].aliases[listed]
    if alias.entity_id and alias.entity_id not in owners:
        raise LookupError(alias.entity_id)
    return alias


def _checksum(key: object, text: str) -> int:
    """Return what tells damage, also that of keys, by which a row would stand for another."""
    return zlib.crc32(f"{key}\0{text}".encode())


def _checked(key: object, value: object) -> tuple[str, int]:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text, _checksum(key, text)
