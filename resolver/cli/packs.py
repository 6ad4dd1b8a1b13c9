"""``resolver packs``."""

from __future__ import annotations

from typing import Any

import click

from resolver.cli.counting import counted
from resolver.cli.options import loading_options
from resolver.loading import load_packs
from resolver.plugins import Plugins


@click.command("packs", short_help="List the loaded packs.")
@loading_options
def command(packs: tuple[str, ...], bundled: bool, plugins: Plugins, **_loading: Any) -> None:
    """List the loaded packs: what is in each, its version, licence and file."""
    for pack in load_packs(packs, bundled=bundled, plugins=plugins):
        owners = pack.owners
        aliases = sum(len(owner.aliases) for owner in owners)
        counts = ", ".join(
            (
                counted(len(pack.entities), "entity", "entities"),
                counted(len(pack.roles), "office"),
                counted(aliases, "alias", "aliases"),
            )
        )
        details = ", ".join(filter(None, (pack.version, pack.license, pack.path)))
        click.echo(f"{pack.name}: {pack.title or ''} ({counts}; {details})")
