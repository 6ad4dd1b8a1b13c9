"""Compiled packs: the same as the packs, and never believed when in doubt."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import tempfile
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest

from resolver.cache import KEPT, cache_file, cache_folder
from resolver.compiled import CompiledGazetteer, read_compiled, write_compiled
from resolver.errors import ConfigurationError
from resolver.gazetteer import Gazetteer
from resolver.pipeline import Resolver

PACK = """\
pack: p
entities:
  - {id: place/iran, name: Iran, type: place, same_as: {wikidata: Q794}, tags: [a]}
  - {id: person/xi, name: Xi Jinping, type: person, surnames: [Xi]}
  - {id: person/gass, name: Simon Gass, type: person}
  - {id: org/a, name: A MoD, type: x, aliases: [{text: MoD, ambiguous: true, context: {any: [UK], none: [X]}}]}
  - {id: org/b, name: B MoD, type: x, aliases: [{text: MoD, ambiguous: true, from: 2020-01-01}, "حزب‌الله"]}
  - {id: org/quds, name: Quds Force, type: x, aliases: [{text: 聖城旅, boundary: none}, {text: Qods, boundary: none}]}
roles:
  - id: role/envoy
    name: Envoy
    of: [place/iran]
    aliases: [{text: envoy, strength: weak}]
    holders: [{entity: person/gass, from: 2021-01-01}]
