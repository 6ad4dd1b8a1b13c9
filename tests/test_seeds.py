"""The articles of ``seeds/`` from end to end: bundled packs, both engines, every mention."""

from __future__ import annotations

from difflib import unified_diff

import pytest
import yaml
from conftest import ENGINES, ROOT

from resolver.models import Document, Result
from resolver.pipeline import Resolver

SEEDS = ROOT / "seeds"
EXPECTED = yaml.safe_load((SEEDS / "expected.yaml").read_text("utf-8"))
ARTICLES = pytest.mark.parametrize("name", sorted(EXPECTED))


@pytest.fixture(scope="module")
def resolvers(bundled: Resolver) -> dict[str, Resolver]:
    """Return a resolver with the bundled packs for each engine."""
    engines = {engine: Resolver(bundled.gazetteer, engine=engine) for engine in ENGINES}
    return {"auto": bundled, **engines}


@pytest.fixture(params=["auto", *ENGINES])
def resolver(request: pytest.FixtureRequest, resolvers: dict[str, Resolver]) -> Resolver:
    """Return the resolver of every engine in turn."""
    return resolvers[request.param]


def text_of(name: str) -> str:
    """Return an article."""
    return (SEEDS / name).read_text("utf-8")


def resolve(resolver: Resolver, name: str) -> Result:
    """Resolve an article on its date."""
    return resolver.resolve(text_of(name), date=EXPECTED[name]["date"])


def lines_of(pairs: list[list[str | None]] | list[tuple[str, str | None]]) -> list[str]:
    """Return pairs as lines that can be compared and read."""
    return [f"{surface!r} -> {entity_id}" for surface, entity_id in pairs]


def assert_same(name: str, expected: list[str], found: list[str]) -> None:
    """Assert that two lists are the same, and say where they are not."""
    difference = list(unified_diff(expected, found, "expected", "found", lineterm="", n=2))
    assert not difference, "\n".join([f"seeds/{name}", *difference])


@ARTICLES
def test_every_mention_is_found_and_no_other(resolver, name):
    mentions = resolve(resolver, name).mentions

    found = lines_of([(m.surface, m.entity_id or "?") for m in mentions])
    assert_same(name, lines_of(EXPECTED[name]["mentions"]), found)


@ARTICLES
def test_offices_have_their_holders(resolver, name):
    roles = [m for m in resolve(resolver, name).mentions if m.type == "role"]

    found = lines_of([(m.surface, m.holder.entity_id if m.holder else None) for m in roles])
    assert_same(name, lines_of(EXPECTED[name]["holders"]), found)


@ARTICLES
def test_surfaces_are_slices_of_the_text(resolver, name):
    text = text_of(name)
    mentions = resolve(resolver, name).mentions

    assert [m.surface for m in mentions] == [text[m.start : m.end] for m in mentions]


@ARTICLES
def test_expected_surfaces_stand_in_the_text_in_order(name):
    text, place = text_of(name), 0
    for surface, _ in EXPECTED[name]["mentions"]:
        place = text.find(surface, place)
        assert place >= 0, f"{surface!r} does not stand in seeds/{name} behind the ones before it"
        place += len(surface)


def test_expected_ids_are_in_the_packs(bundled):
    listed = [pair for entry in EXPECTED.values() for pair in entry["mentions"] + entry["holders"]]

    ids = {entity_id for _, entity_id in listed} - {"?", None}
    assert sorted(id_ for id_ in ids if id_ not in bundled.gazetteer.owners) == []


def test_every_article_is_expected_and_every_expected_article_is_there():
    assert sorted(EXPECTED) == sorted(path.name for path in SEEDS.glob("*.txt"))


@ARTICLES
def test_an_article_begins_with_its_headline(name):
    headline, gap, *_ = text_of(name).splitlines()

    assert headline.strip() == headline != ""
    assert gap == ""


def test_articles_are_short():
    lengths = {path.name: len(path.read_text("utf-8").split()) for path in SEEDS.glob("*.txt")}

    assert {name: n for name, n in lengths.items() if not 180 <= n <= 350} == {}


def test_articles_in_a_batch_give_what_they_give_one_by_one(bundled):
    documents = [
        Document(text_of(name), name, EXPECTED[name]["date"]) for name in [*EXPECTED, *EXPECTED]
    ]
    batched = [result.mentions for result in bundled.resolve_many(documents)]
    assert batched == [bundled.resolve(document).mentions for document in documents]
