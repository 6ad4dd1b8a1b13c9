"""The benchmark shows a wrong answer as wrong, and gives every engine the same work."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import ROOT

ALIASES = ["New York", "York", "São Paulo", "Kyiv"]
TEXT = "In New York's “YORK”, not Yorkshire; Sao Paulo and São Paulo."
RIGHT = [(3, 11, 0), (15, 19, 1), (37, 46, 2), (51, 60, 2)]


@pytest.fixture
def benchmarks(monkeypatch):
    """The folder of the scripts, which import one another by name."""
    monkeypatch.syspath_prepend(ROOT / "benchmarks")


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        pytest.param(RIGHT, "yes", id="all, and one found in spite of an accent"),
        pytest.param([*RIGHT[:2], RIGHT[3]], "yes", id="no more than small letters need"),
        pytest.param(RIGHT[1:], "NO: of 3 missed 1, wrong 0", id="one missed"),
        pytest.param([(7, 11, 1), *RIGHT[1:]], "NO: of 3 missed 1, wrong 1", id="not the longest"),
        pytest.param([*RIGHT, (26, 30, 1)], "NO: of 3 missed 0, wrong 1", id="part of a word"),
        pytest.param([*RIGHT[:3], (52, 61, 2)], "NO: of 3 missed 1, wrong 1", id="offset moved"),
        pytest.param([(3, 11, 1), *RIGHT[1:]], "NO: of 3 missed 0, wrong 1", id="another alias"),
        pytest.param([(s, e, None) for s, e, _ in RIGHT], "yes", id="without ids"),
    ],
)
def test_an_answer_is_held_against_the_truth(benchmarks, answer, shown):
    from truth import Truth

    assert str(Truth(ALIASES).score([TEXT], [answer])) == shown


@pytest.mark.parametrize("name", ["resolver", "flashtext", "ahocorasick_rs"])
def test_engines_that_are_installed_are_right(benchmarks, name):
    from engines import ENGINES
    from truth import Truth

    engine = ENGINES[name](ALIASES)
    assert str(Truth(ALIASES).score([TEXT], engine.run([TEXT]))) == "yes"


def test_a_race_is_reported(benchmarks, tmp_path):
    from engines import ENGINES
    from report import Report
    from speed import Task, race
    from truth import Truth

    engines = [ENGINES[name](ALIASES) for name in ("resolver", "flashtext")]
    # Long enough for the clock of processor time to see it.
    race_of_two = race(Task("texts", 4, [TEXT * 2_000]), engines, 2, Truth(ALIASES))
    report = Report("the command", race_of_two)
    lines = report.markdown().splitlines()
    assert lines[0].startswith("Measured by `the command`")
    assert [line.split(" | ")[2] for line in lines[4:]] == ["resolver", "flashtext"]
    assert lines[4].split(" | ")[4] == "1.00"


def test_made_up_texts_are_the_same_every_time(benchmarks):
    import work

    texts = work.make_texts(ALIASES, 10_000, 1_000, 10)
    assert texts == work.make_texts(ALIASES, 10_000, 1_000, 10)
    assert len(texts) == 10
    mentioned = sum(text.count(alias) for text in texts for alias in ("York", "Kyiv", "Paulo"))
    assert 90 <= mentioned <= 110


def test_the_command_explains_itself():
    command = [sys.executable, ROOT / "benchmarks/run.py", "--help"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Measure resolver and its peers" in ran.stdout
