"""What is said about decisions, whole."""

from __future__ import annotations

import pytest
from conftest import resolver_of

from resolver.explanation import explain_absence
from resolver.models import Document

PACK = """\
pack: p
entities:
  - {id: uk, name: United Kingdom, type: place, aliases: [UK, {text: British, kind: demonym}]}
  - {id: iran, name: Iran, type: place}
  - {id: mod, name: Ministry of Defence (United Kingdom), type: organisation,
     aliases: [{text: MoD, kind: acronym, ambiguous: true, context: {any: [London]}}]}
  - {id: in, name: Ministry of Defence (India), type: organisation,
     aliases: [{text: MoD, kind: acronym, ambiguous: true, context: {any: [Delhi], none: [Iran]}}]}
  - {id: gass, name: Simon Gass, type: person,
     aliases: [{text: Simon Garth, kind: garbled, source: wire copy}, {text: Simon, strength: weak}]}
  - {id: wallace, name: Ben Wallace, type: person}
  - {id: healey, name: John Healey, type: person}
  - {id: jic, name: Joint Intelligence Committee, type: organisation}
  - {id: eswatini, name: Eswatini, type: place, aliases: [{text: Swaziland, until: 2018-04-19}]}
  - {id: hawke, name: "Hawke's Bay", type: place}
  - {id: exact, name: Exact Thing, type: x, aliases: [{text: eXact, case: exact}]}
roles:
  - id: secretary
    name: Secretary of State for Defence
    of: [uk]
    aliases: [{text: defence secretary, ambiguous: true, strength: weak}]
    holders:
      - {entity: wallace, from: 2019-07-24, until: 2023-08-31}
      - {entity: healey, from: 2024-07-05}
suppress: [Iran Street]
"""
RESOLVER = resolver_of(PACK)


def why(text: str, surface: str, date: str | None = None) -> list[str]:
    mentions = RESOLVER.resolve(text, date=date).mentions
    return list(next(m for m in mentions if m.surface == surface).why)


@pytest.mark.parametrize(
    ("text", "surface", "date", "steps"),
    [
        pytest.param(
            "Iran said", "Iran", None, ["the name of Iran, pack p, line 4"], id="a plain name"
        ),
        pytest.param(
            "in HAWKE’S  BAY",
            "HAWKE’S  BAY",
            None,
            [
                "the name of Hawke's Bay, pack p, line 15",
                "the surface differs from the alias in white space, capitals and apostrophes or "
                "quotation marks only",
            ],
            id="folding",
        ),
        pytest.param(
            "the MoD in London",
            "MoD",
            None,
            [
                'the alias "MoD" (acronym) of Ministry of Defence (United Kingdom), pack p, line 6',
                "context: London stands near (document)",
                "not Ministry of Defence (India): none of Delhi stands near (document), and no strong "
                "mention of it stands elsewhere",
            ],
            id="context against a candidate without",
        ),
        pytest.param(
            "the MoD in London and Delhi, Iran",
            "MoD",
            None,
            [
                'the alias "MoD" (acronym) of Ministry of Defence (United Kingdom), pack p, line 6',
                "context: London stands near (document)",
                "not Ministry of Defence (India): Iran stands near (document)",
            ],
            id="a veto",
        ),
        pytest.param(
            "the MoD in London and Delhi",
            "MoD",
            None,
            [
                'the alias "MoD" (acronym) of Ministry of Defence (India), pack p, line 8',
                'the alias "MoD" (acronym) of Ministry of Defence (United Kingdom), pack p, line 6',
                "context for Ministry of Defence (India): Delhi stands near (document)",
                "context for Ministry of Defence (United Kingdom): London stands near (document)",
                "ambiguous: nothing decides between Ministry of Defence (India) or Ministry of Defence "
                "(United Kingdom)",
            ],
            id="undecided",
        ),
        pytest.param(
            "Simon Garth left. Gass stayed.",
            "Gass",
            None,
            [
                "the surname Gass of Simon Gass, pack p, line 10",
                'surname: surname of "Simon Garth" at 0',
            ],
            id="a surname",
        ),
        pytest.param(
            "Simon Gass left. Simon stayed.",
            "Simon",
            None,
            [
                'the alias "Simon" (full) of Simon Gass, pack p, line 10',
                'support: "Simon Gass" at 0 names the same',
            ],
            id="support",
        ),
        pytest.param(
            "the British defence secretary",
            "defence secretary",
            "2022-01-01",
            [
                'the alias "defence secretary" (full) of Secretary of State for Defence, pack p, '
                "line 21",
                'office: "British", to which the office belongs, stands beside it',
                "office: Ben Wallace held it on 2022-01-01",
            ],
            id="an office by its owner, its holder by the date",
        ),
        pytest.param(
            "Defence Secretary Ben Wallace",
            "Defence Secretary",
            "2025-01-01",
            [
                'the alias "defence secretary" (full) of Secretary of State for Defence, pack p, '
                "line 21",
                "the surface differs from the alias in capitals only",
                'office: "Ben Wallace", who held the office, stands beside it',
                "office: Ben Wallace is named beside it as its holder",
                "office: by the tables John Healey held it on 2025-01-01; the text is not overruled",
            ],
            id="a named holder against the table",
        ),
        pytest.param(
            "British Defence Secretary Simon Gass",
            "Defence Secretary",
            None,
            [
                'the alias "defence secretary" (full) of Secretary of State for Defence, pack p, '
                "line 21",
                "the surface differs from the alias in capitals only",
                'office: "British", to which the office belongs, stands beside it',
                "office: Simon Gass is named beside it as its holder",
                "office: the tables do not know Simon Gass as a holder",
            ],
            id="a holder whom the table does not know",
        ),
    ],
)
def test_why(text, surface, date, steps):
    assert why(text, surface, date) == steps


