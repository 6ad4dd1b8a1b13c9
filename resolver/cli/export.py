"""``resolver export``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from resolver.cli.completing import PATH
from resolver.cli.options import loading_options
from resolver.cli.output import open_output
from resolver.deferred import Deferred
from resolver.exporters.selection import unconditional
from resolver.loading import load_packs
from resolver.plugins import Plugins

_WHOLE = {
    "csv": Deferred("resolver.exporters.csv:write"),
    "skos": Deferred("resolver.exporters.skos:write"),
}
_SELECTED = {
    "solr": Deferred("resolver.exporters.solr:write"),
    "spacy": Deferred("resolver.exporters.spacy:write"),
}


@click.command("export", short_help="Write packs as a table for another tool.")
@click.argument("format_name", metavar="FORMAT", type=click.Choice(sorted(_WHOLE | _SELECTED)))
@click.option("-o", "--output", metavar="PATH", type=PATH, help="Write to a file.")
@loading_options
def command(
    format_name: str,
    output: str | None,
    packs: tuple[str, ...],
    bundled: bool,
    plugins: Plugins,
    **_loading: Any,
) -> None:
    """Write the loaded packs as FORMAT: csv, skos (Turtle), solr (synonyms) or spacy (patterns).

    The last two know no conditions: aliases that need evidence are left out, and counted.
    """
    loaded = load_packs(packs, bundled=bundled, plugins=plugins)
    if format_name in _WHOLE:
        _write(_WHOLE[format_name](loaded), output, packs)
        return
    selection = unconditional(loaded)
    _write(_SELECTED[format_name](selection), output, packs)
    if selection.left_out:
        reasons = ", ".join(f"{count} {reason}" for reason, count in selection.left_out.items())
        click.echo(f"left out, since {format_name} knows no conditions: {reasons}", err=True)


def _write(pieces: Iterable[str], output: str | None, packs: tuple[str, ...]) -> None:
    with open_output(output, packs) as out:
        out.writelines(pieces)
