"""What a right pack becomes."""

from __future__ import annotations

import json

import pytest

from resolver.dates import day_of, is_iso_date, is_valid_on
from resolver.models import Context
from resolver.packs import json_schema, parse_pack

PACK = """\
pack: uk
version: "2026.11"
title: UK
description: What belongs here.
license: CC0-1.0
sources: [a list]
defaults: {type: organisation, tags: [uk], case: exact, source: the list}
entities:
  - id: org/mod
    name: Ministry of Defence (United Kingdom)
    tags: [defence]
    same_as: {wikidata: Q1}
    aliases:
      - Ministry of Defence
      - {text: MoD, kind: acronym, case: smart, ambiguous: true, note: short,
         context: {any: [UK], all: [a], none: [Iran], entities: [person/gass], within: 5 words}}
  - id: person/gass
    name: Simon Gass
    type: person
    surnames: []
    aliases:
      - {text: Simon Gass, strength: weak}
      - {text: Simon Garth, kind: garbled, source: wire copy, from: 2021-08, until: 2022}
roles:
  - id: role/rep
    name: Special Representative
    of: [org/mod]
    shared: true
    holders:
      - {entity: person/gass, from: 2021-08-01}
suppress:
  - Times Square
  - {text: May Day, case: any}
examples:
  - {text: "[MoD](org/mod)", date: 2022-01-02, todo: true}
"""


def test_everything_a_pack_can_say():
    pack = parse_pack(PACK, "uk.yaml")
    ministry, gass = pack.entities
    (role,) = pack.roles
    name, bare, short = ministry.aliases
    same_name, garbled = gass.aliases

    assert (pack.name, pack.version, pack.title, pack.license) == ("uk", "2026.11", "UK", "CC0-1.0")
    assert (pack.description, pack.sources) == ("What belongs here.", ("a list",))
    assert (ministry.type, ministry.tags) == ("organisation", ("uk", "defence"))
    assert ministry.same_as == (("wikidata", "Q1"),)
    assert (name.text, name.case) == ("Ministry of Defence (United Kingdom)", "exact")
    assert (bare.text, bare.source, bare.location) == (
        "Ministry of Defence",
        "the list",
        ("uk.yaml", 14, 9),
    )
    assert (short.kind, short.case, short.ambiguous, short.note) == (
        "acronym",
        "smart",
        True,
        "short",
    )
    assert short.context == Context(("UK",), ("a",), ("Iran",), ("person/gass",), "5 words")
    assert short.location == ("uk.yaml", 15, 16)
    assert (gass.type, gass.tags, gass.surnames) == ("person", ("uk",), ())
    assert (same_name.text, same_name.strength) == ("Simon Gass", "weak")
    assert (garbled.kind, garbled.source) == ("garbled", "wire copy")
    assert (garbled.valid_from, garbled.valid_until) == ("2021-08", "2022")
    assert (role.type, role.of, role.shared) == ("role", ("org/mod",), True)
    assert [(h.entity_id, h.valid_from, h.valid_until) for h in role.holders] == [
        ("person/gass", "2021-08-01", None)
    ]
    assert [(s.text, s.case, s.entity_id) for s in pack.suppressions] == [
        ("Times Square", "exact", ""),
        ("May Day", "any", ""),
    ]
    assert [(e.text, e.date, e.todo) for e in pack.examples] == [
        ("[MoD](org/mod)", "2022-01-02", True)
    ]


def test_a_listed_alias_says_more_about_the_name_than_the_name():
    gass = parse_pack(PACK).entities[1]
    assert [alias.text for alias in gass.aliases] == ["Simon Gass", "Simon Garth"]


def test_holders_may_meet_in_a_year_that_is_all_that_is_known():
    pack = parse_pack(
        "pack: p\nentities: [{id: a, name: A, type: x}, {id: b, name: B, type: x}]\nroles:\n"
        "  - {id: r, name: R, holders: [{entity: a, until: 2019-02-01}, {entity: b, from: 2019}]}\n"
    )
    assert len(pack.roles[0].holders) == 2


@pytest.mark.parametrize(
    ("day", "begin", "end", "valid"),
    [
        ("2022-09-06", "2022-09-06", None, True),
        ("2022-09-05", "2022-09-06", None, False),
        ("2022-09-06", None, "2022-09-06", False),
        ("2022-09-05", None, "2022-09-06", True),
        ("2022-12-31", None, "2022", True),
        ("2023-01-01", None, "2022", False),
        ("2022-01-01", "2022", None, True),
        ("2022-02-28", None, "2022-02", True),
        ("2022-03-01", None, "2022-02", False),
        ("2021-12-31", None, "2021-12", True),
    ],
)
def test_validity_begins_with_its_first_day_and_ends_before_its_last(day, begin, end, valid):
    assert is_valid_on(day, begin, end) is valid


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-09-06", "2022-09-06"),
        ("2022-09-06T10:00:00Z", "2022-09-06"),
        ("2022-09", None),
        ("2022-02-30", None),
        ("6 September 2022", None),
        ("2022-09-066", None),
    ],
)
def test_the_day_of_a_document(text, day):
    assert day_of(text) == day


@pytest.mark.parametrize("text", ["", "22", "2022-9", "2022-13", "2022-09-31", "2022-09-06 "])
def test_what_is_no_date(text):
    assert not is_iso_date(text)


def test_the_json_schema_states_the_same_keys(tmp_path):
    jsonschema = pytest.importorskip("jsonschema", reason="comes with check-jsonschema")
    schema = json_schema()
    validator = jsonschema.Draft7Validator(schema)
    jsonschema.Draft7Validator.check_schema(schema)
    import yaml

    right = yaml.load(PACK, Loader=yaml.BaseLoader)
    right["defaults"].pop("tags")
    right["entities"][0]["aliases"][1]["ambiguous"] = True
    right["roles"][0]["shared"] = True
    right["examples"][0]["todo"] = True
    assert list(validator.iter_errors(json.loads(json.dumps(right)))) == []
    wrong = {"pack": "p", "entites": [], "entities": [{"id": "a b", "aliases": [{"kind": "x"}]}]}
    assert {error.json_path for error in validator.iter_errors(wrong)} == {
        "$",
        "$.entities[0]",
        "$.entities[0].aliases[0]",
        "$.entities[0].id",
    }
