"""``resolver suggest``."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
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
from resolver.cli.output import open_output
from resolver.cli.rewriting import rewrite
from resolver.gazetteer import Gazetteer
from resolver.packs.schema import KINDS
from resolver.workbench.acceptance import accepted, empty_pack
from resolver.workbench.suggestion import Suggestion, suggestions
from resolver.workbench.unlisted import Corpus, Place
from resolver.writers.table import printable


def _numbers(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[int, ...]:
    try:
        return tuple(int(number) for number in value.split(",")) if value else ()
    except ValueError:
        raise click.BadParameter(f"{value} is no list of numbers, write it as 1,4") from None


@click.command("suggest", short_help="Propose what to add to packs.")
@click.argument("paths", nargs=-1, required=True, metavar="CORPUS...", type=PATH)
@click.option("--count", type=int, default=20, metavar="N", help="Suggestions of each sort.")
@click.option(
    "--contexts", type=int, default=1, metavar="N", help="Places to show of each, up to 3."
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Lines for people, or a JSON list.",
)
@click.option("--accept", callback=_numbers, metavar="N[,N]", help="Write these into --pack.")
@click.option("--pack", "target", type=click.Path(dir_okay=False), help="The pack to write into.")
@click.option("--as", "entity_id", metavar="ID", help="What the accepted ones name.")
@click.option("--kind", type=click.Choice(KINDS), help="The kind of the accepted aliases.")
@date_option
@input_option
@loading_options
def command(
    paths: tuple[str, ...],
    date: str | None,
    input_format: InputFormat,
    count: int,
    contexts: int,
    format_name: str,
    accept: tuple[int, ...],
    target: str | None,
    entity_id: str | None,
    kind: str | None,
    **loading: Any,
) -> None:
    """Propose names in CORPUS that no alias covers: near misses of aliases first, then all others.

    Nothing is written but what --accept names, by the numbers of the same call without it.
    """
    if accept and target is None:
        raise click.UsageError("say with --pack which pack gets what is accepted")
    if target and Path(target).exists():
        loading["packs"] = (*loading["packs"], target)
    resolver = load(**loading)
    inputs = Inputs(resolver.plugins, paths, input_format)
    corpus = Corpus()
    for document in dated(inputs, date):
        corpus.add(*resolver.analyse(document))
    found = suggestions(resolver.gazetteer, corpus.unlisted(), count)
    if accept and target:
        chosen = _chosen(found, accept)
        _write(target, chosen, entity_id, kind, resolver.gazetteer)
        click.echo(f"{target}: {len(chosen)} added", err=True)
    else:
        text = _json(found, contexts) if format_name == "json" else _text(found, contexts)
        click.echo(text, nl=False)
    sys.exit(inputs.exit_code)


def _chosen(found: Sequence[Suggestion], numbers: Sequence[int]) -> list[Suggestion]:
    for number in numbers:
        if not 0 < number <= len(found):
            raise click.UsageError(f"there is no suggestion {number}, there are {len(found)}")
    return [found[number - 1] for number in numbers]


def _write(
    target: str,
    chosen: Sequence[Suggestion],
    entity_id: str | None,
    kind: str | None,
    gazetteer: Gazetteer,
) -> None:
    def change(text: str) -> str:
        for suggestion in chosen:
            text = accepted(text, target, suggestion, entity_id, kind, gazetteer)
        return text

    path = Path(target)
    if not path.exists():
        new = change(empty_pack(path))
        with open_output(target) as out:
            out.write(new)
    else:
        rewrite(target, change)


def _text(found: Sequence[Suggestion], contexts: int) -> str:
    lines = []
    for number, (name, alias, similarity, signs) in enumerate(found, start=1):
        near = ""
        if alias:
            reasons = ", ".join((f"{similarity} % alike", *signs))
            near = f", nearly {alias.text} ({alias.entity_id}): {reasons}"
        places = f"{counted(name.count, 'place')} in {counted(name.documents, 'document')}"
        lines.append(f"{number:4}  {name.surface}{near}; {places}")
        lines += [f"      {_line(place)}" for place in name.places[:contexts]]
    return "".join(f"{printable(line)}\n" for line in lines)


def _line(place: Place) -> str:
    around = " ".join(f"{place.before}[{place.surface}]{place.after}".split())
    return f"{place.document}:{place.start}  ...{around}..."


def _json(found: Sequence[Suggestion], contexts: int) -> str:
    records = [
        {
            "number": number,
            "surface": name.surface,
            "documents": name.documents,
            "count": name.count,
            "near": alias
            and {
                "alias": alias.text,
                "entity_id": alias.entity_id,
                "similarity": similarity,
                "signs": signs,
            },
            "places": [place._asdict() for place in name.places[:contexts]],
        }
        for number, (name, alias, similarity, signs) in enumerate(found, start=1)
    ]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"
