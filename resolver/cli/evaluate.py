"""``resolver evaluate``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

import click

from resolver.cli.completing import PATH
from resolver.cli.options import InputFormat, Inputs, date_option, load, loading_options
from resolver.cli.sizes import size_option
from resolver.models import Document
from resolver.readers import BadInput
from resolver.workbench.evaluation import Error, Score, most_frequent, score_result
from resolver.writers.table import printable


@click.command("evaluate", short_help="Score against a gold file.")
@click.argument("paths", nargs=-1, required=True, metavar="GOLD...", type=PATH)
@click.option(
    "--by", default="kind", metavar="KEY", help="Break recall down by this key of gold mentions."
)
@click.option("--errors", "shown", type=int, default=20, metavar="N", help="Errors to list.")
@size_option()
@date_option
@loading_options
def command(
    paths: tuple[str, ...],
    date: str | None,
    size_limit: int,
    by: str,
    shown: int,
    **loading: Any,
) -> None:
    """Tag the documents of GOLD, JSON Lines with text and mentions, and score what is found.

    Precision, recall and F1 over exact spans and entities, recall by group, and the most frequent
    errors in their context.
    """
    resolver = load(**loading)
    inputs = Inputs(resolver.plugins, paths, InputFormat("jsonl", size_limit=size_limit))
    score = Score()
    for result in resolver.resolve_many(inputs.without_bad(_with_gold(inputs)), date=date):
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


def _with_gold(documents: Iterable[Document]) -> Iterator[Document | BadInput]:
    """Yield documents; one that says nothing of mentions would count all that is found as wrong."""
    for document in documents:
        mentions = document.fields.get("mentions")
        if not isinstance(mentions, list):
            yield BadInput(document.id or "", "is no gold, list under mentions what is to be found")
        elif not all(map(_is_gold, mentions)):
            wanted = "write start, end, and canonical or entity_id"
            yield BadInput(document.id or "", f"a mention is incomplete, {wanted}")
        elif outside := [each for each in mentions if not _is_inside(each, document.text)]:
            span = f"from {outside[0]['start']} to {outside[0]['end']}"
            fact = f"a mention {span} is no stretch of a text of {len(document.text)} characters"
            yield BadInput(document.id or "", f"{fact}, correct it")
        else:
            yield document


def _is_gold(mention: object) -> bool:
    return isinstance(mention, dict) and all(
        isinstance(mention.get(key), int) for key in ("start", "end")
    )


def _is_inside(mention: dict[str, int], text: str) -> bool:
    return 0 <= mention["start"] < mention["end"] <= len(text)


def _line(error: Error) -> str:
    said = f" as {error.found}" if error.found else ""
    wanted = f", expected {error.expected}" if error.expected else ""
    return printable(f"{error.what}{said}{wanted}: {error.context} ({error.document})")
