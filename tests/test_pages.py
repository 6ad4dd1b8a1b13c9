"""Texts as they are searched: what stands where, and near what, alone or among others."""

from __future__ import annotations

import pytest

from resolver.pages import Page, Sheet

TEXTS = [
    "TerrorismIran met the MoD (Ministry of Defence).",
    "No capitals here, in Iran; nor in Iran's north",
    "",
    "BBCNews saw Iran. It rained [JIC].\n\nIn Iran",
]
BETWEEN = "\n\n"


def page(text: str) -> Page:
    return Page(text, Sheet(text))


def on_one_sheet(texts: list[str]) -> list[Page]:
    sheet = Sheet(BETWEEN.join(texts))
    begins = [sum(len(t) + len(BETWEEN) for t in texts[:n]) for n in range(len(texts))]
    return [Page(text, sheet, begin) for text, begin in zip(texts, begins, strict=True)]


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_a_text_among_others_is_what_it_is_alone(number):
    alone, among = page(TEXTS[number]), on_one_sheet(TEXTS)[number]
    assert among.text == alone.text
    assert among.folded == alone.folded
    assert among.words - {""} == alone.words - {""}
    for word in ("Iran", "iran", "MoD", "Ministry of Defence", "No capitals", "north", "it", "met"):
        assert list(among.find(word)) == list(alone.find(word))
        assert among.cues(word) == alone.cues(word)
        assert list(among.cued((word, "Iran"))) == list(alone.cued((word, "Iran")))
    assert list(among.seams) == list(alone.seams)
    assert (among.brackets, among.acronyms) == (alone.brackets, alone.acronyms)


def test_places_count_from_the_text_and_not_from_its_sheet():
    text = "(JIC) TerrorismIran"
    among = Page(text, Sheet(f"PoliticsIran\n\n{text}\n\nPoliticsIran"), len("PoliticsIran\n\n"))
    assert list(among.seams) == list(page(text).seams) == [15]
    assert list(page("Terrorism Iran").seams) == []


@pytest.mark.parametrize(
    ("text", "brackets", "acronyms"),
    [
        ("The Committee (JIC) met", True, True),
        ("The Committee [JIC] met", True, True),
        ("JIC (a committee) met", True, True),
        ("a committee (small) met", True, False),
        ("The JIC met", False, False),
    ],
)
def test_whether_something_stands_in_brackets_and_may_be_an_acronym(text, brackets, acronyms):
    assert page(text).brackets is brackets
    assert bool(page(text).acronyms) is acronyms


def test_words_and_where_they_stand():
    here = page("Iran's  North-Korea; iran IRAN, and Downing\nStreet, downing street")
    assert here.words == {"", "iran", "s", "north", "korea", "and", "downing", "street"}
    assert here.folded == "iran's north-korea; iran iran, and downing street, downing street"
    assert list(here.find("iran")) == [(0, 4), (21, 25), (26, 30)]
    assert list(here.find("Downing  Street")) == [(36, 50), (52, 66)]
    assert list(here.find("North Korea")) == []
    assert here.cues("Iran") == ((0, 4), (26, 30))
    assert here.cues("Downing Street") == ((36, 50),)
    assert here.cues("Oslo") == ()
    assert here.cued(("Oslo", "Korea", "Iran", "Downing Road", "North Korea")) == [
        ("Korea", ((14, 19),)),
        ("Iran", ((0, 4), (26, 30))),
    ]
    assert here.cued(("Iran",)) == [("Iran", ((0, 4), (26, 30)))]


def test_words_beside_scripts_without_spaces():
    here = page("Iran 頭頭頭頭頭頭 House of Lords, Iran")
    assert here.words >= {"iran", "house", "of", "lords", "頭"}
    assert list(here.find("Iran")) == [(0, 4), (28, 32)]
    assert list(here.find("頭頭頭頭頭")) == [(5, 10), (6, 11)]
    assert here.cues("House of Lords") == ((12, 26),)
    assert here.cued(("House of Commons", "House of Lords")) == [("House of Lords", ((12, 26),))]


NEAR = "One Oslo two. Three Oslo four five Bergen six. Seven\n\nEight Bergen Oslo"
BERGEN = (35, 41)


@pytest.mark.parametrize(
    ("place", "within", "near"),
    [
        ((20, 24), "3 words", True),
        ((20, 24), "2 words", False),
        ((14, 19), "4 words", True),
        ((14, 19), "3 words", False),
        ((42, 45), "1 words", True),
        ((42, 46), "sentence", True),
        ((4, 8), "9 words", False),
        ((20, 24), "sentence", True),
        ((4, 8), "sentence", False),
        ((9, 19), "sentence", False),
        ((42, 52), "sentence", False),
        ((4, 8), "paragraph", True),
        ((0, 3), "paragraph", True),
        ((47, 52), "paragraph", True),
        ((54, 59), "paragraph", False),
        ((47, 59), "paragraph", False),
        ((54, 59), "document", True),
        ((0, 3), "document", True),
        ((35, 41), "document", False),
        ((30, 36), "document", False),
        ((40, 45), "document", False),
        ((30, 35), "document", True),
        ((41, 45), "document", True),
    ],
)
def test_what_is_near(place, within, near):
    here = page(NEAR)
    assert here.is_near(place, BERGEN, within) is near
    assert here.any_near([place], BERGEN, within) is near


def test_what_ends_with_the_text_is_near():
    assert page(NEAR).is_near((67, 71), (60, 66), "sentence")
    assert page(NEAR).is_near((67, 71), (60, 66), "paragraph")


@pytest.mark.parametrize(
    ("places", "near"),
    [
        ([], False),
        ([(0, 3)], False),
        ([(14, 19)], True),
        ([(0, 3), (14, 19), (47, 52)], True),
        ([(14, 19), (35, 41)], True),
        ([(14, 19), (35, 37), (38, 40)], True),
        ([(35, 41)], False),
        ([(0, 3), (35, 41), (47, 52)], False),
        ([(35, 41), (42, 45)], True),
        ([(14, 19), (30, 36)], True),
        ([(30, 36), (47, 52)], False),
        ([(0, 3), (42, 45), (54, 59)], True),
    ],
)
def test_the_nearest_of_several_decides(places, near):
    assert page(NEAR).any_near(places, BERGEN, "sentence") is near
