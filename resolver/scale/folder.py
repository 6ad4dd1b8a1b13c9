"""The folder of a job: what it was asked, how far it is, and nobody else in it."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zlib
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
_BLOCK = 1 << 20


class Written(NamedTuple):
    """What has been written, in one file or several: how many bytes, and their CRC-32."""

    size: int = 0
    checksum: int = 0

    def and_then(self, content: bytes) -> Written:
        """Return what it is when some bytes follow."""
        return Written(self.size + len(content), zlib.crc32(content, self.checksum))

    def and_file(self, path: Path, size: int | None = None) -> Written:
        """Return what it is when a file follows, or so much of its beginning."""
        written = self
        left = path.stat().st_size if size is None else size
        with path.open("rb") as file:
            while left > 0 and (block := file.read(min(left, _BLOCK))):
                written = written.and_then(block)
                left -= len(block)
        return written


class Manifest(NamedTuple):
    """How far a job is.

    Attributes:
        job: What its output hangs on.
        place: How much of the input is done.
        shards: How many whole files there are.
        bytes: How many bytes they have, or the one unfinished file.
        checksum: CRC-32 of these bytes.
        failed: Whether something was found that the user asked about (``--fail-on``).
        lost: How many documents took too long, or ended the process that tagged them.
        bad: When all is done, how much could not be read, or was lost.
        complete: Whether all is done.
    """

    job: Job
    place: Place = Place()
    shards: int = 0
    bytes: int = 0
    checksum: int = 0
    failed: bool = False
    lost: int = 0
    bad: int = 0
    complete: bool = False

    @property
    def written(self) -> Written:
        """What lies on disk, if nobody has changed it."""
        return Written(self.bytes, self.checksum)


def read_manifest(path: Path) -> Manifest | None:
    """Return a manifest, or ``None`` if there is none.

    Raises:
        ConfigurationError: It is damaged.
    """
    try:
        values = json.loads(path.read_text("utf-8"))
        digest = values.pop("digest")
        manifest = Manifest(**{**values, "place": Place(**values["place"])})
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        message = "is no manifest of a job, remove it and begin anew"
        raise ConfigurationError(f"{path}: {message}") from None
    if digest != _digest(values):
        message = "was changed since the earlier run, remove it and begin anew"
        raise ConfigurationError(f"{path}: {message}")
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a folder, whole or not at all."""
    values: dict[str, Any] = {**manifest._asdict(), "place": manifest.place._asdict()}
    values["digest"] = _digest(values)
    temporary = folder / f"{MANIFEST}.tmp"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(json.dumps(values, indent=2) + "\n")
        settle(file)
    temporary.replace(folder / MANIFEST)
    settle_folder(folder)


def _digest(values: dict[str, Any]) -> str:
    """Return a digest of what a manifest says, by which a change is noticed that JSON bears."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


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
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        message = "is a file where the state of the job is kept, remove it or name another output"
        raise ConfigurationError(f"{folder}: {message}") from None
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
