"""``resolver test``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from resolver.cli.options import load, loading_options
from resolver.packs import pack_files


@click.command("test", short_help="Run the examples in packs.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@loading_options
def command(paths: tuple[str, ...], **loading: Any) -> None:
    """Run the examples of the packs at PATH, or of all loaded packs.

    The packs at PATH are loaded beside the others. Exits with 1 if an example fails.
    """
    from resolver.testing import describe, run_examples

    loading["packs"] = (*loading["packs"], *paths)
    resolver = load(**loading)
    wanted = {file.resolve() for file in pack_files(paths)}
    packs = [
        pack
        for pack in resolver.gazetteer.packs
        if not wanted or Path(pack.path).resolve() in wanted
    ]
    passed = failed = todo = 0
    for outcome in run_examples(resolver, packs):
        if outcome.passed:
            passed += 1
        elif outcome.example.todo:
            todo += 1
        else:
            failed += 1
            click.echo(describe(outcome))
    click.echo(f"{passed} examples passed, {failed} failed, {todo} still to do", err=True)
    sys.exit(1 if failed else 0)
