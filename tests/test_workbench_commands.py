"""The commands for authors of packs, as a user calls them: whole output, exit codes, files."""

from __future__ import annotations

import doctest
import json
import sys

import pytest
import yaml
from conftest import ROOT
from test_plugins import distribution

from resolver.cli import counting, main

PACK = """\
pack: demo
defaults: {type: person}
entities:
  - {id: person/gass, name: Simon Gass}   # the diplomat
  - {id: org/mod, name: Ministry of Defence, type: organisation}
examples:
  - text: "[Simon Gass](person/gass) left."
"""
ALONE = ("--no-bundled", "--no-plugins")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo.yaml").write_text(PACK, "utf-8")
    return tmp_path


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command, in this process, and return exit code, standard output and error."""

    def run_here(*args: str) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["resolver", *args])
        with pytest.raises(SystemExit) as leave:
            main()
        return (leave.value.code, *capsys.readouterr())

    return run_here


def test_lint_has_nothing_to_say(folder, run):
    code, out, err = run("lint", "demo.yaml", *ALONE)
    assert (code, out) == (0, "")
    assert err == "1 pack checked, 0 findings, 1 hint (--hints shows them)\n"
    code, out, err = run("lint", "demo.yaml", "--hints", *ALONE)
    assert code == 0
    assert out == (
        "demo.yaml:1:1: hint: aliases that no example marks, 1 of 2: Ministry of Defence "
        "(untested-alias)\n"
    )


def test_lint_formats(folder, run):
    (folder / "demo.yaml").write_text(PACK.replace("Simon Gass}", "Mask, note: '100%', aliases: [Gass]}"), "utf-8")  # fmt: skip
    code, out, _ = run("lint", "demo.yaml", "--format", "github", *ALONE)
    assert code == 1
    assert out.splitlines() == [
        "::warning file=demo.yaml,line=4,col=29,title=common-word::Mask is a common word, which a "
        "sentence may begin with, add context, strength: weak or ambiguous: true",
        "::warning file=demo.yaml,line=4,col=59,title=one-word-person::Gass alone names a person, "
        "say kind: short, nickname or weak",
    ]
    code, out, _ = run("lint", "demo.yaml", "--format", "json", *ALONE)
    assert code == 1
    assert json.loads(out)[1] == {
        "path": "demo.yaml",
        "line": 4,
        "column": 59,
        "severity": "warning",
        "check": "one-word-person",
        "message": "Gass alone names a person, say kind: short, nickname or weak",
        "mechanical": False,
    }


def test_lint_shows_only_what_stands_in_the_packs_that_are_named(folder, run):
    (folder / "other.yaml").write_text("pack: other\nentities: [{id: x, name: tick, type: x}]\n")
    code, out, err = run("lint", "demo.yaml", "--packs", "other.yaml", *ALONE)
    assert (code, out) == (0, "")
    code, out, err = run("lint", "--packs", "demo.yaml", "--packs", "other.yaml", *ALONE)
    assert code == 1
    assert err.startswith("2 packs checked, 2 findings")


def test_lint_mends_in_the_file(folder, run):
    messy = PACK.replace(
        "organisation}", 'organisation, aliases: [NO,  "Old  MoD ", OLD MOD]}  # end'
    )
    (folder / "demo.yaml").write_text(messy, "utf-8", newline="\r\n")
    code, out, err = run("lint", "demo.yaml", "--fix", *ALONE)
    assert (code, out) == (0, "")
    assert err.splitlines() == [
        'mended demo.yaml:5:76: error: alias NO is read as a boolean, quote it: "NO" (format)',
        "mended demo.yaml:5:81: error: alias begins or ends with a space, remove it: "
        '"Old  MoD" (format)',
        "mended demo.yaml:5:83: warning: Old MoD holds an invisible character or odd space, "
        "a second space, remove it (invisible-character)",
        "1 pack checked, 0 findings, 2 hints (--hints shows them)",
    ]
    mended = messy.replace("[NO,", '["NO",').replace('"Old  MoD "', '"Old MoD"')
    assert (folder / "demo.yaml").read_bytes() == mended.replace("\n", "\r\n").encode()
    assert run("lint", "demo.yaml", "--fix", "--hints", *ALONE)[0] == 0
    lines = (folder / "demo.yaml").read_bytes().splitlines()
    assert lines[4].endswith(b'aliases: ["NO",  "Old MoD"]}  # end')


def test_lint_names_what_keeps_a_pack_from_being_read(folder, run):
    (folder / "demo.yaml").write_text("pack: [p\n", "utf-8")
    code, out, err = run("lint", "demo.yaml", "--fix", *ALONE)
    assert (code, out) == (
        1,
        "demo.yaml:1:7: error: a bracket is opened and never closed (format)\n",
    )
    assert err == "1 pack checked, 1 finding\n"


def test_lint_names_a_file_that_is_no_text(folder, run):
    (folder / "demo.yaml").write_bytes(b"pack: caf\xe9\n")
    code, out, _ = run("lint", "demo.yaml", "--fix", *ALONE)
    assert code == 1
    assert out == ("demo.yaml:1:10: error: byte 9 is not UTF-8, save the file as UTF-8 (format)\n")


def test_lint_says_when_word_frequencies_are_missing(run, monkeypatch):
    monkeypatch.setattr("resolver.cli.lint.is_installed", lambda: False)
    _, _, err = run("lint", "demo.yaml", *ALONE)
    last = 'common words were not looked up, for that install "alias-resolver[lint]"'
    assert err.splitlines()[-1] == last


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (("lint", "--fix"), "name the packs to mend"),
        (("test", "--update"), "name the packs to update"),
    ],
)
def test_packs_that_are_not_named_are_not_changed(run, call, message):
    code, _, err = run(*call)
    assert (code, err.splitlines()[-1]) == (2, f"Error: {message}")


FAILING = (
    PACK
    + """\
  - text: "Simon Gass and [nobody](person/gass)"  # why
    todo: false
  - {text: "[Simon Gass](person/gass) again", todo: true}
