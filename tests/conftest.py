"""What several test modules share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from resolver.packs import parse_pack
from resolver.pipeline import Resolver

ENGINES = ("flashtext", "ahocorasick")
ROOT = Path(__file__).parent.parent

settings.register_profile("quick", max_examples=150, deadline=None)
settings.register_profile(
    "thorough", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Every engine in turn."""
    return request.param


@pytest.fixture(scope="session")
def bundled() -> Resolver:
    """A resolver with the packs that come along, built once."""
    return Resolver.load(plugins=False)


def resolver_of(
    pack: str, *, engine: str = "auto", without_rules: tuple[str, ...] = ()
) -> Resolver:
    """Return a resolver of one pack given as YAML."""
    return Resolver([parse_pack(pack)], engine=engine, without_rules=without_rules)


def found(resolver: Resolver, text: str, **options) -> list[tuple[str, str | None]]:
    """Return surface and entity id of each mention."""
    return [(m.surface, m.entity_id) for m in resolver.resolve(text, **options).mentions]
