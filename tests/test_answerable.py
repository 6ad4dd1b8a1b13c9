"""Leaving out what a document says nothing of changes no outcome.

`Resolver.resolve` narrows what rules look at; `Resolver.analyse` looks at everything. Both must come
to the same mentions.
"""

from __future__ import annotations

import pytest
from conftest import resolver_of
from hypothesis import given
from hypothesis import strategies as st

from resolver import Document, Resolver
from resolver.decision import select
from resolver.findings import DEFINITION, Derived, Refusal, Rule
from resolver.hookspecs import hookimpl
from resolver.packs import bundled_folder, parse_pack, read_pack
from resolver.plugins import load_plugins

PACK = """
pack: p
entities:
  - {id: place/new-york, name: New York, type: place}
  - {id: place/york, name: York, type: place, name_is_alias: false,
     aliases: [{text: York, ambiguous: true, default: true}]}
  - {id: person/york, name: Duke of York, type: person, aliases: [{text: York, ambiguous: true}]}
  - {id: org/network, name: Haqqani Network, type: organisation,
     aliases: [{text: the network, strength: weak}]}
  - {id: org/kanun, name: Kanun, type: organisation, name_is_alias: false,
     aliases: [{text: Kanun, context: {any: [gang, police]}}]}
  - {id: org/times, name: The Times, type: media, name_is_alias: false,
     aliases: [{text: Times, strength: weak, context: {entities: [place/new-york]}}]}
suppress: [{text: York Avenue, note: a street}]
"""


RESOLVER = resolver_of(PACK)


def complete(resolver: Resolver, document: Document) -> list[tuple[int, int, str | None]]:
    """Return what a document comes to with everything looked at."""
    _, decisions = resolver.analyse(document)
    return [(*d.span, d.entity_id) for d in select(decisions) if d.entity_id != ""]


def narrowed(resolver: Resolver, document: Document) -> list[tuple[int, int, str | None]]:
    return [(m.start, m.end, m.entity_id) for m in resolver.resolve(document).mentions]


PIECES = [
    example.text.replace("[", "").partition("](")[0]
    for path in sorted(bundled_folder().glob("*.yaml"))
    for example in read_pack(path).examples
]


@given(
    pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=6),
    between=st.sampled_from([" ", "\n\n"]),
    date=st.sampled_from([None, "1995-01-01", "2012", "2021-08-20"]),
)
def test_bundled_packs_come_to_the_same(bundled, pieces, between, date):
    document = Document(between.join(pieces), date=date)
    assert narrowed(bundled, document) == complete(bundled, document)


WORDS = ["New York", "York", "Duke of York", "York Avenue", "the network", "Haqqani Network"]


@given(words=st.lists(st.sampled_from([*WORDS, "Kanun", "gang", "Times", "(HN)", "."]), max_size=8))
def test_covered_and_unanswered_matches_come_to_the_same(words):
    document = Document(" ".join(words))
    assert narrowed(RESOLVER, document) == complete(RESOLVER, document)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("New York", []),
        ("York", ["York"]),
        ("New York Avenue, York", ["York", "York"]),
        ("the network", []),
        ("the network, the Haqqani Network", ["the network"]),
        ("the network, the network", ["the network", "the network"]),
        ("Kanun", []),
        ("Kanun, a gang", ["Kanun"]),
        ("Times", []),
        ("Times of New York", ["Times"]),
    ],
)
def test_what_a_document_may_say_something_of(text, expected):
    analysis = resolver_of(PACK).locator.analyse(Document(text))
    analysis.narrow()
    assert [text[slice(*match.span)] for match in analysis.answerable] == expected


class OneRule:
    """A plugin that contributes a rule."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    @hookimpl
    def resolver_rules(self):
        return [self.rule]


def with_rule(stage, apply) -> Resolver:
    plugins = load_plugins(installed=False, objects=[OneRule(Rule("test", stage, apply))])
    return Resolver([parse_pack(PACK)], plugins=plugins)


def test_what_stands_inside_counts_where_a_rule_refuses_the_longer_name():
    def refuse(analysis):
        for match in analysis.matches:
            if match.reading.ids == {"place/new-york"}:
                yield Refusal(match.span, match.reading.aliases[0], "test", "not here")

    resolver = with_rule("veto", refuse)
    document = Document("In New York.")
    assert narrowed(resolver, document) == complete(resolver, document) == [(7, 11, "place/york")]


def test_what_stands_inside_counts_where_a_rule_proposes_what_reaches_into_the_longer_name():
    def propose(analysis):
        at = analysis.text.find("Old New")
        (alias,) = analysis.gazetteer.lookup("Haqqani Network")
        yield Derived((at, at + 7), alias, DEFINITION, "test", "so called here")

    resolver = with_rule("derive", propose)
    document = Document("In Old New York.")
    expected = [(3, 10, "org/network"), (11, 15, "place/york")]
    assert narrowed(resolver, document) == complete(resolver, document) == expected