"""
)


def test_test_shows_and_updates_what_fails(folder, run):
    (folder / "demo.yaml").write_text(FAILING, "utf-8")
    shown = [
        "demo.yaml:8:11: what is found differs from what is marked",
        "    Simon Gass and nobody",
        "    ^^^^^^^^^^ found, not marked: person/gass",
        "                   ^^^^^^ marked, not found: person/gass",
    ]
    code, out, err = run("test", "demo.yaml", *ALONE)
    assert (code, out.splitlines()) == (1, shown)
    assert err.splitlines() == [
        "demo.yaml:10:12: passes now, remove todo: true",
        "2 examples passed, 1 failed, 0 still to do",
    ]
    code, out, err = run("test", "demo.yaml", "--update", *ALONE)
    assert (code, out.splitlines()) == (0, shown)
    assert err.splitlines()[-1] == "2 examples passed, 1 updated, 0 failed, 0 still to do"
    updated = '"[Simon Gass](person/gass) and nobody"  # why'
    assert (folder / "demo.yaml").read_text("utf-8") == FAILING.replace(
        '"Simon Gass and [nobody](person/gass)"  # why', updated
    )
    assert run("test", "demo.yaml", *ALONE)[0] == 0


@pytest.fixture
def edited(folder):
    """Another version of the pack, and a corpus."""
    new = PACK.replace("name: Simon Gass", "name: Simon Gass, aliases: [Simon Garth, Gassy]")
    (folder / "new.yaml").write_text(
        new.replace("of Defence,", "of Defence, name_is_alias: false,")
    )
    (folder / "a.txt").write_text(
        "Simon Garth met Ministry of Defence people. Garth left.", "utf-8"
    )
    (folder / "b.txt").write_text("Garth, Simon Garth and Simon Garth.", "utf-8")


def test_diff_groups_differences_by_the_edit(edited, run):
    code, out, err = run("diff", "demo.yaml", "new.yaml", "a.txt", "b.txt", *ALONE)
    assert code == 1
    assert out.splitlines() == [
        'new.yaml:4:51: alias "Simon Garth" of person/gass added',
        "       3 added        Simon Garth: person/gass",
        "       2 added        Garth: person/gass  (follows, by rule surname)",
        'demo.yaml:5:25: alias "Ministry of Defence" of org/mod removed',
        "       1 lost         Ministry of Defence: org/mod",
    ]
    assert err == "2 documents compared: 5 added, 1 lost, 0 re-resolved, 0 moved\n"
    _, out, _ = run("diff", "demo.yaml", "new.yaml", "b.txt", "--show", "1", *ALONE)
    assert out.splitlines()[-1] == "         and 1 more surface"


def test_diff_of_what_moved_or_became_something_else(edited, folder, run):
    other = PACK.replace("Ministry of Defence,", "Ministry of Defence people,").replace(
        "examples:",
        "  - {id: person/x, name: Xi, aliases: [{text: Simon Gass, kind: short}]}\nexamples:",
    )
    (folder / "other.yaml").write_text(
        other.replace("name: Simon Gass", "name: Simon Garth"), "utf-8"
    )
    (folder / "c.txt").write_text("Simon Gass met Ministry of Defence people.", "utf-8")
    _, out, err = run("diff", "demo.yaml", "other.yaml", "c.txt", *ALONE)
    assert out.splitlines() == [
        'other.yaml:5:25: alias "Ministry of Defence people" of org/mod added',
        "       1 moved        Ministry of Defence -> Ministry of Defence people: org/mod",
        'other.yaml:6:47: alias "Simon Gass" of person/x added',
        "       1 re-resolved  Simon Gass: person/gass -> person/x",
    ]
    assert err == "1 document compared: 0 added, 0 lost, 1 re-resolved, 1 moved\n"


def test_diff_of_nothing_and_as_json(edited, run):
    code, out, err = run("diff", "demo.yaml", "demo.yaml", "a.txt", *ALONE)
    assert (code, out) == (0, "")
    assert err == "1 document compared: 0 added, 0 lost, 0 re-resolved, 0 moved\n"
    _, out, _ = run("diff", "demo.yaml", "new.yaml", "a.txt", "--format", "json", *ALONE)
    groups = json.loads(out)
    assert groups[1]["edit"] == {
        "what": "removed",
        "noun": "alias",
        "text": "Ministry of Defence",
        "entity_id": "org/mod",
        "keys": [],
        "location": {"path": "demo.yaml", "line": 5, "column": 25},
    }
    assert groups[0]["differences"][1] == {
        "change": "added",
        "document": "a.txt",
        "rule": "surname",
        "old": None,
        "new": {"start": 44, "end": 49, "surface": "Garth", "said": "person/gass"},
    }


def test_diff_takes_settings_that_load_the_pack_itself(edited, folder, run):
    (folder / "resolver.toml").write_text('packs = ["demo.yaml"]\nbundled = false\n', "utf-8")
    code, _, err = run("diff", "demo.yaml", "new.yaml", "a.txt", "nowhere.txt", "--no-plugins")
    assert code == 2
    assert err.splitlines() == [
        "nowhere.txt: no such file or folder, correct the path",
        "1 document compared: 2 added, 1 lost, 0 re-resolved, 0 moved",
    ]


@pytest.fixture
def corpus(folder):
    (folder / "c.txt").write_text(
        "He met Simon Gass. Later Simon Garth left, and Lucy Harrow, too.", "utf-8"
    )


def test_suggest_lists_and_accepts(corpus, folder, run):
    call = ("suggest", "c.txt", "--packs", "demo.yaml", *ALONE)
    code, out, err = run(*call)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "   1  Simon Garth, nearly Simon Gass (person/gass): 76 % alike, the same given name, "
        "mentioned in the same document; 1 place in 1 document",
        "      c.txt:25  ...He met Simon Gass. Later [Simon Garth] left, and Lucy Harrow, too....",
        "   2  Lucy Harrow; 1 place in 1 document",
        "      c.txt:47  ...Simon Gass. Later Simon Garth left, and [Lucy Harrow], too....",
    ]
    code, out, err = run(*call, "--accept", "1", "--pack", "demo.yaml", "--kind", "garbled")
    assert (code, out, err) == (0, "", "demo.yaml: 1 added\n")
    code, out, err = run(
        *call, "--accept", "1", "--pack", "new/people.yaml", "--as", "person/lucy-harrow"
    )
    assert code == 2
    assert err == f"new/people.yaml: the folder {folder}/new does not exist, make it first\n"
    code, out, err = run(
        *call, "--accept", "1", "--pack", "people.yaml", "--as", "person/lucy-harrow"
    )
    assert (code, err) == (0, "people.yaml: 1 added\n")
    accepted = "aliases: [{text: Simon Garth, kind: garbled, source: seen in c.txt}]"
    assert accepted in (folder / "demo.yaml").read_text("utf-8")
    assert (folder / "people.yaml").read_text("utf-8") == (
        "# yaml-language-server: $schema=pack.schema.json\n"
        "pack: people\n"
        "entities:\n"
        "  - {id: person/lucy-harrow, name: Lucy Harrow, type: person, source: seen in c.txt}\n"
    )
    code, out, err = run(*call, "--packs", "people.yaml")
    assert (code, out, err) == (0, "", "")


def test_suggest_as_json(corpus, run):
    _, out, _ = run("suggest", "c.txt", "--packs", "demo.yaml", "--format", "json", *ALONE)
    first, second = json.loads(out)
    assert first["near"]["entity_id"] == "person/gass"
    assert (second["number"], second["surface"], second["near"]) == (2, "Lucy Harrow", None)
    assert second["places"][0]["start"] == 47


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--accept", "1"), "say with --pack which pack gets what is accepted"),
        (("--accept", "3", "--pack", "demo.yaml"), "there is no suggestion 3, there are 2"),
        (("--accept", "a", "--pack", "demo.yaml"), "a is no list of numbers, write it as 1,4"),
        (("--accept", "2", "--pack", "demo.yaml"), "Lucy Harrow is near no alias, say what it names with --as ID"),
    ],
)  # fmt: skip
def test_suggest_accepts_nothing_without_knowing_what(corpus, folder, options, message, run):
    code, out, err = run("suggest", "c.txt", "--packs", "demo.yaml", *options, *ALONE)
    assert (code, out) == (2, "")
    assert err.strip().endswith(message)
    assert (folder / "demo.yaml").read_text("utf-8") == PACK


def test_coverage_lists_what_is_missing_and_what_never_fires(corpus, run):
    call = ("coverage", "c.txt", "--packs", "demo.yaml", *ALONE)
    code, out, err = run(*call)
    assert (code, err) == (0, "1 document, 1 mention\n")
    assert out.splitlines() == ["     1      1  Lucy Harrow", "     1      1  Simon Garth"]
    assert run(*call, "--unknown", "1")[1].splitlines() == ["     1      1  Lucy Harrow"]
    code, out, err = run(*call, "--unused")
    assert out == "demo.yaml:5:25: Ministry of Defence of org/mod never fires\n"


def test_evaluate_scores_and_lists_errors(folder, run):
    record = {
        "id": "d",
        "text": "Simon Gass met Lucy Harrow.",
        "mentions": [
            {"start": 0, "end": 10, "canonical": "Simon Gass", "kind": "full"},
            {"start": 15, "end": 26, "canonical": "Lucy Harrow", "kind": "full"},
        ],
    }
    (folder / "gold.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    code, out, err = run("evaluate", "gold.jsonl", "--packs", "demo.yaml", *ALONE)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "precision 1.0000",
        "recall    0.5000",
        "F1        0.6667",
        "gold 2, right 1, wrong 0, spurious 0, missed 1, abstained 0",
        "  full           recall 0.500 of 2",
        "   1 missed, expected Lucy Harrow: Simon Gass met [Lucy Harrow]. (d)",
    ]


def test_evaluate_takes_no_gold_outside_the_text(folder, run):
    spans = [(0, 11), (-4, 10), (4, 4), (6, 5), (0, 10)]
    records = (
        {"id": f"n{n}", "text": "Simon Gass", "mentions": [{"start": 0, "end": 10}, mention]}
        for n, mention in enumerate(
            {"start": s, "end": e, "canonical": "Simon Gass"} for s, e in spans
        )
    )
    (folder / "gold.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    code, out, err = run("evaluate", "gold.jsonl", "--packs", "demo.yaml", *ALONE)
    assert code == 2
    assert "gold 1, right 1, wrong 0, spurious 0, missed 0, abstained 0" in out.splitlines()
    assert err.splitlines() == [
        f"n{n}: a mention from {s} to {e} is no stretch of a text of 10 characters, correct it"
        for n, (s, e) in enumerate(spans[:-1])
    ]


def test_evaluate_takes_nothing_for_gold_that_lists_no_mentions(folder, run):
    lines = (
        '{"id": "a", "text": "Simon Gass"}',
        '{"id": "b", "text": "Simon Gass", "mentions": [{"start": 0, "canonical": "Simon Gass"}]}',
        '{"id": "c", "text": "nothing", "mentions": []}',
    )
    (folder / "gold.jsonl").write_text("\n".join(lines), "utf-8")
    code, out, err = run("evaluate", "gold.jsonl", "--packs", "demo.yaml", *ALONE)
    assert code == 2
    assert "gold 0, right 0, wrong 0, spurious 0, missed 0, abstained 0" in out.splitlines()
    assert err.splitlines() == [
        "a: is no gold, list under mentions what is to be found",
        "b: a mention is incomplete, write start, end, and canonical or entity_id",
    ]


def test_hooks_of_pre_commit_call_commands(run):
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in hooks] == ["resolver-lint", "resolver-test"]
    for hook in hooks:
        program, command = hook["entry"].split()
        assert (program, run(command, "--help")[0]) == ("resolver", 0)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete(shell, run, monkeypatch):
    monkeypatch.setenv("_RESOLVER_COMPLETE", f"{shell}_source")
    code, out, _ = run()
    assert (code, "_resolver_completion" in out) == (0, True)
    monkeypatch.setenv("_RESOLVER_COMPLETE", f"{shell}_complete")
    monkeypatch.setenv("COMP_WORDS", "resolver sugg")
    monkeypatch.setenv("COMP_CWORD", "sugg" if shell == "fish" else "1")
    code, out, _ = run()
    assert (code, "suggest" in out) == (0, True)


def test_counts_of_one_are_not_plural():
    assert doctest.testmod(counting).failed == 0


BUILT = """\
from dataclasses import replace

