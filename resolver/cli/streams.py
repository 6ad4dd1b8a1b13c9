"""Standard streams that were closed before we began, as ``>&-`` and some daemons leave them."""

from __future__ import annotations

import os
import sys

_MODES = {"stdin": "r", "stdout": "w", "stderr": "w"}


def reopen_closed() -> None:
    """Put something in the place of every standard stream that is closed.

    Otherwise the next file that is opened would get its number, and what is meant for the stream
    would be written into that file. Input is then empty and messages are dropped, but results are
    not: writing them to standard output is an error, as with any other output that is gone.
    """
    for number, (name, mode) in enumerate(_MODES.items()):
        if getattr(sys, name) is not None:
            continue
        # Writing fails where it is opened for reading only, which is what is wanted of results.
        flags = os.O_WRONLY if name == "stderr" else os.O_RDONLY
        opened = os.open(os.devnull, flags)
        if opened != number:
            os.dup2(opened, number)
            os.close(opened)
        setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
