"""Options that stand in a file: ``[tool.resolver]`` of pyproject.toml, or resolver.toml.

A table with the name of a command holds for that command only.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from resolver.cli.commands import COMMANDS
from resolver.errors import ConfigurationError, PluginError

if TYPE_CHECKING:
    from resolver.plugins import Plugins

_LOADING = "allow-broken-plugins bundled engine packs plugin plugin-file plugins without-rule"
_READING = "date date-field id-field input-format on-error size-limit text-field"
_OTHERS = """
    accept all as by contexts count errors fail-on field fix format hints host jobs kind license map
    offsets open option output overlaps pack port progress resume shard-size show source surface
    tagged text time-limit title unknown unused update why why-not with
"""
# Written down, since asking the commands would import them all at every start.
OPTIONS = frozenset(f"{_LOADING} {_READING} {_OTHERS}".split())

_PATHS = frozenset({"packs", "plugin-file"})
# Nobody can type these but a tab; one in a path or a pattern is a mistake.
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_REPEATABLE = _PATHS | {"fail-on", "option", "plugin", "source", "without-rule"}


def read_settings(
    start: Path | None = None, command: click.Command | None = None
) -> dict[str, Any]:
    """Return the settings of the nearest folder, from the current one upwards, that has some.

    Keys are the long names of options, without the hyphens before them; relative paths count from
    the folder of the file.

    Args:
        start: The folder to begin at, the current one by default.
        command: Whose table holds too, before what holds for all.

    Raises:
        ConfigurationError: The file is not valid TOML, a key is no option of any command, or in a
            table none of its command, or what can be repeated is not a list of strings.
    """
    path, section = _nearest(start)
    settings = _hyphened(section)
    tables = {key: value for key, value in settings.items() if isinstance(value, dict)}
    for_all = {key: value for key, value in settings.items() if key not in tables}
    _refuse_unknown(path, for_all, tables)
    own = _hyphened(tables.get(command.name or "", {})) if command else {}
    if command:
        _refuse_unknown_in_table(path, command, own)
    return _checked(path, {**for_all, **own})


def table_of(command: str, path: Path) -> str:
    """Return how the table of a command is written in a settings file."""
    return f"[tool.resolver.{command}]" if path.name == "pyproject.toml" else f"[{command}]"


def _hyphened(section: Mapping[str, Any]) -> dict[str, Any]:
    return {key.replace("_", "-"): value for key, value in section.items()}


def chosen_plugins(settings: Mapping[str, Any], on_error: Callable[[PluginError], None]) -> Plugins:
    """Load the plugins that settings choose; what is wrong with one goes to ``on_error``.

    Raises:
        ConfigurationError: The settings name one that there is not.
    """
    from resolver.plugins import load_plugins

    return load_plugins(
        installed=settings.get("plugins", True),
        only=settings.get("plugin", ()),
        files=settings.get("plugin-file", ()),
        on_error=on_error,
    )


def defaults(command: click.Command, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return what settings say of the options of a command, by the names of its parameters.

    Values are as somebody would have typed them, so that commands check them as they check those.
    """
    names = option_names(command).items()
    return {name: _as_typed(settings[key]) for name, key in names if key in settings}


def _as_typed(value: Any) -> Any:
    if isinstance(value, str | list):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


def option_names(command: click.Command) -> dict[str, str]:
    """Return the long name of each option of a command, by the name of its parameter."""
    return {
        option.name: spelling.removeprefix("--")
        for option in command.params
        if isinstance(option, click.Option) and option.name
        for spelling in option.opts
        if spelling.startswith("--")
    }


def settings_file() -> Path:
    """Return the file that the settings stand in, as messages show it."""
    return _nearest(None)[0]


