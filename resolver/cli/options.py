"""Options that several commands share."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, NamedTuple, TypeVar, cast

import click

from resolver.cli.completing import PATH, installed_plugins, reader_names, rule_names
from resolver.cli.settings import defaults
from resolver.cli.sizes import size_option
from resolver.dates import is_iso_date
from resolver.errors import ConfigurationError, PluginError
from resolver.limits import SIZE_LIMIT
from resolver.models import Document, Result
from resolver.pipeline import Resolver
from resolver.plugins import Plugins, load_plugins, stop
from resolver.readers import FIELDS, BadInput, Fields, read_documents
from resolver.writers.table import printable

Command = TypeVar("Command", bound=Callable[..., Any])
Format = TypeVar("Format")
Readable = TypeVar("Readable", Document, Result)


def plugin_options(function: Command) -> Command:
    """Add the options that say which plugins to load."""
    options = (
        click.option("--plugins/--no-plugins", default=True, help="Load installed plugins."),
        click.option(
            "--plugin",
            multiple=True,
            metavar="NAME",
            shell_complete=installed_plugins,
            help="Of the installed plugins load only this. Can be repeated.",
        ),
        click.option(
            "--plugin-file",
            multiple=True,
            metavar="PATH",
            type=PATH,
            help="A Python file that is a plugin. Can be repeated.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


_LOADING = (
    click.option(
        "--packs",
        multiple=True,
        metavar="PATH",
        type=PATH,
        help="A pack, or a folder of packs. Can be repeated.",
    ),
    click.option("--bundled/--no-bundled", default=True, help="Load the bundled packs."),
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
        shell_complete=rule_names,
        help="Switch a document rule off. Can be repeated.",
    ),
)


def loading_options(function: Command) -> Command:
    """Add the options that say what to load; the command gets them as ``loading``.

    Of those that say which plugins to load it gets what comes of them, as ``plugins``.
    """

    @plugin_options
    @click.option(
        "--allow-broken-plugins", is_flag=True, help="Go on without what is broken in plugins."
    )
    @wraps(function)
    def command(
        *,
        plugins: bool,
        plugin: tuple[str, ...],
        plugin_file: tuple[str, ...],
        allow_broken_plugins: bool,
        **others: Any,
    ) -> Any:
        on_error = _warn if allow_broken_plugins else stop
        loaded = load_plugins(installed=plugins, only=plugin, files=plugin_file, on_error=on_error)
        return function(plugins=loaded, **others)

    loading: Any = command
    for option in reversed(_LOADING):
        loading = option(loading)
    return cast("Command", loading)


def _warn(error: PluginError) -> None:
    for fault in error.faults:
        click.echo(printable(f"warning: {fault.message}"), err=True)


def load(
    packs: Sequence[str],
    *,
    bundled: bool,
    plugins: Plugins,
    engine: str,
    without_rules: Sequence[str] = (),
) -> Resolver:
    """Load a resolver as the options say.

    Raises:
        ConfigurationError: No pack lists a name, and no plugin could find one either.
        ResolverError: As `Resolver.load`.
    """
    resolver = Resolver.load(
        packs, bundled=bundled, plugins=plugins, engine=engine, without_rules=without_rules
    )
    may_find = resolver.gazetteer.patterns or any(p.origin.kind != "built in" for p in plugins)
    if not may_find:
        message = "the loaded packs list no name to find"
        raise ConfigurationError(f"{message}, add one or name another pack with --packs")
    return resolver


def load_as(settings: Mapping[str, Any]) -> Resolver:
    """Load a resolver as every command does under some settings.

    Raises:
        ConfigurationError: A setting is not what its option takes, or names what does not exist.
        PackError: A pack cannot be used.
        PluginError: A plugin cannot be used.
    """
    command = click.command("load")(loading_options(load))
    chosen = defaults(command, settings)
    try:
        loaded: Resolver = command.main([], standalone_mode=False, default_map=chosen)
    except click.ClickException as error:
        raise ConfigurationError(error.format_message()) from None
    return loaded


def iso_date(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Check a date given as an option."""
    if value is not None and not (is_iso_date(value) and len(value) == 10):
        raise click.BadParameter(f"{value} is not a day, write it as 2022-09-06")
    return value


