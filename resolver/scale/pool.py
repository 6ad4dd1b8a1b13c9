"""Many processes on one machine.

Documents go to worker processes in batches and come back in order; only a few batches are under way
at any time, so that memory stays flat however long the input is. Workers are forked where the
platform can, and then share the index of the parent; elsewhere each loads it once.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING, Any, TypeVar

from resolver.errors import ConfigurationError, ResolverError
from resolver.models import Document

if TYPE_CHECKING:
    from resolver.pipeline import Resolver

T = TypeVar("T")
Work = Callable[["Resolver", Document], T]

# Large enough that sending a batch costs little beside resolving it, small enough that the end of
# a job does not wait for one worker.
BATCH_CHARACTERS = 200_000
BATCHES_UNDER_WAY = 3

_worker: tuple[Resolver, Work[object]] | None = None


def map_documents(
    resolver: Resolver, documents: Iterable[Document], jobs: int, work: Work[T]
) -> Iterator[tuple[Document, T]]:
    """Do some work on documents in several processes.

    Args:
        resolver: What the work is given, in every process.
        documents: May be endless.
        jobs: How many processes.
        work: A function of a module, called with the resolver and a document; what it returns
            travels between processes.

    Returns:
        Each document with what came of it, in order.

    Raises:
        ResolverError: A worker died; the message names the documents it had.
        ConfigurationError: The platform cannot fork, and the resolver cannot be made anew.
    """
    with _executor(resolver, jobs, work) as executor:
        under_way: deque[tuple[list[Document], Future[list[T]]]] = deque()
        try:
            for batch in _batches(documents):
                under_way.append((batch, executor.submit(_work_on, batch)))
                if len(under_way) >= jobs * BATCHES_UNDER_WAY:
                    yield from _finished(*under_way.popleft())
            while under_way:
                yield from _finished(*under_way.popleft())
        finally:
            for _, future in under_way:
                future.cancel()


def _executor(resolver: Resolver, jobs: int, work: Work[T]) -> ProcessPoolExecutor:
    context: BaseContext
    if "fork" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("fork")
        return ProcessPoolExecutor(jobs, context, _begin, (resolver, work))
    if resolver.recipe is None:
        message = "several processes need a resolver made by Resolver.load on this platform"
        raise ConfigurationError(message)
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, context, _begin_anew, (resolver.recipe, work))


def _begin(resolver: Resolver, work: Work[object]) -> None:
    global _worker  # noqa: PLW0603 (what a process is there for)
    _worker = (resolver, work)


def _begin_anew(recipe: Callable[[], Resolver], work: Work[object]) -> None:
    _begin(recipe(), work)


def _work_on(batch: list[Document]) -> list[Any]:
    assert _worker is not None  # noqa: S101 (the initializer ran)
    resolver, work = _worker
    return [work(resolver, document) for document in batch]


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _finished(batch: list[Document], future: Future[list[T]]) -> Iterator[tuple[Document, T]]:
    try:
        results = future.result()
    except BrokenProcessPool:
        first, last = batch[0].id, batch[-1].id
        named = f"document {first}" if len(batch) == 1 else f"documents {first} to {last}"
        message = f"a worker process died at {named}, perhaps for want of memory; use fewer --jobs"
        raise ResolverError(message) from None
    yield from zip(batch, results, strict=True)