from resolver import hookimpl
from resolver.models import Alias, Entity, Pack


@hookimpl
def resolver_packs():
    garth = Entity("person/garth", "Simon Garth", "person", (Alias("Simon Garth", ""),))
    return [Pack("built", "", entities=(garth,))]


@hookimpl
def resolver_variants(alias):
    return [replace(alias, text=alias.text.upper() + "S")]
"""


def test_diff_has_packs_and_variants_of_plugins_on_both_sides(folder, run):
    (folder / "built.py").write_text(BUILT, "utf-8")
    new = PACK.replace("Simon Gass}", "Simon Gassing}") + "suppress: [Simon Garth]\n"
    (folder / "new.yaml").write_text(new, "utf-8")
    (folder / "a.txt").write_text("Simon Garth is well. SIMON GASSS is not.", "utf-8")
    call = ("diff", "demo.yaml", "new.yaml", "a.txt", "--no-bundled", "--plugin-file", "built.py")
    code, out, err = run(*call, "--show", "3")
    assert code == 1
    assert out.splitlines() == [
        'demo.yaml:4:29: alias "Simon Gass" of person/gass removed',
        "       1 lost         SIMON GASSS: person/gass",
        'new.yaml:8:12: suppression "Simon Garth" added',
        "       1 lost         Simon Garth: person/garth",
    ]
    assert err == "1 document compared: 0 added, 2 lost, 0 re-resolved, 0 moved\n"
    (folder / "own.yaml").write_text(
        "pack: built\nentities: [{id: person/garth, name: Simon Garth, type: ghost}]\n", "utf-8"
    )
    code, out, _ = run("diff", "own.yaml", "own.yaml", "a.txt", *call[4:])
    assert (code, out) == (0, "")


BRINGING = """\
from pathlib import Path