class InputFormat(NamedTuple):
    """How documents are read: the name of a format, where it is not to go by the ending."""

    name: str | None = None
    fields: Fields = FIELDS
    size_limit: int = SIZE_LIMIT


_ANY_FORMAT = InputFormat()


def input_option(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say how to read; the command gets them together as ``input_format``."""

    @click.option(
        "--input-format",
        "input_name",
        metavar="NAME",
        shell_complete=reader_names,
        help="How to read everything, instead of going by the ending.",
    )
    @click.option(
        "--text-field", default="text", metavar="NAME", help="Field or column of the text."
    )
    @click.option("--id-field", default="id", metavar="NAME", help="Field or column of the id.")
    @click.option(
        "--date-field", default="date", metavar="NAME", help="Field or column of the date."
    )
    @size_option()
    @wraps(function)
    def command(*, input_name: str | None, size_limit: int, **others: Any) -> None:
        fields = Fields(*(others.pop(f"{part}_field") for part in Fields._fields))
        function(input_format=InputFormat(input_name, fields, size_limit), **others)

    return command


date_option = click.option(
    "--date", callback=iso_date, metavar="ISO", help="Date of documents that have none."
)
error_option = click.option(
    "--on-error",
    type=click.Choice(["skip", "stop"]),
    default="skip",
    help="What to do about a document that cannot be read.",
)


def named(formats: Mapping[str, Format], name: str, what: str) -> Format:
    """Return the format of a name.

    Raises:
        ConfigurationError: There is none.
    """
    if name not in formats:
        near = difflib.get_close_matches(name, formats, 1)
        meant = f"did you mean {near[0]}?" if near else f"use {', '.join(sorted(formats))}"
        raise ConfigurationError(f"{what} {name} is unknown, {meant}")
    return formats[name]


class Inputs:
    """The readable documents of some paths; what is not readable is reported and counted."""

    def __init__(
        self,
        plugins: Plugins,
        paths: Sequence[str],
        input_format: InputFormat = _ANY_FORMAT,
        on_error: str = "skip",
        on_bad: Callable[[BadInput], object] = str,
    ) -> None:
        """Take paths; without any, standard input is read.

        Args:
            plugins: Whose readers read.
            paths: Files, folders, globs, ``-``.
            input_format: How everything is read.
            on_error: ``skip`` what cannot be read, or ``stop`` there.
            on_bad: Called with what cannot be read, for those who show it elsewhere too.

        Raises:
            ConfigurationError: No plugin reads that format.
        """
        self._paths = paths or ("-",)
        self._readers = plugins.readers()
        name, self._fields, self._size_limit = input_format
        self._reader = named(self._readers, name, "input format") if name else None
        self._stop = on_error == "stop"
        self._on_bad = on_bad
        self.bad = 0
        self._any_good = self._any_left_out = False

    def __iter__(self) -> Iterator[Document]:
        """Yield documents; a bad one goes to standard error."""
        readers = self._readers.values()
        options = (self._reader, self._fields, self._size_limit)
        return self.without_bad(read_documents(self._paths, readers, *options))

    def without_bad(self, items: Iterable[Readable | BadInput]) -> Iterator[Readable]:
        """Yield what is not bad; report and count the rest, and stop there if so asked."""
        for item in items:
            if not isinstance(item, BadInput):
                self._any_good = True
                yield item
            elif not self.report(item):
                return

    def report(self, item: BadInput) -> bool:
        """Report and count what is not readable, or cannot be done; return whether to go on."""
        if not item.is_error:
            self._any_left_out = True
            self.say(printable(f"warning: {item}"))
            return True
        self.bad += 1
        self.say(printable(str(item)))
        self._on_bad(item)
        return not self._stop

    def say(self, message: str) -> None:
        """Report something that is not readable."""
        click.echo(message, err=True)

    @property
    def exit_code(self) -> int:
        """2 if something could not be read, or all there was had to be left out."""
        return 2 if self.bad or (self._any_left_out and not self._any_good) else 0


def dated(documents: Iterable[Document], date: str | None) -> Iterator[Document]:
    """Yield documents, those without a date with the given one."""
    for document in documents:
        yield document if document.date else replace(document, date=date)
