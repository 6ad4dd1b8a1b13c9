"""What a right pack becomes."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass

import pytest

from resolver.dates import day_of, is_iso_date, is_valid_on
from resolver.models import Context
from resolver.packs import json_schema, parse_pack
from resolver.packs.checking import complaint_about
from resolver.packs.schema import Text

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


DEFAULTS = """\
pack: full
defaults:
  {type: place, tags: [t], kind: former, case: any, strength: weak, boundary: none, ambiguous: true,
   default: true, context: {any: [near]}, from: 2001, until: 2002, source: s, note: d}
entities:
  - id: a
    name: A
    source: where
    note: remark
    aliases:
      - B
      - text: C
        kind: short
        case: exact
        strength: strong
        boundary: word
        ambiguous: false
        default: false
        context: {none: [far], within: sentence, none_within: paragraph}
        from: 2001-02
        until: 2001-03-04
        source: sc
        note: nc
  - {id: b, name: B, name_is_alias: false}
roles:
  - id: r
    name: R
    name_is_alias: false
    of: [a]
    tags: [u, t]
    same_as: {wikidata: Q1, viaf: "2"}
    source: where
    note: remark
    holders: [{entity: a, from: 2001, until: 2002}]
examples:
  - {text: "[A](a)", date: 2001}
