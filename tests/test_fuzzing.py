"""Fuzzing, without its search: what it found is mended, and its targets hold what they promise."""

from __future__ import annotations

import pickle
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from fuzzing.found import found
from fuzzing.promise import BrokenPromiseError, said_of
from fuzzing.targets import TARGETS

from resolver.errors import ConfigurationError, InputError, PackError, Problem
from resolver.models import Location


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("case", found(), ids=lambda case: case.name)
def test_what_fuzzing_found(case):
    assert said_of(TARGETS[case.target].check, case.data) == case.says


@pytest.mark.parametrize("target", TARGETS)
def test_targets_begin_with_inputs_that_are_read(target):
    check, seeds = TARGETS[target]
    assert any(not said_of(check, seed).startswith("input") for seed in seeds)


def fails(error: Exception):
    raise error


@pytest.mark.parametrize(
    "broken",
    [
        lambda _: Path("../a.txt").write_text("x", "utf-8") and "",
        lambda _: Path("/etc/hostname").read_text("utf-8") and "",
        lambda _: Path("../a.txt").unlink(missing_ok=True) or "",
        lambda _: socket.create_connection(("127.0.0.1", 9)) and "",
        lambda _: subprocess.run([sys.executable, "-V"], check=True) and "",
        lambda _: pickle.loads(pickle.dumps(Path)) and "",  # noqa: S301
        lambda _: fails(ConfigurationError("two\nlines")),
    ],
)
def test_a_broken_promise_is_noticed(broken):
    with pytest.raises((BrokenPromiseError, OSError)):
        said_of(broken, b"")


def test_errors_of_ours_are_no_findings():
    two = PackError(Problem(Location("a", line, 1), "a\nb") for line in (1, 2))
    assert said_of(lambda _: fails(two), b"") == "a:1:1: a\\nb\na:2:1: a\\nb"
    assert said_of(lambda _: fails(InputError("a: wrong, mend it")), b"") == "a: wrong, mend it"
    with pytest.raises(ZeroDivisionError):
        said_of(lambda _: str(1 / 0), b"")
