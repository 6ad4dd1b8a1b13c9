"""Files by a pattern: ``*``, ``?``, ``[...]``, and ``**`` for any folders, links not followed."""

# ruff: noqa: PTH118, PTH206, PTH207 (patterns are no paths, and names stay as they are written)
from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from glob import has_magic
from pathlib import Path

__all__ = ["files_fitting", "has_magic"]

_ANY_FOLDERS = "**"


def files_fitting(pattern: str) -> list[Path]:
    """Return the files whose path fits, in alphabetical order; names that begin with a dot do not.

    Python's own ``glob`` follows links to folders with ``**``, and so goes round where one leads
    back.
    """
    return [Path(path) for path in sorted(set(_paths(pattern))) if Path(path).is_file()]


def _paths(pattern: str) -> Iterator[str]:
    parts = (pattern.replace(os.altsep, os.sep) if os.altsep else pattern).split(os.sep)
    if _ANY_FOLDERS not in parts:
        yield from glob.glob(pattern)
        return
    at = parts.index(_ANY_FOLDERS)
    before, behind = os.sep.join(parts[:at]), os.sep.join(parts[at + 1 :])
    if at and not before:  # from the root
        before = os.sep
    for top in _paths(before) if before else [""]:
        for folder in _folders(top):
            yield from _paths(os.path.join(glob.escape(folder), behind or "*"))


def _folders(top: str) -> Iterator[str]:
    """Yield a folder and all below it, written as the pattern was: without ``./`` before them."""
    for below, folders, _ in os.walk(top or os.curdir):
        folders[:] = [folder for folder in folders if not folder.startswith(".")]
        yield below if top else os.path.relpath(below).removeprefix(os.curdir)
