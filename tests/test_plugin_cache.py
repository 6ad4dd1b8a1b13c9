"""Packs with the variants of plugins are kept compiled, and never served when a plugin changed."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from test_plugins import DEMO, distribution, run

from resolver import Resolver, hookimpl
from resolver.cache import cache_folder
from resolver.compiled import CompiledGazetteer
from resolver.gazetteer import Gazetteer
from resolver.plugins import load_plugins

PACK = """\
pack: demo
entities:
  - {id: place/iran, name: Iran, type: place}
  - {id: person/gass, name: Simon Gass, type: person}
"""
VARIANTS = """\
from dataclasses import replace

from resolver import hookimpl


@hookimpl
def resolver_variants(alias):
    if alias.text == "Iran":
        return [replace(alias, text=VARIANT)]
"""
TEXT = "Persia, Farsia, Simon Gass"


def source(variant: str) -> str:
    """A plugin that gives Iran another name; texts of one length make files of one size."""
    return VARIANTS.replace("VARIANT", repr(variant))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "demo.yaml").write_text(PACK, "utf-8")
    return tmp_path


def tagged(folder: Path, *args: str) -> list[str]:
    """Tag in a process of its own, and return the surfaces."""
    cache = str(folder / "cache")
    code, out, err = run(folder, "tag", "-", *DEMO, *args, stdin=TEXT, RESOLVER_CACHE=cache)
    assert (code, err) == (0, "")
    return [mention["surface"] for mention in json.loads(out)["mentions"]]


def kept(folder: Path) -> int:
    return len(list((folder / "cache").glob("packs-*.sqlite")))


def test_a_plugin_file_that_was_changed_is_seen_at_once(folder):
    plugin = folder / "names.py"
    for variant, number in [("Persia", 1), ("Persia", 1), ("Farsia", 2), ("Persia", 2)]:
        plugin.write_text(source(variant), "utf-8")
        assert tagged(folder, "--plugin-file", "names.py") == [variant, "Simon Gass"]
        assert kept(folder) == number
    assert not (folder / "__pycache__").exists()


def test_a_module_that_was_changed_is_seen_though_its_version_stays(folder):
    distribution(folder / "site", "names", source("Persia"))
    assert tagged(folder) == tagged(folder) == ["Persia", "Simon Gass"]
    assert kept(folder) == 1
    (folder / "site/names.py").write_text(source("Farsia") + "# and more\n", "utf-8")
    assert tagged(folder) == ["Farsia", "Simon Gass"]


def test_a_table_beside_the_module_counts_too(folder):
    distribution(folder / "site", "names", None, entry="names.hooks")
    package = folder / "site/names"
    package.mkdir()
    (package / "__init__.py").write_text("", "utf-8")
    (package / "hooks.py").write_text(
        "from pathlib import Path\n"
        + VARIANTS.replace("VARIANT", "Path(__file__).with_name('table.txt').read_text()"),
        "utf-8",
    )
    for variant, number in [("Persia", 1), ("Persia", 1), ("Farsia", 2)]:
        (package / "table.txt").write_text(variant, "utf-8")
        assert tagged(folder) == [variant, "Simon Gass"]
        assert kept(folder) == number


def test_of_a_namespace_package_only_the_part_of_the_plugin_counts(folder):
    distribution(folder / "site", "names", None, entry="shared.names:plugin")
    part = folder / "site/shared/names"
    part.mkdir(parents=True)
    (part / "__init__.py").write_text(source("Persia") + "\n\nimport sys\n", "utf-8")
    with (part / "__init__.py").open("a", encoding="utf-8") as file:
        file.write("plugin = sys.modules[__name__]\n")
    assert tagged(folder) == ["Persia", "Simon Gass"]
    (folder / "site/shared/other.py").write_text("", "utf-8")
    assert tagged(folder) == ["Persia", "Simon Gass"]
    assert kept(folder) == 1


@pytest.mark.parametrize("what", ["names-dist", "needed-dist"])
def test_another_version_is_another_plugin(folder, what):
    site = folder / "site"
    distribution(site, "names", source("Persia"))
    with (site / "names_dist-1.0.dist-info/METADATA").open("a", encoding="utf-8") as file:
        file.write("Requires-Dist: needed-dist>=1\n")
    distribution(site, "needed", None)
    (site / "needed_dist-1.0.dist-info/entry_points.txt").unlink()
    assert tagged(folder) == ["Persia", "Simon Gass"]
    metadata = site / f"{what.replace('-', '_')}-1.0.dist-info/METADATA"
    metadata.write_text(metadata.read_text("utf-8").replace(" 1.0", " 1.1"), "utf-8")
    assert tagged(folder) == ["Persia", "Simon Gass"]
    assert kept(folder) == 2


def test_with_and_without_a_plugin_are_kept_apart(folder):
    distribution(folder / "site", "names", source("Persia"))
    assert tagged(folder) == ["Persia", "Simon Gass"]
    assert tagged(folder, "--no-plugins") == ["Simon Gass"]
    assert kept(folder) == 2


def test_a_plugin_can_say_that_it_is_not_to_be_kept(folder):
    (folder / "names.py").write_text("resolver_cache = False\n" + source("Persia"), "utf-8")
    assert tagged(folder, "--plugin-file", "names.py") == ["Persia", "Simon Gass"]
    assert kept(folder) == 0


def test_what_lost_a_part_is_not_kept_and_warned_of_each_time(folder):
    wrong = source("Persia").replace(
        "    if ", '    if alias.text == "Simon Gass":\n        1 / 0\n    if '
    )
    (folder / "names.py").write_text(wrong, "utf-8")
    warnings = []
    for _ in range(2):
        code, _, err = run(
            folder, "tag", "-", *DEMO, "--plugin-file", "names.py", "--allow-broken-plugins",
            stdin=TEXT, RESOLVER_CACHE=str(folder / "cache"),
        )  # fmt: skip
        assert code == 0
        warnings.append(err)
    assert (
        warnings
        == [
            "warning: names.py:9: plugin names (names.py) raised ZeroDivisionError: division by zero in "
            "resolver_variants; mend it\n"
        ]
        * 2
    )
    assert kept(folder) == 0


def load(folder: Path) -> Resolver:
    plugins = load_plugins(installed=False, files=[folder / "names.py"])
    return Resolver.load([folder / "demo.yaml"], bundled=False, plugins=plugins)


def test_the_second_start_finds_the_same_with_the_same_reasons(folder, monkeypatch):
    (folder / "names.py").write_text(source("Persia"), "utf-8")
    monkeypatch.setenv("RESOLVER_CACHE", "off")
    first = load(folder)
    assert type(first.gazetteer) is Gazetteer
    monkeypatch.setenv("RESOLVER_CACHE", str(folder / "cache"))
    load(folder)
    second = load(folder)
    assert type(second.gazetteer) is CompiledGazetteer
    found = [[(m, m.why) for m in r.resolve(TEXT).mentions] for r in (first, second)]
    assert found[0] == found[1]
    assert [mention.surface for mention, _ in found[1]] == ["Persia", "Simon Gass"]


def test_what_is_damaged_is_made_anew_with_variants(folder, monkeypatch):
    monkeypatch.setenv("RESOLVER_CACHE", str(folder / "cache"))
    (folder / "names.py").write_text(source("Persia"), "utf-8")
    load(folder)
    (path,) = (folder / "cache").iterdir()
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE forms SET row = replace(row, 'Persia', 'Persic')")
        database.execute("UPDATE owners SET row = replace(row, 'Iran', 'Iraq')")
        database.commit()
    second = load(folder)
    assert type(second.gazetteer) is CompiledGazetteer
    assert [m.name for m in second.resolve(TEXT).mentions] == ["Iran", "Simon Gass"]


def test_objects_of_a_program_are_not_kept(folder, monkeypatch):
    class Names:
        @hookimpl
        def resolver_variants(self):
            return []

    monkeypatch.setenv("RESOLVER_CACHE", str(folder / "cache"))
    plugins = load_plugins(installed=False, objects=[Names()])
    Resolver.load([folder / "demo.yaml"], bundled=False, plugins=plugins)
    assert list(cache_folder().iterdir()) == []
