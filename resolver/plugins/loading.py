"""Load plugins, one at a time, so that a broken one is named and takes no other with it."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from time import perf_counter

from resolver.errors import ConfigurationError, Fault, PluginError
from resolver.hookspecs import API_VERSION
from resolver.plugins import discovery
from resolver.plugins.calling import Plugins, stop
from resolver.plugins.conformance import hooks_of, misfits, needed_versions
from resolver.plugins.discovery import Found
from resolver.plugins.plugin import DISABLED, Plugin, State, described, place_of_error
from resolver.plugins.watching import watched


def load_plugins(
    *,
    installed: bool = True,
    only: Iterable[str] = (),
    files: Iterable[str | Path] = (),
    objects: Iterable[object] = (),
    on_error: Callable[[PluginError], None] = stop,
) -> Plugins:
    """Load the plugins that come with resolver, and others.

    Installed plugins that stand in the environment variable ``RESOLVER_DISABLED_PLUGINS``, names
    separated by commas, are not loaded.

    Args:
        installed: Whether to load the entry points of the group ``resolver``.
        only: Names of the installed plugins to load, whatever else is said of them, and no others.
        files: Python files that are plugins.
        objects: Modules or objects that are plugins.
        on_error: Called when plugins are broken, now or when their hooks are called. The default
            raises; where it returns, the plugin, or what it contributes, is left out.

    Raises:
        PluginError: Plugins are broken, each with its line.
        ConfigurationError: A name in ``only`` or a file does not exist.
    """
    only, files, objects = frozenset(only), tuple(files), tuple(objects)
    recipe = partial(
        load_plugins,
        installed=installed,
        only=only,
        files=files,
        objects=objects,
        on_error=on_error,
    )
    entry_points = discovery.installed() if installed or only else []
    off = _switched_off(frozenset(found.origin.name for found in entry_points), only)
    on = [found for found in entry_points if found.origin.name not in off]
    found = [*discovery.built_in(), *on, *discovery.in_files(files), *discovery.given(objects)]
    plugins: list[Plugin] = []
    for each in found:
        plugins.append(_load(each, found, plugins))
    faults = [Fault(plugin.name, plugin.error) for plugin in plugins if plugin.error]
    if faults:
        on_error(PluginError(faults))
    disabled = [Plugin(each.origin, "disabled") for each in entry_points if each not in on]
    return Plugins([*plugins, *disabled], on_error, recipe, only)


def _switched_off(names: frozenset[str], only: frozenset[str]) -> frozenset[str]:
    for name in sorted(only - names):
        near = difflib.get_close_matches(name, sorted(names), 1)
        known = f"installed are {', '.join(sorted(names))}" if names else "none is installed"
        meant = f"did you mean {near[0]}?" if near else known
        raise ConfigurationError(f"no plugin {name} is installed, {meant}")
    if only:
        return names - only
    return frozenset(name.strip() for name in os.environ.get(DISABLED, "").split(","))


def _load(found: Found, others: Iterable[Found], loaded: Iterable[Plugin]) -> Plugin:
    """Load a plugin and check that it fits."""
    origin = found.origin

    def broken(state: State, what: str, place: str = "", way_out: str = "") -> Plugin:
        fault = origin.fault(what, place, way_out)
        return Plugin(origin, state, milliseconds=_since(begun), error=fault.message)

    begun = perf_counter()
    namesake = _namesake(found, others)
    if namesake:
        return broken("failed", f"has the name of {namesake.origin}")
    try:
        with watched(origin, "being loaded"):
            implementation = found.load()
            needed = needed_versions(implementation)
            twin = next((o for o in loaded if o.implementation == implementation), None)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        what = f"cannot be loaded, {described(error)}"
        return broken("failed", what, place_of_error(error, origin.package))
    if needed is not None and API_VERSION not in needed:
        newer = needed[0] > API_VERSION
        way_out = "update resolver" if newer else "update the plugin"
        return broken("incompatible", _incompatible(needed), way_out=way_out)
    if twin:
        return broken("failed", f"is the same object as {twin.origin}")
    # What comes with resolver is held to the same by its tests, and need not be at every start.
    wrong = misfits(implementation) if origin.kind != "built in" else []
    if wrong:
        complaints = "; ".join(misfit.complaint for misfit in wrong)
        return broken("failed", complaints, wrong[0].place)
    hooks = hooks_of(implementation)
    return Plugin(origin, "ok", hooks, _since(begun), implementation=implementation)


def _namesake(found: Found, others: Iterable[Found]) -> Found | None:
    """Return another plugin of the same name, unless this one comes with resolver."""
    if found.origin.kind == "built in":
        return None
    same = (o for o in others if o is not found and o.origin.name == found.origin.name)
    return next(same, None)


def _incompatible(needed: range) -> str:
    versions = str(needed[0]) if len(needed) == 1 else f"{needed[0]} to {needed[-1]}"
    return f"needs version {versions} of the hooks, and resolver has version {API_VERSION}"


def _since(begun: float) -> float:
    return round(1000 * (perf_counter() - begun), 3)
