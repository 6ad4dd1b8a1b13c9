"""The output of a job: one file, or a folder of shards, each of them whole or not there."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from typing import IO, Generic, TypeVar

from resolver.errors import ConfigurationError
from resolver.scale.folder import MANIFEST, Written, settle, settle_folder
from resolver.scale.run import Run, remove
from resolver.scale.tagging import Piece, encoded

T = TypeVar("T")

# The name of an unfinished file in the folder of its job.
DATA = "data"
_BUFFER = 1 << 20


def manifest_beside(target: Path) -> Path:
    """Return where the manifest of a file lies when the file is complete."""
    return target.with_name(f"{target.name}.manifest.json")


def write_file(run: Run, target: Path, pieces: Iterable[Piece], *, keep_manifest: bool) -> None:
    """Write a file, which gets its name when all of it is written; then remove the job's folder.

    Args:
        run: Its manifest is written every few seconds.
        target: The file.
        pieces: One a document, from the first that is not done.
        keep_manifest: Whether to leave the manifest beside it, by which a further run knows that
            there is nothing to do.

    Raises:
        ResolverError: It cannot be written.
    """
    data = run.folder / DATA
    if not run.manifest.complete:
        _write_data(run, data, pieces)
    with run.naming_output():
        if data.exists():
            data.replace(target)
            settle_folder(target.parent)
        if keep_manifest:
            (run.folder / MANIFEST).replace(manifest_beside(target))
        else:
            manifest_beside(target).unlink(missing_ok=True)
        remove(run.folder)


def _write_data(run: Run, data: Path, pieces: Iterable[Piece]) -> None:
    pace = Pace()
    written = run.manifest.written
    _check_data(data, written)
    with _opened(run, data, "r+b" if written.size else "wb") as file:
        file.seek(file.truncate(written.size))
        # One value, so that an interruption cannot come between its parts.
        done = run.manifest.place.documents, written
        try:
            for piece in pieces:
                content = encoded(piece)
                with run.naming_output():
                    file.write(content)
                    done = done[0] + 1, done[1].and_then(content)
                    if pace.is_due():
                        settle(file)
                        run.save(*done)
            with run.naming_output():
                settle(file)
                run.save(*done, complete=True)
        except BaseException:
            if run.is_worth_keeping and not run.manifest.complete:
                with suppress(OSError):
                    settle(file)
                    run.save(*done)
            raise


def _check_data(data: Path, written: Written) -> None:
    """Make sure that what an earlier run wrote of a file is still there."""
    length = data.stat().st_size if data.is_file() else None
    if length is None and written.size:
        wrong = "is missing"
    elif length is not None and length < written.size:
        wrong = "is cut short"
    elif written.size and Written().and_file(data, written.size) != written:
        wrong = "was changed since the earlier run"
    else:
        return
    raise ConfigurationError(f"{data}: {wrong}, remove {data.parent} and begin anew")


@contextmanager
def _opened(run: Run, path: Path, mode: str) -> Iterator[IO[bytes]]:
    with run.naming_output():
        file = path.open(mode, _BUFFER)
    try:
        yield file
    except BaseException:
        with suppress(OSError):  # what could not be written, it would try to write once more
            file.close()
        raise
    with run.naming_output():
        file.close()


class Pace:
    """Says when to write down how far a job is: each second at first, each ten later on."""

    def __init__(self) -> None:
        """Begin now."""
        self._begun = self._last = time.monotonic()

    def is_due(self) -> bool:
        """Return whether it is time again."""
        now = time.monotonic()
        if now - self._last < min(10, max(1, (now - self._begun) / 10)):
            return False
        self._last = now
        return True


def write_shards(
    run: Run,
    units: Iterator[T],
    render: Callable[[Iterable[T]], Iterable[Piece]],
    size: int,
    suffix: str,
) -> None:
    """Write a folder of files, each of which gets its name when all of it is on disk.

    Args:
        run: Its manifest is written after every shard.
        units: One a document, from the first that is not done.
        render: Makes a whole file of some of them.
        size: How many documents go into a shard.
        suffix: The ending of file names.

    Raises:
        ResolverError: They cannot be written, or some were removed or changed since an earlier run.
    """
    _check_shards(run, suffix)
    _forget_uncounted(run)
    while not run.manifest.complete:
        manifest = run.manifest
        documents, shards, written = manifest.place.documents, manifest.shards, manifest.written
        first = list(islice(units, 1))
        if first:
            counted = _Counted(chain(first, islice(units, size - 1)))
            path = _shard(run.folder, shards, suffix)
            written = _write_shard(run, path, chain(render(counted), counted.rest()), written)
            documents += counted.number
            shards += 1
        with run.naming_output():
            run.save(documents, written, shards=shards, complete=not first)


def _shard(folder: Path, number: int, suffix: str) -> Path:
    return folder / f"part-{number:05}{suffix}"


def _write_shard(run: Run, path: Path, pieces: Iterable[Piece], written: Written) -> Written:
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with _opened(run, temporary, "wb") as file:
            for piece in pieces:
                content = encoded(piece)
                written = written.and_then(content)
                with run.naming_output():
                    file.write(content)
            with run.naming_output():
                settle(file)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    with run.naming_output():
        temporary.replace(path)
        settle_folder(path.parent)
    return written


def _check_shards(run: Run, suffix: str) -> None:
    """Make sure that what an earlier run wrote is still there."""
    paths = [_shard(run.folder, number, suffix) for number in range(run.manifest.shards)]
    for path in paths:
        if not path.is_file():
            message = f"is missing, remove {run.folder} and begin anew"
            raise ConfigurationError(f"{path}: {message}")
    written = Written()
    for path in paths:
        written = written.and_file(path)
    if written != run.manifest.written:
        message = "its files were changed since the earlier run, remove it and begin anew"
        raise ConfigurationError(f"{run.folder}: {message}")


def _forget_uncounted(run: Run) -> None:
    """Remove a shard that got its name just before an earlier run ended, and is not counted."""
    with run.naming_output():
        for path in run.folder.glob(f"part-{run.manifest.shards:05}*"):
            path.unlink()


class _Counted(Iterator[T], Generic[T]):
    """Counts what goes through it."""

    def __init__(self, units: Iterator[T]) -> None:
        self._units = units
        self.number = 0

    def __next__(self) -> T:
        unit = next(self._units)
        self.number += 1
        return unit

    def rest(self) -> Iterator[Piece]:
        """Take what a writer left, which so belongs to its shard; there is nothing of it."""
        deque(self, 0)
        yield from ()
