"""Run the code of a plugin so that it can neither spoil the output nor stop a run unnamed.

What it prints goes to standard error, since standard output is for data. One that takes long is
named on standard error while it runs, and once more if the user interrupts it: nothing else would
tell which of the plugins hangs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from threading import Timer
from typing import TextIO, TypeVar

from resolver.plugins.plugin import Origin

Item = TypeVar("Item")

# Seconds; far more than importing even a large package takes.
PATIENCE = 10.0


@contextmanager
def quiet() -> Iterator[None]:
    """Send to standard error what is printed meanwhile."""
    with redirect_stdout(sys.stderr):
        yield


def each_quietly(origin: Origin, items: Callable[[], Iterable[Item]]) -> Iterator[Item]:
    """Yield what the code of a plugin returns, while what it prints goes to standard error."""
    if origin.kind == "built in":
        yield from items()
        return
    with quiet():
        iterator = iter(items())
    while True:
        with quiet():
            try:
                item = next(iterator)
            except StopIteration:
                return
        yield item


@contextmanager
def watched(origin: Origin, doing: str) -> Iterator[None]:
    """Run what a plugin does at the start.

    Args:
        origin: The plugin.
        doing: What it does: ``in resolver_packs``.
    """
    if origin.kind == "built in":
        yield
        return
    timer = Timer(PATIENCE, _tell, (f"{origin} is still {doing}; wait, or interrupt", sys.stderr))
    timer.daemon = True
    timer.start()
    try:
        with quiet():
            yield
    except KeyboardInterrupt:
        _tell(f"interrupted while {origin} was {doing}; {origin.way_out}", sys.stderr)
        raise
    finally:
        timer.cancel()
        timer.join()  # whoever forks later shall have one thread


def _tell(message: str, stream: TextIO) -> None:
    print(message, file=stream, flush=True)
