"""``resolver import``."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from resolver.cli.options import named, plugin_options
from resolver.cli.output import open_output
from resolver.errors import ConfigurationError
from resolver.importers import Importer
from resolver.importers.assembling import Change, Owner, assembled
from resolver.importers.drafts import slug
from resolver.importers.guards import guarded
from resolver.models import Entity, Pack, Role
from resolver.packs import parse_pack
from resolver.packs.lint.frequency import is_installed
from resolver.packs.merging import merged
from resolver.packs.strict_yaml import read_text
from resolver.packs.writing import pack_text
from resolver.plugins import load_plugins
from resolver.writers.table import printable

_UNFOUND = 'ordinary words were not looked up, for that install "alias-resolver[lint]"'
_SHOWN = 3


def _pairs(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    for value in values:
        if "=" not in value:
            raise click.BadParameter(f"{value} has no =, write key=value")
    return dict(value.split("=", 1) for value in values)


@click.command("import", short_help="Make a pack of a table in another format.")
@click.argument("format_name", metavar="FORMAT")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option("-o", "--output", metavar="PATH", help="The pack to write.")
@click.option(
    "--update",
    metavar="PACK",
    type=click.Path(exists=True, dir_okay=False),
    help="Add to this pack what it lacks, and leave the rest as it is.",
)
@click.option("--pack", "pack_name", metavar="NAME", help="Name of the pack.")
@click.option("--title", metavar="TEXT", help="Title of the pack.")
@click.option("--license", "license_", metavar="ID", help="Licence of the content.")
@click.option(
    "--source", "sources", multiple=True, metavar="TEXT", help="Where it is from. Can be repeated."
)
@click.option(
    "--option",
    "options",
    multiple=True,
    callback=_pairs,
    metavar="KEY=VALUE",
    help="An option of the format. Can be repeated.",
)
@plugin_options
def command(
    format_name: str,
    files: tuple[Path, ...],
    output: str | None,
    update: str | None,
    pack_name: str | None,
    title: str | None,
    license_: str | None,
    sources: tuple[str, ...],
    options: dict[str, str],
    plugins: bool,
    plugin: tuple[str, ...],
    plugin_file: tuple[str, ...],
) -> None:
    """Make a pack of tables in FORMAT. What was done with risky names is said on standard error."""
    loaded = load_plugins(installed=plugins, only=plugin, files=plugin_file)
    importer = named(loaded.importers(), format_name, "format")
    owners, changes = _imported(importer, files, options)
    target = output or update or "-"
    if update:
        text = merged(read_text(Path(update), update), update, owners)
    else:
        named_files = sources or tuple(f"{file.name} ({format_name})" for file in files)
        name = pack_name or slug((files[0] if target == "-" else Path(target)).stem)
        text = pack_text(_pack(name, owners, title, license_, named_files))
    parse_pack(text, target)
    with open_output(target, tuple(map(str, files))) as out:
        out.write(text)
    _report(target, owners, changes)


def _imported(
    importer: Importer, files: Sequence[Path], options: dict[str, str]
) -> tuple[list[Owner], list[Change]]:
    """Return what is in the files, and what was done with it."""
    counter = _Counter()
    logger = logging.getLogger("resolver.importers")
    logger.addHandler(counter)
    logger.propagate = False
    try:
        owners, united = assembled(importer.read(files, options))
    finally:
        logger.removeHandler(counter)
        logger.propagate = True
    if not owners:
        message = f"nothing in it has a name, is it {importer.name}?"
        raise ConfigurationError(f"{files[0]}: {message}")
    owners, done = guarded(owners)
    return owners, [*united, *done, *counter.changes]


def _pack(
    name: str,
    owners: Sequence[Owner],
    title: str | None,
    license_: str | None,
    sources: tuple[str, ...],
) -> Pack:
    if not re.fullmatch(r"[^\s\[\]()]+", name):
        raise click.BadParameter(f"{name} holds a space or bracket", param_hint="--pack")
    entities = tuple(owner for owner in owners if isinstance(owner, Entity))
    roles = tuple(owner for owner in owners if isinstance(owner, Role))
    return Pack(name, "", entities, roles, title=title, license=license_, sources=sources)


class _Counter(logging.Handler):
    """Counts what importers leave out, by the reason, with the first place of each."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[Change] = []

    def emit(self, record: logging.LogRecord) -> None:
        place, reason = record.args if isinstance(record.args, tuple) else ("", "")
        self.changes.append(Change(f"left out, {reason}", str(place)))


def _report(target: str, owners: Sequence[Owner], changes: Sequence[Change]) -> None:
    """Say on standard error how much there is, and what was done how often."""
    entities = sum(isinstance(owner, Entity) for owner in owners)
    aliases = [alias for owner in owners for alias in owner.aliases]
    weak = sum(alias.strength == "weak" for alias in aliases)
    ambiguous = sum(alias.ambiguous for alias in aliases)
    counts = f"{entities} entities, {len(owners) - entities} offices, {len(aliases)} names"
    click.echo(f"{target}: {counts}, {weak} of them weak, {ambiguous} ambiguous", err=True)
    texts: dict[str, dict[str, None]] = {}
    for change in changes:
        texts.setdefault(change.what, {})[change.text] = None
    for what, number in sorted(Counter(change.what for change in changes).items()):
        shown = "; ".join(list(texts[what])[:_SHOWN])
        more = "; ..." if len(texts[what]) > _SHOWN else ""
        click.echo(f"  {number} {what}: {printable(shown)}{more}", err=True)
    if not is_installed():
        click.echo(_UNFOUND, err=True)
