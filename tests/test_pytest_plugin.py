"""The fixtures that tests of packs and plugins use, each tried in a pytest of its own."""

from __future__ import annotations

import pytest

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
