"""``resolver tag``."""

from __future__ import annotations

import sys
from typing import Any

import click

from resolver.cli.options import (
    Inputs,
    date_option,
    error_option,
    input_option,
    load,
    loading_options,
)
from resolver.cli.output import Progress, open_output
from resolver.models import Result
from resolver.offsets import UNITS
from resolver.writers import WRITERS, Options

_FINDINGS = ("ambiguous", "garbled", "nothing")


@click.command("tag", short_help="Tag documents.")
@click.argument("paths", nargs=-1, metavar="PATH...")
@loading_options
@click.option(
    "--format",
    "format_name",
    type=click.Choice(sorted(WRITERS)),
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
    why: bool,
    field: str,
    input_format: str | None,
    on_error: str,
    fail_on: tuple[str, ...],
    **loading: Any,
) -> None:
    """Tag the documents at PATH: files, folders, globs, or - for standard input."""
    if not paths and sys.stdin.isatty():
        raise click.UsageError("name a file or folder, or - to read standard input")
    resolver = load(**loading)
    inputs = Inputs(paths, input_format, on_error)
    on_terminal = output is None and sys.stdout.isatty()
    write = WRITERS[format_name or ("table" if on_terminal else "jsonl")]
    options = Options(offsets=offsets, why=why, field=field)
    progress = Progress()
    failed = False
    with open_output(output, paths) as out:
        for result in resolver.resolve_many(inputs, date=date, overlaps=overlaps):
            out.write(write(result, options))
            failed = failed or any(_has(result, finding) for finding in fail_on)
            progress.advance()
    progress.end()
    sys.exit(inputs.exit_code or int(failed))


def _has(result: Result, finding: str) -> bool:
    if finding == "nothing":
        return not result.mentions
    return any(finding in {mention.status, mention.kind} for mention in result.mentions)
