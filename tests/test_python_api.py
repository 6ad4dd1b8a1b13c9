"""What the Python interface promises to those who call it wrongly, or just so."""

from __future__ import annotations

import pytest

from resolver import Document, Resolver
from resolver.errors import ConfigurationError

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
