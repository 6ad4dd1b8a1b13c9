"""Where plugins come from: resolver itself, installed distributions, files, objects."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib.metadata import Distribution, EntryPoint, distributions, entry_points
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from resolver.errors import ConfigurationError
from resolver.hookspecs import PROJECT, hookimpl
from resolver.plugins.plugin import Origin

if TYPE_CHECKING:
    from resolver.analysis import Analysis
    from resolver.findings import Rule
    from resolver.models import Document

BUILT_IN_RULES = (
    "resolver.rules.dates",
    "resolver.rules.context",
    "resolver.rules.support",
    "resolver.rules.surname",
    "resolver.rules.namesake",
    "resolver.rules.acronym",
    "resolver.rules.office",
    "resolver.rules.glued",
)
BUILT_IN_FORMATS = ("resolver.readers", "resolver.writers", "resolver.importers")


class Found(NamedTuple):
    """A plugin that is there, not yet loaded; ``load`` may raise anything."""

    origin: Origin
    load: Callable[[], object]


class _BuiltInRules:
    """The rules of one module of `resolver.rules`, imported when rules are asked for."""

    def __init__(self, module: str) -> None:
        self._module = module

    @hookimpl
    def resolver_rules(self, analyse: Callable[[Document], Analysis]) -> Iterable[Rule]:
        module = importlib.import_module(self._module)
        made: tuple[Rule, ...] = module.rules(analyse) if hasattr(module, "rules") else module.RULES
        return made


def built_in() -> Iterator[Found]:
    """Find what comes with resolver."""
    for module in BUILT_IN_RULES:
        name = module.rpartition(".")[2]
        yield Found(Origin(name, "built in", module, PROJECT), partial(_BuiltInRules, module))
    for module in BUILT_IN_FORMATS:
        name = module.rpartition(".")[2]
        load = partial(importlib.import_module, module)
        yield Found(Origin(name, "built in", module, PROJECT), load)


def installed() -> list[Found]:
    """Find the entry points of the group ``resolver``, ordered by name and distribution."""
    try:
        found = [_at_entry_point(point) for point in entry_points(group=PROJECT)]
    except Exception:
        # One distribution whose metadata cannot be read hides those of all others.
        found = [plugin for dist in distributions() for plugin in _in_distribution(dist)]
    return sorted(found, key=lambda f: (f.origin.name, f.origin.distribution, f.origin.value))


def _in_distribution(dist: Distribution) -> list[Found]:
    try:
        return [_at_entry_point(point) for point in dist.entry_points.select(group=PROJECT)]
    except Exception as error:
        name = dist.name or "a distribution without a name"
        origin = Origin(name, "installed", "entry_points.txt", "", name, dist.version or "?")
        return [Found(origin, partial(_fail, error))]


def _fail(error: Exception) -> object:
    raise error


def _at_entry_point(point: EntryPoint) -> Found:
    module = point.value.partition(":")[0].strip()
    distribution = (point.dist and point.dist.name) or "unknown distribution"
    version = (point.dist and point.dist.version) or "?"
    package = module.partition(".")[0]
    origin = Origin(point.name, "installed", point.value, package, distribution, version)
    return Found(origin, partial(_load_entry_point, point))


def _load_entry_point(point: EntryPoint) -> object:
    if not point.pattern.match(point.value):
        raise ValueError(f"the entry point is {point.value!r}, write package.module[:object]")
    return point.load()


def in_files(paths: Iterable[str | Path]) -> Iterator[Found]:
    """Find plugins that are single files of Python.

    Raises:
        ConfigurationError: There is no such file.
    """
    for path in map(Path, paths):
        if not path.is_file():
            raise ConfigurationError(f"{path}: no such plugin file, correct the path")
        module = f"resolver_plugin_{path.stem}"
        origin = Origin(path.stem, "file", str(path), module)
        yield Found(origin, partial(_load_file, path, module))


def _load_file(path: Path, module_name: str) -> object:
    module = ModuleType(module_name)
    module.__file__ = str(path)
    sys.modules[module_name] = module
    try:
        # Not by way of a .pyc: that would lie in a folder of the user's, and two edits within a
        # second would pass for one.
        exec(compile(path.read_bytes(), str(path), "exec"), vars(module))  # noqa: S102
    except BaseException:
        del sys.modules[module_name]
        raise
    return module


def given(objects: Iterable[object]) -> Iterator[Found]:
    """Take modules and objects that a program hands over as plugins."""
    for thing in objects:
        name = getattr(thing, "__name__", type(thing).__name__)
        module = thing.__name__ if isinstance(thing, ModuleType) else type(thing).__module__
        origin = Origin(name, "object", module, module.partition(".")[0])
        yield Found(origin, partial(_itself, thing))


def _itself(thing: object) -> object:
    return thing
