"""Where compiled packs are kept between starts, and under which names."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

FORMAT = 4
KEPT = 8
SETTING = "RESOLVER_CACHE"


def cache_folder() -> Path | None:
    """Return the folder of compiled packs, made if need be; ``None`` if none can be trusted.

    The environment variable ``RESOLVER_CACHE`` names another one, or is ``off``.
    """
    setting = os.environ.get(SETTING)
    if setting == "off":
        return None
    if setting:
        folder = Path(setting).absolute()  # also when the current folder is another one later
    else:
        from platformdirs import user_cache_path

        folder = user_cache_path("alias-resolver", appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return None
    foreign = hasattr(os, "getuid") and status.st_uid != os.getuid()
    return None if foreign or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH) else folder


def cache_file(files: Sequence[Path], variants: str = "") -> Path | None:
    """Return where the compiled form of some pack files lies, or would lie.

    Args:
        files: The packs.
        variants: What tells apart the code that gives further aliases.
    """
    folder = cache_folder()
    name = cache_name(files, variants) if folder else None
    return folder / name if folder and name else None


def cache_name(files: Sequence[Path], variants: str = "") -> str | None:
    """Return the name of that file, which tells the content of the packs; `None` without them."""
    begin = f"{version('alias-resolver')} {FORMAT}\0{variants}"
    digest = hashlib.sha256(begin.encode(errors="surrogateescape"))
    for file in files:
        try:
            content = file.read_bytes()
        except OSError:
            return None
        digest.update(f"\0{file}\0{len(content)}\0".encode(errors="surrogateescape"))
        digest.update(content)
    return f"packs-{digest.hexdigest()[:40]}.sqlite"


def forget_oldest(folder: Path) -> None:
    """Keep the files that were used last; every edit of a pack makes a new one."""
    files = sorted(folder.glob("packs-*.sqlite"), key=lambda file: file.stat().st_mtime)
    for file in files[:-KEPT]:
        file.unlink(missing_ok=True)
