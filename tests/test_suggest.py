"""What looks like a name and is not listed, what it is nearly, and how it is accepted."""

from __future__ import annotations

import pytest
from conftest import resolver_of

from resolver.decision import select
from resolver.errors import ConfigurationError, PackError
from resolver.models import Document
from resolver.packs import parse_pack
from resolver.workbench.acceptance import accepted, empty_pack
from resolver.workbench.sequences import unlisted_names
from resolver.workbench.suggestion import Suggestion, suggestions
from resolver.workbench.unlisted import Corpus, Place, Unlisted

PACK = """\
pack: p
defaults: {type: person}
entities:
  - id: place/iran
    name: Iran
    type: place
    aliases: [{text: Iranian, kind: demonym}, {text: People, ambiguous: true, strength: weak}]
  - {id: place/tehran, name: Tehran, type: place}
  - {id: person/gass, name: Simon Gass}
  - {id: person/karzai, name: Hamid Karzai, aliases: [{text: Karzai, kind: short}]}
  - {id: person/smith, name: Simon Smith}
  - {id: org/is, name: Islamic State, type: org}
  - {id: org/mof, name: Ministry of Finance, type: org}
  - {id: event/1373, name: Resolution 1373, type: event}
roles:
  - id: role/envoy
    name: Special Envoy
    name_is_alias: false
    aliases: [{text: special envoy, ambiguous: true}]
    holders: [{entity: person/gass}]
suppress: [Times Square]
"""


@pytest.fixture(scope="module")
def resolver():
    return resolver_of(PACK)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("He met Lucy Harrow.", ["Lucy Harrow"], id="two words"),
        pytest.param("He met Lucy\nHarrow and Jim Lee.", ["Lucy\nHarrow", "Jim Lee"], id="lines"),
        pytest.param("Lucy left, and Jim left.", ["Jim"], id="alone at the beginning of a sentence"),
        pytest.param("NCSC said it.", ["NCSC"], id="an acronym at the beginning of a sentence"),
        pytest.param("the U.S.A. and U.N. spoke", ["U.S.A.", "U.N."], id="acronyms with stops"),
        pytest.param("at the Ministry of Women's Affairs", ["Ministry of Women's Affairs"], id="of"),
        pytest.param("a Bank of Nowhere's note", ["Bank of Nowhere"], id="a possessive"),
        pytest.param("said Abu Bakr al Baghdadi", ["Abu Bakr al Baghdadi"], id="a particle"),
        pytest.param("in Alsace-Lorraine, a Kurd-led force", ["Alsace-Lorraine", "Kurd"], id="hyphens"),
        pytest.param("said Mr Jones on Friday in March", ["Jones"], id="titles, days and months"),
        pytest.param("The But However I’m It's", [], id="words that begin sentences"),
        pytest.param("in Кабуле и Örebro Šibenik", ["Кабуле", "Örebro Šibenik"], id="other letters"),
        pytest.param("President Lucy Harrow met the Special Envoy Jim Lee", ["President Lucy Harrow", "Jim Lee"], id="behind an office"),
        pytest.param("the Iranian Lucy Harrow met Simon Gass Jones", ["Lucy Harrow", "Jones"], id="behind a demonym or person"),
        pytest.param("at Tehran University, in Iran's Qom", ["Tehran University", "Qom"], id="with a place inside"),
        pytest.param("in Iran, Tehran and Times Square", [], id="mentions and suppressions"),
        pytest.param("said People, the Ministry of Finance", [], id="aliases that nothing speaks for"),
        pytest.param("Lucy Harrow Tells Whole Story\n\nand Jim Lee did", ["Jim Lee"], id="a headline"),
        pytest.param("kabul كابل 喀布尔", [], id="scripts without capitals"),
    ],
)  # fmt: skip
def test_unlisted_names(resolver, text, names):
    text += " as it was said."  # a line without a full stop, all in capitals, is a headline
    analysis, decisions = resolver.analyse(Document(text))
    found = unlisted_names(analysis, select(decisions))
    assert [text[start:end] for start, end in found] == names


def corpus_of(resolver, *texts: str) -> Corpus:
    """Return the unlisted names of some texts."""
    corpus = Corpus()
    for number, text in enumerate(texts):
        corpus.add(*resolver.analyse(Document(text, f"doc {number}")))
    return corpus


def test_names_are_counted_over_documents(resolver):
    names = corpus_of(
        resolver,
        "He met Lucy Harrow. Harrow met LUCY HARROW twice, said Lucy Harrow.",
        "He met Jim Lee, and Jim Lee met Ann Lee.",
        "He met Lucy Harrow and Ann Lee.",
    ).unlisted()
    assert [(n.surface, n.documents, n.count) for n in names] == [
        ("Lucy Harrow", 2, 4),
        ("Ann Lee", 2, 2),
        ("Jim Lee", 1, 2),
    ]
    assert names[0].places[1] == Place("doc 0", 31, "He met Lucy Harrow. Harrow met ", "LUCY HARROW", " twice, said Lucy Harrow.")  # fmt: skip
    assert len(names[0].places) == 3


def test_words_that_also_stand_in_small_letters_are_no_names(resolver):
    names = corpus_of(
        resolver, "said the Minister and the Sufi", "a minister, the ministers"
    ).unlisted()
    assert [name.surface for name in names] == ["Sufi"]


