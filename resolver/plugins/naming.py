"""Names of what plugins contribute that only one plugin may use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from resolver.findings import Rule
from resolver.plugins.plugin import Plugin

if TYPE_CHECKING:
    import click

    from resolver.readers import Reader


def clash(names: Iterable[str], owners: dict[str, Plugin | None], plugin: Plugin) -> str | None:
    """Return what is wrong if a plugin uses a name of another, in words that follow the value.

    Args:
        names: The names.
        owners: The plugin of each name that is taken, ``None`` if it is resolver's own.
        plugin: The plugin that uses them.
    """
    for name in names:
        owner = owners.get(name, plugin)
        if owner is not plugin:
            whose = owner.origin if owner else "resolver"
            return f"whose {name} is already that of {whose}"
    return None


def names_of_rule(rule: Rule) -> list[str]:
    """Return the names of a rule."""
    return [f"rule {rule.name}"]


def names_of_format(value: Any) -> list[str]:
    """Return the names of a writer or importer."""
    return [f"format {value.name}"]


def names_of_command(command: click.Command) -> list[str]:
    """Return the names of a command."""
    return [f"command {command.name}"]


def names_of_reader(reader: Reader) -> list[str]:
    """Return the names of a reader, endings among them."""
    return [f"format {reader.name}", *(f"ending {suffix}" for suffix in reader.suffixes)]
