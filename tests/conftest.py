"""What several test modules share."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, settings

from resolver.packs import parse_pack
from resolver.pipeline import Resolver

ENGINES = ("flashtext", "ahocorasick")
ROOT = Path(__file__).parent.parent

# The same examples in each run: one that fails by chance would stop a change that has no part in it.
# New ones are for the thorough profile.
settings.register_profile("quick", max_examples=150, deadline=None, derandomize=True)
settings.register_profile(
    "thorough", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(  # for tests/mutation.py
    "repeatable",
    max_examples=150,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_configure(config: pytest.Config) -> None:
    """Give the processes of ``pytest -n`` one cache of compiled packs, which is theirs alone.

    And let what they start be interrupted, also where a shell started all of it in the background
    and so has them ignore that.
    """
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if getattr(config.option, "numprocesses", None):  # the process that starts the others
        folder = TemporaryDirectory(prefix="resolver-tests-")
        os.environ["RESOLVER_CACHE"] = folder.name
        config.add_cleanup(folder.cleanup)


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> None:
    """Compile the packs that come along at once, and let no other drive them out of the cache.

    Under coverage that takes 20 seconds, and dozens of tests start commands that load them.
    """
    if os.environ.get("PYTEST_XDIST_WORKER") != "gw0":
        return
    Resolver.load(plugins=False)
    for file in Path(os.environ["RESOLVER_CACHE"]).glob("packs-*.sqlite"):
        os.utime(file, (time.time() + 86_400,) * 2)  # the oldest are forgotten


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
