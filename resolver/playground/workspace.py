"""What a running playground holds: open packs, their editions, and two threads that work.

One thread resolves, in the order of the requests: Python runs one at a time in any case, and no
request waits for ever behind a crowd. The other builds editions and compares them, which takes
longer. Everything else here runs in the thread of the server, so that nothing needs a lock.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeVar

from resolver.errors import Problem, ResolverError
from resolver.models import Document
from resolver.playground.editions import Builder, Edition, Loading, key_of, parsed
from resolver.playground.pack_files import PackFile, open_again
from resolver.playground.worker import Worker
from resolver.workbench.comparison import Comparison, Difference

MAX_WAITING = 256
_KEPT = 3

Answer = TypeVar("Answer")


class BusyError(Exception):
    """More requests wait than can be answered in good time."""


class Workspace:
    """The state of one playground.

    Attributes:
        loading: What is loaded.
        files: The open packs by name, as they were last seen on the disk.
        saved: The edition of that.
    """

    def __init__(self, loading: Loading, files: Sequence[PackFile]) -> None:
        """Load all packs.

        Raises:
            PackError: A pack that is not open cannot be used.
            ResolverError: So with a plugin or an option.
        """
        self.loading = loading
        self.files = {file.name: file for file in files}
        self._builder = Builder(loading, files)
        self.saved = self._builder.first(files)
        self._recent: OrderedDict[str, Edition] = OrderedDict()
        self._comparison: tuple[Edition, Edition, Comparison] | None = None
        self._resolving = Worker("resolving")
        self._building = Worker("building")
        self._waiting = 0

    def start(self) -> None:
        """Begin to read in the background what edits will need."""
        self._settling = asyncio.create_task(self._settle())

    def stop(self) -> None:
        """Let nobody wait for an answer any longer."""
        self._settling.cancel()
        self._resolving.stop()
        self._building.stop()

    async def work(self, function: Callable[..., Answer], *arguments: object) -> Answer:
        """Call a function in the thread that resolves.

        Raises:
            BusyError: Too many calls wait.
        """
        if self._waiting >= MAX_WAITING:
            raise BusyError
        self._waiting += 1
        try:
            return await self._resolving.call(function, *arguments)
        finally:
            self._waiting -= 1

    def edition(self, key: str | None) -> Edition | None:
        """Return an edition that was built, that of the disk for ``None``."""
        if key is None or key == self.saved.key:
            return self.saved
        edition = self._recent.get(key)
        if edition:
            self._recent.move_to_end(key)
        return edition

    async def build(self, texts: Mapping[str, str]) -> Edition:
        """Return the edition with these texts of the open packs, built if need be."""
        known = self.edition(key_of(texts))
        if known and known.packs is not None:
            return known
        edition = await self._building.call(self._builder.build, dict(texts))
        self._recent[edition.key] = edition
        while len(self._recent) > _KEPT:
            self._recent.popitem(last=False)
        return edition

    async def problems(self, texts: Mapping[str, str]) -> list[Problem]:
        """Return what is wrong with texts of the open packs."""
        for name, text in texts.items():  # one at a time, so that other requests get their turn
            await self.work(parsed, name, text)
        return await self.work(self._builder.problems, dict(texts))

    async def look_at_disk(self) -> None:
        """Read the open packs again, and build their edition if they have changed."""
        self.files = {name: open_again(file) for name, file in self.files.items()}
        if key_of(self._texts_on_disk()) != self.saved.key:
            await self._settle()

    async def _settle(self) -> None:
        """Make the edition of the disk the saved one."""
        with suppress(ResolverError):  # whoever builds the next edition is told
            self.saved = await self.build(self._texts_on_disk())

    def _texts_on_disk(self) -> dict[str, str]:
        return {file.name: file.text for file in self.files.values() if file.path}

    async def differences(self, edition: Edition, document: Document) -> list[Difference]:
        """Return what an edition finds in a document that the packs on the disk do not, and why.

        That takes as long as to resolve it four times, so it is done where nobody waits at a key.
        """
        saved = self.saved
        if saved.packs is None:
            saved = self.saved = await self.build(self._texts_on_disk())
        known = self._comparison
        if known is None or known[0] is not saved or known[1] is not edition:
            compare = partial(Comparison, saved.resolver, edition.resolver)
            known = self._comparison = saved, edition, await self._building.call(compare)
        return await self._building.call(known[2].differences, document)
