"""All packs as one index, whatever order they come in."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from resolver.gazetteer import Gazetteer
from resolver.packs import parse_pack

PACKS = [
    parse_pack(text)
    for text in (
        'pack: b\nentities: [{id: iran, name: Iran, type: x, aliases: [حزب‌الله, {text: ran, boundary: none}]}]\n',
        "pack: a\nentities: [{id: iraq, name: Iraq, type: x, aliases: [Quds-Force]}]\nsuppress: [Iran Street]\n",
        "pack: c\nentities: [{id: quds, name: Quds Force, type: x, aliases: [Qods Force, --Net]}]\n",
    )
]  # fmt: skip


@pytest.mark.parametrize("packs", list(permutations(PACKS)))
def test_the_order_of_packs_does_not_count(packs):
    gazetteer = Gazetteer(packs)
    assert [pack.name for pack in gazetteer.packs] == ["a", "b", "c"]
    known = Gazetteer(PACKS)
    assert gazetteer.patterns == known.patterns
    for number in range(len(known.patterns)):
        aliases = [[f.aliases for f in g.forms[number]] for g in (gazetteer, known)]
        assert aliases[0] == aliases[1]
    assert list(gazetteer.owners) == ["iraq", "iran", "quds"]


def test_patterns_that_begin_anywhere_come_last():
    assert [pattern.replace("\x00", "|") for pattern in Gazetteer(PACKS).patterns] == [
        "|iran|",
        "|iran|street|",
        "|iraq|",
        "|qods|force|",
        "|quds|force|",
        "|حزب|الله|",
        "|حزبالله|",
        "||net|",
        "ran",
    ]


def test_variants_are_asked_for_every_alias_of_an_owner():
    asked = []

    def variants(alias):
        asked.append(alias.text)
        return [replace(alias, text=alias.text.replace("Q", "K"))] if "Qods" in alias.text else []

    gazetteer = Gazetteer(PACKS, variants)
    listed = "Iraq|Quds-Force|Iran|حزب‌الله|ran|Quds Force|Qods Force|--Net"
    assert asked == listed.split("|")
    assert [alias.entity_id for alias in gazetteer.lookup("kods force")] == ["quds"]
    assert "kods force" in gazetteer.folded_aliases()
    assert gazetteer.lookup("Iran Street") == ()
