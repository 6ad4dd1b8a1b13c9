"""Many processes on one machine.

Documents go to worker processes in batches and come back in order; only a few batches are under way
at any time, so that memory stays flat however long the input is. Workers are forked where the
platform can, and then share the index of the parent; elsewhere each loads it once.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING, Any, TypeVar

from resolver.errors import ConfigurationError, ResolverError
from resolver.models import Document

if TYPE_CHECKING:
    from resolver.pipeline import Resolver

T = TypeVar("T")
Work = Callable[["Resolver", Document], T]
BatchWork = Callable[["Resolver", list[Document]], T]

# Large enough that sending a batch costs little beside resolving it, small enough that the end of
# a job does not wait for one worker.
BATCH_CHARACTERS = 200_000
BATCH_DOCUMENTS = 2_000
BATCHES_UNDER_WAY = 3

_worker: tuple[Resolver, BatchWork[object]] | None = None


def map_documents(
    resolver: Resolver, documents: Iterable[Document], jobs: int, work: Work[T]
) -> Iterator[tuple[Document, T]]:
    """Do some work on documents in several processes, as `map_batches`, one document at a time."""
    for batch, results in map_batches(resolver, documents, jobs, partial(_one_by_one, work)):
        yield from zip(batch, results, strict=True)


def _one_by_one(work: Work[T], resolver: Resolver, batch: list[Document]) -> list[T]:
    return [work(resolver, document) for document in batch]


def map_batches(
    resolver: Resolver, documents: Iterable[Document], jobs: int, work: BatchWork[T]
) -> Iterator[tuple[list[Document], T]]:
    """Do some work on batches of documents in several processes.

    Args:
        resolver: What the work is given, in every process.
        documents: May be endless.
        jobs: How many processes.
        work: A function of a module, called with the resolver and some documents that follow each
            other; what it returns travels between processes.

    Returns:
        Some documents with what came of them, in order.

    Raises:
        ResolverError: A worker died; the message names the document that it died of.
        ConfigurationError: The platform cannot fork, and the resolver cannot be made anew.
    """
    under_way: deque[tuple[list[Document], Future[T]]] = deque()
    try:
        with _executor(resolver, jobs, work) as executor:
            for batch in _batches(documents):
                under_way.append((batch, executor.submit(_work_on, _packed(batch))))
                if len(under_way) >= jobs * BATCHES_UNDER_WAY:
                    yield under_way[0][0], under_way[0][1].result()
                    under_way.popleft()
            while under_way:
                yield under_way[0][0], under_way[0][1].result()
                under_way.popleft()
    except BrokenProcessPool:
        unfinished = [batch for batch, future in under_way if _is_broken(future)] or [batch]
        raise _death(resolver, unfinished, work) from None


def _is_broken(future: Future[Any]) -> bool:
    return not future.done() or isinstance(future.exception(), BrokenProcessPool)


def _death(
    resolver: Resolver, batches: list[list[Document]], work: BatchWork[Any]
) -> ResolverError:
    """Return the error of a worker that died, having looked for the document that it died of.

    The documents that may be the one go to a new worker one by one.
    """
    with _executor(resolver, 1, work) as executor:
        for document in (document for batch in batches for document in batch):
            if isinstance(
                executor.submit(_work_on, _packed([document])).exception(), BrokenProcessPool
            ):
                message = "a worker process died of it, and another one too"
                remedy = "leave it out, or find out with --no-plugins whether a plugin is to blame"
                return ResolverError(f"document {document.id}: {message}; {remedy}")
    first, last = batches[0][0].id, batches[-1][-1].id
    named = f"document {first}" if first == last else f"documents {first} to {last}"
    message = f"a worker process died at {named}, perhaps for want of memory; use fewer --jobs"
    return ResolverError(message)


@contextmanager
def _executor(resolver: Resolver, jobs: int, work: BatchWork[Any]) -> Iterator[ProcessPoolExecutor]:
    """Make worker processes that end with this context, and with this process if it is killed."""
    forks = "fork" in multiprocessing.get_all_start_methods()
    recipe = resolver.recipe
    if not forks and recipe is None:
        message = "several processes need a resolver made by Resolver.load on this platform"
        raise ConfigurationError(message)
    context: BaseContext = multiprocessing.get_context("fork" if forks else "spawn")
    alive, ours = context.Pipe(duplex=False)
    # What is forked is not pickled, so that anything may be a resolver; else it is made anew.
    begin: Any = partial(_begin_anew, recipe) if recipe and not forks else partial(_begin, resolver)
    executor = ProcessPoolExecutor(jobs, context, begin, (work, alive, ours))
    # What exists by now stays: the collector of a worker, which would touch all of it and so make
    # the system copy what is shared, leaves it alone.
    gc.freeze()
    try:
        yield executor
        executor.shutdown()
    finally:
        gc.unfreeze()
        ours.close()  # workers that still have something to do end now
        executor.shutdown(cancel_futures=True)
        alive.close()


def _begin(
    resolver: Resolver, work: BatchWork[object], alive: Connection, ours: Connection
) -> None:
    global _worker  # noqa: PLW0603 (what a process is there for)
    _worker = (resolver, work)
    # An interruption from the keyboard goes to all processes; the parent sees to it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    ours.close()
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()


def _begin_anew(
    recipe: Callable[[], Resolver], work: BatchWork[object], alive: Connection, ours: Connection
) -> None:
    _begin(recipe(), work, alive, ours)


def _end_with(alive: Connection) -> None:
    """Wait until the parent closes its end of a pipe, or dies; concurrent.futures would not."""
    alive.poll(None)
    os._exit(1)


def _packed(batch: list[Document]) -> list[tuple[Any, ...]]:
    """Return documents as tuples, which take a third of the time to travel."""
    return [(each.text, each.id, each.date, each.fields, each.origin) for each in batch]


def _work_on(packed: list[tuple[Any, ...]]) -> Any:
    assert _worker is not None  # noqa: S101 (the initializer ran)
    resolver, work = _worker
    return work(resolver, [Document(*parts) for parts in packed])


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if size >= BATCH_CHARACTERS or len(batch) >= BATCH_DOCUMENTS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
