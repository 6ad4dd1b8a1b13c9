"""Letters beside brackets, and what they may be short for."""

from __future__ import annotations

import pytest

from resolver.brackets import letters_beside_brackets, may_be_acronym

# A long form is marked where the letters may be short for it: it ends at ], or begins at [.
CASES = {
    "behind a name": ("Joint Committee] (JC) met", [("JC", "]")]),
    "without a space": ("Joint Committee](JC)", [("JC", "]")]),
    "with an article": ("Joint Committee] (the JC)", [("JC", "]")]),
    "in quotes": ("Joint Committee] (“JC”)", [("JC", "]")]),
    "with more in the brackets": ("Joint Committee] (JC, London)", [("JC", "]")]),
    "in square brackets": ("Joint Committee] {JC}", [("JC", "]")]),
    "with stops": ("United Nations] (U.N.)", [("U.N.", "]")]),
    "with an ampersand": ("Rest and Recuperation] (R&R)", [("R&R", "]")]),
    "before a name": ("JC ([Joint Committee)", [("JC", "[")]),
    "before a name in quotes": ("JC (“[Joint Committee”)", [("JC", "[")]),
    "on both sides": ("JC] ([JCC) and UN ([", [("JCC", "]"), ("JC", "["), ("UN", "[")]),
    "at the beginning": ("](JC)", [("JC", "]")]),
    "at the end": ("JC ([", [("JC", "[")]),
    "small letters": ("joint (committee) of", []),
    "a word": ("Staff (Reuters) -", []),
    "a word in capitals before": ("LONDON ([Reuters)", [("LONDON", "[")]),
    "one letter": ("Vitamin (C)", []),
    "eleven letters": ("Long Name (ABCDEFGHIJK)", []),
    "ten letters": ("Long Name] (ABCDEFGHIJ)", [("ABCDEFGHIJ", "]")]),
    "half of them small": ("Ministry of Defence] (MoDe)", [("MoDe", "]")]),
    "most of them small": ("Ministry of Defence (Mode)", []),
    "no bracket that closes": ("Joint Committee (JC met", []),
    "two words": ("Joint Committee (JC MC)", []),
    "no space before the bracket": ("JC([Joint", []),
    "two spaces before the bracket": ("JC  (Joint", []),
    "part of a word": ("aJC (Joint", []),
    "several": ("A] (AB), B] (BC), C] (CD)", [("AB", "]"), ("BC", "]"), ("CD", "]")]),
    "a letter is no bracket": ("JC Xanten XX", []),
    "no brackets": ("JC", []),
    "empty": ("", []),
}


def unmarked(text: str) -> tuple[str, dict[str, list[int]]]:
    """Return a text without its marks, and where they stood; braces become square brackets."""
    places: dict[str, list[int]] = {"[": [], "]": []}
    bare = ""
    for char in text:
        if char in places:
            places[char].append(len(bare))
        else:
            bare += char
    return bare.replace("{", "[").replace("}", "]"), places


@pytest.mark.parametrize(("marked", "wanted"), CASES.values(), ids=CASES)
def test_letters_beside_brackets_are_found(marked, wanted):
    text, places = unmarked(marked)
    found = [
        (letters, "[", begins) if ends is None else (letters, "]", ends)
        for letters, ends, begins in letters_beside_brackets(text)
    ]
    assert found == [(letters, mark, places[mark].pop(0)) for letters, mark in wanted]


@pytest.mark.parametrize(
    ("letters", "may"),
    [("UN", True), ("U.N.", True), ("U", False), ("Un", True), ("Uno", False), ("MI6", True)],
)
def test_acronyms_are_short_and_mostly_capitals(letters, may):
    assert may_be_acronym(letters) is may
