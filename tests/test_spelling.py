"""Whether a surface is written as its alias demands."""

from __future__ import annotations

import pytest

from resolver.spelling import is_spelled_as


@pytest.mark.parametrize(
    ("alias", "case", "right", "wrong"),
    [
        ("MoD", "any", "MoD mod MOD mOd", ""),
        ("MoD", "exact", "MoD ＭｏＤ", "MOD mod Mod"),
        ("MoD", "smart", "MoD MOD ＭＯＤ", "mod Mod mOD mOd"),
        ("US", "smart", "US", "us Us uS"),
        ("Élysée", "smart", "Élysée Elysee ÉLYSÉE ELYSÉE", "élysée elysee"),
        ("Gass", "smart", "Gass GASS GaSS", "gass gASS"),
        ("bin", "smart", "bin Bin BIN", ""),
        ("iPhone", "smart", "iPhone IPHONE", "iphone Iphone"),
        ("GAßE", "smart", "GAßE GASSE GAẞE", "gasse Gasse"),
        ("al-Qaim", "smart", "al-Qaim Al-Qaim AL-QAIM", "al-qaim Al-qaim"),
        ("A4", "smart", "A4", "a4"),
        ("4GS", "smart", "4GS", "4gs 4Gs"),
    ],
)
def test_case(alias, case, right, wrong):
    assert [word for word in right.split() if not is_spelled_as(word, alias, case)] == []
    assert [word for word in wrong.split() if is_spelled_as(word, alias, case)] == []


@pytest.mark.parametrize(
    ("surface", "alias", "case", "spelled"),
    [
        ("Big  Pear", "Big Pear", "exact", True),
        ("big pear", "Big Pear", "exact", False),
        ("Big pear", "Big Pear", "smart", False),
        ("BIG Pear", "Big Pear", "smart", True),
        ("Hiz b", "Hiz\u200cb", "smart", True),
        ("Hiz b", "Hiz\u200cb", "exact", False),
    ],
)
def test_case_of_several_words(surface, alias, case, spelled):
    assert is_spelled_as(surface, alias, case) is spelled
