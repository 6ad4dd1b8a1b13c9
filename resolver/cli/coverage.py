"""``resolver coverage``."""

from __future__ import annotations

import sys
from typing import Any

import click

from resolver.cli.completing import PATH
from resolver.cli.counting import counted
from resolver.cli.options import (
    InputFormat,
    Inputs,
    date_option,
    dated,
    input_option,
    load,
    loading_options,
)
from resolver.workbench.coverage import Coverage
from resolver.writers.table import printable


@click.command("coverage", short_help="Show what packs miss in a corpus.")
@click.argument("paths", nargs=-1, required=True, metavar="CORPUS...", type=PATH)
@click.option("--unknown", "count", type=int, default=50, metavar="N", help="Sequences to list.")
@click.option("--unused", is_flag=True, help="List the aliases that never fire.")
@date_option
@input_option
@loading_options
def command(
    paths: tuple[str, ...],
    date: str | None,
    input_format: InputFormat,
    count: int,
    unused: bool,
    **loading: Any,
) -> None:
    """List the capitalised sequences of CORPUS that no mention covers, most frequent first.

    Each line holds the number of documents, the number of places, and the sequence.
    """
    resolver = load(**loading)
    inputs = Inputs(resolver.plugins, paths, input_format)
    coverage = Coverage()
    for document in dated(inputs, date):
        coverage.add(*resolver.analyse(document))
    if unused:
        for alias in coverage.unused(resolver.gazetteer):
            line = f"{alias.location}: {alias.text} of {alias.entity_id} never fires"
            click.echo(printable(line))
    else:
        for name in coverage.unlisted.unlisted()[:count]:
            click.echo(f"{name.documents:6} {name.count:6}  {printable(name.surface)}")
    documents = counted(coverage.documents, "document")
    click.echo(f"{documents}, {counted(coverage.mentions, 'mention')}", err=True)
    sys.exit(inputs.exit_code)
