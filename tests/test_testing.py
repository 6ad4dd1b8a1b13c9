"""Examples of packs: marks, outcomes, and how differences are shown."""

from __future__ import annotations

from conftest import resolver_of
from hypothesis import given
from hypothesis import strategies as st

from resolver.models import NOWHERE, Example
from resolver.packs.examples import Expected, parse_marks, write_marks
from resolver.testing import describe, run_example, run_examples

PACK = """\
pack: p
entities:
  - {id: place/iran, name: Iran, type: place}
  - {id: person/gass, name: Simon Gass, type: person}
  - {id: org/mod, name: MoD, type: org, aliases: [{text: MoD, ambiguous: true}]}
examples:
  - text: "[Iran](place/iran), [Simon Gass](person/gass) and the [MoD](?)."
  - text: "Iran and [nobody](person/gass) and the [MoD](org/mod)."
  - {text: "Iran", todo: true}
"""


def outcome_of(marked: str):
    """Run one example with the pack."""
    return run_example(
        resolver_of(PACK), Example(marked, date=None, todo=False, pack="p", location=NOWHERE)
    )


def test_examples_run_in_order():
    resolver = resolver_of(PACK)
    outcomes = list(run_examples(resolver, resolver.gazetteer.packs))
    assert [outcome.passed for outcome in outcomes] == [True, False, False]
    assert [outcome.example.location.line for outcome in outcomes] == [7, 8, 9]


def test_what_differs():
    outcome = outcome_of("Iran and [nobody](person/gass) and the [MoD](org/mod).")
    assert outcome.missing == ((9, 15, "person/gass"), (24, 27, "org/mod"))
    assert outcome.unexpected == ((0, 4, "place/iran"), (24, 27, "?"))
    assert outcome.marked_as_found == "[Iran](place/iran) and nobody and the [MoD](?)."
    assert outcome_of(outcome.marked_as_found).passed


def test_each_difference_stands_under_its_place():
    outcome = outcome_of("Iran and [nobody](person/gass) and the [MoD](org/mod).")
    assert describe(outcome).splitlines()[1:] == [
        "    Iran and nobody and the MoD.",
        "    ^^^^ found, not marked: place/iran",
        "             ^^^^^^ marked, not found: person/gass",
        "                            ^^^ marked org/mod, found ?",
    ]


def test_long_texts_are_wrapped():
    start = "word " * 17 + "Simon\nGass\n\n"
    outcome = outcome_of(start + "x" * 200 + " " + "word " * 40 + "\tIran.")
    assert describe(outcome).splitlines()[1:] == [
        "    " + "word " * 17 + "Simon",
        "    " + " " * 85 + "^^^^^",
        "    Gass",
        "    ^^^^ found, not marked: person/gass",
        "    ...",
        "    word word word word word word word  Iran.",
        "                                        ^^^^ found, not marked: place/iran",
    ]


TEXT = st.text(st.sampled_from("ab []()\\?\n"), max_size=30)


@given(TEXT, st.lists(st.integers(0, 30), max_size=6, unique=True))
def test_marks_come_back_as_they_were_written(text, places):
    ends = sorted(place for place in places if place <= len(text))
    spans = zip(ends[::2], ends[1::2], strict=False)
    expected = tuple(Expected(start, end, "person/gass") for start, end in spans)
    assert parse_marks(write_marks(text, expected)) == (text, expected)
