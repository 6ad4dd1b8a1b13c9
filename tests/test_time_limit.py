"""A document that takes too long is named and left out, however it hangs; no other is lost."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from test_pool import children, is_alive

from resolver.cli import cli

# Hangs at the documents that say so, each in a way of its own. What is not Python is given less time
# to heed its timer than it has otherwise.
HANGING = """\
import collections, itertools, os, time

from resolver import hookimpl
from resolver.findings import Rule
from resolver.scale import timing

timing.GRACE = 0.5


@hookimpl
def resolver_rules():
    return [Rule("waiting", "veto", wait)]


def wait(analysis):
    if "sleeps" in analysis.text:
        time.sleep(1_000)
    while "turns round" in analysis.text:
        pass
    if "takes no notice" in analysis.text:
        try:
            time.sleep(1_000)
        except BaseException:
            return ()
    while "takes no notice whatever" in analysis.text:
        try:
            time.sleep(1_000)
        except BaseException:
            pass
    if "is no Python" in analysis.text:
        collections.deque(itertools.repeat(0), 0)
    if "dies" in analysis.text:
        os._exit(3)
    return ()
"""
PACK = "pack: p\nentities: [{id: place/iran, name: Iran, type: place}]\n"
NAMED = "plugin waiting (waiting.py) was in rule waiting; mend it or use --without-rule waiting"
UNNAMED = "split it, raise --time-limit, or find out with --no-plugins whether a plugin is slow"
DEAD = (
    "a worker process died of it, and another one too; "
    "leave it out, or find out with --no-plugins whether a plugin is to blame"
)


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "waiting.py").write_text(HANGING, "utf-8")
    (tmp_path / "pack.yaml").write_text(PACK, "utf-8")
    return tmp_path


def write(folder: Path, hanging: dict[int, str], count: int = 40) -> None:
    texts = [f"Iran {hanging.get(number, 'is a country')}." for number in range(count)]
    records = ({"id": f"n{number}", "text": text} for number, text in enumerate(texts))
    lines = (json.dumps(record) + "\n" for record in records)
    (folder / "in.jsonl").write_text("".join(lines), "utf-8")


def start(folder: Path, *args: str) -> subprocess.Popen[str]:
    loading = "--no-plugins --plugin-file waiting.py --no-bundled --packs pack.yaml".split()
    return subprocess.Popen(
        [sys.executable, "-m", "resolver", *args, *loading],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(folder: Path, *args: str) -> SimpleNamespace:
    process = start(folder, *args)
    out, err = process.communicate()
    return SimpleNamespace(code=process.returncode, out=out, said=err.splitlines())


def ids(lines: str) -> list[str]:
    return re.findall(r"\bn\d+\b", lines)


def but(numbers: set[int], count: int = 40) -> list[str]:
    return [f"n{number}" for number in range(count) if number not in numbers]


def test_what_hangs_in_python_is_named_with_its_plugin_and_loses_no_other(folder):
    write(folder, {3: "sleeps", 7: "turns round", 39: "takes no notice"})
    done = run(folder, "tag", "in.jsonl", "--time-limit", "1.5")
    late = "is not done after 1.5 seconds"
    assert (done.said, done.code) == (
        [
            f"document n3: {late}; {NAMED}",
            f"document n7: {late}; {NAMED}",
            f"document n39: {late}; {UNNAMED}",
        ],
        2,
    )
    assert ids(done.out) == but({3, 7, 39})
    assert done.out.count('"surface": "Iran"') == 37


@pytest.mark.parametrize("hanging", ["takes no notice whatever", "is no Python"])
def test_a_worker_that_heeds_nothing_is_ended_and_loses_no_other(folder, hanging):
    write(folder, {5: hanging, 21: "dies"})
    args = ("--time-limit", "1", "--jobs", "2", "--format", "csv", "-o", "out.csv")
    done = run(folder, "tag", "in.jsonl", *args)
    late = f"document n5: is not done after 1 second; {UNNAMED}"
    assert (done.said, done.code) == ([late, f"document n21: {DEAD}"], 2)
    assert ids((folder / "out.csv").read_text("utf-8")) == but({5, 21})


def test_a_worker_that_is_ended_spares_the_others(folder):
    """Batches that others were at, or that wait, are done as well, each once, in their order."""
    write(folder, {0: "is no Python" + " " * 300_000}, count=5_000)
    done = run(folder, "tag", "in.jsonl", "--time-limit", "2", "--jobs", "2")
    assert (len(done.said), done.code) == (1, 2)
    assert ids(done.out) == but({0}, 5_000)


def test_nothing_behind_it_is_done_if_so_asked(folder):
    write(folder, {4: "sleeps"})
    done = run(folder, "tag", "in.jsonl", "--time-limit", "1", "--on-error", "stop")
    assert (len(done.said), done.code) == (1, 2)
    assert ids(done.out) == ["n0", "n1", "n2", "n3"]


def test_a_report_says_what_is_not_in_it(folder):
    write(folder, {4: "sleeps"})
    done = run(folder, "report", "in.jsonl", "--time-limit", "1", "-o", "report.html")
    assert (done.said, done.code) == (
        [f"document n4: is not done after 1 second; {NAMED}"],
        2,
    )
    page = (folder / "report.html").read_text("utf-8")
    assert f"is not done after 1 second; {NAMED}" in page


@pytest.mark.parametrize("shards", [(), ("--shard-size", "7")], ids=["file", "shards"])
def test_a_run_that_goes_on_remembers_what_was_left_out(folder, shards):
    write(folder, {4: "sleeps"})
    args = ("tag", "in.jsonl", "--time-limit", "1", "-o", "out", "--resume", *shards)
    first = run(folder, *args)
    again = run(folder, *args)
    assert (len(first.said), first.code) == (1, 2)
    assert (again.said, again.code) == (["out: an earlier run has done it all"], 2)


def test_documents_in_time_are_tagged_as_without_a_limit(folder):
    write(folder, {})
    for name in ("jsonl", "csv"):
        given = ("tag", "in.jsonl", "--why", "--format", name)
        limited = run(folder, *given, "--time-limit", "60")
        assert (limited.code, limited.said) == (0, [])
        assert limited.out == run(folder, *given).out


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "1e300"])
def test_what_is_no_time_is_refused(value):
    done = CliRunner().invoke(cli, ["tag", "in.jsonl", "--time-limit", value])
    message = f"{float(value):g} is no time to work in, write seconds, such as 30 or 0.5"
    assert done.stderr.endswith(f"Error: Invalid value for '--time-limit': {message}\n")
    assert done.exit_code == 2


def test_workers_that_heed_nothing_end_with_an_interruption(folder):
    write(folder, {0: "is no Python"})
    process = start(folder, "tag", "in.jsonl", "--jobs", "2")
    workers: list[int] = []
    while len(workers) < 2:
        assert process.poll() is None
        workers = children(process.pid)
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    until = time.monotonic() + 60
    while any(map(is_alive, workers)):
        assert time.monotonic() < until
        time.sleep(0.05)
