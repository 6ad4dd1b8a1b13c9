"""A zip archive written piece by piece, for formats of several files a document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield a zip archive of files, the same for the same files whenever it is written."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, content in files:
            info = zipfile.ZipInfo(name)  # without a date, which would be that of 1980
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
            yield sink.taken()
    yield sink.taken()


class Sink(io.RawIOBase):
    """Takes what a library writes, until it is fetched."""

    def __init__(self) -> None:
        """Begin empty."""
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """Say that this can be written to."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Keep a piece."""
        self._pieces.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        piece = b"".join(self._pieces)
        self._pieces.clear()
        return piece
