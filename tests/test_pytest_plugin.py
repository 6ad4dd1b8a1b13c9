"""The fixtures that tests of packs and plugins use, each tried in a pytest of its own."""

from __future__ import annotations

import textwrap

import pytest
from test_plugins import distribution

pytest_plugins = ["pytester"]

PACK = """
pack: league
entities:
  - {id: org/a, name: Ajax, type: organisation}
  - {id: org/b, name: Benfica, type: organisation, aliases: [{text: "the Eagles", ambiguous: true}]}
  - {id: person/c, name: Ada Cup, type: person}
examples:
  - text: "[Ajax](org/a) and ajax"
  - text: "[Ajax](org/a) and [ajax](org/a)"
  - {text: "[Benfica](org/a)", todo: true}
  - {text: "[Benfica](org/b)", todo: true}
"""

OTHER = """
pack: other
entities: [{id: org/d, name: Dinamo, type: organisation}]
examples: [{text: "[Dinamo](org/d)"}]
"""


@pytest.fixture
def project(pytester):
    """A project with one pack, a function that runs its tests, given as source."""
    pytester.makefile(".yaml", league=PACK)
    pytester.makefile(".toml", resolver='packs = ["league.yaml"]\nbundled = false\nplugins = false')

    def run(source: str, *options: str):
        pytester.makepyfile(source)
        return pytester.runpytest_inprocess(
            "-p", "resolver.pytest_plugin", "-p", "no:resolver", "--verbose", *options
        )

    return run


def test_mentions_that_are_marked_pass(project):
    run = project("""
        def test_mentions(assert_mentions):
            assert_mentions("[Ajax](org/a) met [the Eagles](?) and ajax.", date="2025-01-01")
    """)
    run.assert_outcomes(passed=1)


def test_a_difference_is_shown_under_the_text_with_the_line_of_the_test(project):
    run = project("""
        def test_mentions(assert_mentions):
            assert_mentions("Ajax met [Benfica](org/a).")
    """)
    run.assert_outcomes(failed=1)
    run.stdout.fnmatch_lines([
        ">*assert_mentions(*",
        "E*Failed: *py:2:1: what is found differs from what is marked",
        "E*    Ajax met Benfica.",
        "E*    ^^^^ found, not marked: org/a",
        "E*             ^^^^^^^ marked org/a, found org/b",
    ])  # fmt: skip


def test_lint_and_each_example_of_the_packs_is_a_test(project):
    run = project("def test_packs(pack_test):\n    pack_test()")
    run.assert_outcomes(passed=3, failed=1, xfailed=1)
    run.stdout.fnmatch_lines([
        "*test_packs?league: lint? PASSED*",
        "*test_packs?league: line 7? PASSED*",
        "*test_packs?league: line 8? FAILED*",
        "*test_packs?league: line 9? XFAIL*",
        "*test_packs?league: line 10? PASSED*",
        "*league.yaml:8:*: what is found differs from what is marked",
        "    Ajax and ajax",
        "             ^^^^ marked, not found: org/a",
    ])  # fmt: skip


def test_a_finding_fails(project, pytester):
    repeated = PACK.replace("name: Ajax,", "name: Ajax, aliases: [Ajax, Ajax],")
    pytester.makefile(".yaml", league=repeated)
    run = project("def test_packs(pack_test):\n    pack_test()", "-k", "lint")
    run.assert_outcomes(failed=1, deselected=4)
    run.stdout.fnmatch_lines(["*league.yaml:3:*: Ajax is listed twice, first in line 3, remove*"])


def test_a_pack_that_cannot_be_read_is_one_message(project, pytester):
    pytester.makefile(".yaml", league=PACK.replace("entities", "entites"))
    run = project("def test_packs(pack_test):\n    pack_test()")
    run.assert_outcomes(errors=1)
    run.stdout.fnmatch_lines(["*league.yaml:2:1: file has no key entites, did you mean entities?"])
    assert "Traceback" not in run.stdout.str()


def test_the_packs_to_test_can_be_named(project, pytester):
    pytester.makefile(".yaml", other=OTHER)
    pytester.makefile(".toml", resolver='packs = ["."]\nbundled = false\nplugins = false')
    source = "def test_packs(pack_test):\n    pack_test()"
    named = project(source, "-k", "lint", "-o", "resolver_packs=other")
    named.assert_outcomes(passed=1, deselected=1)
    project(source, "-k", "lint").assert_outcomes(passed=2, deselected=5)
    wrong = project(source, "-o", "resolver_packs=othr")
    wrong.stdout.fnmatch_lines([
        "resolver_packs: no loaded pack is called othr, loaded are league, other; add it to packs "
        "in ?tool.resolver? or install the plugin that brings it"
    ])  # fmt: skip


def test_the_resolver_can_be_overridden(project, pytester):
    pytester.makeconftest("""
        import pytest
        from resolver import Resolver
        from resolver.packs import parse_pack

        @pytest.fixture(scope="session")
        def resolver():
            return Resolver([parse_pack("pack: p\\nentities: [{id: x, name: Porto, type: club}]")])
    """)
    run = project("""
        def test_mentions(assert_mentions, resolver):
            assert_mentions("Ajax met [Porto](x).")
            assert [pack.name for pack in resolver.gazetteer.packs] == ["p"]
    """)
    run.assert_outcomes(passed=1)


