"""Where results go: standard output, or a file that is whole or not there."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from resolver.compression import inner_suffix
from resolver.errors import ConfigurationError
from resolver.readers import known_suffixes, resolver_readers


@contextmanager
def open_output(path: str | None, inputs: tuple[str, ...] = ()) -> Iterator[TextIO]:
    """Open standard output, or a file that gets its name only when all of it is written.

    A device, a pipe or anything else that is not a plain file is written directly.

    Args:
        path: The file; ``None`` or ``-`` for standard output.
        inputs: Paths that are being read and must not be written.

    Raises:
        ConfigurationError: The output is one of the inputs, or its folder does not exist.
    """
    if path is None or path == "-":
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
        yield sys.stdout
        sys.stdout.flush()
        return
    target = check_target(path, inputs)
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        with target.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        return
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(
            handle, "w", encoding="utf-8", newline="\n", errors="surrogateescape"
        ) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())  # or a power cut could leave an empty file of that name
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink()
        raise


def check_target(path: str, inputs: Iterable[str] = ()) -> Path:
    """Return the file that a path means, links followed, if it can be written.

    Args:
        path: The file, or a folder.
        inputs: Paths that are being read and must not be written.

    Raises:
        ConfigurationError: It is one of the inputs, or a document in a folder of them, or its
            folder does not exist, or it is no name of a file at all.
    """
    if not path:
        raise ConfigurationError("the name of the output is empty, name a file")
    target = Path(os.path.realpath(path))
    if target.is_symlink():  # what is left of a link that was followed
        raise ConfigurationError(f"{path}: is a link that leads back to itself, remove it")
    for name in inputs:
        source = Path(os.path.realpath(name))
        if source == target:
            raise ConfigurationError(f"{path}: is also an input, write somewhere else")
        if source in target.parents and source.is_dir() and _is_document(target):
            raise ConfigurationError(f"{path}: lies in {name}, which is read, move it")
    if not target.parent.is_dir():
        missing = f"the folder {target.parent} does not exist, make it first"
        raise ConfigurationError(f"{path}: {missing}")
    return target


def _is_document(target: Path) -> bool:
    """Tell whether a file would be read with its folder, as the output of an earlier run is."""
    return target.is_file() and inner_suffix(target) in known_suffixes(resolver_readers())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
