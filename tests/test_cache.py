"""Where compiled packs are kept, and under which names."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from resolver.cache import KEPT, cache_file, cache_folder, cache_name, forget_oldest


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """The folder that the environment names; it is not there yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RESOLVER_CACHE", str(tmp_path / "far/away"))
    return tmp_path / "far/away"


@pytest.mark.parametrize("umask", [0o022, 0])
def test_a_folder_is_made_for_its_owner_alone(folder, umask):
    before = os.umask(umask)
    try:
        assert cache_folder() == folder
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert cache_folder() == folder


def test_none_is_made_where_it_is_off(folder, monkeypatch, tmp_path):
    monkeypatch.setenv("RESOLVER_CACHE", "off")
    assert cache_folder() is None
    assert cache_file([]) is None
    assert list(tmp_path.iterdir()) == []


def test_it_is_the_users_cache_where_nothing_is_said(monkeypatch, tmp_path):
    monkeypatch.delenv("RESOLVER_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "alias-resolver"


@pytest.mark.parametrize(("mode", "used"), [(0o755, True), (0o720, False), (0o702, False)])
def test_others_may_read_it_but_not_write_to_it(folder, mode, used):
    folder.mkdir(parents=True)
    folder.chmod(mode)
    assert (cache_folder() == folder) is used


def test_a_folder_of_somebody_else_is_not_used(folder, monkeypatch):
    if os.getuid() == 0:
        folder.mkdir(mode=0o700, parents=True)
        os.chown(folder, 12_345, -1)
    else:
        monkeypatch.setenv("RESOLVER_CACHE", "/usr")
    assert cache_folder() is None


def test_the_name_of_a_file_tells_apart_all_that_matters(folder, tmp_path):
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    odd = tmp_path / os.fsdecode(b"caf\xe9.yaml")
    for path in (one, two, odd):
        path.write_text("pack: p")
    names = [
        cache_file([one]),
        cache_file([two]),
        cache_file([one, two]),
        cache_file([two, one]),
        cache_file([one], "variants"),
        cache_file([one], os.fsdecode(b"caf\xe9")),
        cache_file([odd]),
    ]
    one.write_text("pack: q")
    names.append(cache_file([one]))
    assert len(set(names)) == len(names)
    one.write_text("pack: p")
    assert cache_file([one]) == cache_file([one], "") == names[0]
    assert {path.parent for path in names} == {folder}
    assert folder / cache_name([one]) == names[0]


def test_packs_that_are_not_there_have_no_file(folder, tmp_path):
    assert cache_file([tmp_path / "none.yaml"]) is None


def test_the_oldest_are_forgotten(folder):
    folder.mkdir(parents=True)
    for age in range(KEPT + 3):
        path = folder / f"packs-{age:02}.sqlite"
        path.touch()
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    (folder / "other.sqlite").touch()
    forget_oldest(folder)
    kept = sorted(path.name for path in folder.iterdir())
    assert kept == ["other.sqlite", *(f"packs-{age:02}.sqlite" for age in range(KEPT))]
