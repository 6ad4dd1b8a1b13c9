"""Standard streams that were closed before we began, as ``>&-`` and some daemons leave them."""

from __future__ import annotations

import os
import sys

_MODES = {"stdin": "r", "stdout": "w", "stderr": "w"}


def reopen_closed() -> None:
    """Put something in the place of every standard stream that is closed.

    Otherwise the next file that is opened would get its number, and what is meant for the stream
    would be written into that file. Reading standard input and writing results is then an error,
    as with any other file that is gone; messages are dropped.
    """
    for number, (name, mode) in enumerate(_MODES.items()):
        if getattr(sys, name) is not None:
            continue
        # What is open for writing only cannot be read, and the other way round, as it should be.
        flags = os.O_RDONLY if name == "stdout" else os.O_WRONLY
        opened = os.open(os.devnull, flags)
        if opened != number:
            os.dup2(opened, number)
            os.close(opened)
        setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


def let_go_of_output() -> None:
    """Write what is left for standard output; drop it if that cannot be.

    Python would try once more at exit, complain, and change the exit code.
    """
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
