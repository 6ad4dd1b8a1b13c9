"""A resolver is what one asked for, in this process and in others."""

from __future__ import annotations

import pytest
from conftest import ENGINES, resolver_of

from resolver import hookimpl
from resolver.mentions import unflattened
from resolver.models import Document
from resolver.pipeline import Resolver, _resolve_flatly
from resolver.plugins import load_plugins

PACK = """\
pack: p
entities:
  - {id: iran, name: Iran, type: place}
  - {id: air, name: Iran Air, type: x, aliases: [{text: IA, from: 2020}]}
  - {id: gass, name: Simon Gass, type: person}
"""


@pytest.fixture
def pack(tmp_path):
    path = tmp_path / "p.yaml"
    path.write_text(PACK, "utf-8")
    return path


@pytest.mark.parametrize("engine", ENGINES)
def test_the_engine_is_the_one_that_is_asked_for(pack, engine):
    built = resolver_of(PACK, engine=engine)
    loaded = Resolver.load(pack, bundled=False, plugins=False, engine=engine)
    for resolver in (built, loaded, loaded.recipe()):
        assert type(resolver.locator.matcher).__module__ == f"resolver.matchers.{engine}"


def test_the_plugins_are_those_that_are_asked_for(pack):
    class Silent:
        @hookimpl
        def resolver_rules(self):
            return []

    plugins = load_plugins(installed=False, objects=[Silent()])
    loaded = Resolver.load(pack, bundled=False, plugins=plugins)
    for resolver in (loaded, loaded.recipe()):
        assert resolver.plugins is plugins
    none = Resolver.load(pack, bundled=False, plugins=False)
    for resolver in (resolver_of(PACK), none, none.recipe()):
        assert {plugin.origin.kind for plugin in resolver.plugins} == {"built in"}


def test_several_processes_give_what_one_gives():
    resolver = resolver_of(PACK)
    documents = [
        Document("IA", date="2019-01-01"),
        *("Iran Air or IA", "no", "Simon Gass. Gass") * 3,
    ]
    for overlaps in ("none", "all"):
        one, two = (
            [
                (result.document, result.mentions, [m.why for m in result.mentions])
                for result in resolver.resolve_many(
                    documents, date="2020-01-21", overlaps=overlaps, jobs=jobs
                )
            ]
            for jobs in (1, 2)
        )
        assert one == two
        assert [document.date for document, *_ in two] == ["2019-01-01", *["2020-01-21"] * 9]


@pytest.mark.parametrize("overlaps", ["none", "all"])
def test_what_a_worker_sends_becomes_what_was_found(overlaps):
    resolver = resolver_of(PACK)
    documents = [Document(text) for text in ("Iran Air or Iran", "no", "Simon Gass. Gass")]
    sent = _resolve_flatly(resolver, documents, overlaps=overlaps)
    assert [
        unflattened(flat, document.text, None)
        for flat, document in zip(sent, documents, strict=True)
    ] == [resolver.resolve(document, overlaps=overlaps).mentions for document in documents]