NEAR = [
    pytest.param(
        "The special envoy Simon Garth left.", "person/gass", 76,
        ("the same given name", "an office of theirs in the sentence"),
        id="a garbled surname beside an office",
    ),
    pytest.param(
        "He met Simon Gass. Simon Garth left.", "person/gass", 76,
        ("the same given name", "mentioned in the same document"),
        id="a garbled surname in a document with the right one",
    ),
    pytest.param("Simon Garth left.", None, 0, (), id="a garbled surname and nothing else"),
    pytest.param("The special envoy Tom Garth left.", None, 0, (), id="another given name"),
    pytest.param("He met Hamid Karzi.", "person/karzai", 96, ("the same given name",), id="a typo"),
    pytest.param("He met Ahmid Karzai", None, 0, (), id="another first letter"),
    pytest.param("He met Karsai there.", None, 0, (), id="a short word with too much else"),
    pytest.param("He met Karzaï there.", None, 0, (), id="what folds alike is listed"),
    pytest.param("The Ministry of Science.", None, 0, (), id="other words of one pattern"),
    pytest.param("The Ministry of Finances.", "org/mof", 97, (), id="a plural"),
    pytest.param("The Ministry of the Finance.", "org/mof", 90, (), id="a word more"),
    pytest.param("The Islamic State One.", None, 0, (), id="a whole alias and more"),
    pytest.param("The Resolution 1378.", None, 0, (), id="other digits"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "entity_id", "similarity", "signs"), NEAR)
def test_near_misses(resolver, text, entity_id, similarity, signs):
    names = corpus_of(resolver, text).unlisted()
    first = next(iter(suggestions(resolver.gazetteer, names, 5)), Suggestion(Unlisted()))
    assert (first.alias.entity_id if first.alias else None) == entity_id
    assert (first.similarity, first.signs) == (similarity, signs)


def test_near_misses_come_first_those_with_most_signs_before(resolver):
    corpus = corpus_of(
        resolver,
        "He met Ann Lee and Ann Lee, Hamid Karzi.",
        "The special envoy Simon Garth",
        "Ann Lee",
    )
    found = suggestions(resolver.gazetteer, corpus.unlisted(), 5)
    assert [s.name.surface for s in found] == ["Simon Garth", "Hamid Karzi", "Ann Lee"]
    found = suggestions(resolver.gazetteer, corpus.unlisted(), 1)
    assert [s.name.surface for s in found] == ["Simon Garth", "Ann Lee"]


def suggestion_of(surface: str, near: str | None, resolver) -> Suggestion:
    """Return a suggestion that was seen in a document."""
    name = Unlisted(places=[Place("copy.txt", 0, "", surface, "")])
    name.spellings[surface] += 1
    alias = resolver.gazetteer.owners[near].aliases[0] if near else None
    return Suggestion(name, alias)


@pytest.mark.parametrize(
    ("surface", "near", "entity_id", "kind", "line"),
    [
        pytest.param(
            "Simon Garth", "person/gass", None, "garbled",
            "  - {id: person/gass, name: Simon Gass, aliases: [{text: Simon Garth, kind: garbled, source: seen in copy.txt}]}",
            id="an alias of what it is nearly",
        ),
        pytest.param(
            "Simon Garth", "person/gass", "person/smith", None,
            "  - {id: person/smith, name: Simon Smith, aliases: [{text: Simon Garth, source: seen in copy.txt}]}",
            id="an alias of something else",
        ),
        pytest.param(
            "Lucy Lee", None, "place/lucy-lee", None,
            "  - {id: place/lucy-lee, name: Lucy Lee, type: place, source: seen in copy.txt}",
            id="a new entity, of the type that such ids have",
        ),
        pytest.param(
            "NO", None, "club/no", "acronym",
            "  - {id: club/no, name: 'NO', type: club, source: seen in copy.txt}",
            id="a new entity of a new type",
        ),
    ],
)  # fmt: skip
def test_acceptance_writes_yaml(resolver, surface, near, entity_id, kind, line):
    suggestion = suggestion_of(surface, near, resolver)
    text = accepted(PACK, "p.yaml", suggestion, entity_id, kind, resolver.gazetteer)
    assert [new for new in text.splitlines() if new not in PACK.splitlines()] == [line]
    id_ = entity_id or near
    owner = next(owner for owner in parse_pack(text).owners if owner.id == id_)
    assert surface in [alias.text for alias in owner.aliases]


def test_acceptance_into_a_new_pack(resolver, tmp_path):
    empty = empty_pack(tmp_path / "my club.yaml")
    assert empty == "# yaml-language-server: $schema=pack.schema.json\npack: my-club\n"
    suggestion = suggestion_of("Lucy Lee", None, resolver)
    text = accepted(empty, "n.yaml", suggestion, "person/lee", None, resolver.gazetteer)
    assert parse_pack(text).entities[0].name == "Lucy Lee"
    assert empty_pack(tmp_path / "no.yaml").endswith('pack: "no"\n')


@pytest.mark.parametrize(
    ("near", "entity_id", "message"),
    [
        (None, None, "Lucy Lee is near no alias, say what it names with --as ID"),
        ("person/gass", None, "person/gass stands in <pack>, give that file to --pack"),
        (None, "lee", "lee does not say what it is, write it as person/name"),
    ],
)
def test_what_cannot_be_accepted(resolver, near, entity_id, message):
    suggestion = suggestion_of("Lucy Lee", near, resolver)
    with pytest.raises(ConfigurationError) as error:
        accepted("pack: new\n", "new.yaml", suggestion, entity_id, None, resolver.gazetteer)
    assert str(error.value) == message
    with pytest.raises(PackError, match=r"^new\.yaml:1:1: file has no pack"):
        accepted("title: x\n", "new.yaml", suggestion, "person/a", None, resolver.gazetteer)