@pytest.mark.parametrize(
    ("text", "surface", "date", "lines"),
    [
        ("we met iran", "iran", None, ['7-11 "iran": alias "Iran" of Iran (<pack>:4:22): the capitals do not fit, it is written Iran or IRAN']),
        ("an EXACT one", "exact", None, ['3-8 "EXACT": alias "eXact" of Exact Thing (<pack>:16:62): it must be written exactly eXact, letter for letter']),
        ("in Iranistan", "Iran", None, ['"Iran" stands only inside a longer word, and aliases match whole words']),
        ("in Iranistan", "istan", None, ['"istan" stands only inside a longer word; no pack lists it']),
        ("in Iran Street", "Iran", None, ['3-7 "Iran": suppressed: "Iran Street" is never a mention (<pack>:25:12)']),
        ("Simon came", "Simon", None, ['0-5 "Simon": alias "Simon" of Simon Gass (<pack>:10:78): the alias is weak, no strong mention of it stands elsewhere']),
        ("in Swaziland", "Swaziland", "2020-01-01", ['3-12 "Swaziland": alias "Swaziland" of Eswatini (<pack>:14:66): valid until 2018-04-19, the document is of 2020-01-01']),
        ("Simon Gass", "Simon", None, ['0-5 "Simon": covered by the mention "Simon Gass" (Simon Gass), which begins earlier or is longer']),
        ("the MoD", "MoD", None, ['4-7 "MoD": it is tagged: Ministry of Defence (India) or Ministry of Defence (United Kingdom) (ambiguous)']),
        ("Simon Gess", "Simon Gess", None, ['0-10 "Simon Gess": no pack lists it, the nearest is Simon Gass']),
        ("a deputy defence secretary", "defence secretary", None, ['9-26 "defence secretary": alias "defence secretary" of Secretary of State for Defence (<pack>:21:22): "deputy" beside it makes it another office']),
        ("nothing", "Iran", None, ['"Iran" does not stand in the document']),
    ],
)  # fmt: skip
def test_why_not(text, surface, date, lines):
    assert explain_absence(surface, *RESOLVER.analyse(Document(text, date=date))) == lines


def test_losers_are_not_listed_without_end():
    entities = "\n".join(
        f"  - {{id: e{n}, name: N{n}, type: x, aliases: [{{text: Twin, ambiguous: true, "
        f"context: {{any: [C{n}]}}}}]}}"
        for n in range(9)
    )
    resolver = resolver_of(f"pack: p\nentities:\n{entities}\n")
    (mention,) = resolver.resolve("Twin c C0").mentions[:1]
    assert mention.why[-1] == "nor any of 2 more, for like reasons"


