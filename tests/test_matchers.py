"""Every engine finds every occurrence of every pattern."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.errors import ConfigurationError
from resolver.framing import FRAME, pattern_order
from resolver.matchers import ENGINES, build_matcher
from resolver.matchers.bisection import MOST_ANYWHERE, SMALL_JOB, BisectionMatcher

FRAMED = st.text(alphabet=[FRAME, FRAME, "a", "b", "é", "頭"], max_size=30)
PATTERNS = st.lists(FRAMED.filter(lambda p: p.strip(FRAME)), min_size=1, max_size=8, unique=True)


def occurrences(patterns, text):
    return sorted(
        (number, start, start + len(pattern))
        for number, pattern in enumerate(patterns)
        for start in range(len(text))
        if text.startswith(pattern, start)
    )


@pytest.mark.parametrize("engine", [*ENGINES, "auto"])
@given(patterns=PATTERNS, text=FRAMED)
def test_engines_find_every_occurrence(engine, patterns, text):
    patterns = sorted(patterns, key=pattern_order)
    framed = FRAME + text + FRAME + FRAME
    assert sorted(build_matcher(patterns, engine).find(framed)) == occurrences(patterns, framed)


def test_a_large_job_goes_over_to_the_automaton():
    patterns = [f"{FRAME}a{FRAME}"]
    matcher = build_matcher(patterns)
    text = f"{FRAME}a{FRAME}" * 1_000
    for _ in range(SMALL_JOB // len(text) + 2):
        assert len(matcher.find(text)) == 1_000
    assert not isinstance(matcher._matcher, BisectionMatcher)


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
