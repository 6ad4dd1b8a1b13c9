"""Several processes give what one gives, in order, and say which documents killed a worker."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

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
    assert str(error.value) == (
        "document b: a worker process died of it, and another one too; "
        "leave it out, or find out with --no-plugins whether a plugin is to blame"
    )


def die_once(resolver: Resolver, document: Document) -> int:
    """Die as if for want of memory: another time there may be enough."""
    there = Path(document.text)
    if not there.exists():
        there.touch()
        os._exit(9)
    return 0


def test_a_worker_that_dies_by_chance_is_reported_with_where_it_was(resolver, tmp_path):
    documents = [Document(str(tmp_path / "there"), id=id_) for id_ in "ab"]
    with pytest.raises(ResolverError) as error:
        list(map_documents(resolver, documents, 2, die_once))
    assert str(error.value) == (
        "a worker process died at documents a to b, perhaps for want of memory; use fewer --jobs"
    )


def wait(resolver: Resolver, document: Document) -> int:
    while True:
        time.sleep(1)


def never_ending() -> None:
    """Begin a job that never ends; run as a process, which is then killed."""
    documents = (Document("x" * BATCH_CHARACTERS) for _ in itertools.count())
    list(map_documents(resolver_of(PACK), documents, 2, wait))


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text("ascii").split()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").split()[2] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_their_parent(number):
    code = f"import sys; sys.path[:0] = {sys.path}; import test_pool; test_pool.never_ending()"
    parent = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    workers: list[int] = []
    while len(workers) < 2:
        assert parent.poll() is None
        workers = children(parent.pid)
        time.sleep(0.05)
    parent.send_signal(number)
    assert parent.wait(60) == -number
    until = time.monotonic() + 60
    while any(map(is_alive, workers)):
        assert time.monotonic() < until
        time.sleep(0.05)


def fail_at(resolver: Resolver, document: Document) -> int:
    raise ValueError(document.id)


def test_what_a_worker_raises_is_raised_here(resolver):
    with pytest.raises(ValueError, match="a"):
        list(map_documents(resolver, [Document("x", id="a")], 2, fail_at))
