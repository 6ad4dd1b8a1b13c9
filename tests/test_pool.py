"""Several processes give what one gives, in order, and say which documents killed a worker."""

from __future__ import annotations

import itertools
import os
import signal

import pytest
from conftest import resolver_of

from resolver.errors import ResolverError
from resolver.models import Document
from resolver.pipeline import Resolver
from resolver.scale.pool import BATCH_CHARACTERS, map_documents

PACK = """\
pack: p
entities:
  - {id: gass, name: Simon Gass, type: person}
  - {id: a, name: A, type: x, aliases: [{text: Twin, ambiguous: true}]}
"""
TEXTS = [f"{'x ' * (n * 700)}Simon Gass met Twin. Gass left {n} times." for n in range(300)]


@pytest.fixture
def resolver() -> Resolver:
    return resolver_of(PACK)


def test_many_processes_give_what_one_gives(resolver):
    one = list(resolver.resolve_many(TEXTS))
    two = list(resolver.resolve_many(TEXTS, jobs=2))
    assert one == two
    assert [m.why for r in two[:3] for m in r.mentions] == [
        m.why for r in one[:3] for m in r.mentions
    ]


def test_compiled_packs_serve_many_processes(tmp_path, monkeypatch):
    monkeypatch.setenv("RESOLVER_CACHE", str(tmp_path / "cache"))
    (tmp_path / "p.yaml").write_text(PACK, "utf-8")
    loaded = [Resolver.load([tmp_path], bundled=False, plugins=False) for _ in range(2)]
    one, two = (
        list(r.resolve_many(TEXTS, jobs=jobs)) for r, jobs in zip(loaded, (1, 2), strict=True)
    )
    assert one == two


def test_an_endless_input_streams(resolver):
    endless = (f"Simon Gass {n}" + " x" * 9_000 for n in itertools.count())
    results = resolver.resolve_many(endless, jobs=2)
    assert [len(result.mentions) for result in itertools.islice(results, 50)] == [1] * 50
    results.close()


def die_at(resolver: Resolver, document: Document) -> int:
    if "poison" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return len(document.text)


def test_a_worker_that_dies_is_reported_with_its_documents(resolver):
    documents = [Document("x" * BATCH_CHARACTERS, id="a"), Document("poison", id="b")]
    with pytest.raises(ResolverError) as error:
        list(map_documents(resolver, documents, 2, die_at))
    assert str(error.value) in {
        f"a worker process died at document {id_}, perhaps for want of memory; use fewer --jobs"
        for id_ in "ab"
    }


def fail_at(resolver: Resolver, document: Document) -> int:
    raise ValueError(document.id)


def test_what_a_worker_raises_is_raised_here(resolver):
    with pytest.raises(ValueError, match="a"):
        list(map_documents(resolver, [Document("x", id="a")], 2, fail_at))
