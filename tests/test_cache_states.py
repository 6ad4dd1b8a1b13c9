"""Whatever becomes of packs and of the cache: what is loaded is what the packs say.

After every step a resolver that may use the cache is compared with one that may not, in this
process or in another one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import ClassVar

import pytest
from alphabet import share
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

import resolver.cache
from resolver.errors import ResolverError
from resolver.pipeline import Resolver

# Packs of which any may stand beside any other, and two that fit nothing.
PACKS = [
    "entities: [{id: place/iran, name: Iran, type: place, tags: [a], same_as: {wikidata: Q794}}]",
    "entities: [{id: place/iran, name: Iran (country), type: place, aliases: [IRAN, Iran]}]",
    "entities:\n"
    "  - {id: org/a, name: A MoD, type: x, aliases: [{text: MoD, ambiguous: true, context: {any: [UK]}}]}\n"
    "  - {id: org/b, name: B MoD, type: x, aliases: [{text: MoD, ambiguous: true, from: 2020-01-01}]}",
    "entities: [{id: person/gass, name: Simon Gass, type: person}]\n"
    "roles: [{id: role/envoy, name: Envoy, aliases: [{text: envoy, strength: weak}],"
    " holders: [{entity: person/gass, from: 2021-01-01}]}]",
    "suppress: [Iran Street, {text: 頭疼}]\n"
    "entities: [{id: x/e, name: İstanbul, type: x, aliases: ['حزب‌الله', {text: 頭, boundary: none}]}]",
    "entities: [{id: x/none, name: NO, type: x}]",
    "entities: [{id: NO",
]
TEXT = "The envoy Simon Gass of the MoD, UK: IRAN, Iran Street, Iran’s MoD. Gass in I\u0307stanbul, 頭疼 頭. حزب الله"
NAMES = ["a.yaml", "b.yaml", "c.yaml"]
LOOKED_UP = ["iran", "mod", "istanbul", "simon gass", "頭", "nothing"]


def loaded(folder: str, cache: str) -> list:
    """Load packs, and return all that can be found out about them, or why they cannot be loaded."""
    os.environ["RESOLVER_CACHE"] = cache
    try:
        resolver = Resolver.load([folder], bundled=False, plugins=False)
        mentions = resolver.resolve(TEXT, date="2022-01-01").mentions
        # Twice: what was read once is remembered.
        assert resolver.resolve(TEXT, date="2022-01-01").mentions == mentions
    except ResolverError as error:
        return [str(error)]
    gazetteer = resolver.gazetteer
    owners = [
        (owner.id, owner.name, owner.type, owner.tags, owner.same_as, owner.location)
        for owner in sorted(gazetteer.owners.values(), key=lambda owner: owner.id)
    ]
    known = [[(a.text, a.entity_id, a.location) for a in gazetteer.lookup(n)] for n in LOOKED_UP]
    reasons = [(mention[:-1], mention.why) for mention in mentions]
    return [reasons, owners, known, gazetteer.folded_aliases()]


class Cache(RuleBasedStateMachine):
    """A folder of packs, and one of compiled ones."""

    others: ClassVar[ProcessPoolExecutor]

    @initialize(text=st.sampled_from(PACKS[:5]))
    def begin(self, text):
        self.folder = Path(tempfile.mkdtemp())
        self.packs, self.cache = self.folder / "packs", self.folder / "cache"
        self.packs.mkdir()
        self.write("a.yaml", text)

    def teardown(self):
        for folder in (self.folder, self.cache):
            if folder.is_dir():
                folder.chmod(0o700)
        shutil.rmtree(self.folder)

    # The packs

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from(PACKS))
    def write(self, name, text):
        (self.packs / name).write_text(f"pack: {name[0]}\n{text}\n", "utf-8")

    @rule(name=st.sampled_from(NAMES))
    def remove(self, name):
        (self.packs / name).unlink(missing_ok=True)

    @rule(name=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
    def move(self, name, other):
        if (self.packs / name).exists():
            (self.packs / name).replace(self.packs / other)

    @rule(name=st.sampled_from(NAMES), seconds=st.integers(0, 2_000_000_000))
    def touch(self, name, seconds):
        if (self.packs / name).exists():
            os.utime(self.packs / name, (seconds, seconds))

    # The cache

    def _compiled(self, data) -> Path | None:
        found = sorted(self.cache.glob("packs-*")) if self.cache.is_dir() else []
        files = [file for file in found if file.is_file()]
        return data.draw(st.sampled_from(files)) if files else None

    @rule(data=st.data(), part=st.floats(0, 1), bits=st.lists(st.integers(0, 255), min_size=1))
    def damage(self, data, part, bits):
        if file := self._compiled(data):
            content = bytearray(file.read_bytes())
            for number, bit in enumerate(bits):
                if content:
                    content[(int(part * len(content)) + number) % len(content)] ^= bit
            file.write_bytes(content)

    @rule(data=st.data(), part=st.floats(0, 1))
    def cut_short(self, data, part):
        if file := self._compiled(data):
            content = file.read_bytes()
            file.write_bytes(content[: int(part * len(content))])

    @rule(data=st.data(), becomes=st.sampled_from(["nothing", "a folder", "a dead link"]))
    def take_away(self, data, becomes):
        if file := self._compiled(data):
            file.unlink()
            if becomes == "a folder":
                file.mkdir()
            elif becomes == "a dead link":
                file.symlink_to("nowhere")

    @rule()
    def remove_the_folder(self):
        if self.cache.is_dir():
            shutil.rmtree(self.cache)
        else:
            self.cache.unlink(missing_ok=True)

    @rule()
    def a_file_stands_there(self):
        if not self.cache.exists():
            self.cache.write_text("Iran", "utf-8")

    @rule(mode=st.sampled_from([0o500, 0o000, 0o777, 0o700]))
    def change_rights(self, mode):
        if self.cache.is_dir():
            self.cache.chmod(mode)

    # Who loads

    @rule(other=st.booleans())
    def load(self, other):
        call = self.others.submit if other else None
        arguments = str(self.packs), str(self.cache)
        found = call(loaded, *arguments).result() if call else loaded(*arguments)
        assert found == loaded(str(self.packs), "off")

    @rule()
    def load_with_another_version(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(resolver.cache, "version", lambda _: "0.0.other")
            found = loaded(str(self.packs), str(self.cache))
        assert found == loaded(str(self.packs), "off")


def test_what_is_loaded_is_what_the_packs_say(monkeypatch):
    monkeypatch.setenv("RESOLVER_CACHE", "off")  # and what it was comes back
    with ProcessPoolExecutor(1, get_context("spawn")) as others:
        Cache.others = others
        run_state_machine_as_test(Cache, settings=share(0.3, steps=20))
