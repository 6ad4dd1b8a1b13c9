"""``resolver tag``."""

from __future__ import annotations

import sys
from typing import Any

import click

from resolver.cli.completing import PATH, writer_names
from resolver.cli.jobs import JobOptions, job_options
from resolver.cli.options import (
    InputFormat,
    date_option,
    error_option,
    input_option,
    load,
    loading_options,
    named,
)
from resolver.cli.running import Task, WatchedInputs, interruptible, run
from resolver.offsets import UNITS
from resolver.scale.tagging import Tagger, Tagging, Way
from resolver.writers import Options

_FINDINGS = ("ambiguous", "garbled", "nothing")


@click.command("tag", short_help="Tag documents.")
@click.argument("paths", nargs=-1, metavar="PATH...", type=PATH)
@click.option(
    "--format",
    "format_name",
    metavar="NAME",
    shell_complete=writer_names,
    help="Form of the output: a table on a terminal, JSONL elsewhere.",
)
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
@click.option(
    "--field", default="mentions", metavar="NAME", help="Field of a JSONL record to write to."
)
@click.option(
    "--fail-on",
    type=click.Choice(_FINDINGS),
    multiple=True,
    help="Exit with 1 if there is such a mention, or a document with nothing. Can be repeated.",
)
@job_options
@date_option
@input_option
@error_option
@loading_options
def command(
    paths: tuple[str, ...],
    format_name: str | None,
    date: str | None,
    overlaps: str,
    offsets: str,
    why: bool,
    field: str,
    input_format: InputFormat,
    on_error: str,
    fail_on: tuple[str, ...],
    job: JobOptions,
    **loading: Any,
) -> None:
    """Tag the documents at PATH: files, folders, globs, or - for standard input."""
    if not paths and sys.stdin.isatty():
        raise click.UsageError("name a file or folder, or - to read standard input")
    job.check(paths)
    resolver = load(**loading)
    default_format = "table" if job.is_on_terminal else "jsonl"
    writer = named(resolver.plugins.writers(), format_name or default_format, "format")
    if writer.binary and job.is_on_terminal:
        raise click.UsageError(f"{writer.name} is not for a terminal, name a file with -o")
    way = Way(date, overlaps, job.jobs, job.time_limit)
    tagging = Tagging(writer, Options(offsets, why, field), way, fail_on)
    inputs = WatchedInputs(resolver.plugins, paths, input_format, on_error, job)
    tagger = Tagger(resolver, tagging, inputs.report)
    asked = {
        "--format": writer.name,
        "--date": date,
        "--overlaps": overlaps,
        "--offsets": offsets,
        "--why": why,
        "--field": field,
        "--input-format": input_format.name,
        "--text-field": input_format.fields.text,
        "--id-field": input_format.fields.id,
        "--date-field": input_format.fields.date,
        "--size-limit": input_format.size_limit,
        "--on-error": on_error,
        "--fail-on": fail_on,
        "--without-rule": loading["without_rules"],
        "--shard-size": job.shard_size,
    }
    with interruptible():
        run(Task(writer, tagger, inputs, asked, loading), job)
    sys.exit(inputs.exit_code or int(tagger.failed))
