"""The same text and tables give the same bytes: any engine, hash seed, order of packs and aliases."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace

import pytest
from conftest import ENGINES, ROOT

from resolver.models import Document, Pack
from resolver.pipeline import Resolver
from resolver.plugins import Plugins, load_plugins
from resolver.writers import Options, jsonl

SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
OPTIONS = Options(why=True)


def tagged(resolver: Resolver) -> str:
    documents = (Document(p.read_text("utf-8"), id=p.name, date="2022-01-01") for p in SEEDS)
    return "".join(jsonl.write(resolver.resolve_many(documents), OPTIONS))


@pytest.fixture(scope="module")
def expected(bundled) -> str:
    assert SEEDS
    return tagged(bundled)


def shuffled(pack: Pack, rng: random.Random) -> Pack:
    """The same pack with entities, roles, holders and aliases in another order."""

    def mixed(values):
        return tuple(rng.sample(values, len(values)))

    return replace(
        pack,
        entities=mixed([replace(e, aliases=mixed(e.aliases)) for e in pack.entities]),
        roles=mixed(
            [replace(r, aliases=mixed(r.aliases), holders=mixed(r.holders)) for r in pack.roles]
        ),
        suppressions=mixed(pack.suppressions),
    )


@pytest.mark.parametrize("seed", range(20))
def test_no_order_matters(bundled, expected, seed):
    rng = random.Random(seed)  # noqa: S311
    packs = [shuffled(pack, rng) for pack in bundled.gazetteer.packs]
    rng.shuffle(packs)
    plugins = list(load_plugins(installed=False))
    rng.shuffle(plugins)
    resolver = Resolver(packs, engine=ENGINES[seed % 2], plugins=Plugins(plugins))
    assert tagged(resolver) == expected


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_the_same_bytes_from_every_process(engine, hash_seed):
    def run(*args: str, seed: str) -> bytes:
        command = [sys.executable, "-m", "resolver", "tag", "seeds", "--no-plugins", *args]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(
            command, cwd=ROOT, capture_output=True, env=environment, check=True
        ).stdout

    assert run("--engine", engine, seed=hash_seed) == run(seed="1")
