"""What shells complete beside commands and options: paths, and names that plugins may add to.

Nothing is loaded for a command that runs; a broken plugin adds no names and says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click

from resolver.errors import ResolverError
from resolver.plugins import Plugins, load_plugins

# What cannot be read is reported where it is read, where it loses nothing else.
PATH = click.Path(readable=False)

_Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def _completed(names: Callable[[Plugins], Iterable[str]]) -> _Complete:
    def complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
        try:
            plugins = load_plugins(
                installed=ctx.params.get("plugins", True),
                files=ctx.params.get("plugin_file", ()),
                on_error=lambda _: None,
            )
        except ResolverError:
            return []
        return sorted(name for name in names(plugins) if name.startswith(incomplete))

    return complete


def _rules(plugins: Plugins) -> set[str]:
    from resolver.pipeline import Resolver

    return {rule.name for rule in Resolver((), plugins=plugins).rules}


def installed_plugins(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Complete the name of an installed plugin, importing none."""
    from resolver.plugins.discovery import installed

    names = {found.origin.name for found in installed()}
    return sorted(name for name in names if name.startswith(incomplete))


reader_names = _completed(lambda plugins: plugins.readers())
writer_names = _completed(lambda plugins: plugins.writers())
importer_names = _completed(lambda plugins: plugins.importers())
rule_names = _completed(_rules)
