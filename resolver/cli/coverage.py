"""``resolver coverage``."""

from __future__ import annotations

import sys
from typing import Any

import click

from resolver.cli.options import Inputs, input_option, load, loading_options
from resolver.coverage import Coverage
from resolver.models import Result
from resolver.writers.table import printable


@click.command("coverage", short_help="Show what packs miss in a corpus.")
@click.argument("paths", nargs=-1, required=True, metavar="CORPUS...")
@loading_options
@input_option
@click.option("--unknown", "count", type=int, default=50, metavar="N", help="Sequences to list.")
@click.option("--unused", is_flag=True, help="List the aliases that never fire.")
def command(
    paths: tuple[str, ...], input_format: str | None, count: int, unused: bool, **loading: Any
) -> None:
    """List the capitalised sequences of CORPUS that no mention covers, most frequent first.

    Each line holds the number of documents, the number of places, and the sequence.
    """
    resolver = load(**loading)
    inputs = Inputs(paths, input_format)
    coverage = Coverage()
    mentions = documents = 0
    for document in inputs:
        analysis, _ = resolver.analyse(document)
        result: Result = resolver.resolve(document)
        coverage.add(result, analysis)
        documents += 1
        mentions += len(result.mentions)
    if unused:
        for alias in coverage.unused(resolver.gazetteer):
            click.echo(
                f"{alias.location}: {printable(alias.text)} of {alias.entity_id} never fires"
            )
    else:
        for unknown in coverage.unknown(count):
            click.echo(f"{unknown.documents:6} {unknown.places:6}  {printable(unknown.surface)}")
    click.echo(f"{documents} documents, {mentions} mentions", err=True)
    sys.exit(inputs.exit_code)
