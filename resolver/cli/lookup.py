"""``resolver lookup``."""

from __future__ import annotations

import sys
from typing import Any

import click

from resolver.cli.options import load, loading_options
from resolver.gazetteer import Gazetteer
from resolver.models import Alias
from resolver.writers.table import printable


@click.command("lookup", short_help="Show what a name may be.")
@click.argument("name")
@loading_options
def command(name: str, **loading: Any) -> None:
    """Show every entity and office that the packs know by NAME, with its aliases.

    NAME may also be an id. Exits with 1 if nothing is known by it.
    """
    gazetteer = load(**loading).gazetteer
    found = gazetteer.lookup(name)
    ids = dict.fromkeys(alias.entity_id for alias in found)
    if name in gazetteer.owners:
        ids.setdefault(name)
    for entity_id in ids:
        click.echo(_describe(gazetteer, entity_id, [a for a in found if a.entity_id == entity_id]))
    if not ids:
        click.echo(f"nothing is known as {printable(name)}{_nearest(gazetteer, name)}", err=True)
        sys.exit(1)


def _describe(gazetteer: Gazetteer, entity_id: str, found: list[Alias]) -> str:
    owner = gazetteer.owners[entity_id]
    lines = [f"{owner.name}  [{owner.id}, {owner.type}]"]
    lines += [f"  as {printable(alias.text)}: {alias_line(alias)}" for alias in found]
    known = {alias.text for alias in found}
    others = dict.fromkeys(a.text for a in owner.aliases if a.text not in known)
    if others:
        lines.append(f"  also {printable('; '.join(others))}")
    return "\n".join(lines)


def alias_line(alias: Alias) -> str:
    """Return what a pack says of an alias, in short."""
    traits = [alias.kind, alias.strength if alias.strength == "weak" else ""]
    traits += ["ambiguous" if alias.ambiguous else "", "with context" if alias.context else ""]
    traits += [f"from {alias.valid_from}" if alias.valid_from else ""]
    traits += [f"until {alias.valid_until}" if alias.valid_until else ""]
    place = f"{alias.location.path}:{alias.location.line}"
    return f"{', '.join(trait for trait in traits if trait)} ({place})"


def _nearest(gazetteer: Gazetteer, name: str) -> str:
    from resolver.nearest import nearest_aliases

    near = nearest_aliases(gazetteer, name)
    return f", near to it: {', '.join(near)}" if near else ""
