"""Which packs are loaded: those that come along, those of plugins, those that are named."""

from __future__ import annotations

import pytest

from resolver import hookimpl
from resolver.compiled import CompiledGazetteer
from resolver.errors import ConfigurationError, PackError, PluginError
from resolver.gazetteer import Gazetteer
from resolver.loading import load_gazetteer, load_packs, loaded_files, pack_places
from resolver.models import Alias, Entity, Pack
from resolver.packs import bundled_folder
from resolver.plugins import Plugins, load_plugins, stop

IRAN = "pack: iran\nentities: [{id: place/iran, name: Iran, type: place}]\n"
GASS = "pack: gass\nentities: [{id: person/gass, name: Simon Gass, type: person}]\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with two packs; what is compiled lies beside it."""
    monkeypatch.setenv("RESOLVER_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "iran.yaml").write_text(IRAN, "utf-8")
    (folder / "gass.yaml").write_text(GASS, "utf-8")
    return folder


TWICE = """\
from resolver import hookimpl
from resolver.models import Alias, Entity, Pack


@hookimpl
def resolver_packs():
    return [Pack("twice", "", entities=(Entity("x/air", "Ayr", "x", (Alias("Ayr", ""),)),))]
"""


def built(name: str, path: str = "") -> Pack:
    """A pack as plugins make it in Python, which has one entity."""
    entity = Entity(f"x/{name}", name.title(), "x", (Alias(name.title(), ""),))
    return Pack(name, path, entities=(entity,))


def bringing(*packs, files=(), on_error=stop) -> Plugins:
    """The plugins that come with resolver, some in files, and one that brings some packs."""

    class Bringer:
        @hookimpl
        def resolver_packs(self):
            return packs

    return load_plugins(installed=False, files=files, objects=[Bringer()], on_error=on_error)


def names(packs) -> list[str]:
    return [pack.name for pack in packs]


def loaded(*paths, plugins: Plugins | None = None) -> Gazetteer:
    return load_gazetteer(paths, bundled=False, plugins=plugins or bringing())


def test_packs_of_plugins_stand_between_those_that_come_along_and_those_that_are_named(folder):
    plugins = bringing(folder / "gass.yaml", built("air"))
    named = folder / "iran.yaml"
    come_along = sorted(bundled_folder().glob("*.yaml"))
    assert loaded_files([named], plugins=plugins) == [*come_along, folder / "gass.yaml", named]
    assert loaded_files([named]) == [*come_along, named]
    assert loaded_files([named], bundled=False) == [named]
    assert loaded_files([str(named)], bundled=False, plugins=plugins)[-1] == named
    assert names(load_packs([named], bundled=False, plugins=plugins)) == ["air", "gass", "iran"]
    assert names(load_packs([named], bundled=False)) == ["iran"]
    assert names(loaded(named, plugins=plugins).packs) == ["air", "gass", "iran"]


@pytest.mark.parametrize("load", [load_packs, load_gazetteer])
def test_no_pack_at_all_is_an_error(load, monkeypatch):
    monkeypatch.setenv("RESOLVER_CACHE", "off")
    with pytest.raises(ConfigurationError) as raised:
        load(bundled=False, plugins=bringing())
    assert str(raised.value) == "there is no pack to tag with, name one with --packs"


def test_all_problems_of_all_packs_are_told_at_once(folder):
    (folder / "iran.yaml").write_text("pack: NO\n", "utf-8")
    (folder / "gass.yaml").write_text(GASS.replace("type", "typ"), "utf-8")
    with pytest.raises(PackError) as raised:
        load_packs([folder], bundled=False)
    assert str(raised.value) == (
        f"{folder}/gass.yaml:2:48: entity has no key typ, did you mean type?\n"
        f'{folder}/iran.yaml:1:7: file pack NO is read as a boolean, quote it: "NO"'
    )


def test_packs_of_files_that_plugins_bring_are_compiled_with_the_others(folder):
    plugins = bringing(folder / "gass.yaml")
    for _ in range(2):
        gazetteer = loaded(folder / "iran.yaml", plugins=plugins)
        assert type(gazetteer) is CompiledGazetteer
        assert gazetteer.folded_aliases() == ("iran", "simon gass")


def test_packs_that_plugins_build_are_never_found_compiled(folder):
    named = folder / "iran.yaml"
    for name in ("air", "sea"):
        gazetteer = loaded(named, plugins=bringing(built(name)))
        assert gazetteer.folded_aliases() == tuple(sorted([name, "iran"]))
    assert loaded(named).folded_aliases() == ("iran",)
    assert not isinstance(loaded(named, plugins=bringing(built("air"))), CompiledGazetteer)


def test_what_cannot_be_used_of_plugins_is_left_out_where_that_is_allowed(folder):
    (folder / "iran.yaml").write_text("pack: NO\n", "utf-8")
    (folder / "twice.py").write_text(TWICE, "utf-8")
    brought = [folder / "iran.yaml", folder / "gass.yaml", built("air")]
    files = [folder / "twice.py"]
    reported: list[PluginError] = []
    plugins = bringing(*brought, files=files, on_error=reported.append)
    assert names(loaded(plugins=plugins).packs) == ["air", "gass"]
    messages = [fault.message for error in reported for fault in error.faults]
    assert [message.partition(", first at ")[0] for message in messages] == [
        f"{folder}/iran.yaml:1:7: plugin Bringer (object) brings a pack that cannot be used: file "
        'pack NO is read as a boolean, quote it: "NO"; mend it',
        f"{folder}/twice.py:5:1: plugin twice ({folder}/twice.py) brings a pack that cannot be used: "
        "id x/air is given twice",
    ]
    with pytest.raises(PluginError) as raised:
        loaded(plugins=bringing(*brought, files=files))
    assert [fault.message for fault in raised.value.faults] == messages[:1]


def test_what_cannot_be_used_of_the_users_own_is_never_left_out(folder):
    (folder / "iran.yaml").write_text("pack: NO\n", "utf-8")
    reported: list[PluginError] = []
    plugins = bringing(folder / "gass.yaml", on_error=reported.append)
    with pytest.raises(PackError) as raised:
        loaded(folder / "iran.yaml", plugins=plugins)
    assert str(raised.value) == (
        f'{folder}/iran.yaml:1:7: file pack NO is read as a boolean, quote it: "NO"'
    )
    assert reported == []


def test_the_places_of_packs_are_files_with_links_followed(folder):
    link = folder.parent / "link.yaml"
    link.symlink_to(folder / "iran.yaml")
    assert pack_places([link, built("air", "air.py")]) == {
        folder / "iran.yaml",
        folder.cwd() / "air.py",
    }
    assert pack_places(iter([folder])) == {folder / "iran.yaml", folder / "gass.yaml"}
    with pytest.raises(PackError) as raised:
        pack_places([built("air", "air.py"), folder / "none.yaml"])
    assert str(raised.value) == (f"{folder}/none.yaml:1:1: does not exist, name a pack or a folder")
