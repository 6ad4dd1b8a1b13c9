"""Compressed files as streams of what is in them, bounded."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from resolver.errors import InputError
from resolver.extras import library

# Text becomes some twenty times smaller. What becomes more than this many times larger again, and
# is not small, was made to fill memory or disk.
MAX_RATIO = 200
UNSUSPICIOUS = 256 << 20

_CHUNK = 1 << 16
_LIBRARIES = {".gz": gzip, ".bz2": bz2, ".xz": lzma}


def open_compressed(path: Path) -> io.BufferedReader:
    """Open a compressed file for reading what is in it.

    Raises:
        InputError: While opening or reading: the file is damaged, cut short, or unpacks to far more
            than text can.
        ConfigurationError: The library for it is not installed.
    """
    return io.BufferedReader(_Bounded(path), _CHUNK)


class _Bounded(io.RawIOBase):
    """What is in a compressed file, up to a limit."""

    def __init__(self, path: Path) -> None:
        module = _LIBRARIES.get(path.suffix.lower()) or _zstd()
        damage = (zlib.error, lzma.LZMAError, getattr(module, "ZstdError", zlib.error))
        self._damage: tuple[type[Exception], ...] = damage
        self._left = max(UNSUSPICIOUS, MAX_RATIO * path.stat().st_size)
        with self._faults():
            self._unpacked = module.open(path)

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
