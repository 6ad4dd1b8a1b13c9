"""Spellings of names: which, how many, under which conditions, and that they yield."""

import doctest

import pytest
from resolver_transliteration import resolver_variants, spelling
from resolver_transliteration.spelling import MOST, SHORTEST, spellings

from resolver import Resolver
from resolver.folding import fold
from resolver.models import Alias
from resolver.packs import bundled_folder, parse_pack, read_pack
from resolver.plugins import load_plugins


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(spelling).failed == 0


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ("Mohammad Najibullah", "Muhammad Najibullah"),
        ("Mohammad Najibullah", "Muhammad Najibollah"),
        ("Mohammad Najibullah", "Mohammad Najib Ullah"),
        ("Saddam Hussein", "Saddam Husain"),
        ("al-Qaeda", "Al Qaida"),
        ("Al-Qaeda in Iraq", "al-Qa'ida in Iraq"),
        ("Abdel Fattah el-Sisi", "Abdul Fattah al-Sisi"),
        ("Abdel Fattah el-Sisi", "Abd al-Fattah el-Sisi"),
        ("Abdulrahman Wahid", "Abdul Rahman Wahid"),
        ("Abdul Salam Zaeef", "Abdulsalam Zaeef"),
        ("Sirajuddin Haqqani", "Sirajeddin Haqqani"),
        ("Sirajuddin Haqqani", "Siraj-ud-Din Haqqani"),
        ("Siraj al-Din Haqqani", "Sirajuddin Haqqani"),
        ("Zia-ul-Haq Amarkhil", "Zia ul-Haq Amarkhil"),
        ("Fazlur Rehman Khalil", "Fazlur Rahman Khalil"),
        ("Jaish-e-Mohammed", "Jaish-e Mohammed"),
        ("Hezbollah", "Hizbullah"),
        ("Mullah Mohammad Fazl", "Mohammad Fazl"),
        ("Khalid Payenda", "Xalid Payenda"),
        ("ABDUL GHANI BARADAR", "Abdel Ghani Baradar"),
    ],
)
def test_spellings_of_a_name(listed, found):
    assert fold(found).text in {fold(text).text for text in spellings(listed)}


@pytest.mark.parametrize(
    "name",
    [
        "Simon Gass",
        "Al Gore",
        "El Mundo",
        "Rory Stewart",
        "Khan",
        "Omar",
        "Ali",
        "Aladdin",
        "Aladdin Project",
    ],
)
def test_names_without_such_parts_have_no_other_spelling(name):
    assert list(spellings(name)) == []


def test_a_mullah_of_one_name_keeps_the_title():
    assert all(text.startswith("M") for text in spellings("Mulla Omar"))


def bundled_aliases():
    """Return the aliases of the packs that come with resolver."""
    packs = (read_pack(path) for path in sorted(bundled_folder().glob("*people.yaml")))
    return [alias for pack in packs for owner in pack.owners for alias in owner.aliases]


def test_spellings_are_few_different_and_never_short():
    for alias in bundled_aliases():
        found = [fold(text).text for text in spellings(alias.text)]
        assert len(found) <= MOST
        assert len({fold(alias.text).text, *found}) == len(found) + 1, alias.text
        assert all(len(text) >= SHORTEST for text in found), alias.text


def test_a_single_word_comes_of_a_single_name_only():
    for alias in bundled_aliases():
        if len(alias.text.replace("-", " ").split()) > 3:
            assert all(" " in text or "-" in text for text in spellings(alias.text)), alias.text


@pytest.mark.parametrize(
    "alias",
    [
        Alias("Mohammad Agha", "place/mohammad-agha"),
        Alias("Hussein", "person/saddam-hussein"),
        Alias("Mohammed Husein", "person/x", kind="garbled"),
        Alias("MKO", "org/mek", kind="acronym"),
    ],
    ids=lambda alias: alias.text,
)
def test_other_aliases_have_no_variants(alias):
    assert resolver_variants(alias) == []


def test_a_variant_keeps_the_conditions_and_says_what_it_is():
    listed = Alias("Hamid Karzai", "person/karzai", ambiguous=True, kind="full", pack="p")
    variant = resolver_variants(listed)[0]
    assert variant.text == "Hameed Karzai"
    assert (variant.ambiguous, variant.kind, variant.pack) == (True, "transliteration", "p")


def test_usual_names_are_weak():
    usual = resolver_variants(Alias("Mohammad Mustafa", "person/x"))
    assert {variant.strength for variant in usual} == {"weak"}
    titled = resolver_variants(Alias("Haji Zaman Ghamsharik", "person/x"))
    assert [(v.text, v.strength) for v in titled if not v.text.startswith("Ha")] == [
        ("Zaman Ghamsharik", "weak")
    ]


PACK = """
pack: people
defaults: {type: person}
entities:
  - {id: person/a, name: Hamid Karzai}
  - {id: person/b, name: Hameed Karzai}
  - {id: person/c, name: Mohammad Mustafa Jan}
  - {id: person/d, name: Muhammad Mostafa Jan}
"""


@pytest.fixture(scope="module")
def resolver():
    """A resolver with this plugin and four persons who are nearly namesakes."""
    return Resolver([parse_pack(PACK)], plugins=load_plugins(only=["transliteration"]))


def test_a_variant_yields_to_a_listed_name(resolver):
    found = resolver.resolve("Hamid Karzai met Hameed Karzai.").mentions
    assert [mention.entity_id for mention in found] == ["person/a", "person/b"]


def test_a_variant_of_two_names_is_ambiguous(resolver):
    (mention,) = resolver.resolve("Mohammed Mustafa Jan left.").mentions
    assert [candidate.entity_id for candidate in mention.candidates] == ["person/c", "person/d"]


def test_a_variant_is_found_and_explained(resolver):
    (mention,) = resolver.resolve("Hamed met Muhammad Mustafa Jan.").mentions
    assert mention.kind == "transliteration"
    assert 'the alias "Muhammad Mustafa Jan" (transliteration)' in mention.why[0]
