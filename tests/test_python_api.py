"""What the Python interface promises to those who call it wrongly, or just so."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest

from resolver import Document, Resolver
from resolver.errors import ConfigurationError
from resolver.packs import parse_pack

PACK = "pack: p\nentities:\n  - {id: place/iran, name: Iran, type: place}\n"


@pytest.fixture
def pack(tmp_path):
    path = tmp_path / "p.yaml"
    path.write_text(PACK, "utf-8")
    return path


def load(packs) -> Resolver:
    return Resolver.load(packs, bundled=False, plugins=False)


@pytest.mark.parametrize(
    "named", [str, lambda path: path, lambda path: [path], lambda path: {path}]
)
def test_packs_may_be_one_or_several(pack, named):
    assert [m.name for m in load(named(pack)).resolve("Iran").mentions] == ["Iran"]


@pytest.mark.parametrize("date", [None, "2020", "2020-01", "2020-01-21", "2020-01-21T10:30:00Z"])
def test_dates_that_there_are(pack, date):
    assert load(pack).resolve("Iran", date=date).document.date == date


@pytest.mark.parametrize("date", ["21.1.2020", "2020-02-31", "", "yesterday"])
def test_a_date_that_there_is_not(pack, date):
    resolver = load(pack)
    message = f"date {date} is none, write a day as 2020-01-21"
    with pytest.raises(ConfigurationError) as one:
        resolver.resolve("Iran", date=date)
    with pytest.raises(ConfigurationError) as many:
        list(resolver.resolve_many(["Iran"], date=date))
    assert str(one.value) == str(many.value) == message


DAY = dt.date(2020, 2, 3)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (
            Document("Iran", "n7", "2022-02-31"),
            "document n7: date 2022-02-31 is none, write a day as 2020-01-21",
        ),
        (
            Document("Iran", date="31.12.2022"),
            "date 31.12.2022 is none, write a day as 2020-01-21",
        ),
        (
            Document("Iran", "n7", DAY),
            "document n7: a date is a text such as 2020-01-21, not date",
        ),
    ],
)
def test_a_document_of_no_date(pack, document, message):
    resolver = load(pack)
    for resolve in (resolver.resolve, lambda one: list(resolver.resolve_many([one]))):
        with pytest.raises(ConfigurationError) as error:
            resolve(document)
        assert str(error.value) == message
    with pytest.raises(ConfigurationError, match="a date is a text such as 2020-01-21, not date"):
        resolver.resolve("Iran", date=DAY)


def test_an_empty_date_is_no_date_and_gets_the_one_that_is_given(pack):
    assert load(pack).resolve(Document("Iran", date=""), date="2020").document.date == "2020"


def test_a_choice_that_there_is_not(pack):
    message = "overlaps some is unknown, use none, all, nested"
    with pytest.raises(ConfigurationError, match=message):
        load(pack).resolve("Iran", overlaps="some")
    with pytest.raises(ConfigurationError, match=message):
        next(load(pack).resolve_many(["Iran"], overlaps="some"))


@pytest.mark.parametrize(("document", "kind"), [(None, "NoneType"), (b"Iran", "bytes"), (7, "int")])
def test_what_is_no_document(pack, document, kind):
    message = f"a document is a str or a Document, not {kind}"
    with pytest.raises(TypeError, match=message):
        load(pack).resolve(document)
    with pytest.raises(TypeError, match=message):
        list(load(pack).resolve_many(["Iran", document]))


def test_a_date_of_the_call_is_for_documents_without_one(pack):
    documents = [Document("Iran", date="2001-01-01"), Document("Iran"), "Iran"]
    dates = [r.document.date for r in load(pack).resolve_many(documents, date="2020-01-21")]
    assert dates == ["2001-01-01", "2020-01-21", "2020-01-21"]


def test_results_come_while_documents_still_do(pack):
    seen = []

    def documents():
        for number in range(100):
            seen.append(number)
            yield f"Iran {number}"

    results = load(pack).resolve_many(documents())
    assert next(results).document.text == "Iran 0"
    assert len(seen) == 1  # the first batch is one document
    assert [r.document.text for r in results] == [f"Iran {n}" for n in range(1, 100)]


@pytest.mark.parametrize("overlaps", ["none", "nested", "all"])
def test_many_texts_give_what_each_of_them_gives(pack, overlaps):
    pack.write_text(
        PACK + "  - {id: a, name: Iran Air, type: x}\n  - {id: b, name: Air, type: x}\n"
    )
    resolver = load(pack)
    texts = ["Iran Air", "no", "Air Iran Air", "Iran"]
    many = list(resolver.resolve_many(texts, overlaps=overlaps))
    assert [[tuple(m[:-1]) for m in result.mentions] for result in many] == [
        [tuple(m[:-1]) for m in resolver.resolve(text, overlaps=overlaps).mentions]
        for text in texts
    ]
    assert [m.why for result in many for m in result.mentions] == [
        m.why for text in texts for m in resolver.resolve(text, overlaps=overlaps).mentions
    ]
    assert [result.document.text for result in many] == texts
    assert many[0].mentions[-1].why[0].startswith("the name of ")
    assert [m.surface for m in many[0].mentions] == {
        "none": ["Iran Air"],
        "nested": ["Iran Air", "Iran", "Air"],
        "all": ["Iran Air", "Iran", "Air"],
    }[overlaps]


def test_packs_may_be_made_in_python():
    resolver = Resolver([parse_pack(PACK)])
    assert [m.name for m in resolver.resolve("Iran").mentions] == ["Iran"]
    assert resolver.recipe is None


def test_a_rule_that_there_is_not(pack):
    with pytest.raises(ConfigurationError) as error:
        Resolver.load(
            pack, bundled=False, plugins=False, without_rules=["surname", "sunrame", "actonym"]
        )
    assert str(error.value) == (
        "rule actonym is unknown, the rules are acronym, context, dates, default, glued, namesake, "
        "office, support, surname"
    )


def test_the_recipe_loads_the_same_again(pack):
    loaded = Resolver.load(
        iter([pack]),
        bundled=False,
        plugins=False,
        engine="flashtext",
        without_rules=iter(["glued"]),
    )
    again = loaded.recipe()
    assert [p.name for p in again.gazetteer.packs] == ["p"]
    assert type(again.locator.matcher) is type(loaded.locator.matcher)
    assert [rule.name for rule in again.rules] == [rule.name for rule in loaded.rules]
    assert "glued" not in {rule.name for rule in again.rules}


def test_two_processes_give_what_one_gives(pack):
    pack.write_text(
        PACK + "  - {id: a, name: Iran Air, type: x, aliases: [{text: IA, from: 2020}]}\n"
    )
    resolver = load(pack)
    documents = [Document("IA", date="2019-01-01"), *("Iran Air or IA", "no", "Iran") * 9]
    asked = {"date": "2020-01-21", "overlaps": "all"}
    one, two = (
        [
            (
                result.document,
                [tuple(m[:-1]) for m in result.mentions],
                [m.why for m in result.mentions],
            )
            for result in resolver.resolve_many(documents, jobs=jobs, **asked)
        ]
        for jobs in (1, 2)
    )
    assert one == two
    assert [len(mentions) for _, mentions, _ in two[:4]] == [0, 3, 0, 1]


def test_mentions_travel_between_processes_without_their_reasons():
    (mention,) = Resolver([parse_pack(PACK)]).resolve("Iran").mentions
    assert mention.why
    copied = pickle.loads(pickle.dumps(mention))  # noqa: S301 (our own)
    assert copied == mention
    assert copied.why == ()