def test_plugins_of_the_settings_are_loaded(project, pytester):
    pytester.makefile(
        ".py",
        quiet="""
            from resolver import hookimpl
            from resolver.findings import Refusal, Rule

            @hookimpl
            def resolver_rules():
                return [Rule("quiet", "veto", refuse)]

            def refuse(analysis):
                for match in analysis.matches:
                    yield Refusal(match.span, match.reading.aliases[0], "quiet", "we are quiet")
        """,
    )
    pytester.makefile(
        ".toml",
        resolver='packs = ["league.yaml"]\nbundled = false\nplugins = false\n'
        'plugin-file = ["quiet.py"]',
    )
    run = project("def test_text(assert_mentions):\n    assert_mentions('Ajax')")
    run.assert_outcomes(passed=1)


RULE = """
from resolver import hookimpl
from resolver.findings import Refusal, Rule

@hookimpl
def resolver_rules():
    return [Rule("quiet", "veto", refuse)]

def refuse(analysis):
    for match in analysis.matches:
        yield Refusal(match.span, match.reading.aliases[0], "quiet", "we are quiet")
"""
SETTINGS = 'packs = ["league.yaml"]\nbundled = false\n'
FINDS = "def test_text(assert_mentions):\n    assert_mentions('[Ajax](org/a)')"
FINDS_NOTHING = "def test_text(assert_mentions):\n    assert_mentions('Ajax')"


@pytest.fixture
def installed(pytester, monkeypatch):
    """Two plugins that are installed, of which one is broken."""
    site = pytester.mkdir("site")
    distribution(site, "quiet-one", RULE)
    distribution(site, "broken-one", "1 / 0\n")
    monkeypatch.syspath_prepend(site)
    return site


@pytest.mark.parametrize(
    ("settings", "environment", "source"),
    [
        ('plugin = "quiet-one"', {}, FINDS_NOTHING),
        ('plugin = ["quiet-one"]\nwithout-rule = "quiet"', {}, FINDS),
        ("plugins = false", {}, FINDS),
        ("allow-broken-plugins = true", {}, FINDS_NOTHING),
        ("", {"RESOLVER_DISABLED_PLUGINS": "broken-one"}, FINDS_NOTHING),
        ("", {"RESOLVER_DISABLED_PLUGINS": "broken-one, quiet-one"}, FINDS),
        ('plugins = false\nengine = "flashtext"', {}, FINDS),
    ],
)
def test_settings_and_environment_hold_as_for_the_commands(
    project, installed, pytester, monkeypatch, settings, environment, source
):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    pytester.makefile(".toml", resolver=SETTINGS + settings)
    project(source).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("", "*broken_one.py:1: plugin broken-one (broken-one-dist 1.0) cannot be loaded, Zero*"),
        ('plugin = "quit-one"', "no plugin quit-one is installed, did you mean quiet-one?"),
        ('plugin-file = "no.py"', "no.py: no such plugin file, correct the path"),
        (
            'plugins = false\nengine = "fast"',
            "Invalid value for '--engine': 'fast' is not one of *",
        ),
    ],
)
def test_what_cannot_be_loaded_is_one_line(project, installed, pytester, settings, message):
    pytester.makefile(".toml", resolver=SETTINGS + settings)
    for source in (FINDS, "def test_packs(pack_test):\n    pack_test()"):
        run = project(source)
        run.assert_outcomes(errors=1)
        run.stdout.fnmatch_lines([message])
        assert "Traceback" not in run.stdout.str()
        assert "def _loaded" not in run.stdout.str()


def test_calls_of_hooks_can_be_traced(project, pytester, monkeypatch):
    pytester.makefile(".py", quiet=RULE)
    pytester.makefile(".toml", resolver=SETTINGS + 'plugins = false\nplugin-file = "quiet.py"')
    monkeypatch.setenv("RESOLVER_TRACE", "1")
    run = project(FINDS_NOTHING, "-s")
    run.stderr.fnmatch_lines(["resolver: quiet: resolver_rules(analyse=*"])


def test_packs_of_plugins_that_nobody_named_are_not_tested(project, installed, pytester):
    bringing = """
        from pathlib import Path
        from resolver import hookimpl

        @hookimpl
        def resolver_packs():
            return [Path(__file__).with_name("tick.yaml")]
    """
    distribution(installed, "bringing-one", textwrap.dedent(bringing))
    pack = "pack: tick\nentities: [{id: x, name: tick, type: x}]\nexamples: [{text: none}]\n"
    (installed / "tick.yaml").write_text(pack, "utf-8")
    settings = SETTINGS + "allow-broken-plugins = true\n"
    source = "def test_packs(pack_test):\n    pack_test()"
    pytester.makefile(".toml", resolver=settings)
    unnamed = project(source, "-k", "lint")
    unnamed.assert_outcomes(passed=1, deselected=4)
    pytester.makefile(".toml", resolver=settings + 'plugin = "bringing-one"')
    named = project(source, "-k", "lint")
    named.assert_outcomes(passed=1, failed=1, deselected=5)
    pytester.makefile(".toml", resolver=settings.partition("\n")[2] + 'plugin = "bringing-one"')
    project(source).assert_outcomes(passed=1, failed=1)
