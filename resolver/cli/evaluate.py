"""``resolver evaluate``."""

from __future__ import annotations

import sys
from typing import Any

import click

from resolver.cli.completing import PATH
from resolver.cli.options import InputFormat, Inputs, date_option, load, loading_options
from resolver.workbench.evaluation import Error, Score, most_frequent, score_result
from resolver.writers.table import printable


@click.command("evaluate", short_help="Score against a gold file.")
@click.argument("paths", nargs=-1, required=True, metavar="GOLD...", type=PATH)
@loading_options
@date_option
@click.option("--by", default="kind", help="Break recall down by this key of gold mentions.")
@click.option("--errors", "shown", type=int, default=20, metavar="N", help="Errors to list.")
def command(paths: tuple[str, ...], date: str | None, by: str, shown: int, **loading: Any) -> None:
    """Tag the documents of GOLD, JSON Lines with text and mentions, and score what is found.

    Precision, recall and F1 over exact spans and entities, recall by group, and the most frequent
    errors in their context.
    """
    resolver = load(**loading)
    inputs = Inputs(resolver.plugins, paths, InputFormat("jsonl"))
    score = Score()
    for result in resolver.resolve_many(inputs, date=date):
        score_result(result, score, by)
    click.echo(f"precision {score.precision:.4f}")
    click.echo(f"recall    {score.recall:.4f}")
    click.echo(f"F1        {score.f1:.4f}")
    counts = ("gold", "right", "wrong", "spurious", "missed", "abstained")
    click.echo(", ".join(f"{name} {getattr(score, name)}" for name in counts))
    for group, counted in sorted(score.by_group.items(), key=lambda item: -item[1]["gold"]):
        recall = counted["right"] / counted["gold"]
        click.echo(f"  {group or '(none)':14} recall {recall:.3f} of {counted['gold']}")
    for count, error in most_frequent(score.errors, shown):
        click.echo(f"{count:4} {_line(error)}")
    sys.exit(inputs.exit_code)


def _line(error: Error) -> str:
    said = f" as {error.found}" if error.found else ""
    wanted = f", expected {error.expected}" if error.expected else ""
    return printable(f"{error.what}{said}{wanted}: {error.context} ({error.document})")
