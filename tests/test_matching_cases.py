"""The cases of ``cases/matching.yaml``, with both engines."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from conftest import ENGINES

from resolver.models import Alias, Entity, Pack
from resolver.packs.examples import parse_marks
from resolver.pipeline import Resolver

CASES = yaml.safe_load((Path(__file__).parent / "cases/matching.yaml").read_text("utf-8"))


def pack_of(case: dict) -> Pack:
    default = "smart" if case.get("smart") else "any"
    entities = []
    for number, listed in enumerate(case["aliases"], 1):
        values = {"case": default} | (listed if isinstance(listed, dict) else {"text": str(listed)})
        alias = Alias(entity_id=str(number), pack="cases", **values)
        entities.append(Entity(str(number), alias.text, "thing", (alias,), pack="cases"))
    suppressions = tuple(Alias(text, "") for text in case.get("suppress", ()))
    return Pack("cases", "cases.yaml", tuple(entities), suppressions=suppressions)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_matching(case, engine):
    marked = parse_marks(case["text"])
    expected = [tuple(span) for span in case.get("all", ())] or list(marked.expected)
    resolver = Resolver([pack_of(case)], engine=engine)

    result = resolver.resolve(marked.text, overlaps=case.get("overlaps", "none"))

    found = [(m.start, m.end, m.entity_id or "?") for m in result.mentions]
    assert found == [(start, end, str(entity_id)) for start, end, entity_id in expected]
