"""The plan of mutation.py names modules and tests that there are."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from conftest import ROOT

PLAN = yaml.safe_load((Path(__file__).parent / "mutation.yaml").read_text("utf-8"))


@pytest.mark.parametrize("module", PLAN["modules"])
def test_modules_and_their_tests_are_there(module):
    assert (ROOT / "resolver" / f"{module}.py").is_file()
    tests = [part.partition("::") for part in PLAN["modules"][module] if part.startswith("test_")]
    for file, _, name in tests:
        text = (ROOT / "tests" / file).read_text("utf-8")
        assert f"def {name}(" in text or not name


@pytest.mark.parametrize("module", [*PLAN["equivalent"], *PLAN["run_at_import"]])
def test_what_is_said_of_modules_is_said_of_those_that_are_tried(module):
    assert module in PLAN["modules"]


@pytest.mark.parametrize("module", PLAN["equivalent"])
def test_what_is_said_of_a_line_is_said_of_one_that_there_is(module):
    source = (ROOT / "resolver" / f"{module}.py").read_text("utf-8")
    lines = " ".join(map(str.strip, source.splitlines()))
    explained = [given["line"] for given in PLAN["equivalent"][module]]
    assert [line for line in explained if line not in lines] == []
