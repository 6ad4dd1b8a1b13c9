"""One run of a job: begun, or gone on with where another one ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from resolver.errors import ConfigurationError, ResolverError
from resolver.scale.folder import (
    LOCK,
    MANIFEST,
    Manifest,
    Written,
    alone_in,
    read_manifest,
    write_manifest,
)
from resolver.scale.job import Job, difference
from resolver.scale.reading import Ledger


class Findings(Protocol):
    """What became of the documents so far."""

    failed: bool
    lost: int


class Run:
    """How far a job is, written down from time to time.

    Attributes:
        output: What messages call it.
        folder: Where its state lies.
        manifest: The state as it was written last.
        ledger: Where in the input each document stands.
    """

    def __init__(self, output: str, folder: Path, manifest: Manifest, findings: Findings) -> None:
        """Begin where the manifest says."""
        self.output = output
        self.folder = folder
        self.manifest = manifest
        self.ledger = Ledger(manifest.place)
        self._findings = findings
        self._lost_before = manifest.lost

    def save(
        self, documents: int, written: Written, *, shards: int = 0, complete: bool = False
    ) -> None:
        """Write down that so many documents are done, and stand on disk."""
        lost = self._lost_before + self._findings.lost
        self.manifest = self.manifest._replace(
            place=self.ledger.place(documents),
            bytes=written.size,
            checksum=written.checksum,
            shards=shards,
            failed=self.manifest.failed or self._findings.failed,
            lost=lost,
            bad=self.ledger.bad + lost,
            complete=complete,
        )
        write_manifest(self.folder, self.manifest)

    @contextmanager
    def naming_output(self) -> Iterator[None]:
        """Turn what the system says about writing into an error that says where, and what to do."""
        try:
            yield
        except OSError as error:
            what = f"cannot be written, {(error.strerror or str(error)).lower()}"
            way_out = "mend that, and go on with --resume" if self.is_worth_keeping else "mend that"
            raise ResolverError(f"{self.output}: {what}; {way_out}") from None

    @property
    def is_worth_keeping(self) -> bool:
        """Whether another run can go on with something."""
        return self.manifest.place.documents > 0


@contextmanager
def begun(
    output: str, folder: Path, job: Job, findings: Findings, *, resume: bool
) -> Iterator[Run]:
    """Begin a run, or go on with an unfinished one.

    The folder is kept when something goes wrong and something is done, otherwise removed.

    Args:
        output: What messages call the output.
        folder: Where the state of the job lies.
        job: What its output hangs on.
        findings: Is asked for what was found.
        resume: Whether to go on with an unfinished run, if there is one.

    Raises:
        ConfigurationError: Another process is at it; there is an unfinished run and it is not to be
            gone on with, or it cannot be, since it was asked something else.
    """
    with alone_in(folder):
        manifest = _manifest(output, folder, job, resume=resume)
        run = Run(output, folder, manifest, findings)
        try:
            with run.naming_output():
                write_manifest(folder, manifest)
            yield run
        except BaseException:
            if not run.is_worth_keeping:
                remove(folder)
            raise


def _manifest(output: str, folder: Path, job: Job, *, resume: bool) -> Manifest:
    manifest = read_manifest(folder / MANIFEST)
    if manifest is None:
        if any(not path.name.startswith((".", "_", "data")) for path in folder.iterdir()):
            raise ConfigurationError(f"{output}: is not empty, name another folder")
        return Manifest(job)
    if not resume:
        if manifest.complete:
            message = "holds a finished run, remove it or name another output"
            raise ConfigurationError(f"{output}: {message}")
        if manifest.place.documents:
            message = "an unfinished run is there, go on with --resume"
            raise ConfigurationError(f"{output}: {message}, or remove {folder} to begin anew")
        return Manifest(job)
    check_same(output, manifest, job, folder)
    return manifest


def check_same(output: str, manifest: Manifest, job: Job, to_remove: Path) -> None:
    """Make sure that an earlier run was asked the same.

    Args:
        output: What messages call the output.
        manifest: That of the earlier run.
        job: What this run is asked.
        to_remove: What would have to go.

    Raises:
        ConfigurationError: It was not.
    """
    differs = difference(manifest.job, job)
    if differs:
        message = f"cannot go on with the run that is there, {differs}"
        way_out = f"put that back, or remove {to_remove} to begin anew"
        raise ConfigurationError(f"{output}: {message}; {way_out}")


def remove(folder: Path) -> None:
    """Remove the state of a job, but nothing that may be somebody else's.

    A shard that is left was not counted yet.
    """
    for path in list(folder.iterdir()):
        if path.name.startswith(("_manifest", ".part-", "part-")) or path.name == "data":
            with suppress(OSError):
                path.unlink()
    with suppress(OSError):
        (folder / LOCK).unlink()
        folder.rmdir()
