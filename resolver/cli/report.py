"""``resolver report``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any

import click

from resolver.cli.completing import PATH
from resolver.cli.jobs import work_options
from resolver.cli.options import (
    InputFormat,
    Inputs,
    date_option,
    dated,
    error_option,
    input_option,
    load,
    loading_options,
)
from resolver.cli.output import open_output
from resolver.cli.progress import Progress
from resolver.models import Result
from resolver.plugins import Plugins
from resolver.readers import BadInput
from resolver.report import Report, write
from resolver.report.tagged import take_mentions
from resolver.scale.tagging import Way, tag_all


@click.command("report", short_help="Write a page to pass on.")
@click.argument("paths", nargs=-1, metavar="PATH...", type=PATH)
@click.option("-o", "--output", metavar="PATH", type=PATH, help="Write to a file, say report.html.")
@click.option("--title", metavar="TEXT", help="Heading of the report.")
@work_options
@click.option("--tagged", is_flag=True, help="Take the mentions that resolver tag wrote.")
@click.option(
    "--field", default="mentions", metavar="NAME", help="Field of a tagged record that holds them."
)
@date_option
@input_option
@error_option
@loading_options
def command(
    paths: tuple[str, ...],
    output: str | None,
    title: str | None,
    plugins: Plugins,
    date: str | None,
    jobs: int,
    time_limit: float | None,
    tagged: bool,
    field: str,
    input_format: InputFormat,
    on_error: str,
    **loading: Any,
) -> None:
    """Write one HTML file that shows the documents at PATH, their mentions and why.

    The file needs nothing else: no network and no program but a browser.
    """
    if not paths and sys.stdin.isatty():
        raise click.UsageError("name a file or folder, or - to read standard input")
    if output is None and sys.stdout.isatty():
        raise click.UsageError("name a file to write: -o report.html")
    unread: list[BadInput] = []
    inputs = Inputs(plugins, paths, input_format, on_error, unread.append)
    resolver = None if tagged else load(plugins=plugins, **loading)
    results = (
        tag_all(resolver, inputs, Way(date, jobs=jobs, limit=time_limit), inputs.report, why=True)
        if resolver
        else take_mentions(dated(inputs, date), field)
    )
    fields = input_format.fields
    report = Report(
        title or _title(paths),
        _counted(inputs.without_bad(results)),
        unread,
        resolver.gazetteer if resolver else None,
        frozenset({*fields, field}),
    )
    with open_output(output, paths) as out:
        for piece in write(report):
            out.write(piece)
    sys.exit(inputs.exit_code)


def _title(paths: Sequence[str]) -> str:
    """Name what was read, without the folders of whoever made the report."""
    names = [PurePath(path).name or path for path in paths if path != "-"]
    if not names:
        return "Mentions"
    return f"Mentions in {names[0] if len(names) == 1 else f'{len(names)} inputs'}"


def _counted(results: Iterable[Result]) -> Iterator[Result]:
    progress = Progress()
    for result in results:
        yield result
        progress.advance()
    progress.end()
