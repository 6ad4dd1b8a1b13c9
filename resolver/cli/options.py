"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import click

from resolver.dates import is_iso_date
from resolver.models import Document
from resolver.pipeline import Resolver
from resolver.readers import FORMATS, BadInput, read_documents

Command = TypeVar("Command", bound=Callable[..., Any])


def loading_options(function: Command) -> Command:
    """Add the options that say what to load; the command gets them as ``loading``."""
    options = (
        click.option(
            "--packs",
            multiple=True,
            metavar="PATH",
            help="A pack, or a folder of packs. Can be repeated.",
        ),
        click.option("--bundled/--no-bundled", default=True, help="Load the bundled packs."),
        click.option("--plugins/--no-plugins", default=True, help="Load installed plugins."),
        click.option(
            "--engine",
            type=click.Choice(["auto", "flashtext", "ahocorasick"]),
            default="auto",
            help="The matching engine; all find the same.",
        ),
        click.option(
            "--without-rule",
            "without_rules",
            multiple=True,
            metavar="NAME",
            help="Switch a document rule off. Can be repeated.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def load(
    packs: Sequence[str],
    *,
    bundled: bool,
    plugins: bool,
    engine: str,
    without_rules: Sequence[str] = (),
) -> Resolver:
    """Load a resolver as the options say."""
    return Resolver.load(
        packs, bundled=bundled, plugins=plugins, engine=engine, without_rules=without_rules
    )


def iso_date(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Check a date given as an option."""
    if value is not None and not (is_iso_date(value) and len(value) == 10):
        raise click.BadParameter(f"{value} is not a day, write it as 2022-09-06")
    return value


date_option = click.option(
    "--date", callback=iso_date, metavar="ISO", help="Date of documents that have none."
)
input_option = click.option(
    "--input-format",
    type=click.Choice(sorted(FORMATS)),
    help="How to read everything, instead of going by the ending.",
)
error_option = click.option(
    "--on-error",
    type=click.Choice(["skip", "stop"]),
    default="skip",
    help="What to do about a document that cannot be read.",
)


class Inputs:
    """The readable documents of some paths; what is not readable is reported and counted."""

    def __init__(
        self, paths: Sequence[str], input_format: str | None = None, on_error: str = "skip"
    ) -> None:
        """Take paths; without any, standard input is read."""
        self._paths = paths or ("-",)
        self._format = input_format
        self._stop = on_error == "stop"
        self.bad = 0

    def __iter__(self) -> Iterator[Document]:
        """Yield documents; a bad one goes to standard error."""
        for item in read_documents(self._paths, self._format):
            if not isinstance(item, BadInput):
                yield item
                continue
            self.bad += 1
            click.echo(str(item), err=True)
            if self._stop:
                return

    @property
    def exit_code(self) -> int:
        """2 if something could not be read."""
        return 2 if self.bad else 0
