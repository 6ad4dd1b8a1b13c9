"""Whole-word matching as plain substring matching. A frame is shown as a bar here."""

from __future__ import annotations

import pytest

from resolver.framing import FRAME, begins_anywhere, frame, pattern_of, pattern_order


@pytest.mark.parametrize(
    ("folded", "framed"),
    [
        ("the uk", "|the|uk||"),
        ("a-b.", "|a|b|||"),
        ("mod_2", "|mod_2||"),
        ("é, \u064bx", "|é||\u064bx||"),
        ("", "|||"),
        ("\x80é\xff", "||é\xff||"),
    ],
)
def test_frames_of_texts_with_spaces(folded, framed):
    found = frame(folded)
    assert found.text == framed.replace("|", FRAME)
    assert [found.folded_place(place) for place in range(1, len(folded) + 1)] == [
        *range(len(folded))
    ]


@pytest.mark.parametrize(
    ("folded", "framed", "places"),
    [
        ("中", "||中|||", [-1, 0, 0, 1, 1, 2]),
        ("a中b", "|a|中|b||", [-1, 0, 1, 1, 2, 2, 3, 4]),
        ("中文 é", "||中||文||é||", [-1, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5]),
    ],
)
def test_frames_of_scripts_without_spaces(folded, framed, places):
    found = frame(folded)
    assert found.text == framed.replace("|", FRAME)
    assert [found.folded_place(place) for place in range(len(found.text))] == places


@pytest.mark.parametrize(
    ("alias", "whole_words", "pattern", "lead"),
    [
        ("uk", True, "|uk|", 1),
        ("uk", False, "uk", 0),
        ("big pear", True, "|big|pear|", 1),
        (".net", True, "|net|", 0),
        (".net", False, "|net", 0),
        ("u.s.", True, "|u|s||", 1),
        ("c#", True, "|c||", 1),
        ("(mod)", True, "|mod|", 0),
        ("mod)", True, "|mod|", 1),
        ('mod"', True, "|mod|", 1),
        ("mod]", True, "|mod|", 1),
        ("地中", True, "|地||中|", 1),
        ("a中", True, "|a|中|", 1),
        ("中a", True, "|中|a|", 1),
        ("中", True, "|中|", 1),
        ("a-中", True, "|a||中|", 1),
    ],
)
def test_patterns(alias, whole_words, pattern, lead):
    assert pattern_of(alias, whole_words=whole_words) == (pattern.replace("|", FRAME), lead)


@pytest.mark.parametrize(
    ("pattern", "anywhere"),
    [("|uk|", False), ("|u|s||", False), ("uk", True), ("||net|", True), ("|net", True)],
)
def test_patterns_that_begin_anywhere_come_last(pattern, anywhere):
    pattern = pattern.replace("|", FRAME)
    assert begins_anywhere(pattern) is anywhere
    assert pattern_order(pattern) == (anywhere, pattern)
