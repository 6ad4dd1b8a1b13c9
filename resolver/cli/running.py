"""Running a job: where its output goes, going on with it, and how far it is."""

from __future__ import annotations

import signal
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from resolver.cli.jobs import JobOptions
from resolver.cli.options import InputFormat, Inputs
from resolver.cli.output import open_output
from resolver.cli.progress import Meter, Progress
from resolver.errors import ConfigurationError
from resolver.models import Document
from resolver.plugins import Plugins
from resolver.readers import find_sources, known_suffixes, read_sources
from resolver.scale.tagging import Tagger, encoded
from resolver.writers import Writer

if TYPE_CHECKING:
    from resolver.scale.reading import Ledger

T = TypeVar("T")


class WatchedInputs(Inputs):
    """Inputs whose reading is watched: how far it is, and where each document stands."""

    def __init__(
        self,
        plugins: Plugins,
        paths: Sequence[str],
        input_format: InputFormat,
        on_error: str,
        job: JobOptions,
    ) -> None:
        """Take paths, and find out how large they are where that is asked for."""
        super().__init__(plugins, paths, input_format, on_error)
        self.suffixes = known_suffixes(self._readers.values())
        measured = job.shows_progress or job.output is not None
        self.sizes = self._measured() if measured else {}
        known = self.sizes and "-" not in self._paths
        total = sum(size["bytes"] for size in self.sizes.values() if size) if known else None
        self._meter = Meter(total)
        self._progress = Progress(shown=job.shows_progress, meter=self._meter)

    def _measured(self) -> dict[str, Any]:
        from resolver.scale.job import inputs

        return inputs(self._paths, self.suffixes)

    def __iter__(self) -> Iterator[Document]:
        """Yield documents; a bad one goes to standard error."""
        return self.behind(None)

    def behind(self, ledger: Ledger | None) -> Iterator[Document]:
        """Yield documents, with a ledger those that are not done."""
        sources = find_sources(self._paths, self.suffixes, self._fields, self._size_limit)
        watched = self._meter.sources(sources)
        left = ledger.sources(watched) if ledger else watched
        items = read_sources(left, self._readers.values(), self._reader)
        return self.without_bad(ledger.items(items, self._progress.begin) if ledger else items)

    def counting(self, done: Iterable[T]) -> Iterator[T]:
        """Yield what is made of documents, each counted when it is done."""
        try:
            for each in done:
                yield each
                self._progress.advance()
        finally:
            self._progress.end()

    def say(self, message: str) -> None:
        """Report something that is not readable."""
        self._progress.message(message)


class Task(NamedTuple):
    """What a job is to do.

    Attributes:
        writer: The format of its output.
        tagger: Makes results and pieces of output.
        inputs: The documents.
        asked: The options that its output hangs on, by name.
        loading: Those that say what is loaded.
    """

    writer: Writer
    tagger: Tagger
    inputs: WatchedInputs
    asked: dict[str, Any]
    loading: dict[str, Any]


def run(task: Task, job: JobOptions) -> None:
    """Do a job, or what an earlier run of it has left undone.

    Raises:
        ResolverError: The output cannot be written, or the earlier run was asked something else.
    """
    if job.shard_size is None and not (task.writer.by_document and _is_plain_file(job.output)):
        if job.resume:
            message = f"a file in the format {task.writer.name} cannot be gone on with"
            way_out = "add --shard-size N and name a folder"
            raise ConfigurationError(f"{job.output}: {message}, {way_out}")
        _write_stream(task, job.output)
        return
    from resolver.cli.resuming import run_resumably

    run_resumably(task, job)


def _is_plain_file(output: str | None) -> bool:
    if output is None or output == "-":
        return False
    path = Path(output)
    return not path.exists() or stat.S_ISREG(path.stat().st_mode)


def _write_stream(task: Task, output: str | None) -> None:
    """Write to standard output, a device, or a file in a format that knows no parts."""
    tagger, inputs = task.tagger, task.inputs
    if task.writer.by_document:
        pieces = inputs.counting(tagger.pieces(inputs))
    else:
        pieces = iter(tagger.whole(inputs.counting(tagger.results(inputs))))
    with open_output(output) as out:
        flushes = out.isatty()
        for piece in pieces:
            out.buffer.write(encoded(piece))
            if flushes:
                out.flush()


class _Terminated(KeyboardInterrupt):
    """The system asked us to end."""


@contextmanager
def interruptible() -> Iterator[None]:
    """End in order when asked to with SIGTERM, with the exit code that the system would give."""

    def stop(_number: int, _frame: object) -> None:
        raise _Terminated

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except _Terminated:
        sys.exit(128 + signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
