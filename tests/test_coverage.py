"""What packs miss in a corpus, and what in them never fires."""

from __future__ import annotations

from conftest import resolver_of

from resolver.models import Document
from resolver.workbench.coverage import Coverage

PACK = """\
pack: p
entities:
  - {id: gass, name: Simon Gass, type: person, aliases: [Simon Garth, {text: Sir Simon, strength: weak}]}
  - {id: gb-mod, name: British MoD, type: org, aliases: [{text: MoD, ambiguous: true}]}
  - {id: in-mod, name: Indian MoD, type: org, aliases: [{text: MoD, ambiguous: true}]}
suppress: [MoD Street]
"""


def coverage_of(*texts: str) -> tuple[Coverage, list[str]]:
    """Return the coverage of some texts, and the aliases that never fired."""
    resolver = resolver_of(PACK)
    coverage = Coverage()
    for text in texts:
        coverage.add(*resolver.analyse(Document(text)))
    return coverage, [alias.text for alias in coverage.unused(resolver.gazetteer)]


def test_aliases_that_stand_on_one_line_are_told_apart():
    coverage, unused = coverage_of("Simon Garth came. Garth left.", "He lives in MoD Street.")
    assert (coverage.documents, coverage.mentions) == (2, 2)
    assert unused == ["Simon Gass", "Sir Simon", "British MoD", "MoD", "Indian MoD", "MoD"]


def test_candidates_of_an_ambiguous_mention_fire():
    _, unused = coverage_of("The MoD said so.")
    assert unused == ["Simon Gass", "Simon Garth", "Sir Simon", "British MoD", "Indian MoD"]


def test_a_match_that_is_no_mention_does_not_fire():
    _, unused = coverage_of("Here comes Sir Simon, the Indian MoD said.")
    assert "Sir Simon" in unused
    assert "Indian MoD" not in unused


def test_what_is_missing():
    coverage, _ = coverage_of("Simon Gass met Lucy Harrow.", "He met Lucy Harrow and Ann Lee.")
    assert [(n.surface, n.documents) for n in coverage.unlisted.unlisted()] == [
        ("Lucy Harrow", 2),
        ("Ann Lee", 1),
    ]
