"""``resolver replace``."""

from __future__ import annotations

import json
import sys
from typing import Any, Literal

import click

from resolver.cli.completing import PATH
from resolver.cli.options import (
    InputFormat,
    Inputs,
    date_option,
    error_option,
    input_option,
    load,
    loading_options,
)
from resolver.cli.output import open_output
from resolver.models import Document
from resolver.replacing import Replaced, replace_mentions


@click.command("replace", short_help="Write the text with canonical names.")
@click.argument("paths", nargs=-1, metavar="PATH...", type=PATH)
@click.option(
    "--with",
    "by",
    type=click.Choice(["name", "id"]),
    default="name",
    help="What to write in place of a surface.",
)
@click.option(
    "--map",
    "map_path",
    metavar="PATH",
    type=PATH,
    help="Write the offset map there, one JSON line a document.",
)
@click.option("-o", "--output", metavar="PATH", type=PATH, help="Write the text to a file.")
@date_option
@input_option
@error_option
@loading_options
def command(
    paths: tuple[str, ...],
    by: Literal["name", "id"],
    map_path: str | None,
    output: str | None,
    date: str | None,
    input_format: InputFormat,
    on_error: str,
    **loading: Any,
) -> None:
    """Write the documents at PATH with canonical names in place of surfaces.

    A text comes out as text, a JSONL record as a record with its text rewritten. Ambiguous
    mentions stay as they are. The map has a list of edits, each [start, end, new_start, new_end].
    """
    if not paths and sys.stdin.isatty():
        raise click.UsageError("name a file or folder, or - to read standard input")
    resolver = load(**loading)
    inputs = Inputs(resolver.plugins, paths, input_format, on_error)
    with open_output(output, paths) as out, open_output(map_path or "/dev/null", paths) as map_out:
        for result in resolver.resolve_many(inputs, date=date):
            replaced = replace_mentions(result, by)
            out.write(_rewritten(result.document, replaced, input_format.fields.text))
            record = {"id": result.document.id, "edits": replaced.edits}
            map_out.write(json.dumps(record, ensure_ascii=False) + "\n")
    sys.exit(inputs.exit_code)


def _rewritten(document: Document, replaced: Replaced, text_field: str) -> str:
    if not document.fields:
        return replaced.text
    return json.dumps({**document.fields, text_field: replaced.text}, ensure_ascii=False) + "\n"
