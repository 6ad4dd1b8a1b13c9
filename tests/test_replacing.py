"""Rewritten texts carry spans both ways."""

from __future__ import annotations

from itertools import pairwise

import pytest
from alphabet import NASTY, texts
from conftest import resolver_of
from hypothesis import given
from hypothesis import strategies as st

from resolver.offsets import UNITS, OffsetConverter, carry
from resolver.replacing import Edit, Replaced, replace_mentions

PACK = """\
pack: p
entities:
  - {id: org/mod, name: Ministry of Defence, type: organisation, aliases: [MoD, Ministry]}
  - {id: place/iran, name: Iran, type: place, aliases: [Islamic Republic of Iran]}
  - {id: a, name: A B, type: x, aliases: [{text: Twin, ambiguous: true}]}
  - {id: b, name: B A, type: x, aliases: [{text: Twin, ambiguous: true}]}
"""
RESOLVER = resolver_of(PACK)
PIECES = [
    "MoD",
    "Ministry",
    "Iran",
    "Islamic Republic of Iran",
    "Twin",
    " ",
    " ",
    ",",
    "x",
]
TEXT = texts([*PIECES, *PIECES, *PIECES, *NASTY], 15)


def test_names_and_ids_take_the_place_of_surfaces():
    result = RESOLVER.resolve("The MoD of the Islamic Republic of Iran, Twin.")
    assert replace_mentions(result).text == "The Ministry of Defence of the Iran, Twin."
    by_id = replace_mentions(result, by="id")
    assert by_id.text == "The org/mod of the place/iran, Twin."
    assert by_id.edits == (Edit(4, 7, 4, 11), Edit(15, 39, 19, 29))


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ((0, 3), (0, 3)),
        ((4, 11), (4, 7)),
        ((5, 8), (4, 7)),
        ((12, 14), (8, 10)),
        ((9, 21), (4, 39)),
        ((30, 31), (40, 41)),
        ((0, 36), (0, 46)),
        ((11, 11), (7, 7)),
    ],
)
def test_spans_of_the_rewritten_text_lead_back(new, old):
    replaced = replace_mentions(
        RESOLVER.resolve("The MoD of the Islamic Republic of Iran, Twin."), by="id"
    )
    assert replaced.to_original(*new) == old


@given(text=TEXT, by=st.sampled_from(["name", "id"]), data=st.data())
def test_spans_come_back_from_a_round_trip(text, by, data):
    """Exactly, unless an end lies inside an edit, which is then taken as a whole."""
    result = RESOLVER.resolve(text)
    replaced = replace_mentions(result, by=by)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    there = replaced.to_replaced(start, end)
    back = replaced.to_original(*there)
    cut_start = next((e for e in replaced.edits if e.start < start < e.end), None)
    cut_end = next((e for e in replaced.edits if e.start < end < e.end), None)
    if start < end:
        assert back == (cut_start.start if cut_start else start, cut_end.end if cut_end else end)


@given(text=TEXT)
def test_what_was_not_replaced_is_the_same_on_both_sides(text):
    replaced = replace_mentions(RESOLVER.resolve(text))
    borders = [(0, 0, 0, 0), *replaced.edits, (len(text), len(text), *[len(replaced.text)] * 2)]
    for before, behind in pairwise(borders):
        old, new = text[before[1] : behind[0]], replaced.text[before[3] : behind[2]]
        assert old == new


def test_a_text_without_mentions_is_itself():
    replaced = Replaced("abc", [])
    assert (replaced.text, replaced.to_original(1, 2), replaced.to_replaced(0, 3)) == (
        "abc",
        (1, 2),
        (0, 3),
    )


@st.composite
def edited(draw) -> tuple[list[tuple[int, int, int, int]], int]:
    """Return edits of a text, which may put in or take out nothing, and the length of it."""
    edits, here, there = [], 0, 0
    for kept, old, new in draw(st.lists(st.tuples(*[st.integers(0, 3)] * 3), max_size=6)):
        here, there = (
            here + kept + (not kept and bool(edits)),
            there + kept + (not kept and bool(edits)),
        )
        if old or new:
            edits.append((here, here + old, there, there + new))
            here, there = here + old, there + new
    return edits, here + draw(st.integers(0, 3))


@given(drawn=edited(), data=st.data())
def test_spans_are_carried_as_each_of_their_characters_is(drawn, data):
    """A character that was kept becomes itself, one of an edit all that took its place."""
    edits, length = drawn
    place_of = {}
    moved = 0
    for at in range(length):
        edit = next((e for e in edits if e[0] <= at < e[1]), None)
        moved = sum(e[3] - e[2] - (e[1] - e[0]) for e in edits if e[1] <= at)
        place_of[at] = edit[2:] if edit else (at + moved, at + moved + 1)
    start = data.draw(st.integers(0, max(0, length - 1)))
    end = data.draw(st.integers(start, length))
    if start < end:
        places = [place_of[at] for at in range(start, end)]
        assert carry(edits, start, end) == (places[0][0], places[-1][1])


@given(text=TEXT, unit=st.sampled_from(UNITS), data=st.data())
def test_offsets_count_the_units_before_them(text, unit, data):
    convert = OffsetConverter(text, unit)
    encoding, size = {"utf16": ("utf-16-le", 2), "byte": ("utf-8", 1)}.get(unit, ("utf-32-le", 4))
    for offset in data.draw(st.lists(st.integers(0, len(text)), max_size=5)):  # in any order
        assert convert(offset) == len(text[:offset].encode(encoding, "surrogatepass")) // size
