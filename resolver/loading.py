"""Load packs: find them, read them, check them together, compile them or find them compiled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from resolver.cache import cache_file, cache_name
from resolver.compiled import read_compiled, write_compiled
from resolver.errors import ConfigurationError, PackError, Problem
from resolver.garbage import uncollected
from resolver.gazetteer import Gazetteer
from resolver.models import Alias, Pack
from resolver.packs import bundled_folder, pack_files
from resolver.plugins import Plugins

# Names of so many are none, and each mention of one lists them all: a short text would not fit into
# memory.
MAX_CANDIDATES = 10_000


def load_gazetteer(
    paths: Iterable[str | Path] = (), *, bundled: bool = True, plugins: Plugins
) -> Gazetteer:
    """Load packs compiled, from the cache where they were loaded before.

    What is kept is found again by the content of all packs and of the code of plugins that vary
    aliases. Packs that plugins build in Python are not kept, nor is anything of which a plugin lost
    a part by going wrong.

    Args:
        paths: Pack files, and folders with pack files.
        bundled: Whether to load the packs that come with resolver.
        plugins: Plugins that may bring packs and variants.

    Raises:
        PackError: All problems of all packs, or an alias that names too many entities.
        ConfigurationError: There is no pack at all.
    """
    files = loaded_files(paths, bundled=bundled, plugins=plugins)
    built, key = plugins.packs(), plugins.variants_key()

    def build() -> Gazetteer:
        with uncollected():
            gazetteer = Gazetteer(_usable(files, built, plugins), plugins.variants())
        _check_candidates(gazetteer)
        return gazetteer

    cached = None if built or key is None else cache_file(files, key)
    if cached is None or key is None:
        return build()

    def rebuild() -> Gazetteer:
        if cache_name(files, key) != cached.name:
            raise ConfigurationError(
                "packs were edited and their compiled form was removed while they are in use, "
                "start again"
            )
        return build()

    with uncollected():
        compiled = read_compiled(cached, rebuild)
    if compiled:
        return compiled
    reported = plugins.reported
    gazetteer = build()
    if plugins.reported == reported:
        write_compiled(gazetteer, cached)
        # What was built takes several times the memory of what is read when it is needed.
        return read_compiled(cached, rebuild) or gazetteer
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
    with uncollected():
        return _read(loaded_files(paths, bundled=bundled, plugins=plugins), built)


def loaded_files(
    paths: Iterable[str | Path] = (), *, bundled: bool = True, plugins: Plugins | None = None
) -> list[Path]:
    """Return the pack files that are loaded, as `load_packs` takes them."""
    folders = [bundled_folder()] if bundled else []
    return pack_files([*folders, *(plugins.pack_paths() if plugins else ()), *paths])


def pack_places(packs: Iterable[str | Path | Pack]) -> set[Path]:
    """Return the files that packs come from, links followed; folders searched through.

    Raises:
        PackError: A path does not exist, or a folder has no pack in it.
    """
    named = list(packs)
    built = {Path(pack.path) for pack in named if isinstance(pack, Pack)}
    files = pack_files(pack for pack in named if not isinstance(pack, Pack))
    return {file.resolve() for file in (*built, *files)}


def _check_candidates(gazetteer: Gazetteer) -> None:
    problems = []
    every = (form.aliases for forms in gazetteer.forms.values() for form in forms)
    for aliases in (aliases for aliases in every if len(aliases) > MAX_CANDIDATES):
        first_of: dict[str, Alias] = {}
        for alias in aliases:
            if alias.entity_id:
                first_of.setdefault(alias.entity_id, alias)
        for surplus in list(first_of.values())[MAX_CANDIDATES:][:1]:
            message = f"{surplus.text} names {len(first_of)} entities, {MAX_CANDIDATES} at most"
            problems.append(
                Problem(surplus.location, f"{message}, take it out where it says least")
            )
    if problems:
        raise PackError(problems)


def _usable(files: Sequence[Path], built: Sequence[Pack], plugins: Plugins) -> tuple[Pack, ...]:
    """Read packs; of what plugins bring, leave out what cannot be used if that is allowed."""
    try:
        return _read(files, built)
    except PackError as error:
        broken = plugins.blamed(error)
        if not broken:
            raise
    usable = [file for file in files if str(file) not in broken]
    return _usable(usable, [pack for pack in built if pack.path not in broken], plugins)


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