# Why each rule finds or refuses something, in a pack that has cause for it.
REASONS = """\
pack: r
defaults: {type: organisation}
entities:
  - {id: dawn, name: National Dawn, aliases: [{text: Dawn Party, from: 2015-03-01}]}
  - {id: tide, name: National Tide, aliases: [{text: Tide Party, from: 2015, until: 2020}]}
  - {id: old, name: Old Guard, aliases: [{text: the Guard, ambiguous: true, until: 2014}]}
  - {id: new, name: New Guard, aliases: [{text: the Guard, ambiguous: true, from: 2014}]}
  - id: bank
    name: Bank of Iran
    aliases:
      - {text: the Bank, context: {any: [Tehran, Iran], within: sentence}}
      - {text: the Fund, context: {all: [oil, gas], within: paragraph}}
      - {text: the House, context: {entities: [dawn, tide]}}
      - {text: the Board, context: {none: [chess, darts], within: 3 words}}
      - {text: the Desk, context: {any: [Iran], none: [wood], none_within: sentence}}
      - {text: the Fleet, strength: weak, context: {any: [sea], all: [ship], entities: [dawn], within: sentence}}
      - {text: the Seat, ambiguous: true, default: true}
  - {id: other, name: Other Seat, aliases: [{text: the Seat, ambiguous: true}]}
  - {id: jic, name: Joint Intelligence Committee}
"""
REASONS_RESOLVER = resolver_of(REASONS)


@pytest.mark.parametrize(
    ("text", "surface", "date", "steps"),
    [
        ("They left the Guard.", "the Guard", '2020-01-01', ["the alias \"the Guard\" (full) of New Guard, pack r, line 7", "dates: the document's date 2020-01-01 lies within its dates", "not Old Guard: valid until 2014, the document is of 2020-01-01"]),
        ("Tehran said the Bank lost.", "the Bank", None, ["the alias \"the Bank\" (full) of Bank of Iran, pack r, line 11"]),
        ("oil here, gas there, the Fund", "the Fund", None, ["the alias \"the Fund\" (full) of Bank of Iran, pack r, line 12"]),
        ("National Tide and the House", "the House", None, ["the alias \"the House\" (full) of Bank of Iran, pack r, line 13", "context: tide stands near (document)"]),
        ("the Board met", "the Board", None, ["the alias \"the Board\" (full) of Bank of Iran, pack r, line 14"]),
        ("At sea a ship of National Dawn saw the Fleet.", "the Fleet", None, ["the alias \"the Fleet\" (full) of Bank of Iran, pack r, line 16", "context: sea and ship and dawn stands near (sentence)"]),
        ("They took the Seat.", "the Seat", None, ["the alias \"the Seat\" (full) of Bank of Iran, pack r, line 17", "default: taken by the table where nothing else decides", "not Other Seat: no strong mention of it stands elsewhere"]),
        ("A Joint Intelligence Committee (JIC) met. JIC left.", "JIC", None, ["the alias \"JIC\" (acronym) of Joint Intelligence Committee, pack r, line 19", "acronym: defined beside \"Joint Intelligence Committee\" at 2"]),
        ("See TerrorismNational Dawn.", "National Dawn", None, ["the name of National Dawn, pack r, line 4", "glued: glued to its neighbour, told apart by the change of case"]),
        ("The Tide Party won", "Tide Party", '2016-01-01', ["the alias \"Tide Party\" (full) of National Tide, pack r, line 5"]),
    ],
)  # fmt: skip
def test_why_a_rule_finds_something(text, surface, date, steps):
    mentions = REASONS_RESOLVER.resolve(text, date=date).mentions
    assert list([m for m in mentions if m.surface == surface][-1].why) == steps


