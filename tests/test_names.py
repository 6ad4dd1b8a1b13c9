"""The parts of names."""

from __future__ import annotations

import pytest

from resolver.names import is_headline, is_of_another, is_opener, is_other_word, surnames_of


@pytest.mark.parametrize(
    ("name", "surnames"),
    [
        ("Simon Gass", ("Gass",)),
        ("Ben Wallace (politician)", ("Wallace",)),
        ("Osama bin Laden", ("bin Laden",)),
        ("Alexander Van der Bellen", ("Van der Bellen",)),
        ("Bashar al-Assad", ("al-Assad", "al Assad", "Assad")),
        ("Nazanin Zaghari-Ratcliffe", ("Zaghari-Ratcliffe",)),
        ("Jan Peter van der Berg", ("van der Berg",)),
        ("Paul O'Neill", ("O'Neill",)),
        ("Wei Xu", ("Xu",)),
        ("Martin Luther King Jr.", ("King",)),
        ("Martin Luther King, Jr.", ("King",)),
        ("Al Carns", ("Carns",)),
        ("Abu Omar", ()),
        ("Madonna", ()),
        ("Elizabeth II", ()),
        ("Malcolm X", ()),
        ("Agent Orange 47", ()),
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
        ("told Pte Gass to", False),
        ("by PC Gass and", False),
        ("said Ldg Smn Gass to", False),
        ("the CEO Gass said", False),
        ("the NY Gass said", True),
        ("told Dr. Gass to", False),
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
        ("Minister Will Defend Lucy Gass Over Leak", False),
        ("Lucy Gass Defends Minister Over Leak", True),
        ("Court Hears Leak\nLucy Gass Defends Minister Over Leak", True),
        ("Court Hears Leak\nWhy Minister Defends Gass Over Leak\nLeak", False),
    ],
)
def test_names_of_others(text, other):
    start = text.index("Gass")
    assert is_of_another(text, start, start + 4) is other


def test_capitals_before_a_surname_in_capitals_are_a_name():
    assert is_of_another("told LUCY GASS to", 10, 14)


LONG = "word " * 60  # 300 characters


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Why Minister Defends *Gass Over Leak", True),
        ("*Gass", False),
        ("*Gass Left", True),
        ("*Gass Left Them Then.", False),
        ("*Gass Left Them Then", True),
        ("*Gass Left Them then", True),
        ("*Gass Left them then", False),
        ("*Gass Left to do it", True),
        ("he left\n*Gass Left Them\nand then\n", True),
        ("He Left Them Alone\n*Gass left them\nHe Left Them Alone", False),
        ("he left them alone\nWhy *Gass Left Them \nhe left them alone", True),
        ("he left them alone.\n*Gass Left Them\n", True),
        ("\n*Gass Left Them", True),
        ("he left them alone\nthey went home again\nWhy *Gass Left Them", True),
        ("when they left them there *Gass Left", False),
        ("*Gass Left Them. ", False),
        ("*Gass" + " Left" * 59 + "s", True),
        ("*Gass" + " Left" * 59 + "ss", False),
        ("Gass" + " Left" * 59 + " *Them", False),
        ("*Gass " + LONG, False),
    ],
)
def test_headlines(text, headline):
    assert is_headline(text.replace("*", ""), text.index("*")) is headline


@pytest.mark.parametrize(("word", "opener"), [("Yesterday", True), ("the", True), ("Lucy", False)])
def test_words_that_begin_sentences(word, opener):
    assert is_opener(word) is opener


@pytest.mark.parametrize(
    ("text", "begins", "other"),
    [
        ("Gass hurt", True, False),
        ("he saw May there", False, False),
        ("in May he", False, True),
        ("on 5 May he", False, True),
        ("May 5", True, True),
        (" 5 men saw May left", False, False),
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
