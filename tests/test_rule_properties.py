"""The surname and acronym rules against statements of them that are slow and plain to read.

The texts are chains of names with words in small letters between them, so that only what the rules
promise matters; what they hold back from (other people's names, ordinary words) is in
``test_names.py`` and ``cases/decisions.yaml``.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import pytest
from alphabet import NASTY, share, texts
from conftest import resolver_of
from hypothesis import example, given
from hypothesis import strategies as st

from resolver.brackets import MAX_LETTERS
from resolver.pipeline import Resolver
from resolver.rules.acronym import stands_for

# Surnames


class Piece(NamedTuple):
    """A stretch of a text: whom it names in full, or by which surname."""

    written: str
    person: str | None = None
    surname: str | None = None


PERSONS = {
    "p/ann": ("Ann Oakley", "oakley"),
    "p/bob": ("Bob Oakley", "oakley"),
    "p/gass": ("Simon Gass", "gass"),
    "p/laden": ("Osama bin Laden", "bin laden"),
    "p/émile": ("Émile Zöllner", "zöllner"),
}
PEOPLE = "pack: p\nentities:\n" + "".join(
    f"  - {{id: {id_}, name: {name}, type: person}}\n" for id_, (name, _) in PERSONS.items()
)
SURNAMES = {
    "Oakley": "oakley",
    "OAKLEY": "oakley",
    "Gass": "gass",
    "bin Laden": "bin laden",
    "bin\nLaden": "bin laden",
    "Zöllner": "zöllner",
    "Zo\u0308llner": "zöllner",
    "Zollner": "zöllner",
}
PIECES = [
    *(Piece(name, id_) for id_, (name, _) in PERSONS.items()),
    Piece("Simon\nGass", "p/gass"),
    Piece("SIMON GASS", "p/gass"),
    Piece("Ann\u00a0Oakley", "p/ann"),
    Piece("E\u0301mile Zöll\u00adner", "p/émile"),
    *(Piece(written, None, surname) for written, surname in SURNAMES.items()),
    Piece("gass"),
    Piece("oakley"),
]
FILLERS = [" met ", " and then ", " — saw — ", "’s friend ", ", 👍 with ", " said.\n\nthen of "]


class Found(NamedTuple):
    """What is expected of a mention, or found."""

    start: int
    end: int
    entities: tuple[str, ...]
    antecedent: tuple[int, int] | None = None


def naive_people(text: str, pieces: list[tuple[int, Piece]]) -> list[Found]:
    """Say of each stretch whom it names, by looking through all others."""
    full = [((at, at + len(p.written)), p.person) for at, p in pieces if p.person]
    expected = []
    for at, piece in pieces:
        place = (at, at + len(piece.written))
        if piece.person:
            expected.append(Found(*place, (piece.person,)))
        elif piece.surname:
            bearers = {id_ for _, id_ in full if PERSONS[id_][1] == piece.surname}
            before = {id_ for span, id_ in full if id_ in bearers and span < place}
            meant = sorted(before or bearers)
            if meant:
                own = [span for span, id_ in full if id_ == meant[0]]
                nearest = max((span for span in own if span < place), default=own[0])
                expected.append(Found(*place, tuple(meant), nearest if len(meant) == 1 else None))
    return expected


@st.composite
def chains(draw) -> tuple[str, list[tuple[int, Piece]]]:
    """Return a text and where the pieces of it stand."""
    text, placed = "the ", []
    for piece in draw(st.lists(st.sampled_from(PIECES), max_size=12)):
        placed.append((len(text), piece))
        text += piece.written + draw(st.sampled_from(FILLERS))
    return text + "others.", placed


@given(chains())
def test_a_surname_names_whom_the_full_names_before_it_name(drawn):
    text, pieces = drawn
    found = [
        Found(
            m.start,
            m.end,
            (m.entity_id,) if m.entity_id else tuple(c.entity_id for c in m.candidates),
            m.antecedent,
        )
        for m in PEOPLE_RESOLVER.resolve(text).mentions
    ]
    assert found == naive_people(text, pieces)


PEOPLE_RESOLVER = resolver_of(PEOPLE)


# Acronyms


def naive_stands_for(acronym: str, long_form: str) -> bool:
    """Try every way to find the letters in the long form, in order."""
    letters = [char for char in acronym if char.isalnum()]
    if not 2 <= len(letters) <= MAX_LETTERS or len(letters) >= len(long_form):
        return False
    capitals = [char for char in letters if char.isupper()]
    words = long_form.casefold()
    if len(capitals) < len(letters) / 2 or acronym.casefold() == words:
        return False
    return any(
        all(
            words[at:].startswith(letter.casefold())
            for at, letter in zip(ats, letters, strict=True)
        )
        and (ats[0] == 0 or not words[ats[0] - 1].isalnum())
        and all(
            one + len(letter.casefold()) <= other
            for one, other, letter in zip(ats, ats[1:], letters, strict=False)
        )
        for ats in combinations(range(len(words)), len(letters))
    )


@given(
    acronym=texts(["A", "B", "C", "a", "b", "ß", "İ", "1", ".", "&"], 4),
    long_form=texts(["a", "b", "c", "A", "B", "ß", "İ", "ss", "1", " ", " ", "-", "’"], 9),
)
@example(acronym="AB", long_form="a b")
@example(acronym="AA", long_form="a a")
def test_letters_are_found_if_there_is_any_way_to(acronym, long_form):
    assert stands_for(acronym, long_form) == naive_stands_for(acronym, long_form)


LONG = {
    "o/jic": ("Joint Intelligence Committee", "JIC"),
    "o/jec": ("Joint Eating Club", "JEC"),
    "o/jic2": ("Jam In Cans", "JIC"),
    "o/other": ("The Other Body", "JIC"),  # which the letters do not fit
}
BODIES = "pack: p\nentities:\n" + "".join(
    f"  - {{id: {id_}, name: {name}, type: body}}\n" for id_, (name, _) in LONG.items()
)
BODIES_RESOLVER = resolver_of(BODIES)
SENTENCES = [
    *(form for name, short in LONG.values() for form in (f"{name} ({short})", name, f"{short} ({name})")),
    "Joint Intelligence Committee (the “JIC”)",
    "Joint\nIntelligence Committee [JIC]",
    "Joint Intelligence Committee (jic)",
    "Joint Intelligence Committee, a JIC",
    "JIC", "JEC", "jic", "JICs", "the JEC’s", "👍", "İ", "\u202e",
]  # fmt: skip


def naive_bodies(sentences: list[str]) -> list[tuple[str, str]]:
    """Return what is found of each sentence, in order: what it says, and what it names."""
    defined: dict[str, str] = {}
    for sentence in sentences:
        plain = sentence.replace("\n", " ")
        for id_, (name, short) in LONG.items():
            fits = all(word[0] == letter for word, letter in zip(name.split(), short, strict=True))
            ways = {
                f"{name} ({short})", f"{short} ({name})", f"{name} (the “{short}”)", f"{name} [{short}]",
            }  # fmt: skip
            if fits and plain in ways:
                defined.setdefault(short, id_)
    names = {name: id_ for id_, (name, _) in LONG.items()}
    found = []
    for sentence in sentences:
        plain = sentence.replace("\n", " ")
        marks = {
            plain.find(written): (written, id_)
            for written, id_ in (*names.items(), *defined.items())
            if written in plain and "JICs" not in plain
        }
        found += [marks[at] for at in sorted(marks)]
    return found


@given(st.lists(st.sampled_from(SENTENCES), max_size=8))
def test_letters_name_what_they_are_first_said_to_stand_for(sentences):
    text = "".join(f"we see {sentence} there. " for sentence in sentences)
    mentions = BODIES_RESOLVER.resolve(text).mentions
    found = [(m.surface.replace("\n", " "), m.entity_id) for m in mentions]
    assert found == naive_bodies(sentences)
    for mention in mentions:
        assert (mention.kind == "acronym") == (mention.surface in {"JIC", "JEC"})
        assert (mention.antecedent is not None) == (mention.kind == "acronym")


# Both


@share(0.4)
@given(
    text=texts(
        [*NASTY, *SURNAMES, *(p.written for p in PIECES), *SENTENCES, "Mr ", "(", ") ", ". "], 30
    )
)
def test_whatever_stands_around_names_derived_mentions_stand_where_they_say(text):
    for resolver in (PEOPLE_RESOLVER, BODIES_RESOLVER):
        check_derived(resolver, text)


def check_derived(resolver: Resolver, text: str) -> None:
    """Check that derived mentions follow from mentions of what they name, and overlap nothing."""
    mentions = resolver.resolve(text).mentions
    end = 0
    for mention in mentions:
        assert mention.start >= end
        end = mention.end
        assert text[mention.start : mention.end] == mention.surface
        if mention.antecedent:
            assert mention.kind in {"surname", "acronym"}
            (before,) = [m for m in mentions if (m.start, m.end) == mention.antecedent]
            assert before.entity_id == mention.entity_id


@pytest.mark.parametrize(
    ("acronym", "long_form", "may"),
    [
        ("JIC", "Joint Intelligence Committee", True),
        ("JXC", "Joint Intelligence Committee", False),
        ("IM", "Iranian Mission", True),
        ("ICJ", "Joint Intelligence Committee", False),
        ("MoDe", "Ministry of Defence", True),
        ("Mode", "Ministry of Defence", False),
        ("ABCDEFGHIJ", "a b c d e f g h i j", True),
        ("ABCDEFGHIJK", "a b c d e f g h i j k", False),
        ("M", "Ministry", False),
        ("UK", "uk", False),
        ("U.K", "UK", False),
        ("UK", "u k", True),
    ],
)
def test_what_an_acronym_may_stand_for(acronym, long_form, may):
    assert stands_for(acronym, long_form) is may