def _nearest(start: Path | None) -> tuple[Path, Mapping[str, Any]]:
    try:
        folder = (start or Path.cwd()).resolve()
    except FileNotFoundError:
        message = "the current folder does not exist any more, change to one that does"
        raise ConfigurationError(message) from None
    for place in (folder, *folder.parents):
        # As the user would name it here, since messages show it.
        shown = Path(os.path.relpath(place))
        own, project = shown / "resolver.toml", shown / "pyproject.toml"
        if own.is_file():
            return own, _load(own)
        if project.is_file():
            tools = _load(project).get("tool")
            section = tools.get("resolver") if isinstance(tools, dict) else None
            if isinstance(section, dict):
                return project, section
            if section is not None:
                raise ConfigurationError(f"{project}: resolver is no table, write [tool.resolver]")
    return folder, {}


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: not valid TOML, {error}") from None
    except RecursionError:
        raise ConfigurationError(f"{path}: nested too deeply, a setting is one value") from None


def _checked(path: Path, settings: Mapping[str, Any]) -> dict[str, Any]:
    checked = dict(settings)
    for key, value in settings.items():
        if key in _REPEATABLE:
            checked[key] = _strings(path, key, value)
        elif isinstance(value, list | dict):
            raise ConfigurationError(f"{path}: {key} takes one value, write {key} = ...")
        elif key == "plugins" and not isinstance(value, bool):
            raise ConfigurationError(f"{path}: plugins takes true or false, write plugins = false")
        if any(_CONTROL.search(each) for each in _texts(checked[key])):
            raise ConfigurationError(f"{path}: {key} holds a control character, remove it")
        if key in _PATHS and "" in checked[key]:
            remedy = "name a file or a folder, or . for the one of this file"
            raise ConfigurationError(f"{path}: {key} has an empty path, {remedy}")
        if key in _PATHS:
            checked[key] = [os.path.relpath(path.parent / name) for name in checked[key]]
    return checked


def _refuse_unknown(
    path: Path, settings: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]]
) -> None:
    if settings.keys() <= OPTIONS and tables.keys() <= COMMANDS.keys():
        return
    commands = _commands_of_plugins(path, settings)
    known = OPTIONS | {name for each in commands.values() for name in option_names(each).values()}
    faults = [_unknown(key, known) for key in settings if key not in known]
    names = [*COMMANDS, *commands]
    faults += [_unknown_table(name, names) for name in tables if name not in names]
    if faults:
        raise ConfigurationError("\n".join(f"{path}: {fault}" for fault in faults))


def _refuse_unknown_in_table(
    path: Path, command: click.Command, settings: Mapping[str, Any]
) -> None:
    known = set(option_names(command).values())
    whose = f"{command.name} has no"
    faults = [_unknown(key, known, whose) for key in settings if key not in known]
    if faults:
        raise ConfigurationError("\n".join(f"{path}: {fault}" for fault in faults))


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str)]


def _strings(path: Path, key: str, value: object) -> list[str]:
    strings = _texts(value)
    if len(strings) < (len(value) if isinstance(value, list) else 1):
        wanted = f'write {key} = "..." or {key} = ["...", "..."]'
        raise ConfigurationError(f"{path}: {key} takes strings, {wanted}")
    return strings


def _commands_of_plugins(path: Path, settings: Mapping[str, Any]) -> dict[str, click.Command]:
    known = {key: value for key, value in settings.items() if key in OPTIONS}
    return chosen_plugins(_checked(path, known), on_error=_ignore).commands()


def _ignore(_: PluginError) -> None:
    """Leave what is broken in plugins to the command, which says so itself."""


def _unknown_table(name: str, known: Iterable[str]) -> str:
    if name == "tool":
        return "keys stand here without [tool.resolver], remove that line"
    near = difflib.get_close_matches(name, known, 1)
    meant = f"did you mean {near[0]}?" if near else "a table holds for the command of its name"
    return f"there is no command {_shown(name)}, {meant}"


def _shown(key: str) -> str:
    return key if key.isprintable() else ascii(key)


def _unknown(key: str, known: Iterable[str], whose: str = "no command has an") -> str:
    positive = key.removeprefix("no-")
    if positive != key and positive in known:
        return f"{key} is no key, write {positive} = false"
    near = difflib.get_close_matches(key, known, 1)
    meant = f"did you mean {near[0]}?" if near else "keys are long options such as packs, remove it"
    return f"{whose} option {_shown(key)}, {meant}"
