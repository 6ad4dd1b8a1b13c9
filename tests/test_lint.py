"""Lint: every check beside a twin that is right, hints, and what is mended."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from resolver.errors import PackError
from resolver.packs import parse_pack
from resolver.packs.lint import find_hints, frequency, lint_packs
from resolver.packs.lint.mending import findings_of, mended

CASES = yaml.safe_load((Path(__file__).parent / "cases/lint.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_findings(case):
    findings = lint_packs([parse_pack(case["pack"], "p.yaml")])
    found = [str(finding) for finding in findings if finding.check != "no-examples"]
    assert sorted(found) == sorted(f"p.yaml:{line}" for line in case["findings"])


def test_a_pack_without_examples():
    pack = parse_pack("pack: p\nentities: [{id: a, name: Iran, type: place}]\n", "p.yaml")
    assert [str(finding) for finding in lint_packs([pack])] == [
        "p.yaml:1:1: warning: pack p has no examples, add some under examples: (no-examples)"
    ]
    assert lint_packs([parse_pack("pack: p\nsuppress: [Times Square]\n")]) == []


def test_packs_are_checked_together():
    packs = [
        parse_pack(f"pack: {name}\nentities: [{{id: {name}, name: Ann Lee, type: person}}]", name)
        for name in ("one", "two")
    ]
    shared = [finding for finding in lint_packs(packs) if finding.check == "shared-alias"]
    assert [finding.location.path for finding in shared] == ["one", "two"]


ELSEWHERE = "is also an alias of theirs (theirs.yaml:2:40), declare it ambiguous: true or strength: weak, or remove it (shared-alias)"


@pytest.mark.parametrize(
    ("mine", "theirs", "is_found"),
    [
        pytest.param("", "", True, id="both are always meant"),
        pytest.param("", "strength: weak", False, id="theirs is weak"),
        pytest.param("", "strength: weak, ambiguous: true", False, id="theirs is weak too"),
        pytest.param("", "ambiguous: true", True, id="theirs is always a candidate"),
        pytest.param("", "context: {any: [x]}", False, id="theirs asks for a word"),
        pytest.param("", "context: {entities: [mine]}", False, id="theirs asks for an entity"),
        pytest.param("", "context: {none: [x]}", True, id="theirs is only kept away by a word"),
        pytest.param("", "ambiguous: true, context: {any: [x]}", True, id="theirs prefers a word"),
        pytest.param("strength: weak", "", False, id="mine is weak"),
        pytest.param("ambiguous: true", "", False, id="mine is ambiguous"),
        pytest.param("context: {any: [x]}", "", True, id="mine asks for a word"),
        pytest.param("case: exact", "case: exact", True, id="both letter for letter"),
        pytest.param("text: MARLIN, case: exact", "text: Marlin, case: exact", False, id="apart"),
    ],
)
def test_what_others_bring_is_nobody_elses_to_declare(mine, theirs, is_found):
    packs = [
        parse_pack(
            f"pack: {name}\nentities: [{{id: {name}, name: {name} Ltd, type: x, aliases: [{{text: Marlin, {traits}}}]}}]\n"
            f"examples: [{{text: nothing}}]\n".replace("text: Marlin, text:", "text:"),
            f"{name}.yaml",
        )
        for name, traits in (("mine", mine), ("theirs", theirs))
    ]
    assert not [f for pack in packs for f in lint_packs([pack]) if f.check == "shared-alias"]
    found = [str(f) for f in lint_packs(packs[:1], packs[1:]) if f.check == "shared-alias"]
    place = packs[1].entities[0].aliases[-1].location
    message = ELSEWHERE.replace("theirs.yaml:2:40", str(place))
    own = packs[0].entities[0].aliases[-1]
    assert found == [f"{own.location}: error: {own.text} of mine {message}"] * is_found


def test_two_packs_may_not_both_take_a_name_for_granted():
    packs = [
        parse_pack(
            f"pack: {name}\nentities: [{{id: {name}, name: {name} Ltd, type: x, aliases: [{{text: Marlin, ambiguous: true, default: true}}]}}]\n"
            "examples: [{text: nothing}]\n",
            f"{name}.yaml",
        )
        for name in ("mine", "theirs")
    ]
    assert [str(finding) for finding in lint_packs(packs[:1], packs[1:])] == [
        "mine.yaml:2:65: warning: Marlin is the default of mine and of theirs (theirs.yaml:2:69), "
        "remove default: true (two-defaults)"
    ]


def test_in_what_stands_beside_nothing_is_found_fault_with():
    beside = parse_pack(MESSY, "theirs.yaml")
    own = parse_pack(CLEAN.replace("pack: p", "pack: q").replace("id: ", "id: q"), "mine.yaml")
    assert lint_packs([beside]) != []
    found = lint_packs([own], [beside])
    assert {finding.location.path for finding in found} == {"mine.yaml"}
    assert find_hints([], [beside]) == []


HINTED = """\
pack: p
defaults: {type: org}
entities:
  - {id: a, name: Fancy Bear, aliases: [Sofacy, fancy bear, Fancy Béar, {text: FANCY BEAR, kind: acronym}]}
  - {id: b, name: Pawn Storm, aliases: [{text: Storm, ambiguous: true}]}
