"""Mentions, every field of them."""

from __future__ import annotations

import pytest
from conftest import resolver_of

from resolver.mentions import flattened, unflattened
from resolver.models import Candidate, Mention

RESOLVER = resolver_of("""
pack: p
entities:
  - {id: iran, name: Iran, type: place}
  - {id: gass, name: Simon Gass, type: person, aliases: [{text: Simon Garth, kind: garbled, source: wire copy}]}
  - {id: a, name: A Guard, type: army, aliases: [{text: the Guard, kind: short, ambiguous: true}, {text: Gard, kind: garbled, source: a scan, ambiguous: true}]}
  - {id: b, name: B Guard, type: army, aliases: [{text: the Guard, ambiguous: true}, {text: Gard, ambiguous: true}]}
  - {id: c, name: C Guard, type: museum, aliases: [{text: Museum, ambiguous: true}, {text: C, strength: weak}]}
  - {id: d, name: D Guard, type: army, aliases: [{text: Museum, ambiguous: true}]}
  - {id: e, name: Envoy, type: ship, name_is_alias: false}
roles:
  - {id: envoy, name: Envoy, holders: [{entity: gass, from: 2020}], aliases: [{text: envoys, kind: nickname}]}
suppress: [Iran Street, Simon]
""")  # fmt: skip

BOTH = (Candidate("a", "A Guard"), Candidate("b", "B Guard"))
OTHERS = (Candidate("c", "C Guard"), Candidate("d", "D Guard"))


def resolved(start, end, surface, id_, name, type_, kind, line, **rest) -> Mention:
    fields = (start, end, surface, id_, name, type_, "resolved", kind, "p", line)
    return Mention(*fields)._replace(**rest)


def ambiguous(start, end, surface, type_, kind, line, candidates, **rest) -> Mention:
    fields = (start, end, surface, None, None, type_, "ambiguous", kind, "p", line, candidates)
    return Mention(*fields)._replace(**rest)


@pytest.mark.parametrize("before", ["", "Gone. "])
@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Iran", [resolved(0, 4, "Iran", "iran", "Iran", "place", "full", 4)]),
        ("Iran Street", []),
        ("Simon", []),
        (
            "Iran, Iran",
            [
                resolved(0, 4, "Iran", "iran", "Iran", "place", "full", 4),
                resolved(6, 10, "Iran", "iran", "Iran", "place", "full", 4),
            ],
        ),
        (
            "Simon Garth",
            [resolved(0, 11, "Simon Garth", "gass", "Simon Gass", "person", "garbled", 5, source="wire copy")],
        ),
        (
            "Simon Garth: Gass",
            [
                resolved(0, 11, "Simon Garth", "gass", "Simon Gass", "person", "garbled", 5, source="wire copy"),
                resolved(13, 17, "Gass", "gass", "Simon Gass", "person", "surname", 5, antecedent=(0, 11)),
            ],
        ),
        (
            "envoys",
            [resolved(0, 6, "envoys", "envoy", "Envoy", "role", "nickname", 12, holder=Candidate("gass", "Simon Gass"))],
        ),
        ("the Guard", [ambiguous(0, 9, "the Guard", "army", "short", 6, BOTH)]),
        ("Gard", [ambiguous(0, 4, "Gard", "army", "garbled", 6, BOTH, source="a scan")]),
        ("Museum", [ambiguous(0, 6, "Museum", None, "full", 8, OTHERS)]),
        (
            "C Guard Museum C",
            [
                resolved(0, 7, "C Guard", "c", "C Guard", "museum", "full", 8),
                resolved(8, 14, "Museum", "c", "C Guard", "museum", "full", 8, antecedent=(0, 7)),
                resolved(15, 16, "C", "c", "C Guard", "museum", "full", 8, antecedent=(0, 7)),
            ],
        ),
        (
            "TerrorismIran",
            [resolved(9, 13, "Iran", "iran", "Iran", "place", "full", 4, glued=True)],
        ),
    ],
)  # fmt: skip
def test_every_field(text, mentions, before):
    shift = len(before)
    expected = [
        m._replace(
            start=m.start + shift,
            end=m.end + shift,
            antecedent=m.antecedent and (m.antecedent[0] + shift, m.antecedent[1] + shift),
        )
        for m in mentions
    ]
    options = {"date": "2021-01-01"}
    assert list(RESOLVER.resolve(before + text, **options).mentions) == expected
    (_, in_a_batch) = RESOLVER.resolve_many(["Iran", before + text], **options)
    assert list(in_a_batch.mentions) == expected


def test_mentions_are_the_same_when_they_have_travelled():
    texts = ["Iran and the Guard, and Iran", "", "the Envoy Simon Gass; Gass"]
    results = [RESOLVER.resolve(text, date="2021-01-01") for text in texts]
    flat = flattened(result.mentions for result in results)
    back = [unflattened(row, text, repr) for row, text in zip(flat, texts, strict=True)]
    assert back == [result.mentions for result in results]
    assert [mention.explain for row in back for mention in row] == [repr] * 6
    # Start, end, and what one mention has in common with another, which is one object.
    (start, end, fields), (*_, again) = flat[0][:3], flat[0][6:]
    assert (start, end, fields[:3]) == (0, 4, ("iran", "Iran", "place"))
    assert fields is again
    assert flat[1] == []
