"""The pytest plugin: fixtures for tests of packs and plugins.

pytest finds it by itself where resolver is installed. What is loaded stands where the commands look
for it, in ``[tool.resolver]`` of the project's pyproject.toml or in resolver.toml: packs, plugins,
rules; RESOLVER_DISABLED_PLUGINS and RESOLVER_TRACE hold as for them. A project that needs another
resolver overrides the fixture `resolver` in its conftest.py.

A test that asks for ``pack_test`` is run for lint and for every example of the project's packs::

    def test_packs(pack_test):
        pack_test()

The project's packs are those named in the option ``resolver_packs`` of pytest; without it, those
that the settings name, as packs or by their plugin; without either, all but the bundled ones.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from resolver.models import Example, Pack
    from resolver.pipeline import Resolver

_LOADED = pytest.StashKey["Resolver"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the packs to test."""
    parser.addini("resolver_packs", "Names of the packs to test.", type="args", default=[])


@pytest.fixture(scope="session", name="resolver")
def resolver_fixture(pytestconfig: pytest.Config) -> Resolver:
    """A resolver of the project's packs and plugins, loaded once a session."""
    from resolver.errors import ResolverError

    try:
        return _loaded(pytestconfig)
    except ResolverError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture
def assert_mentions(resolver: Resolver) -> Callable[..., None]:
    """A function that checks a text in which every mention that is to be found is marked.

    It is called as ``assert_mentions("[Iran](place/iran) and the [MoD](?)", date="2022-11-17")``,
    with marks as in the examples of packs. What is not marked must not be found.
    """

    def check(text_with_marks: str, date: str | None = None) -> None:
        __tracebackhide__ = True
        from resolver.models import Example, Location
        from resolver.testing import describe, run_example

        caller = inspect.stack(0)[1]
        place = Location(caller.filename, caller.lineno, 1)
        example = Example(text_with_marks, date, todo=False, pack="", location=place)
        outcome = run_example(resolver, example)
        if not outcome.passed:
            pytest.fail(describe(outcome))

    return check


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for ``pack_test`` once for lint and once for every example."""
    if "pack_test" in metafunc.fixturenames:
        tests = [pytest.param(run, id=name) for name, run in _pack_tests(metafunc.config)]
        metafunc.parametrize("pack_test", tests)


def _pack_tests(config: pytest.Config) -> Iterator[tuple[str, Callable[[], None]]]:
    from resolver.errors import ResolverError

    try:
        loaded = _loaded(config)
        packs = _packs_to_test(config, loaded)
    except ResolverError as error:
        raise pytest.Collector.CollectError(str(error)) from None
    for pack in packs:
        yield f"{pack.name}: lint", partial(_lint, loaded, packs, pack)
        for example in pack.examples:
            yield f"{pack.name}: line {example.location.line}", partial(_try, loaded, example)


def _loaded(config: pytest.Config) -> Resolver:
    if _LOADED not in config.stash:
        from resolver.cli.options import load_as
        from resolver.cli.settings import read_settings

        config.stash[_LOADED] = load_as(read_settings(config.rootpath))
    return config.stash[_LOADED]


def _packs_to_test(config: pytest.Config, loaded: Resolver) -> list[Pack]:
    from resolver.cli.settings import read_settings
    from resolver.errors import ConfigurationError
    from resolver.loading import pack_places
    from resolver.packs import bundled_folder

    packs = {pack.name: pack for pack in loaded.gazetteer.packs}
    named = config.getini("resolver_packs")
    for name in named:
        if name not in packs:
            known = ", ".join(packs)
            raise ConfigurationError(
                f"resolver_packs: no loaded pack is called {name}, loaded are {known}; "
                "add it to packs in [tool.resolver] or install the plugin that brings it"
            )
    if named:
        return [packs[name] for name in named]
    settings = read_settings(config.rootpath)
    own = pack_places((*settings.get("packs", ()), *loaded.plugins.named_packs()))
    bundled = bundled_folder().resolve()
    places = {name: Path(pack.path).resolve() for name, pack in packs.items()}
    return [
        pack
        for name, pack in packs.items()
        if (places[name] in own if own else bundled not in places[name].parents)
    ]


def _lint(loaded: Resolver, packs: list[Pack], pack: Pack) -> None:
    from resolver.packs.lint import lint_packs

    beside = [other for other in loaded.gazetteer.packs if other not in packs]
    findings = lint_packs(packs, beside)
    own = [str(finding) for finding in findings if finding.location.path == pack.path]
    if own:
        pytest.fail("\n".join(own), pytrace=False)


def _try(loaded: Resolver, example: Example) -> None:
    from resolver.testing import describe, run_example

    outcome = run_example(loaded, example)
    if not outcome.passed:
        if example.todo:
            pytest.xfail("still to do")
        pytest.fail(describe(outcome), pytrace=False)