suppress: [Iran Street]
"""
TEXT = "The Iranian envoy: Iran's envoy Simon Gass of the MoD, UK. Iran Street. Gass, Xi Jinping. Xi. حزب الله"


@pytest.fixture
def pack(tmp_path, monkeypatch):
    monkeypatch.setenv("RESOLVER_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "p.yaml"
    path.write_text(PACK, "utf-8")
    return path


def load(pack) -> Resolver:
    return Resolver.load([pack], bundled=False, plugins=False)


def load_uncompiled(pack) -> Resolver:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RESOLVER_CACHE", "off")
        resolver = load(pack)
    assert type(resolver.gazetteer) is Gazetteer
    return resolver


def mentions(resolver: Resolver) -> list:
    return [(m, m.why) for m in resolver.resolve(TEXT, date="2022-01-01").mentions]


@pytest.mark.parametrize("starts", [1, 2])
def test_compiled_packs_find_what_the_packs_find(pack, starts):
    first = load_uncompiled(pack)
    second = [load(pack) for _ in range(starts)][-1]
    assert type(second.gazetteer) is CompiledGazetteer
    assert mentions(first) == mentions(second)
    assert len(mentions(first)) == 9
    for name in ("mod", "Xi Jinping", "iran street", "حزب الله", "qods", "聖城旅", "", "nothing"):
        known = [(a.text, a.entity_id, a.location) for a in first.gazetteer.lookup(name)]
        assert [(a.text, a.entity_id, a.location) for a in second.gazetteer.lookup(name)] == known
    assert first.gazetteer.folded_aliases() == second.gazetteer.folded_aliases()
    assert [p.name for p in second.gazetteer.packs] == ["p"]
    assert "place/iran" in second.gazetteer.owners
    assert "place/iraq" not in second.gazetteer.owners


def test_every_value_of_an_owner_comes_back(pack):
    first, second = load_uncompiled(pack).gazetteer, load(pack).gazetteer
    assert list(second.owners) == sorted(first.owners)
    assert list(second.owners.keys()) == list(second.owners)
    assert len(second.owners) == len(first.owners) == len(second.owners.values())
    assert [id_ for id_, owner in second.owners.items() if owner.id == id_] == list(second.owners)
    for id_, owner in first.owners.items():
        same = second.owners[id_]
        for name in owner.__slots__:
            values = [getattr(owner, name), getattr(same, name)]
            if name in {"aliases", "holders"}:
                values = [[[getattr(v, n) for n in v.__slots__] for v in value] for value in values]
            assert values[0] == values[1], (id_, name)


def test_the_alias_that_is_found_is_the_one_that_its_owner_lists(pack):
    gazetteer = load(pack).gazetteer
    for id_, owner in gazetteer.owners.items():
        for alias in owner.aliases:
            assert any(found is alias for found in gazetteer.lookup(alias.text)), (id_, alias.text)


def test_what_no_pack_has_is_an_error_and_no_reason_to_doubt(pack):
    gazetteer = load(pack).gazetteer
    with pytest.raises(KeyError) as raised:
        gazetteer.owners["place/iraq"]
    assert raised.value.args == ("place/iraq",)
    assert gazetteer.owners.get("place/iraq", 7) == 7
    assert cache_file([pack]).exists()


def test_a_pack_without_names_finds_nothing(pack):
    pack.write_text("pack: p\nentities: []\n", "utf-8")
    for _ in range(2):
        resolver = load(pack)
        assert type(resolver.gazetteer) is CompiledGazetteer
        assert resolver.gazetteer.folded_aliases() == ()
        assert mentions(resolver) == []


def test_a_row_is_plain_json_and_short(pack):
    load(pack)
    with closing(sqlite3.connect(cache_file([pack]))) as database:
        rows = dict(database.execute("SELECT id, row FROM owners"))
    assert rows["place/iran"].startswith('[false,"place/iran","Iran","place",[["Iran",')
    assert '"حزب‌الله"' in rows["org/b"]
    for row in rows.values():
        short = json.dumps(json.loads(row), ensure_ascii=False, separators=(",", ":"))
        assert row == short


def test_an_edit_is_seen_at_once(pack):
    load(pack)
    pack.write_text(PACK.replace("name: Iran,", "name: Iraq,"), "utf-8")
    resolver = load(pack)
    assert resolver.resolve("Iraq").mentions[0].name == "Iraq"


def test_a_wrong_pack_stays_wrong(pack):
    load(pack)
    pack.write_text("pack: NO\n", "utf-8")
    for _ in range(2):
        with pytest.raises(Exception, match="read as a boolean"):
            load(pack)


@pytest.mark.parametrize("seed", range(12))
def test_damage_anywhere_is_noticed_or_harmless(pack, seed):
    expected = mentions(load(pack))
    path = cache_file([pack])
    data = bytearray(path.read_bytes())
    rng = random.Random(seed)  # noqa: S311
    for _ in range(200):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)
    assert mentions(load(pack)) == expected


@pytest.mark.parametrize("size", [0, 1, 100, 4096, 6000, -2000, -1])
def test_a_file_cut_short_is_made_anew(pack, size):
    expected = mentions(load(pack))
    path = cache_file([pack])
    path.write_bytes(path.read_bytes()[:size])
    assert mentions(load(pack)) == expected


def test_a_row_that_was_changed_is_not_believed(pack):
    expected = mentions(load(pack))
    path = cache_file([pack])
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE owners SET row = replace(row, 'Iran', 'Iraq')")
        database.commit()
    assert mentions(load(pack)) == expected
    assert not path.exists()
    load(pack)
    assert path.exists()


def test_each_owner_that_was_changed_or_lost_is_read_from_the_packs(pack):
    load(pack)
    path = cache_file([pack])
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE owners SET row = replace(row, 'Iran', 'Iraq')")
        database.execute("DELETE FROM owners WHERE id = 'org/b'")
        database.commit()
    owners = load(pack).gazetteer.owners
    assert owners["place/iran"].name == "Iran"
    assert not path.exists()
    assert owners["org/b"].name == "B MoD"  # from now on nothing of the file is believed


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda path: path.write_bytes(path.read_bytes() + b"more"), "cut short"),
        (
            lambda path: _change(path, "UPDATE patterns SET lines = replace(lines, 'i', 'j')"),
            "checksum",
        ),
    ],
)
def test_why_a_file_is_not_believed(pack, damage, reason):
    load(pack)
    path = cache_file([pack])
    damage(path)
    with pytest.raises(ValueError, match=f"^{reason}$"):
        CompiledGazetteer(path, list)
    assert read_compiled(path, list) is None
    assert not path.exists()


def test_why_a_row_is_not_believed(pack):
    load(pack)
    path = cache_file([pack])
    _change(path, "UPDATE owners SET row = '[]' WHERE id = 'org/a'")
    compiled = CompiledGazetteer(path, list)
    with pytest.raises(ValueError, match=r"^checksum$"):
        compiled.row("owners", "id", "org/a")
    with pytest.raises(KeyError) as raised:
        compiled.row("owners", "id", "org/c")
    assert raised.value.args == ("org/c",)


def _change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(statement)
        database.commit()


class Watching(dict):
    """Owners that look into a folder while they are written there."""

    def items(self):
        self.seen = [path.name for path in self.folder.iterdir()]
        return super().items()


@pytest.fixture
def watched(pack, tmp_path) -> Gazetteer:
    gazetteer = load_uncompiled(pack).gazetteer
    gazetteer.owners = Watching(gazetteer.owners)
    gazetteer.owners.folder = tmp_path / "there"
    gazetteer.owners.folder.mkdir()
    return gazetteer


def test_what_is_half_written_lies_in_the_folder_under_a_name_of_its_own(watched, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", "/dev/null/nowhere")
    folder = watched.owners.folder
    write_compiled(watched, folder / "packs-1.sqlite")
    (name,) = watched.owners.seen
    assert name.startswith(".packs-")
    assert [path.name for path in folder.iterdir()] == ["packs-1.sqlite"]


def test_nothing_is_left_of_what_cannot_be_written(watched):
    folder = watched.owners.folder
    (folder / "packs-1.sqlite").mkdir()
    write_compiled(watched, folder / "packs-1.sqlite")
    assert watched.owners.seen[0] != watched.owners.seen[1]
    assert [path.name for path in folder.iterdir()] == ["packs-1.sqlite"]


@pytest.mark.parametrize("what", ["utime", "unlink"])
def test_a_folder_that_cannot_be_written_to_any_more_is_read(pack, monkeypatch, what):
    expected = mentions(load(pack))
    path = cache_file([pack])
    if what == "unlink":
        path.write_bytes(path.read_bytes()[:100])

    def read_only(*_, **__):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, what, read_only)
    assert mentions(load(pack)) == expected


def test_a_folder_that_others_may_write_to_is_not_used(pack, tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    folder.chmod(0o777)
    assert cache_folder() is None
    assert type(load(pack).gazetteer) is Gazetteer
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("setting", ["off", "/dev/null/nowhere"])
def test_it_works_without_a_cache(pack, monkeypatch, setting):
    monkeypatch.setenv("RESOLVER_CACHE", setting)
    for _ in range(2):
        assert type(load(pack).gazetteer) is Gazetteer


def test_only_the_last_few_are_kept(pack, tmp_path):
    for number in range(KEPT + 3):
        pack.write_text(PACK.replace("pack: p", f"pack: p{number}"), "utf-8")
        load(pack)
    files = sorted(path.name for path in (tmp_path / "cache").iterdir())
    assert len(files) == KEPT
    assert cache_file([pack]).name in files


def test_what_is_used_is_kept(pack, tmp_path):
    used = tmp_path / "used.yaml"
    used.write_text(PACK, "utf-8")
    load(used)
    for number in range(KEPT + 3):
        pack.write_text(PACK.replace("pack: p", f"pack: p{number}"), "utf-8")
        load(pack)
        load(used)
    assert cache_file([used]).is_file()


def test_packs_that_were_edited_in_use_are_not_read_instead(pack):
    resolver = load(pack)
    path = cache_file([pack])
    assert mentions(load(pack))
    pack.write_text(PACK.replace("name: Iran,", "name: Oman,"), "utf-8")
    path.unlink()
    resolver.gazetteer._connections.clear()  # as in a worker, which opens the file itself
    with pytest.raises(ConfigurationError) as raised:
        mentions(resolver)
    assert str(raised.value) == (
        "packs were edited and their compiled form was removed while they are in use, start again"
    )


def _load_in_a_process(pack, start) -> int:
    start.wait()
    return len(load(pack).resolve(TEXT).mentions)


def test_many_processes_at_once_do_not_disturb_each_other(pack, tmp_path):
    context = get_context("spawn")
    with context.Manager() as manager, context.Pool(4) as pool:
        start = manager.Event()
        results = [pool.apply_async(_load_in_a_process, (pack, start)) for _ in range(8)]
        start.set()
        assert len({result.get(60) for result in results}) == 1
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".sqlite"]


def test_what_is_not_there_is_not_read(tmp_path):
    assert read_compiled(tmp_path / "none.sqlite", []) is None
