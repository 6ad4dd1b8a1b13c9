"""The packs that are open: files that people edit, saved whole and never over somebody else's work.

The page works with line feeds and nothing else, as text fields do; a file keeps the line ends that
it had.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from resolver.errors import PackError, ResolverError
from resolver.packs.strict_yaml import read_text

SCRATCH = "scratch.yaml"
_SCRATCH_TEXT = """\
# This pack is on no disk: try things out here, then download it or copy it.
pack: scratch
entities:
  - id: org/example
    name: Example Organisation
    type: organisation
    aliases:
      - {text: ExOrg, kind: acronym}
"""


class ConflictError(ResolverError):
    """A file is no longer what an edit of it began with."""


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack that is open.

    Attributes:
        name: As the user names it; messages show it like that.
        path: The file, behind all links; ``None`` for one that is on no disk.
        text: Its content, with line feeds.
        digest: What tells this content from any other.
        unreadable: Why it cannot be read, if so.
    """

    name: str
    path: Path | None
    text: str
    digest: str
    unreadable: str | None = None


def open_pack(path: Path) -> PackFile:
    """Return a pack file as it is on the disk; one that cannot be read says so."""
    return _read(Path(os.path.realpath(path)), str(path))


def open_again(file: PackFile) -> PackFile:
    """Return the file as it is on the disk now; one that is on no disk as it is."""
    return _read(file.path, file.name) if file.path else file


def _read(path: Path, name: str) -> PackFile:
    try:
        text = _with_line_feeds(read_text(path, name))
    except PackError as error:
        return PackFile(name, path, "", digest_of(str(error)), str(error))
    return PackFile(name, path, text, digest_of(text))


def scratch_pack() -> PackFile:
    """Return a pack to try things out in, which is on no disk."""
    return PackFile(SCRATCH, None, _SCRATCH_TEXT, digest_of(_SCRATCH_TEXT))


def save_pack(file: PackFile, text: str, digest: str) -> PackFile:
    """Write a pack, whole or not at all, and keep what was there as ``NAME.bak``.

    Args:
        file: The file.
        text: The new content, with line feeds.
        digest: Of the content that the edit began with.

    Returns:
        The file as it is now.

    Raises:
        ConflictError: The file has another content by now; nothing is written.
        OSError: It cannot be written.
    """
    if file.path is None:
        raise ConflictError(f"{file.name}: is on no disk, download it instead")
    current = open_again(file)
    if current.unreadable or current.digest != digest:
        raise ConflictError(
            f"{file.name}: was changed on the disk meanwhile, load it again and repeat your edit"
        )
    before = file.path.read_bytes()
    mode = file.path.stat().st_mode & 0o777
    if before.count(b"\r\n") * 2 > before.count(b"\n"):
        text = text.replace("\n", "\r\n")
    _write_whole(file.path.with_name(f"{file.path.name}.bak"), before, mode)
    _write_whole(file.path, text.encode("utf-8"), mode)
    return open_again(file)


def _write_whole(path: Path, content: bytes, mode: int) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def digest_of(*texts: str) -> str:
    """Return what tells texts from any others."""
    digest = hashlib.sha256()
    for text in texts:
        content = text.encode("utf-8", "surrogatepass")
        digest.update(b"%d\0" % len(content) + content)
    return digest.hexdigest()[:32]
