"""``resolver import``."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from resolver.cli.completing import PATH, importer_names
from resolver.cli.counting import counted
from resolver.cli.options import named, plugin_options
from resolver.cli.output import open_output
from resolver.compression import COMPRESSED
from resolver.errors import ConfigurationError
from resolver.importers import Importer
from resolver.importers.assembling import assembled
from resolver.importers.changes import Changes
from resolver.importers.drafts import slug
from resolver.importers.guards import guarded
from resolver.importers.shelf import Owner, Shelf
from resolver.models import Entity, Pack, Role
from resolver.packs import parse_pack
from resolver.packs.lint.frequency import is_installed
from resolver.packs.merging import merged
from resolver.packs.pieces import pack_pieces
from resolver.packs.strict_yaml import read_text
from resolver.plugins import load_plugins
from resolver.writers.table import printable

_UNFOUND = 'ordinary words were not looked up, for that install "alias-resolver[lint]"'


def _pairs(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    for value in values:
        if "=" not in value:
            raise click.BadParameter(f"{value} has no =, write key=value")
    return dict(value.split("=", 1) for value in values)


@click.command("import", short_help="Make a pack of a table in another format.")
@click.argument("format_name", metavar="FORMAT", shell_complete=importer_names)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(path_type=Path, readable=False),
)
@click.option("-o", "--output", metavar="PATH", type=PATH, help="The pack to write.")
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
    changes, counts = Changes(), _Counts()
    shelf = _collected(importer, files, options, changes)
    # Of an update it is told what came to the pack, not what was done with all that there is.
    owners = guarded(shelf, Changes() if update else changes)
    target = output or update or "-"
    if update:
        pieces: Iterable[str] = [_updated(update, owners, changes, counts)]
    else:
        named_files = sources or tuple(f"{file.name} ({format_name})" for file in files)
        name = pack_name or slug(_stem(files[0] if target == "-" else Path(target)))
        pieces = pack_pieces(
            _head(name, title, license_, named_files), counts.passed(owners), shelf.usual_type
        )
    with open_output(target, tuple(map(str, files))) as out:
        out.writelines(pieces)
    _report(target, counts, changes)


def _updated(path: str, owners: Iterable[Owner], changes: Changes, counts: _Counts) -> str:
    """Return a pack with what it lacks, and say what came to it."""
    text = read_text(Path(path), path)
    updated = merged(text, path, owners)
    old = {owner.id: {a.text for a in owner.aliases} for owner in parse_pack(text, path).owners}
    for owner in counts.passed(parse_pack(updated, path).owners):
        if owner.id not in old:
            changes.add("entries added", owner.name)
            continue
        for alias in owner.aliases:
            if alias.text not in old[owner.id]:
                changes.add("names added", f"{alias.text} for {owner.name}")
    return updated


def _collected(
    importer: Importer, files: Sequence[Path], options: dict[str, str], changes: Changes
) -> Shelf:
    """Return what is in the files, whole before anything is written."""
    counter = _Counter(changes)
    logger = logging.getLogger("resolver.importers")
    logger.addHandler(counter)
    logger.propagate = False
    try:
        shelf = assembled(importer.read(files, options), changes)
    finally:
        logger.removeHandler(counter)
        logger.propagate = True
    if next(iter(shelf), None) is None:
        message = f"nothing in it has a name, is it {importer.name}?"
        raise ConfigurationError(f"{files[0]}: {message}")
    return shelf


def _stem(path: Path) -> str:
    return Path(path.stem).stem if path.suffix.lower() in COMPRESSED else path.stem


def _head(name: str, title: str | None, license_: str | None, sources: tuple[str, ...]) -> Pack:
    if not re.fullmatch(r"[^\s\[\]()]+", name):
        raise click.BadParameter(f"{name} holds a space or bracket", param_hint="--pack")
    return Pack(name, "", (), title=title, license=license_, sources=sources)


class _Counter(logging.Handler):
    """Counts what importers leave out, by the reason, with the first place of each."""

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self._changes = changes

    def emit(self, record: logging.LogRecord) -> None:
        place, what = record.args if isinstance(record.args, tuple) else ("", "")
        self._changes.add(str(what), str(place))


class _Counts:
    """How much goes into a pack."""

    def __init__(self) -> None:
        self.entities = self.offices = self.names = self.weak = self.ambiguous = 0

    def passed(self, owners: Iterable[Owner]) -> Iterator[Owner]:
        """Yield owners, counted."""
        for owner in owners:
            self.entities += isinstance(owner, Entity)
            self.offices += isinstance(owner, Role)
            self.names += len(owner.aliases)
            self.weak += sum(alias.strength == "weak" for alias in owner.aliases)
            self.ambiguous += sum(alias.ambiguous for alias in owner.aliases)
            yield owner


def _report(target: str, counts: _Counts, changes: Changes) -> None:
    """Say on standard error how much there is, and what was done how often."""
    much = ", ".join(
        (
            counted(counts.entities, "entity", "entities"),
            counted(counts.offices, "office"),
            counted(counts.names, "name"),
        )
    )
    guards = f"{counts.weak} of them weak, {counts.ambiguous} ambiguous"
    click.echo(f"{target}: {much}, {guards}", err=True)
    for what, times, texts, more in changes:
        shown = f"{'; '.join(texts)}{'; ...' if more else ''}"
        click.echo(f"  {what} ({times}): {printable(shown)}", err=True)
    if not is_installed():
        click.echo(_UNFOUND, err=True)
