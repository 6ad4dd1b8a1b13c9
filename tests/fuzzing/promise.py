"""What is promised of every input: a result, or errors of one line each, and nothing else.

Nothing is written or read but the input, nothing is fetched or run, and no pickle is opened. Python
itself tells of all that, through an audit hook.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from resolver.errors import PackError, ResolverError

ROOT = Path(__file__).parent.parent.parent
# Where Python, its libraries and this project stand, and what the system says of itself.
_READABLE = tuple(
    {str(ROOT), sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), "/proc", "/dev"}
)
_TEMPORARY = tempfile.gettempdir()
_REFUSED = (
    *("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostby"),
    *("subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "pickle.", "urllib."),
    *("shutil.rmtree", "shutil.move"),
)
_CHANGES = frozenset("os.remove os.rename os.mkdir os.rmdir os.link os.symlink os.chmod".split())

_watched: list[list[str]] = []


class BrokenPromiseError(AssertionError):
    """An input that did what none may do."""


def said_of(check: Callable[[bytes], str], data: bytes) -> str:
    """Return what the project says of an input: one line for each error, nothing if all is well.

    Whatever else is raised is a finding.
    """
    with _watching() as done:
        try:
            said = check(data)
        except ResolverError as error:
            said = str(error)
            lines = len(error.problems) if isinstance(error, PackError) else 1
            if said.count("\n") + 1 != lines:
                raise BrokenPromiseError(f"more than one line: {said!r}") from error
    if done:
        raise BrokenPromiseError(f"must not be done: {', '.join(done)}")
    return said


@contextmanager
def _watching() -> Iterator[list[str]]:
    if not _watched:
        sys.addaudithook(_notice)  # which cannot be taken away again
        _watched.append([])
    done: list[str] = []
    _watched.append(done)
    try:
        yield done
    finally:
        _watched.pop()


def _notice(event: str, arguments: tuple[object, ...]) -> None:
    if len(_watched) < 2:
        return
    if event == "open":
        path, _, flags = arguments
        if isinstance(path, (str, bytes)) and not _is_allowed(os.fsdecode(path), int(str(flags))):
            _watched[-1].append(f"open {path!r}")
    elif event.startswith(_REFUSED):
        _watched[-1].append(f"{event} {arguments}")
    elif event in _CHANGES and not _is_ours(os.fsdecode(str(arguments[0]))):
        _watched[-1].append(f"{event} {arguments[0]}")


def _is_allowed(path: str, flags: int) -> bool:
    if _is_ours(path) or "__pycache__" in path or path == "":
        return True
    if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        return path == _TEMPORARY  # a file without a name, gone when it is closed
    return os.path.abspath(path).startswith(_READABLE)  # noqa: PTH100 (asked very often)


def _is_ours(path: str) -> bool:
    """Return whether a path lies in the folder of the input, which is the current one."""
    here = os.getcwd()  # noqa: PTH109
    return os.path.abspath(path).startswith(here + os.sep)  # noqa: PTH100