left_out: [Z]
"""


def values_of(value: object) -> object:
    """Return what a value holds, but for what is not there, and places as text."""
    if is_dataclass(value):
        held = {field.name: values_of(getattr(value, field.name)) for field in fields(value)}
        return {name: each for name, each in held.items() if each not in (None, "", ())}
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(map(values_of, value))
    return str(value) if isinstance(value, tuple) else value


def test_every_value_and_every_default_is_kept():
    inherited = {
        "kind": "former",
        "case": "any",
        "strength": "weak",
        "boundary": "none",
        "ambiguous": True,
        "default": True,
        "context": {"any": ("near",), "within": "document"},
        "valid_from": "2001",
        "valid_until": "2002",
        "source": "s",
        "note": "d",
        "pack": "full",
    }
    own = {
        "kind": "short",
        "case": "exact",
        "strength": "strong",
        "boundary": "word",
        "ambiguous": False,
        "default": False,
        "context": {"none": ("far",), "within": "sentence", "none_within": "paragraph"},
        "valid_from": "2001-02",
        "valid_until": "2001-03-04",
        "source": "sc",
        "note": "nc",
        "pack": "full",
    }
    aliases = (
        {"text": "A", "entity_id": "a", **inherited, "location": "d.yaml:7:11"},
        {"text": "B", "entity_id": "a", **inherited, "location": "d.yaml:11:9"},
        {"text": "C", "entity_id": "a", **own, "location": "d.yaml:12:15"},
    )
    said = {"tags": ("t",), "source": "where", "note": "remark", "pack": "full"}
    holder = {"entity_id": "a", "valid_from": "2001", "valid_until": "2002"}
    assert values_of(parse_pack(DEFAULTS, "d.yaml")) == {
        "name": "full",
        "path": "d.yaml",
        "entities": (
            {
                "id": "a",
                "name": "A",
                "type": "place",
                "aliases": aliases,
                **said,
                "location": "d.yaml:6:5",
            },
            {
                "id": "b",
                "name": "B",
                "type": "place",
                "tags": ("t",),
                "pack": "full",
                "location": "d.yaml:24:5",
            },
        ),
        "roles": (
            {
                "id": "r",
                "name": "R",
                "holders": ({**holder, "location": "d.yaml:34:15"},),
                "of": ("a",),
                "shared": False,
                **said,
                "tags": ("t", "u"),
                "same_as": (("wikidata", "Q1"), ("viaf", "2")),
                "location": "d.yaml:26:5",
            },
        ),
        "examples": (
            {
                "text": "[A](a)",
                "date": "2001",
                "todo": False,
                "pack": "full",
                "location": "d.yaml:36:12",
            },
        ),
        "left_out": ("Z",),
        "location": "d.yaml:1:1",
    }


def test_a_pack_that_is_no_file_has_a_name_for_messages():
    assert parse_pack("pack: p\n").path == "<pack>"


def test_names_that_are_no_aliases():
    pack = parse_pack(
        "pack: p\ndefaults: {type: x, name_is_alias: false}\nentities:\n"
        "  - {id: a, name: A}\n  - {id: b, name: B, name_is_alias: true}\n"
    )
    assert [[alias.text for alias in entity.aliases] for entity in pack.entities] == [[], ["B"]]


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param("- B", id="a text"),
        pytest.param("- text: B", id="a mapping of one key"),
        pytest.param("- {text: B}", id="in braces"),
        pytest.param("- text: B\n        ambiguous: false", id="of two"),
        pytest.param('- "B" # not C', id="with a comment"),
    ],
)
def test_one_alias_in_several_ways_of_writing(listed):
    pack = (
        f"pack: p\nentities:\n  - id: a\n    name: A\n    type: x\n    aliases:\n      {listed}\n"
    )
    assert [alias.text for alias in parse_pack(pack).entities[0].aliases] == ["A", "B"]


def test_texts_that_are_long_or_have_tabs_and_lines_in_them():
    pack = f'pack: p\ntitle: {"x" * 1_000}\nlicense: "a\\tb\\nc"\n'
    assert parse_pack(pack).title == "x" * 1_000
    assert parse_pack(pack).license == "a\tb\nc"


def test_holders_may_meet_in_a_year_that_is_all_that_is_known():
    pack = parse_pack(
        "pack: p\nentities: [{id: a, name: A, type: x}, {id: b, name: B, type: x}]\nroles:\n"
        "  - {id: r, name: R, holders: [{entity: a, until: 2019-02-01}, {entity: b, from: 2019}]}\n"
    )
    assert len(pack.roles[0].holders) == 2


@pytest.mark.parametrize(
    "holders",
    [
        "{entity: a, until: 2019-02-01}, {entity: b, from: 2019-02-01}",
        "{entity: b, from: 2019-02}, {entity: a, from: 2018, until: 2019-02-01}",
        "{entity: a, until: 2019-02}, {entity: b, from: 2019-02, until: 2020}, {entity: a, from: 2020}",
    ],
)
def test_one_holder_may_follow_the_other_on_the_same_day(holders):
    pack = parse_pack(
        "pack: p\nentities: [{id: a, name: A, type: x}, {id: b, name: B, type: x}]\n"
        f"roles: [{{id: r, name: R, holders: [{holders}]}}]\n"
    )
    assert len(pack.roles[0].holders) == holders.count("entity")


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
    assert (schema["$schema"], schema["title"]) == (
        "http://json-schema.org/draft-07/schema#",
        "resolver pack",
    )
    assert schema["properties"]["pack"]["description"].startswith("the name of the pack")
    wrong = {"pack": "p", "entites": [], "entities": [{"id": "a b", "aliases": [{"kind": "x"}]}]}
    assert {error.json_path for error in validator.iter_errors(wrong)} == {
        "$",
        "$.entities[0]",
        "$.entities[0].aliases[0]",
        "$.entities[0].id",
    }


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        pytest.param({"title": ""}, "$.title", id="empty text"),
        pytest.param({"title": 1}, "$.title", id="number for a text"),
        pytest.param({"title": "x" * 1_001}, "$.title", id="text that is too long"),
        pytest.param({"pack": "x" * 1_001}, "$.pack", id="id that is too long"),
        pytest.param({"pack": 1}, "$.pack", id="number for an id"),
        pytest.param({"pack": "a b"}, "$.pack", id="space in an id"),
        pytest.param({"sources": "a"}, "$.sources", id="text for a list"),
        pytest.param({"sources": [1]}, "$.sources[0]", id="number in a list"),
        pytest.param({"defaults": "a"}, "$.defaults", id="text for a mapping"),
        pytest.param({"defaults": {"kind": "x"}}, "$.defaults.kind", id="none of the choices"),
        pytest.param({"defaults": {"ambiguous": "true"}}, "$.defaults.ambiguous", id="no flag"),
        pytest.param({"defaults": {"from": "22-01"}}, "$.defaults.from", id="no date"),
        pytest.param({"defaults": {"from": ["2022"]}}, "$.defaults.from", id="list for a date"),
        pytest.param(
            {"roles": [{"id": "r", "name": "R", "same_as": {"wikidata": 1}}]},
            "$.roles[0].same_as.wikidata",
            id="number for an identifier",
        ),
        pytest.param(
            {"roles": [{"id": "r", "name": "R", "same_as": "Q1"}]},
            "$.roles[0].same_as",
            id="text for identifiers",
        ),
    ],
)
def test_the_json_schema_refuses(wrong, path):
    jsonschema = pytest.importorskip("jsonschema", reason="comes with check-jsonschema")
    errors = jsonschema.Draft7Validator(json_schema()).iter_errors({"pack": "p"} | wrong)
    assert [error.json_path for error in errors] == [path]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("NO", None),
        (" a", 'it begins or ends with a space, remove it: "a"'),
        ("", "it is empty, write a text (quote it if it begins with #)"),
    ],
)
def test_what_is_wrong_with_a_text_that_is_to_be_written_quoted(text, complaint):
    assert complaint_about(text, Text()) == complaint
