"""The pairs of ``cases/decisions.yaml``, with both engines."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from conftest import ENGINES, resolver_of

from resolver.models import Document, Mention
from resolver.packs.examples import AMBIGUOUS, parse_marks

GROUPS = yaml.safe_load((Path(__file__).parent / "cases/decisions.yaml").read_text("utf-8"))
# What may be asked of a mention, and how it is read from one.
CHECKS = {
    "kind": lambda mention: mention.kind,
    "status": lambda mention: mention.status,
    "antecedent": lambda mention: mention.antecedent and list(mention.antecedent),
    "candidates": lambda mention: [candidate.entity_id for candidate in mention.candidates],
    "holder": lambda mention: mention.holder and mention.holder.entity_id,
    "glued": lambda mention: mention.glued,
    "source": lambda mention: mention.source,
    "why": lambda mention: mention.why[-1],
}
OPTIONS = ("date", "without", "overlaps", "found", "at")


def side_of(case: dict, side: str) -> dict:
    """Return text, options and checks of a case or, with their prefix taken off, of its twin."""
    if side == "text":
        return {key: case[key] for key in ("text", *OPTIONS, *CHECKS) if key in case}
    keys = {key.removeprefix("twin_"): case[key] for key in case if key.startswith("twin_")}
    return {"text": case["twin"], **keys}


def sides() -> list:
    return [
        pytest.param(
            group["pack"], side_of(case, side), id=f"{group['rule']}-{case['name']}-{side}"
        )
        for group in GROUPS
        for case in group["cases"]
        for side in ("text", "twin")
    ]


def expected_in(side: dict) -> list:
    """Return the mentions that a side marks, or lists under ``found`` because they overlap."""
    marked = parse_marks(side["text"])
    expected = [tuple(mention) for mention in side.get("found", marked.expected)]
    return [(start, end, marked.text[start:end], id_) for start, end, id_ in expected]


def checks_of(mention: Mention, asked: dict) -> dict:
    return {key: read(mention) for key, read in CHECKS.items() if key in asked}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("pack", "side"), sides())
def test_decision(pack, side, engine):
    marked = parse_marks(side["text"])
    resolver = resolver_of(pack, engine=engine, without_rules=tuple(side.get("without", ())))

    result = resolver.resolve(
        marked.text, date=side.get("date"), overlaps=side.get("overlaps", "none")
    )

    found = [(m.start, m.end, m.surface, m.entity_id or AMBIGUOUS) for m in result.mentions]
    assert found == expected_in(side)
    for mention in result.mentions:
        assert mention.status == ("resolved" if mention.entity_id else "ambiguous")
    asked = {key: side[key] for key in CHECKS if key in side}
    if asked:
        assert checks_of(result.mentions[side.get("at", -1)], asked) == asked


@pytest.mark.parametrize("group", [pytest.param(group, id=group["rule"]) for group in GROUPS])
def test_texts_come_to_the_same_in_one_batch(group):
    asked = [side_of(case, side) for case in group["cases"] for side in ("text", "twin")]
    documents = [
        Document(parse_marks(side["text"]).text, date=side.get("date"))
        for side in asked
        if not {"without", "overlaps"} & side.keys()
    ]
    resolver = resolver_of(group["pack"])
    many = list(resolver.resolve_many(documents))
    assert [result.mentions for result in many] == [
        resolver.resolve(document).mentions for document in documents
    ]


@pytest.mark.parametrize("group", [pytest.param(group, id=group["rule"]) for group in GROUPS])
def test_a_twin_differs_from_its_text_in_what_is_found(group):
    known = {"name", "note", "text", "twin", *OPTIONS, *CHECKS}
    names = [case["name"] for case in group["cases"]]
    assert len(names) == len(set(names))
    for case in group["cases"]:
        assert {key.removeprefix("twin_") for key in case} <= known
        text, twin = side_of(case, "text"), side_of(case, "twin")
        assert text != twin
        found, found_in_twin = (
            [mention[2:] for mention in expected_in(side)] for side in (text, twin)
        )
        asked = [{key: side[key] for key in CHECKS if key in side} for side in (text, twin)]
        assert found != found_in_twin or asked[0] != asked[1], case["name"]
