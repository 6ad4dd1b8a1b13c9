"""``resolver import``: packs that load, guards and their summary, updates, no partial files."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT, found, resolver_of

from resolver.cli import cli
from resolver.errors import PackError
from resolver.models import Alias, Entity, Pack
from resolver.packs import pieces, read_pack
from resolver.packs.lint import lint_packs
from resolver.packs.writing import pack_text

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
        "  aliases ambiguous, several bear them (2): Shared Badger; shared badger\n"
        "  aliases under a context, ordinary words (1): Snow\n"
        "  aliases weak, rare or several words (2): Gilded Heron; BASALT MOTH\n"
        "  left out, no name (1): DATA/misp.json, value 3\n"
        "  spellings added (8): GildedHeron for Gilded Heron; Gildedheron for Gilded Heron; "
        "HRN77 for HRN-77; ...\n"
    )
    assert read_pack(target).license == "CC0-1.0"


def test_columns_that_nobody_asked_for_are_named(tmp_path):
    table, target = tmp_path / "clubs.csv", tmp_path / "clubs.yaml"
    table.write_text("name,Also known as,Ground\nShamrock Rovers F.C.,Hoops,Tallaght\n", "utf-8")
    said = run("csv", table, "-o", target).stderr.replace(str(table), "clubs.csv")
    line = (
        "  left out, a column that no option names (2): clubs.csv, Also known as; clubs.csv, Ground"
    )
    assert line in said.splitlines()
    said = run("csv", table, "-o", target, "--option", "alias=Also known as").stderr
    assert "Also known as" not in said


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


def test_an_update_says_what_came_and_does_not_bring_back_what_is_left_out(tmp_path):
    table, pack = tmp_path / "x.csv", tmp_path / "x.yaml"
    table.write_text(
        "id,name,aliases\nt/1,Exampletown,Old Ex|Little Ex\nt/2,Sampleville,\n", "utf-8"
    )
    assert run("csv", table, "-o", pack).returncode == 0
    text = pack.read_text("utf-8").replace("Little Ex, ", "").replace(", Little Ex", "")
    text = text.replace("  - {id: t/2, name: Sampleville}\n", "")
    pack.write_text(text.replace("entities:", "left_out: [Little Ex, t/2]\nentities:"), "utf-8")
    before = pack.read_text("utf-8")
    assert run("csv", table, "--update", pack).returncode == 0
    assert pack.read_text("utf-8") == before
    table.write_text(table.read_text("utf-8") + "t/1,,New Ex\nt/3,Exmouthville,\n", "utf-8")
    done = run("csv", table, "--update", pack)
    assert done.stderr.replace(str(pack), "x.yaml") == (
        "x.yaml: 2 entities, 0 offices, 4 names, 0 of them weak, 0 ambiguous\n"
        "  entries added (1): Exmouthville\n"
        "  names added (1): New Ex for Exampletown\n"
    )


def test_a_weak_name_that_a_strong_one_finds_anyway_is_no_weaker(tmp_path):
    table, pack = tmp_path / "x.csv", tmp_path / "x.yaml"
    weak = "Exámpletown,x,weak,\nexampletown,x,weak,\nSampleville,x,weak,\n"
    table.write_text(f"alias,id,strength,name\nExampletown,x,,Exampletown\n{weak}", "utf-8")
    assert run("csv", table, "-o", pack, "--option", "default_type=place").returncode == 0
    (town,) = read_pack(pack).entities
    assert {alias.text: alias.strength for alias in town.aliases} == {
        "Exampletown": "strong",
        "Exámpletown": "strong",
        "exampletown": "weak",  # finds the name in small letters too
        "Sampleville": "weak",
    }


PEAK = """
import sys, tracemalloc
from resolver.cli import cli
tracemalloc.start()
cli.main(sys.argv[1:], standalone_mode=False)
print(tracemalloc.get_traced_memory()[1])
"""


def peak(format_: str, table: Path) -> int:
    """Return how much memory an import takes at most, in bytes."""
    command = ["import", format_, str(table), "-o", str(table.with_suffix(".yaml")), "--no-plugins"]
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *command], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.parametrize("format_", ["un", "ofac", "jrc"])
def test_memory_does_not_grow_with_the_table(format_, tmp_path):
    rows = {
        "un": (
            "<L>",
            "<INDIVIDUAL><DATAID>{0}</DATAID><FIRST_NAME>Ada {0}</FIRST_NAME><INDIVIDUAL_ALIAS>"
            "<QUALITY>Good</QUALITY><ALIAS_NAME>Exampleton {0}</ALIAS_NAME></INDIVIDUAL_ALIAS>"
            "</INDIVIDUAL>\n",
            "</L>",
        ),
        "ofac": ("", "{0},\"EX {0}, Ada\",individual,,,,,,,,,a.k.a. 'ADA {0}'.\n", ""),
        "jrc": ("", "{0}1\tP\tu\tAda+{0}\n{0}1\tP\tde\tEda+{0}\n", ""),
    }
    begin, row, end = rows[format_]
    peaks = []
    for count in (600, 1_800):
        table = tmp_path / f"{count}.txt"
        table.write_text(begin + "".join(row.format(n) for n in range(count)) + end, "utf-8")
        peaks.append(peak(format_, table))
    assert peaks[1] - peaks[0] < 2_000_000, peaks  # as a list, 1,200 entries take 8 MB


def test_a_pack_is_written_in_pieces_as_it_would_be_as_a_whole(monkeypatch):
    read = read_pack(ROOT / "rules/events.yaml")
    monkeypatch.setattr(pieces, "_OWNERS", 7)
    head = Pack("events", "", title="A title", sources=("ours",), left_out=("x",))
    whole = replace(head, entities=read.entities, roles=read.roles)
    types = Counter(entity.type for entity in read.entities)
    usual = max(types, key=lambda type_: (types[type_], type_))
    assert "".join(pieces.pack_pieces(head, whole.owners, usual)) == pack_text(whole)


def test_values_that_no_pack_can_hold_stop_before_they_are_written():
    wrong = Entity("x/1", "X", "x", (Alias("X", "x/1", kind="nonsense"),))
    with pytest.raises(
        PackError, match=r"pack p, from x/1 on:\d+:\d+: alias kind nonsense is unknown"
    ):
        list(pieces.pack_pieces(Pack("p", ""), [wrong], "x"))