from resolver import hookimpl


@hookimpl
def resolver_packs():
    return [Path(__file__).with_name("theirs.yaml")]
"""


@pytest.fixture
def theirs(folder, monkeypatch):
    """An installed plugin that brings a pack, and what its pack holds."""
    site = folder / "site"
    site.mkdir()
    distribution(site, "bringing", BRINGING)
    monkeypatch.syspath_prepend(site)
    yield site / "theirs.yaml"
    sys.modules.pop("bringing", None)


THEIRS = "pack: theirs\nentities: [{id: x, name: tick, type: x, aliases: [Simon Gass]}]\n"


def test_lint_says_only_what_the_author_of_a_pack_can_mend(folder, theirs, run):
    theirs.write_text(THEIRS, "utf-8")
    code, out, err = run("lint", "demo.yaml", "--no-bundled")
    assert (code, out) == (
        1,
        f"demo.yaml:4:29: error: Simon Gass of person/gass is also an alias of x ({theirs}:2:51), "
        "declare it ambiguous: true or strength: weak, or remove it (shared-alias)\n",
    )
    assert err.startswith("1 pack checked, 1 finding, ")
    assert run("lint", "--packs", "demo.yaml", "--no-bundled")[1] == out
    weak = "[{text: Simon Gass, strength: weak}]"
    theirs.write_text(THEIRS.replace("[Simon Gass]", weak), "utf-8")
    assert run("lint", "demo.yaml", "--no-bundled")[:2] == (0, "")


def test_lint_checks_what_is_named(folder, theirs, run):
    theirs.write_text(THEIRS, "utf-8")
    _, out, err = run("lint", "--plugin", "bringing", "--no-bundled")
    assert err.startswith("1 pack checked, 2 findings, ")
    assert [line.removeprefix(str(theirs)).partition(": ")[0] for line in out.splitlines()] == [
        ":1:1",
        ":2:26",
    ]
    named = ("--plugin", "bringing", "--packs", "demo.yaml", "--no-bundled")
    assert run("lint", *named)[2].startswith("2 packs checked, 4 findings, ")
    _, out, err = run("lint", "demo.yaml", *named)
    assert out.endswith("declare ambiguous: true on each, or remove all but one (shared-alias)\n")
    assert err.startswith("1 pack checked, 1 finding, ")


def test_lint_of_the_bundled_packs_heeds_no_plugin(folder, run):
    (folder / "bringing.py").write_text(BRINGING, "utf-8")
    (folder / "theirs.yaml").write_text("pack: [", "utf-8")
    _, out, err = run("lint", "--format", "json")
    assert "theirs.yaml" not in out + err
    code, out, err = run("lint", "--plugin-file", "bringing.py")
    assert code == 1
    assert out.startswith("theirs.yaml:1:7: error: ")
