"""The options of a command that may run for long."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import click

from resolver.cli.completing import PATH
from resolver.cli.output import check_target
from resolver.errors import ConfigurationError

# More than any machine has use for, and few enough not to bring it down.
MAX_JOBS = 256
# A year in seconds: whoever means for ever leaves the limit out.
MAX_TIME = 31_536_000.0


class JobOptions(NamedTuple):
    """The options of a job that do not change what is found."""

    output: str | None
    shard_size: int | None
    resume: bool
    jobs: int
    time_limit: float | None
    progress: bool | None

    @property
    def is_on_terminal(self) -> bool:
        """Whether the output is for people."""
        return self.output is None and sys.stdout.isatty()

    @property
    def shows_progress(self) -> bool:
        """Whether to report how far the job is."""
        if self.progress is None:
            return sys.stderr.isatty() and not self.is_on_terminal
        return self.progress

    def check(self, paths: Sequence[str]) -> None:
        """Make sure that the options fit together and the output can be where it is to be.

        Raises:
            UsageError: They do not.
            ConfigurationError: It cannot.
        """
        if self.output is None or self.output == "-":
            for name, given in (("--shard-size", self.shard_size), ("--resume", self.resume)):
                if given:
                    raise click.UsageError(f"{name} needs a place to write to, name it with -o")
            return
        target = check_target(self.output, paths)
        if self.shard_size is None:
            if target.is_dir() or self.output.endswith("/"):
                message = "is a folder, name a file or add --shard-size N to write files into it"
                raise ConfigurationError(f"{self.output}: {message}")
            return
        if target.exists() and not target.is_dir():
            message = "is a file, and --shard-size needs a folder, name another one"
            raise ConfigurationError(f"{self.output}: {message}")
        for path in paths:
            if Path(path).is_dir() and target.is_relative_to(Path(path).resolve()):
                raise ConfigurationError(f"{self.output}: lies in {path}, which is read, move it")


def _seconds(_ctx: click.Context, _param: click.Parameter, value: float | None) -> float | None:
    if value is None or 0 < value <= MAX_TIME:  # which "nan" is not either
        return value
    raise click.BadParameter(f"{value:g} is no time to work in, write seconds, such as 30 or 0.5")


def work_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say how the work is done."""
    options = (
        click.option(
            "--jobs",
            type=click.IntRange(1, MAX_JOBS),
            default=1,
            metavar="N",
            help="How many processes share the work.",
        ),
        click.option(
            "--time-limit",
            type=float,
            callback=_seconds,
            metavar="SECONDS",
            help="Leave out a document that takes longer; without it any may take its time.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def job_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options of jobs; the command gets them together as ``job``."""

    @wraps(function)
    def command(
        *,
        output: str | None,
        shard_size: int | None,
        resume: bool,
        jobs: int,
        time_limit: float | None,
        progress: bool | None,
        **others: Any,
    ) -> None:
        job = JobOptions(output, shard_size, resume, jobs, time_limit, progress)
        function(job=job, **others)

    options = (
        click.option(
            "-o",
            "--output",
            metavar="PATH",
            type=PATH,
            help="Write to a file, or a folder of shards.",
        ),
        click.option(
            "--shard-size",
            type=click.IntRange(min=1),
            metavar="N",
            help="Write a folder of files with N documents each.",
        ),
        click.option(
            "--resume", is_flag=True, help="Go on with an unfinished run, if there is one."
        ),
        work_options,
        click.option(
            "--progress/--no-progress",
            default=None,
            help="Report progress; without either, where standard error is a terminal.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command
