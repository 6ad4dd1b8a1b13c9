"""The folder of a job: what it was asked, how far it is, and nobody else in it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from resolver.errors import ConfigurationError
from resolver.scale.job import Job
from resolver.scale.reading import Place

# Names that readers of a folder of shards, Spark and Hive among them, take for no data.
MANIFEST = "_manifest.json"
LOCK = "_lock"


class Manifest(NamedTuple):
    """How far a job is.

    Attributes:
        job: What its output hangs on.
        place: How much of the input is done.
        shards: How many whole files there are.
        bytes: How many bytes they have, or the one unfinished file.
        failed: Whether something was found that the user asked about (``--fail-on``).
        bad: When all is done, how much could not be read.
        complete: Whether all is done.
    """

    job: Job
    place: Place = Place()
    shards: int = 0
    bytes: int = 0
    failed: bool = False
    bad: int = 0
    complete: bool = False


def read_manifest(path: Path) -> Manifest | None:
    """Return a manifest, or ``None`` if there is none.

    Raises:
        ConfigurationError: It is damaged.
    """
    try:
        values = json.loads(path.read_text("utf-8"))
        return Manifest(**{**values, "place": Place(**values["place"])})
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, LookupError, RecursionError):
        message = "is no manifest of a job, remove it and begin anew"
        raise ConfigurationError(f"{path}: {message}") from None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a folder, whole or not at all."""
    values: dict[str, Any] = {**manifest._asdict(), "place": manifest.place._asdict()}
    temporary = folder / f"{MANIFEST}.tmp"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(json.dumps(values, indent=2) + "\n")
        settle(file)
    temporary.replace(folder / MANIFEST)
    settle_folder(folder)


def settle(file: IO[Any]) -> None:
    """Wait until what was written would survive a power cut."""
    file.flush()
    os.fsync(file.fileno())


def settle_folder(folder: Path) -> None:
    """Wait until the names in a folder would survive a power cut."""
    if sys.platform != "win32":  # where a folder cannot be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Make a folder if need be, and keep it until the end of the context.

    The system lets go of the lock of a process that dies, so that no stale one stays.

    Raises:
        ConfigurationError: Another process has it.
    """
    folder.mkdir(exist_ok=True)
    path = folder / LOCK
    message = "another process is writing there, let it end or name another output"
    busy = ConfigurationError(f"{folder}: {message}")
    with path.open("a") as file:
        # Whoever had the lock has removed the file at the end, perhaps after we opened it.
        if not _lock(file) or not _is_there(file, path):
            raise busy
        try:
            yield
        finally:
            with suppress(OSError):
                path.unlink()


def _is_there(file: IO[str], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _lock(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            # Unlike those of flock, these locks do not pass to worker processes.
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return sys.platform != "win32"  # a file system without locks
    return True
