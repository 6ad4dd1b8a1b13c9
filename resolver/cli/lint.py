"""``resolver lint``."""

from __future__ import annotations

import sys
from typing import Any

import click

from resolver.cli.options import loading_options
from resolver.errors import PackError
from resolver.packs import pack_files
from resolver.packs.lint import lint_packs
from resolver.pipeline import load_packs
from resolver.plugin_manager import load_plugins


@click.command("lint", short_help="Check packs for what goes wrong later.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@loading_options
def command(
    paths: tuple[str, ...], packs: tuple[str, ...], bundled: bool, plugins: bool, **_loading: Any
) -> None:
    """Check the packs at PATH, or all loaded packs. Exits with 1 if there are findings.

    The packs at PATH are checked together with the others that are loaded, since an alias may
    collide with theirs.
    """
    loaded = load_plugins(installed=plugins)
    try:
        all_packs = load_packs((*packs, *paths), bundled=bundled, plugins=loaded)
    except PackError as error:
        click.echo(str(error))
        sys.exit(1)
    wanted = {str(file.resolve()) for file in pack_files(paths)}
    shown = {p.path for p in all_packs if not wanted or _resolved(p.path) in wanted}
    findings = [finding for finding in lint_packs(all_packs) if finding.location.path in shown]
    for finding in findings:
        click.echo(str(finding))
    click.echo(f"{len(shown)} packs checked, {len(findings)} findings", err=True)
    sys.exit(1 if findings else 0)


def _resolved(path: str) -> str:
    from pathlib import Path

    return str(Path(path).resolve())
