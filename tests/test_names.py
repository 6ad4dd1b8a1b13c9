"""The parts of names."""

from __future__ import annotations

import pytest

from resolver.names import is_of_another, is_other_word, surnames_of


@pytest.mark.parametrize(
    ("name", "surnames"),
    [
        ("Simon Gass", ("Gass",)),
        ("Ben Wallace (politician)", ("Wallace",)),
        ("Osama bin Laden", ("bin Laden",)),
        ("Alexander Van der Bellen", ("Van der Bellen",)),
        ("Bashar al-Assad", ("al-Assad", "al Assad", "Assad")),
        ("Nazanin Zaghari-Ratcliffe", ("Zaghari-Ratcliffe",)),
        ("Martin Luther King Jr.", ("King",)),
        ("Al Carns", ("Carns",)),
        ("Abu Omar", ()),
        ("Madonna", ()),
        ("Elizabeth II", ()),
        ("Malcolm X", ()),
    ],
)
def test_surnames(name, surnames):
    assert surnames_of(name) == surnames


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("said Gass to", False),
        ("Yesterday Gass went", False),
        ("told Mr Gass to", False),
        ("by Lawyer Gass and", False),
        ("the CEO Gass said", False),
        ("the Gass-led group", False),
        ("anti-Gass words", False),
        ("it rained. Gass left", False),
        ("told Lucy Gass to", True),
        ("Lucy Gass left", True),
        ("told W. Gass to", True),
        ("Mary-Gass left", True),
        ("the Gass-Jones pair", True),
        ("the al-Gass clan", True),
        ("on Gass Street in", True),
        ("Why Minister Defends Gass Over Leak", False),
    ],
)
def test_names_of_others(text, other):
    start = text.index("Gass")
    assert is_of_another(text, start, start + 4) is other


@pytest.mark.parametrize(
    ("text", "begins", "other"),
    [
        ("Gass hurt", True, False),
        ("he saw May there", False, False),
        ("in May he", False, True),
        ("on 5 May he", False, True),
        ("May 5", True, True),
        ("by the end of May he", False, True),
        ("critics of May cheered", False, False),
        ("Brown said no", True, False),
        ("Brown, who left", True, False),
        ("Brown bears eat", True, True),
        ("saw Brown bears", False, False),
    ],
)
def test_ordinary_words(text, begins, other):
    surname = next(word for word in ("Gass", "May", "Brown") if word in text)
    start = text.index(surname)
    assert is_other_word(surname, text, start, begins_sentence=begins) is other
