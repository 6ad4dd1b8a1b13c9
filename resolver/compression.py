"""Compressed files as streams of what is in them, bounded."""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from resolver.errors import InputError
from resolver.extras import library

# Text becomes some twenty times smaller. What becomes more than this many times larger again, and
# is not small, was made to fill memory or disk.
MAX_RATIO = 200
UNSUSPICIOUS = 256_000_000

COMPRESSED = frozenset({".gz", ".gzip", ".bz2", ".xz", ".zst"})

_CHUNK = 1 << 16
_LIBRARIES = {".gz": "gzip", ".gzip": "gzip", ".bz2": "bz2", ".xz": "lzma"}  # imported when used


def most_unpacked(packed: int) -> int:
    """Return how many bytes may come out of so many compressed ones."""
    return max(UNSUSPICIOUS, MAX_RATIO * packed)


def inner_suffix(path: Path) -> str:
    """Return the ending of a file name in small letters, that of a compression left out.

    >>> inner_suffix(Path("names.TSV.gz")), inner_suffix(Path("names.tsv"))
    ('.tsv', '.tsv')
    """
    suffix = path.suffix.lower()
    return Path(path.stem).suffix.lower() if suffix in COMPRESSED else suffix


def open_file(path: Path, watch: Callable[[IO[bytes]], object] | None = None) -> IO[bytes]:
    """Open a file for reading bytes, those in it if its ending says that it is compressed.

    Args:
        path: The file.
        watch: Gets the file itself, not what is in it, to see how far it has been read.

    Raises:
        InputError: As `open_compressed`.
    """
    file = path.open("rb")
    try:
        if watch:
            watch(file)
        return open_compressed(path, file) if path.suffix.lower() in COMPRESSED else file
    except BaseException:
        file.close()
        raise


def open_compressed(path: Path, file: IO[bytes]) -> io.BufferedReader:
    """Return what is in a compressed file; whoever closes that closes the file.

    Raises:
        InputError: While opening or reading: the file is damaged, cut short, or unpacks to far more
            than text can.
        ConfigurationError: The library for it is not installed.
    """
    return io.BufferedReader(_Bounded(path, file), _CHUNK)


class _Bounded(io.RawIOBase):
    """What is in a compressed file, up to a limit."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._file = self._unpacked = file  # the latter until it is known how to unpack it
        name = _LIBRARIES.get(path.suffix.lower())
        module = import_module(name) if name else _zstd()
        theirs = (getattr(module, name, zlib.error) for name in ("LZMAError", "ZstdError"))
        self._damage: tuple[type[Exception], ...] = (zlib.error, *theirs)
        self._left = most_unpacked(path.stat().st_size)
        with self._faults():
            self._unpacked = module.open(file)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with self._faults():
            data = self._unpacked.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            message = f"unpacks to more than {MAX_RATIO} times its size"
            raise InputError(f"{message}, unpack it yourself if you trust it")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._unpacked.close()
        self._file.close()
        super().close()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Turn what the libraries raise about damaged data into an error of ours."""
        damaged = InputError("the compressed data is damaged, get the file again")
        try:
            yield
        except EOFError:
            message = "the compressed data is cut short, get the file again"
            raise InputError(message) from None
        except self._damage:
            raise damaged from None
        except OSError as error:
            if error.errno is not None:  # nothing that is wrong with the data
                raise
            raise damaged from None


def _zstd() -> Any:
    name = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
    return library(name, "zstd")
