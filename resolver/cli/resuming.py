"""Jobs whose output is a file or a folder of shards, and that another run can go on with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from resolver.cli.jobs import JobOptions
from resolver.cli.running import Task
from resolver.errors import ConfigurationError
from resolver.loading import loaded_files
from resolver.scale import job as parts
from resolver.scale.folder import MANIFEST, Written, read_manifest
from resolver.scale.run import Run, begun, check_same
from resolver.scale.shards import manifest_beside, write_file, write_shards


def run_resumably(task: Task, job: JobOptions) -> None:
    """Do a job, or what an earlier run of it has left undone.

    Raises:
        ResolverError: The output cannot be written, or the earlier run was asked something else.
    """
    assert job.output is not None  # noqa: S101 (or it would be no file)
    target = Path(job.output)
    if target.is_symlink():
        target = target.resolve()  # the file is replaced, not the link
    folder = target if job.shard_size else target.with_name(f"{target.name}.part")
    asked = _job(task)
    # At the very end the manifest moves from the folder to its place beside the file.
    if job.resume and target.is_file() and not (folder / MANIFEST).exists():
        _accept(task, job.output, target, asked)
        return
    with begun(job.output, folder, asked, task.tagger, resume=job.resume) as state:
        was_complete = state.manifest.complete
        with _advising(state):
            _write(task, state, target, job)
        task.inputs.bad, task.tagger.failed = state.manifest.bad, state.manifest.failed
    if was_complete:
        _say_complete(job.output)


def _accept(task: Task, output: str, target: Path, asked: parts.Job) -> None:
    """Take a file that is complete for what the job is to make, if its manifest says so."""
    beside = manifest_beside(target)
    manifest = read_manifest(beside)
    if manifest is None or manifest.written != Written().and_file(target):
        message = "is there already, and not from an earlier run with --resume"
        raise ConfigurationError(f"{output}: {message}, remove it or leave out --resume")
    check_same(output, manifest, asked, target)
    task.inputs.bad, task.tagger.failed = manifest.bad, manifest.failed
    _say_complete(output)


def _say_complete(output: str) -> None:
    click.echo(f"{output}: an earlier run has done it all", err=True)


def _write(task: Task, state: Run, target: Path, job: JobOptions) -> None:
    tagger, inputs, writer = task.tagger, task.inputs, task.writer
    documents = inputs.behind(state.ledger)
    suffix = writer.suffix or f".{writer.name}"
    if job.shard_size is None:
        pieces = inputs.counting(tagger.pieces(documents))
        write_file(state, target, pieces, keep_manifest=job.resume)
    elif writer.by_document:
        pieces = inputs.counting(tagger.pieces(documents))
        write_shards(state, pieces, iter, job.shard_size, suffix)
    else:
        results = inputs.counting(tagger.results(documents))
        write_shards(state, results, tagger.whole, job.shard_size, suffix)


def _job(task: Task) -> parts.Job:
    loaded = task.loading["plugins"]
    files = loaded_files(task.loading["packs"], bundled=task.loading["bundled"], plugins=loaded)
    job = {
        "versions": parts.versions(),
        "packs": parts.packs(files),
        "plugins": parts.plugins(loaded),
        "options": task.asked,
        "inputs": task.inputs.sizes,
    }
    plain: parts.Job = json.loads(json.dumps(job))  # as it will be when it is read again
    return plain


@contextmanager
def _advising(state: Run) -> Iterator[None]:
    """Say after an interruption that one can go on."""
    try:
        yield
    except KeyboardInterrupt:
        done = state.manifest.place.documents
        if state.is_worth_keeping:
            message = f"{state.output}: {done} documents are done, go on with --resume"
            click.echo(message, err=True)
        raise
