"""``resolver tag``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

import click

from resolver.cli.options import (
    InputFormat,
    Inputs,
    date_option,
    error_option,
    input_option,
    load,
    loading_options,
    named,
)
from resolver.cli.output import Progress, open_output
from resolver.models import Result
from resolver.offsets import UNITS
from resolver.writers import Options

_FINDINGS = ("ambiguous", "garbled", "nothing")


@click.command("tag", short_help="Tag documents.")
@click.argument("paths", nargs=-1, metavar="PATH...")
@loading_options
@click.option(
    "--format",
    "format_name",
    metavar="NAME",
    help="Form of the output: a table on a terminal, JSONL elsewhere.",
)
@click.option("-o", "--output", metavar="PATH", help="Write to a file.")
@date_option
@click.option(
    "--overlaps",
    type=click.Choice(["none", "nested", "all"]),
    is_flag=False,
    flag_value="all",
    default="none",
    help="Also mentions inside others (nested), or everything allowed (all).",
)
@click.option("--offsets", type=click.Choice(UNITS), default="codepoint", help="Unit of offsets.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="How many processes share the work.",
)
@click.option("--why", is_flag=True, help="Add the steps of each decision.")
@click.option("--field", default="mentions", help="Field of a JSONL record to write to.")
@input_option
@error_option
@click.option(
    "--fail-on",
    type=click.Choice(_FINDINGS),
    multiple=True,
    help="Exit with 1 if there is such a mention, or a document with nothing.",
)
def command(
    paths: tuple[str, ...],
    format_name: str | None,
    output: str | None,
    date: str | None,
    overlaps: str,
    offsets: str,
    jobs: int,
    why: bool,
    field: str,
    input_format: InputFormat,
    on_error: str,
    fail_on: tuple[str, ...],
    **loading: Any,
) -> None:
    """Tag the documents at PATH: files, folders, globs, or - for standard input."""
    if not paths and sys.stdin.isatty():
        raise click.UsageError("name a file or folder, or - to read standard input")
    resolver = load(**loading)
    inputs = Inputs(resolver.plugins, paths, input_format, on_error)
    on_terminal = output is None and sys.stdout.isatty()
    default_format = "table" if on_terminal else "jsonl"
    writer = named(resolver.plugins.writers(), format_name or default_format, "format")
    options = Options(offsets=offsets, why=why, field=field)
    many = resolver.resolve_many(inputs, date=date, overlaps=overlaps, jobs=jobs)
    results = _Watched(many, fail_on)
    with open_output(output, paths) as out:
        stream: IO[Any] = out.buffer if writer.binary else out
        for piece in writer.write(results, options):
            stream.write(piece)
    sys.exit(inputs.exit_code or int(results.failed))


class _Watched:
    """Results on their way to the writer, counted, and searched for what the user asked about."""

    def __init__(self, results: Iterable[Result], fail_on: Sequence[str]) -> None:
        self._results = results
        self._fail_on = fail_on
        self.failed = False

    def __iter__(self) -> Iterator[Result]:
        progress = Progress()
        for result in self._results:
            self.failed = self.failed or any(_has(result, finding) for finding in self._fail_on)
            yield result
            progress.advance()
        progress.end()


def _has(result: Result, finding: str) -> bool:
    if finding == "nothing":
        return not result.mentions
    return any(finding in {mention.status, mention.kind} for mention in result.mentions)
