"""Where documents come from: files, folders, globs, standard input."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, NamedTuple

from resolver.compression import COMPRESSED, inner_suffix, open_file
from resolver.errors import InputError
from resolver.limits import SIZE_LIMIT, too_large
from resolver.readers.patterns import files_fitting, has_magic

BINARY_PROBE = 8_192
_PIECE = 1 << 20


class BadInput(NamedTuple):
    """Something that cannot be read: where, and what to do.

    Attributes:
        place: Where it stands; empty if that says nothing.
        message: What is wrong, and the remedy.
        is_error: Whether something is lost by it that somebody meant to be read; a table without
            texts that lies in a folder among documents is left out with a warning.
        sort: What sort of fault it is, if whole files are likely to have it in record after record;
            then it is said once for all of them.
    """

    place: str
    message: str
    is_error: bool = True
    sort: str = ""

    def __str__(self) -> str:
        """Return ``place: message``."""
        return f"{self.place}: {self.message}" if self.place else self.message


class Fields(NamedTuple):
    """What records call the parts of a document: keys of JSONL, columns of tables."""

    text: str = "text"
    id: str = "id"
    date: str = "date"


FIELDS = Fields()


@dataclass(frozen=True)
class Source:
    """A file or standard input.

    Attributes:
        name: The path as it was given or found; ``-`` for standard input.
        path: The file, ``None`` for standard input.
        fields: What its records call the parts of a document.
        watch: Gets each file that is opened, to see how far it has been read.
        is_named: Whether somebody named it; otherwise it was found in a folder.
        size_limit: How many bytes a document may have; see `resolver.limits`.
    """

    name: str
    path: Path | None
    fields: Fields = FIELDS
    watch: Callable[[IO[bytes]], object] | None = None
    is_named: bool = True
    size_limit: int = SIZE_LIMIT

    @property
    def suffix(self) -> str:
        """The ending of the file name in small letters, that of a compression left out."""
        return inner_suffix(self.path) if self.path else ""

    @property
    def is_compressed(self) -> bool:
        """Whether it is unpacked while it is read."""
        return self.path is not None and self.path.suffix.lower() in COMPRESSED

    def open(self) -> IO[bytes]:
        """Open for reading bytes, those in it if it is compressed; the caller closes.

        Raises:
            InputError: While opening or reading: compressed data is damaged, cut short or hostile.
        """
        if self.path is None:
            return sys.stdin.buffer
        return open_file(self.path, self.watch)

    def read(self) -> bytes:
        """Return all bytes of a source that is one document.

        Raises:
            InputError: It is too large for that, or compressed and damaged.
        """
        large = InputError(too_large(self.size_limit))
        if self.path and not self.is_compressed and self.path.stat().st_size > self.size_limit:
            raise large
        pieces: list[bytes] = []
        left = self.size_limit
        with self.open() as file:
            while piece := file.read(_PIECE):  # as much memory as there are bytes, and no more
                left -= len(piece)
                if left < 0:
                    raise large
                pieces.append(piece)
        return b"".join(pieces)


def find_sources(
    paths: Iterable[str],
    suffixes: frozenset[str],
    fields: Fields = FIELDS,
    size_limit: int = SIZE_LIMIT,
) -> Iterator[Source | BadInput]:
    """Return what paths name, each file once, folders and globs in alphabetical order."""
    seen: set[tuple[int, int]] = set()
    for name in paths:
        for source in _sources_of(name, suffixes):
            if isinstance(source, Source) and source.path:
                try:
                    status = source.path.stat()
                except OSError as error:  # gone, or not ours, since the folder was read
                    yield BadInput(source.name, f"cannot be read: {error.strerror or error}")
                    continue
                if (status.st_dev, status.st_ino) in seen:
                    continue
                seen.add((status.st_dev, status.st_ino))
            if isinstance(source, Source):
                yield replace(source, fields=fields, size_limit=size_limit)
            else:
                yield source


def _sources_of(name: str, suffixes: frozenset[str]) -> Iterator[Source | BadInput]:
    path = Path(name)
    if not name:  # a variable of a script that nothing was put into; it would mean this folder
        yield BadInput("", "a path is empty, name a file or folder, or . for this one")
        return
    if trouble := _trouble(path):
        yield BadInput(name, f"cannot be read: {trouble}")
        return
    if name == "-":
        yield Source("-", None)
    elif path.is_dir():
        files = list(_files_below(path, suffixes))
        for file in files:
            yield file if isinstance(file, BadInput) else Source(str(file), file, is_named=False)
        if not files:
            endings = ", ".join(sorted(suffixes))
            yield BadInput(name, f"no document in this folder, it has no file ending in {endings}")
    elif path.exists():
        yield Source(name, path)
    elif has_magic(name):
        found = files_fitting(name)
        yield from (Source(str(file), file) for file in found)
        if not found:
            yield BadInput(name, "no file fits this pattern, correct it or quote it for the shell")
    else:
        yield BadInput(name, "no such file or folder, correct the path")


def _trouble(path: Path) -> str:
    """Return what keeps a path from being looked at, such as a name that no file can have."""
    try:
        path.stat()  # Path.exists keeps it to itself since Python 3.14
    except OSError as error:
        is_none = error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
        return "" if is_none else error.strerror or str(error)
    except ValueError:  # NUL
        pass
    return ""


def _files_below(folder: Path, suffixes: frozenset[str]) -> Iterator[Path | BadInput]:
    closed: list[OSError] = []
    # os.walk does not follow links to folders, so a loop of links ends.
    for below, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(files):
            if inner_suffix(Path(file)) in suffixes and not file.startswith("."):
                yield Path(below) / file
    for error in closed:
        yield BadInput(str(error.filename), f"cannot be read: {error.strerror or error}")


def decode(data: bytes, name: str) -> str | BadInput:
    """Return the text of a file: UTF-8, or UTF-16 with a byte order mark; the mark is removed."""
    if data[:4] in {b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"}:
        return BadInput(name, "is UTF-32, convert the file to UTF-8")
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encoding = "utf-16"
    elif b"\x00" in data[:BINARY_PROBE]:
        return BadInput(name, "is not text, a NUL byte stands near its beginning")
    else:
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        label = "UTF-16" if encoding == "utf-16" else "UTF-8"
        return BadInput(name, f"byte {error.start} is not {label}, convert the file to UTF-8")