examples:
  - text: "[SOFACY](a) and [Storm](?), [Pawn Storm](b)."
"""


def test_hints():
    assert [str(finding) for finding in find_hints([parse_pack(HINTED, "p.yaml")])] == [
        "p.yaml:1:1: hint: aliases that no example marks, 4 of 7: Fancy Bear, fancy bear, Fancy Béar, "
        "... (untested-alias)",
        "p.yaml:4:61: hint: Fancy Bear in line 4 finds Fancy Béar already, remove it "
        "(needless-alias)",
    ]


def test_without_word_frequencies_no_word_is_common(monkeypatch):
    monkeypatch.setattr(frequency, "is_installed", lambda: False)
    frequency._zipf.cache_clear()
    assert not frequency.is_common("tick")
    assert not frequency.is_inflected("mask")
    frequency._zipf.cache_clear()


WRONG = """\
# what this is
pack: p
defaults: {type: org}
entities:
  - {id: a, name: "Fancy Bear ", aliases: [NO, Sofacy]}  # two faults
  - id: b
    name: 007
    aliases: [Bond # James
      ]
"""


def test_faults_of_quoting_and_spaces_are_mended(tmp_path):
    path = tmp_path / "p.yaml"
    path.write_text(WRONG, "utf-8")
    with pytest.raises(PackError) as error:
        parse_pack(WRONG, str(path))
    findings = findings_of(error.value)
    assert [(f.severity, f.check, f.replacement) for f in findings] == [
        ("error", "format", "Fancy Bear"),
        ("error", "format", "NO"),
        ("error", "format", "007"),
        ("error", "format", None),
    ]
    assert mended(WRONG, findings) == WRONG.replace('"Fancy Bear "', '"Fancy Bear"').replace(
        "[NO,", '["NO",'
    ).replace("name: 007", 'name: "007"')


def test_a_file_that_is_not_there_has_nothing_to_mend():
    with pytest.raises(PackError) as error:
        parse_pack("pack: NO\n", "nowhere.yaml")
    assert [finding.replacement for finding in findings_of(error.value)] == [None]


MESSY = """\
pack: p
defaults: {type: org}
entities:
  # a comment
  - id: a
    name: Fancy Bear
    aliases:
      - "Sofacy"   # first
      - "P\u0430wn Storm"
      - "Sofacy"   # again

  - {id: b, name: Tsar Team, aliases: ["Tsar\u200b Group",   Tsar Gang,  Tsar Gang ]}
examples: [{text: "[Sofacy](a)"}]
"""
CLEAN = """\
pack: p
defaults: {type: org}
entities:
  # a comment
  - id: a
    name: Fancy Bear
    aliases:
      - "Sofacy"   # first
      - "Pawn Storm"

  - {id: b, name: Tsar Team, aliases: ["Tsar Group",   Tsar Gang ]}
examples: [{text: "[Sofacy](a)"}]
"""


def test_mending_keeps_comments_and_layout():
    findings = lint_packs([parse_pack(MESSY, "p.yaml")])
    assert mended(MESSY, findings) == CLEAN
    assert lint_packs([parse_pack(CLEAN, "p.yaml")]) == []


def test_what_is_not_mechanical_is_left():
    text = "pack: p\nentities: [{id: a, name: Uni\u0442, type: org}]\nexamples: [{text: nothing}]\n"
    (finding,) = lint_packs([parse_pack(text, "p.yaml")])
    assert finding.replacement is None
    assert mended(text, [finding]) == text
