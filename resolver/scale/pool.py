"""Documents through many processes on one machine.

They go to worker processes in batches and come back in order; only a few batches are under way at
any time, so that memory stays flat however long the input is. When a worker dies, what was under
way is done again document by document, which tells the one that it died of.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from resolver.errors import ResolverError
from resolver.models import Document
from resolver.readers import BadInput
from resolver.scale.timing import late
from resolver.scale.workers import BatchWork, Workers, working

if TYPE_CHECKING:
    from resolver.pipeline import Resolver

T = TypeVar("T")
Work = Callable[["Resolver", Document], T]
UnderWay = deque[tuple[list[Document], Future[Any]]]
Done = tuple[list[Document], list[T | BadInput]]

# Large enough that sending a batch costs little beside resolving it, small enough that the end of
# a job does not wait for one worker.
BATCH_CHARACTERS = 200_000
BATCH_DOCUMENTS = 2_000
BATCHES_UNDER_WAY = 3


class Crew(NamedTuple):
    """What worker processes are made of.

    Attributes:
        resolver: What the work is given, in every process.
        jobs: How many processes.
        work: What they do.
        limit: How many seconds one document may take; ``None`` for any time.
    """

    resolver: Resolver
    jobs: int
    work: BatchWork[Any]
    limit: float | None = None


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
) -> Iterator[tuple[list[Document], list[T]]]:
    """Do some work on batches of documents in several processes.

    Args:
        resolver: What the work is given, in every process.
        documents: May be endless.
        jobs: How many processes.
        work: A function of a module, called with the resolver and some documents that follow each
            other; what it returns, something for each of them, travels between processes.

    Returns:
        Some documents with what came of them, in order.

    Raises:
        ResolverError: A worker died; the message names the document that it died of.
        ConfigurationError: The platform cannot fork, and the resolver cannot be made anew.
    """
    for batch, results in map_surviving(Crew(resolver, jobs, work), documents, _stop):
        for result in results:
            if isinstance(result, BadInput):
                _stop(str(result))
        yield batch, cast("list[T]", results)


def _stop(message: str) -> None:
    raise ResolverError(message)


def map_surviving(
    crew: Crew, documents: Iterable[Document], on_chance: Callable[[str], object]
) -> Iterator[Done[Any]]:
    """Do some work on batches of documents, whatever becomes of the workers.

    Args:
        crew: The workers.
        documents: May be endless.
        on_chance: Called with what to say when a worker died, and not of any document.

    Returns:
        Some documents with what came of them, in order: a `BadInput` for each that took too long,
        or that a worker died of.

    Raises:
        ConfigurationError: The platform cannot fork, and the resolver cannot be made anew.
    """
    batches = _batches(documents)
    under_way: UnderWay = deque()
    while True:
        try:
            with working(*crew) as workers:
                yield from _flow(workers, batches, under_way, crew.jobs * BATCHES_UNDER_WAY)
            return
        except BrokenProcessPool:
            again = [batch for batch, future in under_way if _is_broken(future)]
        alone = _alone(crew, [document for batch in again for document in batch])
        if not workers.ended and not any(isinstance(result, BadInput) for result in alone):
            on_chance(_chance(again))
        left = iter(alone)
        while under_way:
            batch, future = under_way.popleft()
            is_broken = _is_broken(future)
            yield batch, [next(left) for _ in batch] if is_broken else future.result()


def _flow(
    workers: Workers[Any], batches: Iterator[list[Document]], under_way: UnderWay, most: int
) -> Iterator[Done[Any]]:
    for batch in batches:
        under_way.append((batch, workers.submit(batch)))
        if len(under_way) >= most:
            yield under_way[0][0], workers.result(under_way[0][1])
            under_way.popleft()
    while under_way:
        yield under_way[0][0], workers.result(under_way[0][1])
        under_way.popleft()


def _is_broken(future: Future[Any]) -> bool:
    is_lost = future.cancelled() or not future.done()
    return is_lost or isinstance(future.exception(), BrokenProcessPool)


def _alone(crew: Crew, documents: Iterable[Document]) -> list[Any]:
    """Return what comes of documents, done one by one: a `BadInput` where a worker dies."""
    left = deque(documents)
    results: list[Any] = []
    while left:
        try:
            with working(*crew._replace(jobs=1)) as workers:
                while left:
                    results += workers.result(workers.submit([left[0]]))
                    left.popleft()
        except BrokenProcessPool:
            document = left.popleft()
            results.append(_lost(document, crew.limit if workers.ended else None))
    return results


def _lost(document: Document, limit: float | None) -> BadInput:
    """Return what is said of a document whose worker died, or was ended at the limit."""
    if limit is not None:
        return late(document, limit)
    message = "a worker process died of it, and another one too"
    remedy = "leave it out, or find out with --no-plugins whether a plugin is to blame"
    return BadInput(f"document {document.id}", f"{message}; {remedy}")


def _chance(batches: list[list[Document]]) -> str:
    first, last = batches[0][0].id, batches[-1][-1].id
    named = f"document {first}" if first == last else f"documents {first} to {last}"
    return f"a worker process died at {named}, perhaps for want of memory; use fewer --jobs"


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
