"""A document under analysis: what rules are told of it, before and after something is decided."""

from __future__ import annotations

import pytest
from conftest import resolver_of

from resolver.findings import DEFINITION, SUPPORT, Decision, Derived, Evidence, Refusal
from resolver.models import Alias, Document, Entity

RESOLVER = resolver_of("""
pack: p
entities:
  - {id: iran, name: Iran, type: place}
  - {id: gass, name: Simon Gass, type: person}
  - {id: a, name: A Guard, type: x, aliases: [{text: the Guard, ambiguous: true}]}
  - {id: b, name: B Guard, type: x, aliases: [{text: the Guard, ambiguous: true}]}
roles:
  - {id: envoy, name: Envoy, aliases: [{text: envoy, strength: weak}]}
""")
TEXT = "Simon Gass, envoy to Iran, of the Guard of Iran"
IRAN, IRAN_AGAIN, GUARD = (21, 25), (43, 47), (30, 39)


def located():
    return RESOLVER.locator.analyse(Document(TEXT))


def surfaces(matches) -> list[str]:
    return [TEXT[match.start : match.end] for match in matches]


def test_at_first_nothing_is_decided():
    analysis = located()
    assert surfaces(analysis.matches) == ["Simon Gass", "envoy", "Iran", "the Guard", "Iran"]
    assert surfaces(analysis.pending) == surfaces(analysis.answerable) == ["envoy", "the Guard"]
    assert surfaces(analysis.titles) == ["envoy"]
    assert surfaces(analysis.people) == ["Simon Gass"]
    assert analysis.anchors == analysis.refusals == analysis.proofs == []
    assert analysis.mentioned == {}
    assert analysis.anchor_at(IRAN) is None
    assert list(analysis.spans_of("iran")) == list(analysis.mentions_of("iran")) == []
    assert analysis.covers == frozenset()


def test_what_is_mentioned_follows_the_anchors():
    analysis, _ = RESOLVER.analyse(Document(TEXT))
    assert {id_: analysis.spans_of(id_) for id_ in analysis.mentioned} == {
        "gass": [(0, 10)],
        "iran": [IRAN, IRAN_AGAIN],
    }
    assert analysis.mentions_of("iran") == [a for a in analysis.anchors if a.entity_id == "iran"]
    assert analysis.mentions_of("a") == ()
    assert [a.span for a in analysis.anchors if not a.resolved] == [GUARD]
    analysis.settle([])
    assert analysis.spans_of("iran") == []
    assert analysis.mentioned == {}


@pytest.mark.parametrize(
    ("span", "found"),
    [
        ((20, 21), None),
        ((20, 22), IRAN),
        (IRAN, IRAN),
        ((22, 23), IRAN),
        ((24, 26), IRAN),
        ((25, 26), None),
        ((0, 47), (0, 10)),
        ((47, 50), None),
    ],
)
def test_the_first_anchor_at_a_place(span, found):
    anchor = RESOLVER.analyse(Document(TEXT))[0].anchor_at(span)
    assert (anchor and anchor.span) == found


def test_matches_by_where_they_begin_and_end():
    analysis = located()
    assert surfaces(analysis.matches_from(21)) == surfaces(analysis.matches_until(25)) == ["Iran"]
    assert analysis.matches_from(22) == analysis.matches_until(26) == ()


def test_what_rules_find_is_sorted_by_its_kind():
    analysis = located()
    (iran,) = analysis.matches_from(21)[0].reading.aliases
    ship = Alias("to", "ship/to")
    found = [
        Refusal(IRAN, iran, "test", "no"),
        Evidence(IRAN_AGAIN, iran, SUPPORT, "test", "yes"),
        Derived((18, 20), ship, DEFINITION, "test", "new", owner=Entity("ship/to", "To", "x", ())),
    ]
    assert analysis.matches_from(18) == analysis.matches_until(20) == ()
    assert analysis.record(found) == {IRAN, IRAN_AGAIN, (18, 20)}
    assert analysis.refusals == found[:1]
    assert analysis.evidence == found[1:2]
    assert analysis.derived == found[2:]
    assert analysis.proofs == found[1:]
    assert analysis.owner(ship).name == "To"
    assert analysis.owner(iran).name == "Iran"
    (derived,) = analysis.matches_from(18)
    assert [match.span for match in analysis.matches_until(20)] == [(18, 20)]
    assert (derived.span, derived.reading.aliases) == ((18, 20), (ship,))
    analysis.settle([Decision((18, 20), (ship,), resolved=True)])
    assert analysis.spans_of("ship/to") == [(18, 20)]


@pytest.mark.parametrize(
    ("date", "day"),
    [
        (None, None),
        ("2020", None),
        ("2020-01-21", "2020-01-21"),
        ("2020-01-21T10:00Z", "2020-01-21"),
    ],
)
def test_the_day_of_a_document(date, day):
    assert RESOLVER.locator.analyse(Document(TEXT, date=date)).day == day
