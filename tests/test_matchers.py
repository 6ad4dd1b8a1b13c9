"""Every engine finds every occurrence of every pattern."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.errors import ConfigurationError
from resolver.framing import FRAME, pattern_order
from resolver.matchers import ENGINES, build_matcher
from resolver.matchers.ahocorasick import AhoCorasickMatcher
from resolver.matchers.bisection import MOST_ANYWHERE, SMALL_JOB, BisectionMatcher

LETTERS = [FRAME, FRAME, "a", "A", "é", "頭"]
PATTERN = st.text(alphabet=LETTERS, max_size=8).filter(lambda pattern: pattern.strip(FRAME))


@st.composite
def patterns_and_text(draw) -> tuple[list[str], str]:
    """Some patterns, and a text in which they stand, cut and beside each other."""
    words = st.text(alphabet=LETTERS[1:], min_size=1, max_size=3).map(f"{FRAME}{{}}{FRAME}".format)
    patterns = draw(st.lists(words | PATTERN, min_size=1, max_size=8, unique=True))
    cut = [pattern[1:] for pattern in patterns]
    pieces = draw(st.lists(st.sampled_from([*patterns, *cut, *LETTERS]), max_size=15))
    return sorted(patterns, key=pattern_order), "".join(pieces)


def occurrences(patterns, text):
    return sorted(
        (number, start, start + len(pattern))
        for number, pattern in enumerate(patterns)
        for start in range(len(text))
        if text.startswith(pattern, start)
    )


@pytest.mark.parametrize("engine", [*ENGINES, "auto"])
@given(drawn=patterns_and_text())
def test_engines_find_every_occurrence(engine, drawn):
    patterns, text = drawn
    framed = FRAME + text + FRAME + FRAME
    assert sorted(build_matcher(patterns, engine).find(framed)) == occurrences(patterns, framed)


def test_a_large_job_goes_over_to_the_automaton():
    patterns = [f"{FRAME}a{FRAME}"]
    matcher = build_matcher(patterns)
    text = f"{FRAME}a{FRAME}" * 1_000
    for _ in range(SMALL_JOB // len(text) + 2):
        assert len(matcher.find(text)) == 1_000
    assert isinstance(matcher._matcher, AhoCorasickMatcher)


@pytest.mark.parametrize(
    "patterns",
    [
        pytest.param([f"{FRAME}{n}{FRAME}" for n in range(MOST_ANYWHERE + 1)], id="whole words"),
        pytest.param([f"x{n}" for n in range(MOST_ANYWHERE)], id="inside words, not too many"),
    ],
)
def test_a_small_job_builds_nothing(patterns):
    assert isinstance(build_matcher(sorted(patterns))._matcher, BisectionMatcher)


def test_many_patterns_that_match_inside_words_need_the_automaton_at_once():
    patterns = sorted(f"x{number}" for number in range(MOST_ANYWHERE + 1))
    assert not isinstance(build_matcher(patterns)._matcher, BisectionMatcher)


def test_an_unknown_engine():
    with pytest.raises(ConfigurationError) as error:
        build_matcher([], "grep")
    message = "engine grep is unknown, use auto or one of ahocorasick, flashtext"
    assert str(error.value) == message


def test_an_engine_that_is_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "resolver.matchers.ahocorasick", None)
    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    with pytest.raises(ConfigurationError, match="engine ahocorasick needs"):
        build_matcher(["x"], "ahocorasick")
    matcher = build_matcher([f"{FRAME}a{FRAME}"])
    assert matcher.find(f"{FRAME}a{FRAME}{FRAME}" + "b" * SMALL_JOB) == [(0, 0, 3)]
