"""The hooks that a plugin may implement, and their contract.

A plugin is a module, or any object, with functions of these names marked by `resolver.hookimpl`. A
distribution makes it known by an entry point in the group ``resolver``::

    [project.entry-points.resolver]
    football = "resolver_football"

Hooks are called once while a `Resolver` is loaded and return data. What resolver itself brings is
contributed through the same hooks. Nothing depends on the order in which plugins are registered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from resolver.analysis import Analysis
    from resolver.findings import Rule
    from resolver.models import Alias, Document

PROJECT = "resolver"
API_VERSION = 1

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def resolver_packs() -> Iterable[str | Path]:  # type: ignore[empty-body]
    """Return pack files, or folders with pack files, to load with the others.

    Called when packs are loaded.
    """


@hookspec
def resolver_variants(alias: Alias) -> Iterable[Alias]:  # type: ignore[empty-body]
    """Return further aliases that follow from a listed one, such as other transliterations.

    Called once an alias when packs are compiled. The variants should be made with
    `dataclasses.replace`, so that they keep pack, line and conditions.

    Args:
        alias: An alias as listed in a pack.
    """


@hookspec
def resolver_rules(analyse: Callable[[Document], Analysis]) -> Iterable[Rule]:  # type: ignore[empty-body]
    """Return document rules; see `resolver.findings` for their stages and findings.

    Called once when a `Resolver` is built.

    Args:
        analyse: Finds aliases in a stretch of text without deciding anything.
    """
