"""``resolver test``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from resolver.cli.completing import PATH
from resolver.cli.counting import counted
from resolver.cli.options import load, loading_options
from resolver.cli.rewriting import rewrite
from resolver.packs import pack_files
from resolver.packs.editing import replace_value
from resolver.testing import Outcome, describe, run_examples


@click.command("test", short_help="Run the examples in packs.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=PATH)
@click.option("--update", is_flag=True, help="Mark failing examples as found, in the files.")
@loading_options
def command(paths: tuple[str, ...], update: bool, **loading: Any) -> None:
    """Run the examples of the packs at PATH, or of all loaded packs.

    The packs at PATH are loaded beside the others. Exits with 1 if an example fails.
    """
    wanted = {file.resolve() for file in pack_files(paths)}
    own = wanted or {file.resolve() for file in pack_files(loading["packs"])}
    if update and not own:
        raise click.UsageError("name the packs to update")
    loading["packs"] = (*loading["packs"], *paths)
    resolver = load(**loading)
    packs = [
        pack
        for pack in resolver.gazetteer.packs
        if not wanted or Path(pack.path).resolve() in wanted
    ]
    outcomes = list(run_examples(resolver, packs))
    failed = [o for o in outcomes if not (o.passed or o.example.todo)]
    for outcome in failed:
        click.echo(describe(outcome))
    for outcome in outcomes:
        if outcome.passed and outcome.example.todo:
            click.echo(f"{outcome.example.location}: passes now, remove todo: true", err=True)
    passed = sum(outcome.passed for outcome in outcomes)
    todo = len(outcomes) - passed - len(failed)
    updated = _updatable(failed, own) if update else []
    _update(updated)
    counts = [f"{counted(passed, 'example')} passed"]
    counts += [f"{len(updated)} updated"] if update else []
    counts += [f"{len(failed) - len(updated)} failed", f"{todo} still to do"]
    click.echo(", ".join(counts), err=True)
    sys.exit(1 if len(failed) > len(updated) else 0)


def _updatable(failed: Sequence[Outcome], own: set[Path]) -> list[Outcome]:
    return [o for o in failed if Path(o.example.location.path).resolve() in own]


def _update(failed: Sequence[Outcome]) -> None:
    """Write into each file what was found as what is to be found."""
    by_path: dict[str, list[Outcome]] = {}
    for outcome in failed:
        by_path.setdefault(outcome.example.location.path, []).append(outcome)
    for path, outcomes in by_path.items():
        rewrite(path, partial(_updated, outcomes=outcomes))


def _updated(text: str, outcomes: Sequence[Outcome]) -> str:
    # From the end, so that the places of the examples before stay right.
    for outcome in sorted(outcomes, key=lambda o: o.example.location, reverse=True):
        text = replace_value(text, outcome.example.location, outcome.marked_as_found)
    return text
