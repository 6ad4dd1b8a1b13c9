"""The hooks that a plugin may implement, and their contract.

A plugin is a module, or any object, with functions of these names marked by `resolver.hookimpl`. It
implements the hooks that it needs, and of their parameters takes those that it needs. A
distribution makes it known by an entry point in the group ``resolver``::

    [project.entry-points.resolver]
    football = "resolver_football"

It may say which versions of this interface it was written for: ``resolver_api = 1``, or
``resolver_api = range(1, 3)`` for 1 and 2; and ``resolver_cache = False`` if its variants follow
from more than its code. Names that begin with ``resolver_`` are kept for hooks and for these, so
that a misspelt one is noticed.

Hooks return data, and ``None`` or nothing when they have none to give. They are called while
things are loaded, never for a document. What resolver itself brings is contributed through the same
hooks. Nothing depends on the order in which plugins are registered: where order shows, it is that
of names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    import click

    from resolver.analysis import Analysis
    from resolver.findings import Rule
    from resolver.importers import Importer
    from resolver.models import Alias, Document, Pack
    from resolver.readers import Reader
    from resolver.writers import Writer

PROJECT = "resolver"

# Goes up when a hook, or a value that hooks exchange, changes so that plugins have to change too.
API_VERSION = 1

hookspec: pluggy.HookspecMarker = pluggy.HookspecMarker(PROJECT)
hookimpl: pluggy.HookimplMarker = pluggy.HookimplMarker(PROJECT)


@hookspec
def resolver_packs() -> Iterable[str | Path | Pack]:  # type: ignore[empty-body]
    """Return packs to load with the others.

    Called once when packs are loaded, before any is read. All packs are checked together, those
    of plugins like any other.

    Returns:
        Files, folders of files, and `Pack` values built in Python. The values of a `Pack` need no
        locations, and its aliases need neither ``pack`` nor ``entity_id``; unlike in a file, the
        name of an entity is an alias only if it is listed as one.
    """


@hookspec
def resolver_variants(alias: Alias) -> Iterable[Alias]:  # type: ignore[empty-body]
    """Return further aliases that follow from a listed one, such as other transliterations.

    Called once an alias when packs are compiled, suppressions left out. Variants of variants are
    not asked for. They are kept with the compiled packs until the code of the plugin changes.

    Args:
        alias: An alias as listed in a pack.

    Returns:
        Aliases of the same entity, best made with `dataclasses.replace`, so that they keep pack,
        line and conditions. One that has the text of ``alias`` is left out.
    """


@hookspec
def resolver_rules(analyse: Callable[[Document], Analysis]) -> Iterable[Rule]:  # type: ignore[empty-body]
    """Return document rules, which propose mentions, refuse them, or speak for them.

    Called once when a `Resolver` is built. The rules are then called once a document at their
    stage, in the order of their names; see `resolver.findings` for stages and findings. Findings
    of a stage are collected before any is used, so that rules do not see those of one another.

    Args:
        analyse: Finds aliases in a stretch of text without deciding anything.

    Returns:
        Rules whose names no other plugin uses; ``--without-rule NAME`` switches one off.
    """


@hookspec
def resolver_readers() -> Iterable[Reader]:  # type: ignore[empty-body]
    """Return formats that documents can be read from.

    Called once when documents are to be read. What a reader raises loses the rest of that file
    and no other.

    Returns:
        Readers whose names and suffixes no other plugin uses.
    """


@hookspec
def resolver_writers() -> Iterable[Writer]:  # type: ignore[empty-body]
    """Return formats that results can be written in.

    Called once when results are to be written.

    Returns:
        Writers whose names no other plugin uses.
    """


@hookspec
def resolver_importers() -> Iterable[Importer]:  # type: ignore[empty-body]
    """Return formats of tables that ``resolver import`` can make packs of.

    Called once when something is to be imported.

    Returns:
        Importers whose names no other plugin uses.
    """


@hookspec
def resolver_commands() -> Iterable[click.Command]:  # type: ignore[empty-body]
    """Return commands that stand beside those of resolver.

    Called for ``resolver --help``, and when a command is called that is none of resolver's own.
    `resolver.cli.options` has the options that resolver's commands share.

    Returns:
        Commands whose names neither resolver nor another plugin uses.
    """
