"""Worker processes, which end with this one whatever becomes of it.

They are forked where the platform can, and then share the index of the parent; elsewhere each loads
it once.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from resolver.errors import ConfigurationError
from resolver.models import Document
from resolver.readers import BadInput
from resolver.scale.timing import Deadlines, in_time

if TYPE_CHECKING:
    from resolver.pipeline import Resolver

T = TypeVar("T")
# A function of a module, called with the resolver and some documents that follow each other; what
# it returns, something for each of them, travels between processes.
BatchWork = Callable[["Resolver", list[Document]], list[T]]

_LOOK_AGAIN = 0.1  # seconds


class _Worker(NamedTuple):
    """What a worker process has to do, and how long it may take."""

    work: Callable[[list[Document]], list[Any]]
    limit: float | None
    deadlines: Deadlines


_worker: _Worker | None = None


class Workers(Generic[T]):
    """Some worker processes.

    Attributes:
        ended: Whether one of them was ended since it was not done in time.
    """

    def __init__(
        self, executor: ProcessPoolExecutor, deadlines: Deadlines, limit: float | None
    ) -> None:
        """Take what they are managed by."""
        self._executor = executor
        self._deadlines = deadlines
        self._limit = limit
        self.ended = False

    def submit(self, batch: list[Document]) -> Future[list[T | BadInput]]:
        """Hand a batch to a worker."""
        try:
            return self._executor.submit(_work_on, _packed(batch))
        except BrokenProcessPool as error:
            failed: Future[list[T | BadInput]] = Future()
            failed.set_exception(error)
            return failed

    def result(self, future: Future[list[T | BadInput]]) -> list[T | BadInput]:
        """Return what came of a batch.

        Raises:
            BrokenProcessPool: A worker died, perhaps another one.
        """
        while self._limit is not None:
            try:
                return future.result(_LOOK_AGAIN)
            except TimeoutError:
                if future.done():  # the work has raised it
                    raise
                self.ended = self._deadlines.end_overdue() or self.ended
        return future.result()


@contextmanager
def working(
    resolver: Resolver, jobs: int, work: BatchWork[T], limit: float | None = None
) -> Iterator[Workers[T]]:
    """Make worker processes that end with this context, and with this process if it is killed.

    Args:
        resolver: What the work is given, in every process.
        jobs: How many processes.
        work: What they do.
        limit: How many seconds they may take for one document.

    Raises:
        ConfigurationError: The platform cannot fork, and the resolver cannot be made anew.
    """
    forks = "fork" in multiprocessing.get_all_start_methods()
    recipe = resolver.recipe
    if not forks and recipe is None:
        message = "several processes need a resolver made by Resolver.load on this platform"
        raise ConfigurationError(message)
    context: BaseContext = multiprocessing.get_context("fork" if forks else "spawn")
    alive, ours = context.Pipe(duplex=False)
    deadlines = Deadlines(context, jobs)
    # What is forked is not pickled, so that anything may be a resolver; else it is made anew.
    begin: Any = partial(_begin_anew, recipe) if recipe and not forks else partial(_begin, resolver)
    executor = ProcessPoolExecutor(jobs, context, begin, (work, limit, deadlines, alive, ours))
    # What exists by now stays: the collector of a worker, which would touch all of it and so make
    # the system copy what is shared, leaves it alone.
    gc.freeze()
    try:
        yield Workers(executor, deadlines, limit)
        executor.shutdown()
    except BaseException:
        deadlines.end_all()  # even those that heed nothing
        raise
    finally:
        gc.unfreeze()
        ours.close()
        executor.shutdown(cancel_futures=True)
        alive.close()


def _begin(
    resolver: Resolver,
    work: BatchWork[object],
    limit: float | None,
    deadlines: Deadlines,
    alive: Connection,
    ours: Connection,
) -> None:
    global _worker  # noqa: PLW0603 (what a process is there for)
    _worker = _Worker(partial(work, resolver), limit, deadlines)
    deadlines.enter()
    # An interruption from the keyboard goes to all processes; the parent sees to it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    ours.close()
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()


def _begin_anew(recipe: Callable[[], Resolver], *others: Any) -> None:
    _begin(recipe(), *others)


def _end_with(alive: Connection) -> None:
    """Wait until the parent closes its end of a pipe, or dies; concurrent.futures would not."""
    alive.poll(None)
    os._exit(1)


def _packed(batch: list[Document]) -> list[tuple[Any, ...]]:
    """Return documents as tuples, which take a third of the time to travel."""
    return [(each.text, each.id, each.date, each.fields, each.origin) for each in batch]


def _work_on(packed: list[tuple[Any, ...]]) -> list[Any]:
    assert _worker is not None  # noqa: S101 (the initializer ran)
    work, limit, deadlines = _worker
    documents = [Document(*parts) for parts in packed]
    return work(documents) if limit is None else in_time(limit, deadlines, work, documents)
