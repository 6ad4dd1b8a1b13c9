"""The time that one document may take.

Two clocks run. In the worker process a timer of the system interrupts the code, wherever it is.
What does not heed that (a library that is not Python, a system without such timers) is ended from
outside together with its process: each worker notes until when it has to be done, and whoever waits
for its results looks there.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.context import BaseContext
from typing import TypeVar

from resolver.models import Document
from resolver.readers import BadInput

T = TypeVar("T")

# Seconds that a worker has to heed its timer before it is ended. The longest stretches that heed
# nothing, the search of a document of the largest size among them, take less.
GRACE = 5.0
# Seconds until the timer rings again, for code that takes no notice of what it raises.
_AGAIN = 0.5


class OutOfTime(KeyboardInterrupt):
    """The timer has rung. Like an interruption from the keyboard, plugins let it pass."""


class Deadlines:
    """Until when each worker process has to be done with what it does; all processes see it."""

    def __init__(self, context: BaseContext, workers: int) -> None:
        """Make room for some workers."""
        self._until = context.RawArray("d", workers)
        self._pids = context.RawArray("l", workers)
        self._entered = context.Value("i", 0)
        self._own = 0

    def enter(self) -> None:
        """Take the place of this worker."""
        with self._entered.get_lock():
            self._own = self._entered.value
            self._entered.value += 1
        self._pids[self._own] = os.getpid()

    def note(self, until: float) -> None:
        """Note until when this worker has to be done, as `time.monotonic` counts; 0 for no end."""
        self._until[self._own] = until

    def end_overdue(self) -> bool:
        """End the workers that are not done in time, and return whether there are any."""
        now = time.monotonic()
        pids = {pid for pid, until in zip(self._pids, self._until, strict=True) if 0 < until < now}
        return self._end(pids)

    def end_all(self) -> None:
        """End all workers, whatever they do."""
        self._end(set(self._pids))

    def _end(self, pids: set[int]) -> bool:
        # Only children that live, since a number may have gone to another process.
        overdue = [child for child in multiprocessing.active_children() if child.pid in pids]
        for child in overdue:
            child.kill()
        return bool(overdue)


def in_time(
    limit: float,
    deadlines: Deadlines,
    work: Callable[[list[Document]], list[T]],
    documents: list[Document],
) -> list[T | BadInput]:
    """Do some work on documents, of which each may take some time.

    They are done together; if that takes longer than one may take, one by one.

    Args:
        limit: How many seconds one document may take.
        deadlines: Where it is noted.
        work: Returns something for each of the documents.
        documents: The documents.
    """
    try:
        return [*_timed(limit, deadlines, work, documents)]
    except OutOfTime as error:
        if len(documents) == 1:
            notes = getattr(error, "__notes__", ())
            return [late(documents[0], limit, *notes)]
    return [
        result for document in documents for result in in_time(limit, deadlines, work, [document])
    ]


def _timed(
    limit: float,
    deadlines: Deadlines,
    work: Callable[[list[Document]], list[T]],
    documents: list[Document],
) -> list[T]:
    is_armed, has_rung = True, False

    def ring(_number: int, _frame: object) -> None:
        nonlocal has_rung
        if is_armed:
            has_rung = True
            raise OutOfTime

    try:
        if sys.platform == "win32":  # which has no such timers
            deadlines.note(time.monotonic() + limit)
        else:
            deadlines.note(time.monotonic() + limit + GRACE)
            signal.signal(signal.SIGALRM, ring)
            signal.setitimer(signal.ITIMER_REAL, limit, _AGAIN)
        results = work(documents)
    finally:
        is_armed = False  # before anything else, so that it rings nowhere else
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, 0)
        deadlines.note(0)
    if has_rung:  # and something has made away with it, so that part of the work may be missing
        raise OutOfTime
    return results


def late(document: Document, limit: float, said: str = "") -> BadInput:
    """Return what is said of a document that took too long.

    Args:
        document: The document.
        limit: How many seconds it may take.
        said: What it was at then, and what to do about that; empty where nothing is known.
    """
    remedy = "split it, raise --time-limit, or find out with --no-plugins whether a plugin is slow"
    seconds = f"{limit:g} second{'' if limit == 1 else 's'}"
    return BadInput(f"document {document.id}", f"is not done after {seconds}; {said or remedy}")
