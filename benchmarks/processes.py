"""What can only be measured from outside: start-up, memory, files in and out, several processes."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import work

LARGE = 20_000_000  # characters, so that the start of processes does not count
# Long enough for resolver to build its automaton; for a short text it does without.
SEARCHED = "Paris is a town. " * 20_000
ARTICLE = "Iran summoned the British ambassador in Tehran. The Foreign Office said nothing."
TAG = [sys.executable, "-m", "resolver", "tag", "--no-plugins"]
IMPORTS = [sys.executable, "-c", "import click, yaml, pluggy"]


class Compared(NamedTuple):
    """Something that was compared: what it is, and how many times the base it took."""

    what: str
    value: str


class Usage(NamedTuple):
    """What a process took: seconds of wall and of processor."""

    wall: float
    processor: float


def run(command: Sequence[str], **environment: str) -> Usage:
    """Run a command whose output is not looked at."""
    begun = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, env={**os.environ, **environment}
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed")
    wall = time.perf_counter() - begun
    return Usage(wall, usage.ru_utime + usage.ru_stime)


def interleaved(rounds: int, *measures: Callable[[], float]) -> list[list[float]]:
    """Measure several things in turn; return the figures of each."""
    figures = [[measure() for measure in measures] for _ in range(rounds)]
    return [list(column) for column in zip(*figures, strict=True)]


def ratio(first: Sequence[float], second: Sequence[float]) -> float:
    """Return the median of the ratios of pairs."""
    return statistics.median(a / b for a, b in zip(first, second, strict=True))


def start_up(rounds: int) -> list[Compared]:
    """Tag one small article with the bundled packs, for the first time and later."""
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "article.txt"
        article.write_text(ARTICLE, "utf-8")
        command = [*TAG, str(article)]
        caches = iter(range(rounds))

        def first() -> float:
            return run(command, RESOLVER_CACHE=f"{folder}/{next(caches)}").processor

        def later() -> float:
            return run(command, RESOLVER_CACHE=f"{folder}/0").processor

        def imports() -> float:
            return run(IMPORTS).processor

        firsts, laters, bases = interleaved(rounds, first, later, imports)
    base = "`python -c 'import click, yaml, pluggy'`"
    return [
        Compared(f"first start of `resolver tag` over {base}", f"{ratio(firsts, bases):.1f}"),
        Compared(f"later starts over {base}", f"{ratio(laters, bases):.1f}"),
    ]


def build(engine: str, source: Path) -> dict[str, float]:
    """Load aliases and search; return what that took in seconds and megabytes held."""
    before = _resident()
    begun = time.process_time()
    if engine == "resolver":
        from resolver import Resolver

        loaded = Resolver.load([source], bundled=False, plugins=False)
        assert loaded.resolve(SEARCHED).mentions
    else:
        from engines import ENGINES

        built = ENGINES[engine](source.read_text("utf-8").split("\n"))
        assert built.run([SEARCHED])[0]
    seconds = time.process_time() - begun
    return {"seconds": seconds, "held": _resident() - before, "peak": _high_water("self")}


def _high_water(process: int | str) -> float:
    """Return the megabytes that a process has held at most.

    What ``getrusage`` says will not do: it counts those of the parent before ``exec``.
    """
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def memory(count: int, engines: Sequence[str]) -> list[Compared]:
    """Hold many aliases in processes of their own; resolver starts twice."""
    aliases = work.aliases(count)
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "aliases.txt"
        listed.write_text("\n".join(aliases), "utf-8")
        pack = work.write_pack(aliases, Path(folder) / "cities.yaml")
        os.environ["RESOLVER_CACHE"] = f"{folder}/cache"
        first, second = _build("resolver", pack), _build("resolver", pack)
        peers = {name: _build(name, listed) for name in engines if name != "resolver"}
    rows = [
        Compared(
            f"second start over first, {count:,} aliases",
            f"{second['seconds'] / first['seconds']:.2f}",
        )
    ]
    for name, peer in peers.items():
        for label, start in (("first", first), ("second", second)):
            held, peak = start["held"] / peer["held"], start["peak"] / peer["peak"]
            rows.append(
                Compared(
                    f"memory of resolver ({label} start) over {name}, {count:,} aliases",
                    f"{held:.2f} held, {peak:.2f} at the peak",
                )
            )
    return rows


def _build(engine: str, source: Path) -> dict[str, float]:
    command = [sys.executable, str(Path(__file__).with_name("run.py")), "--build", engine]
    out = subprocess.run([*command, str(source)], check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(out.stdout)
    return figures


def files(texts: Sequence[str], count: int, rounds: int) -> list[Compared]:
    """Tag JSONL to JSONL with one and with two processes, and compare with `resolve_many`."""
    from resolver import Resolver

    texts = list(texts) * max(1, round(LARGE / sum(map(len, texts))))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RESOLVER_CACHE"] = f"{folder}/cache"
        pack = work.write_pack(work.aliases(count), Path(folder) / "cities.yaml")
        loaded = Resolver.load([pack], bundled=False, plugins=False)
        source, empty = Path(folder) / "texts.jsonl", Path(folder) / "empty.jsonl"
        source.write_text("".join(json.dumps({"text": t}) + "\n" for t in texts), "utf-8")
        empty.write_text('{"text": ""}\n', "utf-8")
        command = [*TAG, "--no-bundled", "--packs", str(pack), "--format", "jsonl"]

        def inside(jobs: int) -> float:
            begun = time.perf_counter()
            for result in loaded.resolve_many(texts, jobs=jobs):
                assert result.document
            return time.perf_counter() - begun

        def command_with(*options: str) -> float:
            whole = run([*command, *options, str(source)]).wall
            return whole - run([*command, str(empty)]).wall  # loading is not what is compared

        measures = [lambda: inside(1), lambda: inside(2), command_with]
        if _has_jobs():
            measures.append(lambda: command_with("--jobs", "2"))
        one, two, tag_one, *tag_two = interleaved(rounds, *measures)
        # Loading is the same whatever comes in, and the peak stands for all of a run.
        small, large = (_peak(command, source, folder, times) for times in (1, 6))
    rows = [
        Compared("`resolve_many(jobs=2)` over one process", f"{ratio(one, two):.2f} times as fast"),
        Compared("`tag` JSONL to JSONL over `resolve_many`", f"{ratio(one, tag_one):.0%} as fast"),
        Compared("peak memory of `tag`, six times the input over once", f"{large / small:.2f}"),
    ]
    if tag_two:
        faster = f"{ratio(tag_one, tag_two[0]):.2f} times as fast"
        rows.append(Compared("`tag --jobs 2` over `--jobs 1`", faster))
    return rows


def _has_jobs() -> bool:
    out = subprocess.run([*TAG, "--help"], capture_output=True, text=True, check=True)
    return "--jobs" in out.stdout


def _peak(command: Sequence[str], source: Path, folder: str, times: int) -> float:
    path = Path(folder) / "repeated.jsonl"
    with path.open("wb") as file:
        for _ in range(times):
            file.write(source.read_bytes())
    peak = 0.0
    with subprocess.Popen([*command, str(path)], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            with suppress(OSError, IndexError):  # it may end in between
                peak = max(peak, _high_water(process.pid))
            time.sleep(0.05)
    return peak
