"""A process that meets its end, an interruption or a full disk at a chosen moment.

The moments are those at which something happens to files: Python tells of each of them before it
does (``sys.addaudithook``), so that what runs is the code itself with nothing put in its place. What
is done runs in a forked process, whose end is a real one: nothing that was not yet written gets
written, and nothing is tidied up.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

KILLED = 137
CRASHED = 99
FAULTS = ("kill", "interrupt", "full")
_MOMENTS = frozenset(
    {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod"}
)
_FULL = frozenset({"open", "os.mkdir"})


class Ended(NamedTuple):
    """How a process ended."""

    code: int
    said: str


def ended(
    task: Callable[[], int], folder: Path, fault: str | None = None, moment: int = 0
) -> Ended:
    """Do something in a process of its own.

    Args:
        task: Returns an exit code.
        folder: Moments are those at which something changes below it.
        fault: One of `FAULTS`, or none.
        moment: At which of the moments it happens, counted from 0; later ones may never come.
            A disk that is full stays so.
    """
    with tempfile.TemporaryFile() as said:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # threads of libraries, which idle
            process = os.fork()
        if process == 0:
            os.dup2(said.fileno(), 2)
            os._exit(_end(task, str(folder), fault, moment))
        _, status = os.waitpid(process, 0)
        said.seek(0)
        return Ended(os.waitstatus_to_exitcode(status), said.read().decode("utf-8", "replace"))


def _end(task: Callable[[], int], folder: str, fault: str | None, moment: int) -> int:
    left = [moment]

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event in _MOMENTS and _changes(event, arguments, folder):
            left[0] -= 1
            if fault == "kill" and left[0] == -1:
                os._exit(KILLED)
            elif fault == "interrupt" and left[0] == -1:
                raise KeyboardInterrupt
            elif fault == "full" and left[0] < 0 and event in _FULL:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    os.fsync = lambda _: None  # no power is cut here, and to wait for the disk takes longest
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace")
    try:
        if fault:
            sys.addaudithook(watch)
        code = task()
    except BaseException:  # noqa: BLE001 (said, and told by the exit code)
        traceback.print_exc()
        code = CRASHED
    sys.stderr.flush()
    return code


def _changes(event: str, arguments: tuple[object, ...], folder: str) -> bool:
    path = arguments[0]
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    if not isinstance(path, str) or not os.path.abspath(path).startswith(folder):  # noqa: PTH100
        return False
    if event != "open":
        return True
    mode, flags = arguments[1], arguments[2]
    if isinstance(mode, str):
        return any(char in mode for char in "wax+")
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))