@pytest.mark.parametrize(
    ("text", "surface", "date", "reason"),
    [
        ('The Dawn Party won', 'Dawn Party', '2014-01-01', 'valid from 2015-03-01, the document is of 2014-01-01'),
        ('The Tide Party won', 'Tide Party', '2021-01-01', 'valid from 2015 until 2020, the document is of 2021-01-01'),
        ('The Tide Party won', 'Tide Party', '2014', 'valid from 2015 until 2020, the document is of 2014'),
        ('Tehran. So the Bank lost.', 'the Bank', None, 'none of Tehran, Iran stands near (sentence)'),
        ('oil, the Fund', 'the Fund', None, 'gas does not stand near (paragraph)'),
        ('gas, the Fund', 'the Fund', None, 'oil does not stand near (paragraph)'),
        ('\n\nNational Dawner and the House', 'the House', None, 'none of dawn, tide is mentioned near (document)'),
        ('the Board of darts', 'the Board', None, 'darts stands near (3 words)'),
        ('Iran: the Desk of wood', 'the Desk', None, 'wood stands near (sentence)'),
        ('At sea a ship saw the Fleet. National Dawn', 'the Fleet', None, 'the alias is weak, none of dawn is mentioned near (sentence), and no strong mention of it stands elsewhere'),
        ('A ship of National Dawn saw the Fleet.', 'the Fleet', None, 'the alias is weak, none of sea stands near (sentence), and no strong mention of it stands elsewhere'),
        ('At sea National Dawn saw the Fleet.', 'the Fleet', None, 'the alias is weak, ship does not stand near (sentence), and no strong mention of it stands elsewhere'),
    ],
)  # fmt: skip
def test_why_a_rule_refuses_something(text, surface, date, reason):
    (line,) = explain_absence(surface, *REASONS_RESOLVER.analyse(Document(text, date=date)))
    assert line.partition("): ")[2] == reason


@pytest.mark.parametrize(
    ("text", "date", "rule"),
    [
        ("The Dawn Party won", "2014-01-01", "dates"),
        ("oil, the Fund", None, "context"),
        ("the Board of darts", None, "context"),
        ("only the House", None, "context"),
    ],
)
def test_why_a_rule_is_named_with_what_it_refuses(text, date, rule):
    analysis, _ = REASONS_RESOLVER.analyse(Document(text, date=date))
    assert {refusal.rule for refusal in analysis.refusals} == {rule}


OFFICES = """\
pack: o
defaults: {type: person}
entities:
  - {id: iran, name: Iran, type: place}
  - {id: raisi, name: Ebrahim Raisi}
  - {id: rowe, name: John Rowe (mayor), aliases: [{text: John Rowe, ambiguous: true}]}
  - {id: rowe-2, name: John Rowe (cyclist), aliases: [{text: John Rowe, ambiguous: true}]}
roles:
  - id: president
    name: President of Iran
    of: [iran]
    aliases: [{text: president, ambiguous: true, strength: weak}]
    holders: [{entity: raisi, from: 2021-08-05}]
  - {id: mayor, name: Mayor of Bude, aliases: [{text: mayor, ambiguous: true, strength: weak}], holders: [{entity: rowe}]}
"""
OFFICES_RESOLVER = resolver_of(OFFICES)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("They saw President Raisi", ["the surname Raisi of Ebrahim Raisi, pack o, line 5", 'office: "President" beside it is an office that Raisi held', 'office: surname of a holder, behind the title "President"']),
        ("They saw mayor John Rowe", ['the alias "John Rowe" (full) of John Rowe (mayor), pack o, line 6', 'office: "mayor" beside it is an office that John Rowe held', "not John Rowe (cyclist): no strong mention of it stands elsewhere"]),
    ],
)  # fmt: skip
def test_why_an_office_finds_a_person(text, steps):
    assert list(OFFICES_RESOLVER.resolve(text).mentions[-1].why) == steps


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("the deputy president", '"deputy" beside it makes it another office'),
        ("the president-elect", '"-elect" beside it makes it another office'),
        ("Samsung president Park Jin", '"Park Jin" behind it makes it another'),
        ("the president of the Women's Union", '"of ..." behind it makes it another'),
    ],
)
def test_why_an_office_is_refused(text, reason):
    analysis, _ = OFFICES_RESOLVER.analyse(Document(text))
    assert [(r.rule, r.reason) for r in analysis.refusals] == [("office", reason)]
    (line,) = explain_absence("president", analysis, [])
    assert line.partition("): ")[2] == reason
