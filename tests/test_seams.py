"""Words that lost the space between them."""

from __future__ import annotations

import pytest

from resolver.seams import seams_of

# The second word begins behind "|".
CASES = {
    "small letters, then a capital": "about Terrorism|Iran today",
    "a name, then capitals": "the Taliban|GETTY",
    "capitals, then a name": "REUTERS|News",
    "three capitals, then a name": "BBCNews",
    "several": "Politics|Simon and World|Iran|Attack",
    "three letters that are no name": "the|Iran",
    "two letters before": "unIran",
    "a prefix with a capital": "McDonald FitzGerald YouTube MacDonald",
    "five letters with a capital": "Peter|Iran",
    "four letters with a capital": "PaulIran",
    "four letters behind": "Terrorism|Iran",
    "three letters behind": "TerrorismIra",
    "a space is none": "Terrorism Iran",
    "a hyphen is none": "Terrorism-Iran",
    "a digit before a capital is no seam": "19Iran covid19Iran",
    "a digit further on belongs to the word": "4day|Iran1 B4bydaypoint|Iran",
    "beyond ASCII": "Völkerrecht|Iran",
    "a capital beyond ASCII begins no word": "PolitikÖlpreis",
    "typographic quotes": "“Terrorism|Iran”",
    "at the ends of a text": "Terrorism|Iran",
    "a prefix at the beginning": "iPhones, Terrorism|Iran",
    "capitals at the beginning": "AAlands, REUTERS|News",
    "59 letters": f"{'x' * 59}|Iran",
    "60 letters are data": f"{'x' * 60}Iran",
    "60 letters behind": f"Terrorism{'I'}{'x' * 59}",
    "59 letters behind": f"Terrorism|{'I'}{'x' * 58}",
    "nothing": "",
}


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES)
def test_seams_stand_where_the_second_word_begins(marked):
    pieces = marked.split("|")
    wanted = [sum(map(len, pieces[:n])) for n in range(1, len(pieces))]
    assert seams_of("".join(pieces)) == wanted
