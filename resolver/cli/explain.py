"""``resolver explain``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import click

from resolver.cli.completing import PATH
from resolver.cli.options import (
    InputFormat,
    Inputs,
    date_option,
    input_option,
    load,
    loading_options,
)
from resolver.explanation import explain_absence, explain_mention
from resolver.models import Document, Mention
from resolver.pipeline import Resolver
from resolver.writers.table import printable


@click.command("explain", short_help="Say why something was tagged, or why not.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=PATH)
@click.option("--text", help="Explain this text instead of a file.")
@click.option("--surface", help="Explain only mentions with this surface.")
@click.option("--why-not", metavar="SURFACE", help="Say why SURFACE was not tagged.")
@date_option
@input_option
@loading_options
def command(
    paths: tuple[str, ...],
    date: str | None,
    input_format: InputFormat,
    text: str | None,
    surface: str | None,
    why_not: str | None,
    **loading: Any,
) -> None:
    """Say for every mention which alias it is, what spoke for it, and what the others failed."""
    if text is None and not paths and sys.stdin.isatty():
        raise click.UsageError("name a file, give --text, or - to read standard input")
    resolver = load(**loading)
    inputs = Inputs(resolver.plugins, paths, input_format)
    for document in inputs if text is None else [Document(text, id="(text)")]:
        dated = replace(document, date=document.date or date)
        lines = (
            _explained(resolver, dated, surface)
            if why_not is None
            else _not_tagged(resolver, dated, why_not)
        )
        click.echo(printable(document.id or ""))
        click.echo("\n".join(printable(line) for line in lines) + "\n")
    sys.exit(inputs.exit_code)


def _explained(resolver: Resolver, document: Document, surface: str | None) -> Iterator[str]:
    analysis, decisions = resolver.analyse(document)
    mentions = [
        mention
        for mention in resolver.resolve(document).mentions
        if surface is None or mention.surface == surface
    ]
    if not mentions:
        yield "  no mention" if surface is None else f'  "{surface}" is no mention, ask --why-not'
    for mention in mentions:
        yield f'  {mention.start}-{mention.end} "{mention.surface}" {_outcome(mention)}'
        for step in explain_mention(mention, analysis, decisions):
            yield f"      {step}"


def _outcome(mention: Mention) -> str:
    if mention.status == "ambiguous":
        return "is ambiguous"
    return f"is {mention.name} ({mention.type})"


def _not_tagged(resolver: Resolver, document: Document, surface: str) -> Iterator[str]:
    for line in explain_absence(surface, *resolver.analyse(document)):
        yield f"  {line}"
