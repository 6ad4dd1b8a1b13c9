"""``resolver plugins``."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import click

from resolver.cli.commands import COMMANDS
from resolver.cli.options import plugin_options
from resolver.errors import ConfigurationError, PackError, PluginError
from resolver.loading import load_gazetteer
from resolver.pipeline import Resolver
from resolver.plugins import Plugin, Plugins, load_plugins
from resolver.writers.table import printable


@click.command("plugins", short_help="List the plugins.")
@click.option("--all", "everything", is_flag=True, help="Also those that come with resolver.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "json"]),
    default="table",
    help="A table for people, or a JSON list.",
)
@plugin_options
def command(
    plugins: bool,
    plugin: tuple[str, ...],
    plugin_file: tuple[str, ...],
    everything: bool,
    format_name: str,
) -> None:
    """List the plugins: state, origin, hooks, how long loading took, and what is wrong.

    Works however broken they are. All hooks are tried that need no alias and no document.
    """
    errors: list[PluginError] = []
    loaded = load_plugins(installed=plugins, only=plugin, files=plugin_file, on_error=errors.append)
    _try_hooks(loaded)
    faults = [fault for error in errors for fault in error.faults]
    records = [
        _record(each, [fault.message for fault in faults if fault.plugin == each.name])
        for each in loaded
        if everything or each.origin.kind != "built in"
    ]
    if format_name == "json":
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
        return
    for record in records:
        click.echo(_lines(record))
    if not records:
        click.echo("no plugin is installed", err=True)


def _try_hooks(plugins: Plugins) -> None:
    if plugins.pack_paths():
        with suppress(PackError, ConfigurationError):  # reported as faults of their plugins
            load_gazetteer(bundled=False, plugins=plugins)
    plugins.readers()
    plugins.writers()
    plugins.importers()
    plugins.commands(taken=COMMANDS)
    Resolver((), plugins=plugins)


def _record(plugin: Plugin, raised: list[str]) -> dict[str, Any]:
    """Return a plugin as a record of plain values."""
    origin = plugin.origin
    errors = [plugin.error] if plugin.error else raised
    return {
        "name": plugin.name,
        "state": "failed" if raised and plugin.state == "ok" else plugin.state,
        "kind": origin.kind,
        "distribution": origin.distribution or None,
        "version": origin.version or None,
        "value": origin.value,
        "hooks": list(plugin.hooks),
        "load_ms": plugin.milliseconds,
        "errors": errors,
    }


def _lines(record: dict[str, Any]) -> str:
    source = " ".join(filter(None, (record["distribution"], record["version"])))
    lines = [f"{record['name']}: {record['state']}, {source or record['kind']} ({record['value']})"]
    if record["hooks"]:
        lines += [f"  {', '.join(record['hooks'])}", f"  loaded in {record['load_ms']:.1f} ms"]
    lines += [f"  {line}" for line in record["errors"]]
    return "\n".join(map(printable, lines))
