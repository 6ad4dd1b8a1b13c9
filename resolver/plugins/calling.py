"""Call the hooks: each behind a typed function that checks what plugins return."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

import pluggy

from resolver import hookspecs
from resolver.analysis import Analysis
from resolver.errors import Fault, PackError, PluginError
from resolver.findings import Rule
from resolver.models import Alias, Document, Pack
from resolver.plugins import complaints, guarding
from resolver.plugins.fingerprint import fingerprint
from resolver.plugins.naming import (
    clash,
    names_of_command,
    names_of_format,
    names_of_reader,
    names_of_rule,
)
from resolver.plugins.plugin import Plugin, place_of_function, shown
from resolver.plugins.python_packs import completed
from resolver.plugins.watching import quiet, watched

if TYPE_CHECKING:
    import click

    from resolver.importers import Importer
    from resolver.readers import Reader
    from resolver.writers import Writer

TRACE = "RESOLVER_TRACE"


def stop(error: PluginError) -> None:
    """Do what is done about broken plugins unless somebody says otherwise: raise."""
    raise error


class Hook(NamedTuple):
    """A hook as one plugin implements it."""

    name: str
    plugin: Plugin
    call: Callable[..., list[Any]]
    place: str

    def fault(self, value: object, complaint: str) -> Fault:
        """Return the fault of having returned something that does not fit."""
        what = f"returned {shown(value)}, {complaint}, in {self.name}"
        return self.plugin.origin.fault(what, self.place)


class Plugins:
    """The plugins, behind one typed function a hook.

    What is contributed comes in the order of the names of plugins, those that come with resolver
    first. A plugin that raises, or returns something that does not fit, is named in a
    `PluginError` that goes to ``on_error``; if that returns, the contribution is left out.

    Attributes:
        reported: How often a hook went wrong so far.
    """

    def __init__(
        self,
        plugins: Iterable[Plugin],
        on_error: Callable[[PluginError], None] = stop,
        recipe: Callable[[], Plugins] | None = None,
        only: Iterable[str] = (),
    ) -> None:
        """Register the plugins whose state is ``ok``.

        Args:
            plugins: The plugins.
            on_error: What is done about broken ones.
            recipe: Makes the same anew, in another process.
            only: Names of installed plugins that somebody asked for.
        """
        self._plugins = tuple(plugins)
        self._on_error = on_error
        self._recipe = recipe
        self._only = frozenset(only)
        self.reported = 0
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)
        in_use = [plugin for plugin in self._plugins if plugin.state == "ok"]
        for plugin in in_use:
            self._manager.register(plugin.implementation, name=plugin.name)
        self._manager.check_pending()
        self._in_use = sorted(in_use, key=lambda p: (p.origin.kind != "built in", p.name))
        if os.environ.get(TRACE, "0") not in {"", "0"}:
            from resolver.plugins.tracing import trace

            trace(self._manager)

    def __iter__(self) -> Iterator[Plugin]:
        """Go through all plugins, whatever became of them."""
        return iter(self._plugins)

    def __reduce__(self) -> tuple[Callable[[], Plugins], tuple[()]]:
        """Travel to another process as the way to make the same there."""
        if self._recipe is None:
            raise TypeError("only plugins that load_plugins made can travel to another process")
        return self._recipe, ()

    def pack_paths(self) -> list[str | Path]:
        """Return the pack files that plugins bring, and folders of them."""
        return [pack for _, pack in self._packs if not isinstance(pack, Pack)]

    def packs(self) -> list[Pack]:
        """Return the packs that plugins build in Python."""
        return [pack for _, pack in self._packs if isinstance(pack, Pack)]

    def named_packs(self) -> list[str | Path | Pack]:
        """Return what those plugins bring that somebody asked for by name, file or object."""
        return [
            pack
            for plugin, pack in self._packs
            if plugin.origin.kind in {"file", "object"} or plugin.name in self._only
        ]

    def blamed(self, error: PackError) -> set[str]:
        """Report what is wrong in packs that plugins bring, each problem as a fault of its plugin.

        Args:
            error: What is wrong with some packs.

        Returns:
            The paths of the packs that are to be left out; empty if no plugin brings any of them.
        """
        brought = [(p, pack.path if isinstance(pack, Pack) else pack) for p, pack in self._packs]
        faults: dict[str, list[Fault]] = {}
        for location, message in error.problems:
            places = {Path(location.path), *Path(location.path).parents}
            plugin = next((plugin for plugin, path in brought if Path(path) in places), None)
            if plugin:
                what = f"brings a pack that cannot be used: {message}"
                fault = plugin.origin.fault(what, str(location))
                faults.setdefault(location.path, []).append(fault)
        if faults:
            self.reported += 1
            self._on_error(PluginError(fault for found in faults.values() for fault in found))
        return set(faults)

    @cached_property
    def _packs(self) -> list[tuple[Plugin, str | Path | Pack]]:
        return [
            (hook.plugin, completed(pack, hook.place) if isinstance(pack, Pack) else pack)
            for hook, pack in self._contributed("resolver_packs", complaints.of_pack)
        ]

    def variants(self) -> Callable[[Alias], Iterable[Alias]] | None:
        """Return what gives further aliases for an alias, or ``None`` if no plugin does."""
        hooks = self._hooks("resolver_variants")
        return partial(self._variants, hooks) if hooks else None

    def variants_key(self) -> str | None:
        """Return a text that differs whenever the code that gives variants does.

        Returns:
            Empty if no plugin gives variants, ``None`` if what they hang on cannot be told.
        """
        prints = [fingerprint(hook.plugin) for hook in self._hooks("resolver_variants")]
        return None if None in prints else "\n".join(filter(None, prints))

    def _variants(self, hooks: list[Hook], alias: Alias) -> Iterator[Alias]:
        for hook in hooks:
            with quiet():
                returned = self._returned(hook, alias=alias)
            for variant in returned:
                complaint = complaints.of_variant(variant, alias)
                if complaint:
                    self._report(hook.fault(variant, complaint))
                elif variant.text != alias.text:
                    yield variant

    def rules(self, analyse: Callable[[Document], Analysis]) -> tuple[Rule, ...]:
        """Return the document rules of all plugins, sorted by name and checked when they run.

        Args:
            analyse: Finds aliases in a stretch of text without deciding anything.
        """
        found = self._contributed(
            "resolver_rules", complaints.of_rule, names_of_rule, analyse=analyse
        )
        rules = (guarding.rule(rule, hook.plugin.origin, self._on_error) for hook, rule in found)
        return tuple(sorted(rules, key=lambda rule: (rule.name, rule.stage)))

    def readers(self) -> dict[str, Reader]:
        """Return the formats that documents can be read from, by name."""
        found = self._contributed("resolver_readers", complaints.of_reader, names_of_reader)
        return {reader.name: guarding.reader(reader, hook.plugin.origin) for hook, reader in found}

    def writers(self) -> dict[str, Writer]:
        """Return the formats that results can be written in, by name."""
        found = self._contributed("resolver_writers", complaints.of_writer, names_of_format)
        return {writer.name: guarding.writer(writer, hook.plugin.origin) for hook, writer in found}

    def importers(self) -> dict[str, Importer]:
        """Return the formats of tables that packs can be made of, by name."""
        found = self._contributed("resolver_importers", complaints.of_importer, names_of_format)
        return {each.name: guarding.importer(each, hook.plugin.origin) for hook, each in found}

    def commands(self, taken: Iterable[str] = ()) -> dict[str, click.Command]:
        """Return the commands that plugins add, by name.

        Args:
            taken: Names that none of them may have.
        """
        found = self._contributed(
            "resolver_commands",
            complaints.of_command,
            names_of_command,
            taken=[f"command {name}" for name in taken],
        )
        return {command.name: command for _, command in found}

    def _contributed(
        self,
        hook_name: str,
        complain: Callable[[Any], str | None],
        names: Callable[[Any], Iterable[str]] = lambda _: (),
        taken: Iterable[str] = (),
        **arguments: Any,
    ) -> list[tuple[Hook, Any]]:
        """Call a hook of every plugin, and return what fits.

        Args:
            hook_name: The hook.
            complain: Returns what does not fit in something contributed, or nothing.
            names: Returns the names that only one plugin may use.
            taken: Such names that none may use.
            arguments: Those of the hook.
        """
        owners: dict[str, Plugin | None] = dict.fromkeys(taken)
        contributed = []
        for hook in self._hooks(hook_name):
            with watched(hook.plugin.origin, f"in {hook_name}"):
                returned = self._returned(hook, **arguments)
            for value in returned:
                complaint = complain(value) or clash(names(value), owners, hook.plugin)
                if complaint:
                    self._report(hook.fault(value, complaint))
                else:
                    owners.update(dict.fromkeys(names(value), hook.plugin))
                    contributed.append((hook, value))
        return contributed

    def _hooks(self, name: str) -> list[Hook]:
        """Return a hook as each plugin implements it, in the order of their names."""
        everyone = [plugin.implementation for plugin in self._in_use]
        hooks = []
        for plugin in self._in_use:
            if name in plugin.hooks:
                others = [other for other in everyone if other is not plugin.implementation]
                caller = self._manager.subset_hook_caller(name, others)
                place = place_of_function(caller.get_hookimpls()[0].function)
                hooks.append(Hook(name, plugin, caller, place))
        return hooks

    def _returned(self, hook: Hook, **arguments: Any) -> list[Any]:
        """Call a hook of one plugin; if it raises or returns no list, report that."""
        try:
            returned = hook.call(**arguments)
            wrong = [values for values in returned if not _is_several(values)]
            if not wrong:
                return [value for values in returned for value in values]
            fault = hook.fault(wrong[0], "which is no list")
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            fault = hook.plugin.origin.raised(error, f"in {hook.name}")
        self._report(fault)
        return []

    def _report(self, fault: Fault) -> None:
        self.reported += 1
        self._on_error(PluginError([fault]))


def _is_several(values: Any) -> bool:
    is_one = isinstance(values, str | bytes | PurePath | dict) or hasattr(values, "_fields")
    return isinstance(values, Iterable) and not is_one
