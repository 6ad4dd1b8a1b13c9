"""Where sentences and paragraphs begin and end, and how far words stand apart."""

from __future__ import annotations

import pytest

from resolver.segments import Segments


def split(text: str, kind: str) -> list[str]:
    """Return the segments of a text, found from each of its characters."""
    spans = dict.fromkeys(
        getattr(Segments(text), kind)(place, place + 1) for place in range(len(text))
    )
    return [text[begin:end] for begin, end in spans]


@pytest.mark.parametrize(
    "sentences",
    [
        ["He left. ", "She stayed."],
        ["He left! ", "She?! ", "Yes."],
        ["He left.” ", "“She stayed.”"],
        ["He left.) ", "[She stayed.]"],
        ["He left.\n", "She stayed."],
        ["In 2021. ", "3 left."],
        ["He left… ", "She stayed."],
        ["Er ging. ", "Älter war sie."],
        ["他走了。", "她留下了。"],
        ["Mr. Gass left."],
        ["the Rev. Gass left."],
        ["told Sgt. Gass."],
        ["Calif. Governor"],
        ["J. Smith and A. B. Jones."],
        ["At 3.30 p.m. he left."],
        ["He left. she stayed."],
        ["U.S.Army"],
        ["He met the harbor. ", "Gass left."],
        ["He left\n\n", "she stayed"],
        ["He left\n \t\n  ", "she stayed"],
        ["He left\nshe stayed"],
        ["He left\u2029 ", "she stayed"],
        ["one"],
    ],
    ids="|".join,
)
def test_sentences(sentences):
    assert split("".join(sentences), "sentence") == sentences


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["He left. She stayed.\nIt rained.\n\n", "Then."],
        ["He left\n \n\n ", "she stayed"],
        ["He left\n  ", "she stayed\n she left"],
        ["He left\u2029", "she stayed"],
        ["He left\n"],
    ],
    ids="|".join,
)
def test_paragraphs(paragraphs):
    assert split("".join(paragraphs), "paragraph") == paragraphs


def test_what_reaches_over_a_border_lies_in_all_that_it_touches():
    segments = Segments("One. Two. Three. Four.\n\nFive.")
    assert segments.sentence(6, 12) == (5, 17)
    assert segments.sentence(5, 10) == (5, 10)
    assert segments.sentence(5, 11) == (5, 17)
    assert segments.paragraph(17, 25) == (0, 29)
    assert segments.paragraph(17, 24) == (0, 24)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("*Gass left.", True),
        ("“*Gass left.”", True),
        ("He left. *Gass stayed.", True),
        ("He left. So *Gass stayed.", False),
        ("Mr. *Gass stayed.", False),
        ("He left\n\n- *Gass", True),
    ],
)
def test_what_begins_a_sentence(text, begins):
    assert Segments(text.replace("*", "")).begins_sentence(text.index("*")) is begins


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[Gass] <left>", 1),
        ("[Gass] has <left>", 2),
        ("<left> [Gass]", 1),
        ("<has left> then [Gass]", 3),
        ("[Gass], who – so they say – has <left home>", 7),
        ("[Gass]'s <car>", 1),
        ("[Gass]’s old <car>", 2),
        ("He and [Gass]’s old <car>", 2),
        ("[Gass] isn't <here>", 2),
        ("[Gass]-led <group>", 2),
        ("[Gass] <isn>'t", 1),
    ],
)
def test_how_many_words_away(text, words):
    bare = text.translate(dict.fromkeys(map(ord, "[]<>")))
    marks = sorted((text.index(mark), mark) for mark in "[]<>")
    at = {mark: place - number for number, (place, mark) in enumerate(marks)}
    place, span = (at["<"], at[">"]), (at["["], at["]"])
    near = [Segments(bare).is_within(place, span, count) for count in range(words + 2)]
    assert near == [count >= words for count in range(words + 2)]
