"""``resolver import``: packs that load, guards and their summary, updates, no partial files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import found, resolver_of

from resolver.cli import cli
from resolver.packs import read_pack
from resolver.packs.lint import lint_packs

DATA = Path(__file__).parent / "data/importers"
FILES = {
    "csv": ["table.csv"],
    "flashtext": ["keywords.txt"],
    "ftm": ["ftm.jsonl"],
    "gate": ["lists.def"],
    "jrc": ["names.tsv"],
    "misp": ["misp.json"],
    "ofac": ["sdn.csv", "alt.csv"],
    "popolo": ["popolo.json"],
    "skos": ["skos.ttl"],
    "solr": ["synonyms.txt"],
    "spacy": ["patterns.jsonl"],
    "stix": ["stix.json"],
    "un": ["un.xml"],
    "wikidata": ["wikidata.json"],
}


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "resolver", "import", *map(str, arguments), "--no-plugins"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def imported(format_: str, folder: Path, *options: str) -> Path:
    """Import the fixture of a format in this process, which is quicker."""
    target = folder / f"{format_}.yaml"
    files = [str(DATA / file) for file in FILES[format_]]
    arguments = ["import", format_, *files, *(options or ("-o", str(target))), "--no-plugins"]
    done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return target


@pytest.mark.parametrize("format_", FILES)
def test_packs_load_without_errors_and_come_out_the_same_again(format_, tmp_path):
    target = imported(format_, tmp_path)
    first = target.read_bytes()
    pack = read_pack(target)
    assert pack.owners
    assert not [finding for finding in lint_packs([pack]) if finding.severity == "error"]
    imported(format_, tmp_path)
    assert target.read_bytes() == first
    imported(format_, tmp_path, "--update", str(target))
    assert target.read_bytes() == first


def test_what_was_done_is_said(tmp_path):
    pytest.importorskip("wordfreq")
    target = tmp_path / "misp.yaml"
    done = run("misp", DATA / "misp.json", "-o", target, "--license", "CC0-1.0")
    said = done.stderr.replace(str(DATA), "DATA").replace(str(target), "misp.yaml")
    assert said == (
        "misp.yaml: 2 entities, 0 offices, 15 names, 5 of them weak, 2 ambiguous\n"
        "  2 aliases ambiguous, several bear them: Shared Badger; shared badger\n"
        "  1 aliases under a context, ordinary words: Snow\n"
        "  2 aliases weak, rare or several words: Gilded Heron; BASALT MOTH\n"
        "  1 left out, no name: DATA/misp.json, value 3\n"
        "  8 spellings added: GildedHeron for Gilded Heron; Gildedheron for Gilded Heron; "
        "HRN77 for HRN-77; ...\n"
    )
    assert read_pack(target).license == "CC0-1.0"


def test_names_are_found_in_other_spellings_and_words_only_in_context(tmp_path):
    pytest.importorskip("wordfreq")
    resolver = resolver_of(imported("stix", tmp_path).read_text("utf-8"))
    loader = "malware/aaaaaaaa-0000-4000-8000-000000000002"
    for text in ("ZrklLoader", "Zrkl Loader"):
        assert found(resolver, f"{text} came.") == [(text, loader)]
    for text in ("QPX40", "QPX 40", "QPX-40"):
        assert found(resolver, f"{text} came.") == [(text, "threat-actor/G9040")]
    assert found(resolver, "The Anchor malware. Anchor again.") == [
        ("Anchor", loader),
        ("Anchor", loader),
    ]
    assert found(resolver, "Anchor the ship.") == []


def test_an_update_keeps_what_people_wrote(tmp_path):
    pack = tmp_path / "mine.yaml"
    pack.write_text(
        "# mine\n"
        "pack: mine\n"
        "entities:\n"
        "  - id: person/ada\n"
        "    name: Lady Ada\n"
        "    type: person\n"
        "    same_as: {wikidata: Q900001}\n"
        "    aliases: [The Countess]  # ours\n"
        "  # another one\n"
        "  - {id: org/mafx, name: MAFX, type: organisation}\n"
        "roles:\n"
        "  - id: role/post1\n"
        "    name: Minister of Samples\n"
        "    holders:\n"
        "      - {entity: person/ada, from: 2020-01-05}\n",
        "utf-8",
    )
    done = run("ftm", DATA / "ftm.jsonl", "--update", pack)
    assert done.returncode == 0, done.stderr
    assert pack.read_text("utf-8") == (
        "# mine\n"
        "pack: mine\n"
        "entities:\n"
        "  - id: person/ada\n"
        "    name: Lady Ada\n"
        "    type: person\n"
        "    same_as: {wikidata: Q900001}\n"
        "    aliases: [The Countess, Ada Exampleton, {text: Ada Sampler, kind: former}]  # ours\n"
        "  # another one\n"
        "  - {id: org/mafx, name: MAFX, type: organisation, aliases: [{text: MAFX, ambiguous: true}]}\n"
        "  - id: organisation/o1\n"
        "    name: Meridian Air Freight\n"
        "    type: organisation\n"
        "    aliases: [{text: MAFX, kind: acronym, ambiguous: true}]\n"
        "roles:\n"
        "  - id: role/post1\n"
        "    name: Minister of Samples\n"
        "    holders:\n"
        "      - {entity: person/ada, from: 2020-01-05, until: 2022}\n"
    )


def test_a_broken_file_leaves_nothing_behind(tmp_path):
    table = tmp_path / "x.json"
    table.write_bytes((DATA / "misp.json").read_bytes()[:200])
    done = run("misp", table, "-o", tmp_path / "pack.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"{table}:")
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]


def test_an_unknown_format_is_refused_with_a_suggestion():
    done = run("mips", DATA / "misp.json")
    assert (done.returncode, done.stderr) == (2, "format mips is unknown, did you mean misp?\n")


def test_a_pack_goes_to_standard_output_without_a_target():
    done = run("jrc", DATA / "names.tsv", "--pack", "names", "--source", "ours")
    assert done.stdout.startswith("# yaml-language-server")
    assert "\npack: names\nsources:\n  - ours\n" in done.stdout
