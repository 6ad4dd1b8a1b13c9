"""Scores against gold annotations."""

from __future__ import annotations

import pytest
from conftest import resolver_of

from resolver.models import Document
from resolver.workbench.evaluation import Error, Score, most_frequent, name_key, score_result

PACK = """\
pack: p
entities:
  - {id: iran, name: Iran, type: place}
  - {id: gass, name: Simon Gass (diplomat), type: person, aliases: [Simon Gass, {text: Simon Garth, kind: garbled}]}
  - {id: gb-mod, name: British MoD, type: org, aliases: [{text: MoD, ambiguous: true}]}
  - {id: in-mod, name: Indian MoD, type: org, aliases: [{text: MoD, ambiguous: true}]}
roles:
  - {id: envoy, name: Special Envoy}
"""
COUNTS = ("gold", "right", "wrong", "spurious", "missed", "abstained")


def gold(text: str, surface: str, **fields) -> dict:
    """Return a gold mention of the first place of a surface."""
    start = text.index(surface)
    return {"start": start, "end": start + len(surface), **fields}


def score_of(text: str, *mentions: dict, by: str = "kind") -> Score:
    """Return the score of one text."""
    score = Score()
    result = resolver_of(PACK).resolve(Document(text, "d", fields={"mentions": list(mentions)}))
    score_result(result, score, by)
    return score


TEXT = "Iran met Simon Garth of the MoD."
CASES = [
    pytest.param([gold(TEXT, "Iran", entity_id="iran")], (1, 1, 0, 1, 0, 0), id="by id"),
    pytest.param([gold(TEXT, "Iran", entity_id="gass")], (1, 0, 1, 1, 0, 0), id="another id"),
    pytest.param([gold(TEXT, "Iran", canonical="the IRAN")], (1, 1, 0, 1, 0, 0), id="by name"),
    pytest.param([gold(TEXT, "Simon Garth", canonical="Simon Gass")], (1, 1, 0, 1, 0, 0), id="but for the brackets"),
    pytest.param([gold(TEXT, "Simon Garth", name="Gass", also_accept=["Simon Gass"])], (1, 1, 0, 1, 0, 0), id="accepted too"),
    pytest.param([gold(TEXT, "Simon", canonical="Simon Gass")], (1, 0, 0, 2, 1, 0), id="another span"),
    pytest.param([gold(TEXT, "MoD", canonical="Indian MoD")], (1, 0, 0, 2, 0, 1), id="ambiguous, and a candidate is right"),
    pytest.param([gold(TEXT, "MoD", canonical="French MoD")], (1, 0, 0, 2, 0, 0), id="ambiguous, and none is"),
    pytest.param([], (0, 0, 0, 2, 0, 0), id="nothing is claimed of an ambiguous one"),
]  # fmt: skip


@pytest.mark.parametrize(("mentions", "counts"), CASES)
def test_counts(mentions, counts):
    score = score_of(TEXT, *mentions)
    assert tuple(getattr(score, name) for name in COUNTS) == counts


def test_shares():
    text = "Iran, Iran and Simon Gass"
    score = score_of(
        text,
        gold(text, "Iran", canonical="Iran"),
        {"start": 6, "end": 10, "canonical": "Iraq"},
        gold(text, "and", canonical="And"),
    )
    assert (score.precision, score.recall) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert score.f1 == pytest.approx(1 / 3)
    assert (Score().precision, Score().recall, Score().f1) == (0, 0, 0)


def test_recall_is_broken_down():
    text = "Iran and Iraq and Simon Gass"
    score = score_of(
        text,
        gold(text, "Iran", canonical="Iran", type="place"),
        gold(text, "Iraq", canonical="Iraq", type="place"),
        gold(text, "Simon Gass", canonical="Simon Gass"),
        by="type",
    )
    assert score.by_group == {"place": {"gold": 2, "right": 1}, "": {"gold": 1, "right": 1}}


def test_offices_count_only_where_the_gold_file_has_some():
    text = "The Special Envoy of Iran"
    place = gold(text, "Iran", entity_id="iran")
    assert score_of(text, place).spurious == 0
    office = gold(text, "of", canonical="Of", type="role")
    assert score_of(text, place, office).spurious == 1


def test_mentions_inside_others_are_neither_right_nor_spurious():
    text = "The Iran desk"
    outer = gold(text, "Iran desk", canonical="Iran desk", nested=[gold(text, "Iran")])
    score = score_of(text, outer)
    assert (score.spurious, score.missed) == (0, 1)


def test_errors_have_their_context():
    text = "x" * 40 + " Iran\n met " + "y" * 40
    (error,) = score_of(text).errors
    context = "x" * 29 + " [Iran] met " + "y" * 24
    assert error == Error("spurious", "Iran", None, "Iran", context, "d")


def test_the_most_frequent_errors_come_first():
    text = "Iran met Iran"
    errors = score_of(text).errors + score_of("Simon Gass").errors
    found = most_frequent(errors, 5)
    assert [(count, error.surface) for count, error in found] == [(2, "Iran"), (1, "Simon Gass")]
    assert len(most_frequent(errors, 1)) == 1


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("The Hague", "hague"),
        ("Simon Gass (diplomat)", "simon gass"),
        ("al-Qaeda", "al qaeda"),
        ("Theresa May", "theresa may"),
        ("Zürich", "zurich"),
    ],
)
def test_what_names_are_compared_by(name, key):
    assert name_key(name) == key
