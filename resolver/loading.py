"""Load packs: find them, read them, check them together, compile them or find them compiled."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from resolver.compiled import cache_file, read_compiled, write_compiled
from resolver.errors import ConfigurationError, PackError, Problem
from resolver.gazetteer import Gazetteer
from resolver.models import Pack
from resolver.packs import bundled_folder, pack_files
from resolver.plugins import Plugins


def load_gazetteer(
    paths: Iterable[str | Path] = (), *, bundled: bool = True, plugins: Plugins
) -> Gazetteer:
    """Load packs compiled, from the cache where they were loaded before.

    With plugins that vary aliases or build packs the outcome hangs on their code, and nothing is
    cached.

    Args:
        paths: Pack files, and folders with pack files.
        bundled: Whether to load the packs that come with resolver.
        plugins: Plugins that may bring packs and variants.

    Raises:
        PackError: All problems of all packs.
        ConfigurationError: There is no pack at all.
    """
    files = _files(paths, bundled=bundled, plugins=plugins)
    built, variants = plugins.packs(), plugins.variants()
    cached = None if variants or built else cache_file(files)
    compiled = read_compiled(cached, files) if cached else None
    if compiled:
        return compiled
    with _uncollected():
        gazetteer = Gazetteer(_read(files, built), variants)
        if cached:
            write_compiled(gazetteer, cached)
    return gazetteer


def load_packs(
    paths: Iterable[str | Path] = (), *, bundled: bool = True, plugins: Plugins | None = None
) -> tuple[Pack, ...]:
    """Read packs and check them together.

    Args:
        paths: Pack files, and folders with pack files.
        bundled: Whether to load the packs that come with resolver.
        plugins: Plugins that may bring packs.

    Raises:
        PackError: All problems of all packs.
        ConfigurationError: There is no pack at all.
    """
    built = plugins.packs() if plugins else ()
    with _uncollected():
        return _read(_files(paths, bundled=bundled, plugins=plugins), built)


def _files(paths: Iterable[str | Path], *, bundled: bool, plugins: Plugins | None) -> list[Path]:
    folders = [bundled_folder()] if bundled else []
    return pack_files([*folders, *(plugins.pack_paths() if plugins else ()), *paths])


def _read(files: Sequence[Path], built: Sequence[Pack]) -> tuple[Pack, ...]:
    from resolver.packs import check_together, read_pack

    packs = list(built)
    problems: list[Problem] = []
    for file in files:
        try:
            packs.append(read_pack(file))
        except PackError as error:
            problems += error.problems
    if problems:
        raise PackError(problems)
    if not packs:
        raise ConfigurationError("there is no pack to tag with, name one with --packs")
    check_together(packs)
    return tuple(packs)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the cyclic garbage collector.

    Loading builds hundreds of thousands of objects and no garbage cycles; looking for some again
    and again takes as long as the loading itself.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
