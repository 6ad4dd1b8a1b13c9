"""Change the files of packs in place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from resolver.cli.output import open_output
from resolver.packs.strict_yaml import read_text

_MARK = "\ufeff"


def rewrite(path: str, change: Callable[[str], str]) -> None:
    """Write the text of a pack as ``change`` returns it; the file is the new one or the old one.

    A byte order mark and the way that lines end are kept.
    """
    mark = _MARK if Path(path).read_bytes().startswith(_MARK.encode()) else ""
    changed = mark + change(read_text(Path(path), path))
    with open_output(path) as out:
        out.write(changed)
