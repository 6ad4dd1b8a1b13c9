"""Packs compiled: as they are on the disk, and as they are being edited.

An *edition* is all loaded packs with the open ones in some state. It is built once, away from the
requests that are answered meanwhile, and known by a key that says what went into it, so that two
pages that edit the same pack do not meet.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from resolver.errors import PackError, Problem
from resolver.gazetteer import Gazetteer
from resolver.loading import loaded_files
from resolver.models import Pack
from resolver.packs import check_together, parse_pack, read_pack
from resolver.pipeline import Resolver
from resolver.playground.layers import LayeredGazetteer
from resolver.playground.pack_files import PackFile, digest_of
from resolver.plugins import Plugins


@dataclass(frozen=True, slots=True)
class Loading:
    """What is loaded beside the open packs, and how, as the options of commands say it.

    Attributes:
        words: The options that make another command load the same and the open packs.
    """

    packs: tuple[str, ...]
    bundled: bool
    plugins: Plugins
    engine: str
    without_rules: tuple[str, ...]
    words: tuple[str, ...] = ()


class Edition(NamedTuple):
    """Packs compiled.

    Attributes:
        key: What it is known by.
        resolver: Made of them.
        packs: The open packs in it, those with errors left out; ``None`` where they were found
            compiled and not read.
    """

    key: str
    resolver: Resolver
    packs: tuple[Pack, ...] | None = None


@lru_cache(maxsize=128)
def parsed(name: str, text: str) -> Pack | tuple[Problem, ...]:
    """Return a pack, or what is wrong with it; remembered, since most packs stay as they are."""
    try:
        return parse_pack(text, name)
    except PackError as error:
        return error.problems


def key_of(texts: Mapping[str, str]) -> str:
    """Return what an edition with these texts of the open packs is known by."""
    return digest_of(*(part for pair in sorted(texts.items()) for part in pair))


class Builder:
    """Builds editions. It is slow and is called from one thread of its own.

    Packs that were never edited since the start are compiled once, and those that were are laid
    over them.
    """

    def __init__(self, loading: Loading, files: Sequence[PackFile]) -> None:
        """Take what is loaded, and which of it is open."""
        self._loading = loading
        self._paths = {file.path for file in files if file.path}
        self._begun_with = {file.name: file.text for file in files}
        self._edited: set[str] = set()
        self._others: tuple[Pack, ...] | None = None
        self._below: tuple[frozenset[str], Gazetteer] | None = None

    def first(self, files: Sequence[PackFile]) -> Edition:
        """Return the edition of the disk: at once if all is in order and was compiled before.

        Raises:
            PackError: A pack that is not open cannot be used.
            ResolverError: So with a plugin or an option.
        """
        loading = self._loading
        texts = {file.name: file.text for file in files if file.path}
        named = [*loading.packs, *texts]
        try:
            if not (named or loading.bundled or loading.plugins.pack_paths()):
                return self.build({})
            resolver = Resolver.load(
                named,
                bundled=loading.bundled,
                plugins=loading.plugins,
                engine=loading.engine,
                without_rules=loading.without_rules,
            )
        except PackError as error:
            if not any(Path(p.location.path).resolve() in self._paths for p in error.problems):
                raise
            return self.build(texts)
        return Edition(key_of(texts), resolver)

    def build(self, texts: Mapping[str, str]) -> Edition:
        """Build an edition; open packs that have errors are left out of it.

        Args:
            texts: The open packs by name.

        Raises:
            PackError: A pack that is not open cannot be used.
        """
        self._edited |= {n for n, text in texts.items() if text != self._begun_with.get(n)}
        fitting = self._fitting([pack for pack in _parsed(texts) if isinstance(pack, Pack)])
        edited = [pack for pack in fitting if pack.path in self._edited]
        still = [pack for pack in fitting if pack.path not in self._edited]
        loading = self._loading
        resolver = Resolver(
            LayeredGazetteer(self._compiled(still), Gazetteer(edited, loading.plugins.variants())),
            engine=loading.engine,
            plugins=loading.plugins,
            without_rules=loading.without_rules,
        )
        return Edition(key_of(texts), resolver, tuple(fitting))

    def _fitting(self, own: Sequence[Pack]) -> Sequence[Pack]:
        """Return those of the open packs that fit the others."""
        others = self.others()
        try:
            check_together([*others, *own])
        except PackError:
            fitting: list[Pack] = []
            for pack in own:
                with suppress(PackError):
                    check_together([*others, *fitting, pack])
                    fitting.append(pack)
            return fitting
        return own

    def _compiled(self, still: Sequence[Pack]) -> Gazetteer:
        """Return the packs that stay as they were, compiled again only when one stays no longer."""
        names = frozenset(pack.path for pack in still)
        if self._below is None or self._below[0] != names:
            packs = [*self.others(), *still]
            self._below = names, Gazetteer(packs, self._loading.plugins.variants())
        return self._below[1]

    def problems(self, texts: Mapping[str, str]) -> list[Problem]:
        """Return what is wrong with open packs, each by itself and together with all others.

        As long as the others are still being read, only what is wrong with each by itself.
        """
        checked = _parsed(texts)
        problems = [p for found in checked if not isinstance(found, Pack) for p in found]
        if problems or self._others is None:
            return problems
        try:
            check_together([*self._others, *(pack for pack in checked if isinstance(pack, Pack))])
        except PackError as error:
            return list(error.problems)
        return []

    def others(self) -> tuple[Pack, ...]:
        """Return the packs that are not open, read when first asked for, which takes seconds."""
        if self._others is None:
            plugins = self._loading.plugins
            files = loaded_files(
                self._loading.packs, bundled=self._loading.bundled, plugins=plugins
            )
            read = [read_pack(file) for file in files if file.resolve() not in self._paths]
            self._others = (*plugins.packs(), *read)
            # They stay as long as the process does: no need to look for garbage in them.
            gc.collect()
            gc.freeze()
        return self._others


def _parsed(texts: Mapping[str, str]) -> list[Pack | tuple[Problem, ...]]:
    return [parsed(name, text) for name, text in texts.items()]
