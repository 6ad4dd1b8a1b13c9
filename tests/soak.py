"""A soak: many texts, made nasty, through the real command, which is killed again and again.

    .venv/bin/python tests/soak.py --texts news.jsonl.gz

Each round writes the texts with other insertions and bad records among them, tags them with two
processes, kills the job a few times at random moments, goes on with ``--resume``, and then counts:
documents that are lost, doubled or out of order, mentions that do not stand where they say, bad
records that nothing was said of, and megabytes held by all processes together. It ends with 1 if
anything is wrong. The same ``--seed`` gives the same texts; moments are those of the machine.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import click

NASTY = (
    "İstanbul ıß ſ K Å ﬁ ŉ",
    "e\u0301 n\u0303 \u0300",
    "\u200d\u200c\u00ad\ufeff",
    "\u202eabc\u202c",
    "\x00\x1b[31m",
    "\u00a0\u2028\u2029\x85",
    "😀👩‍👩‍👧‍👦🇮🇷",
    "وزارت دفاع ایران",
    "中国国防部",
    "’s — “Iran”",
    "(" * 40 + "MoD" + ")" * 40,
    "Iran" * 50,
    "<script>alert(1)</script>&amp;",
    '=HYPERLINK("x")',
    "\r\n\r\n\t  ",
)
BAD = ('{"id": "x", "text": ', '{"id": 1}', '{"text": 5}', "[]", '"text"', '{"text": "a"} x')
EVERY = 97  # records between two bad ones
MADE_UP = "Iran’s MoD and the Haqqani Network met Simon Gass in Kabul. Gass (MI6) left. "
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)


class Soak(NamedTuple):
    """What is asked for; see the options of the command."""

    texts: Path | None
    documents: int
    rounds: int
    jobs: int
    faults: int
    within: float
    seed: int


class Round(NamedTuple):
    """What a round came to."""

    documents: int
    mentions: int
    wrong: Counter[str]
    faults: Counter[str]
    megabytes: float
    seconds: float


def read_texts(path: Path | None, count: int) -> list[str]:
    """Return so many texts, the same ones again where there are fewer."""
    texts = [MADE_UP * n for n in range(1, 30)]
    if path:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
    return [texts[number % len(texts)] for number in range(count)]


def made_nasty(text: str, dice: random.Random) -> str:
    """Return a text with a few insertions at random places."""
    for _ in range(dice.randrange(4)):
        at = dice.randrange(len(text) + 1)
        text = text[:at] + dice.choice(NASTY) + text[at:]
    return text


def write_round(texts: Sequence[str], path: Path, dice: random.Random) -> dict[str, str]:
    """Write records, bad ones among them; return the good texts by id, in order."""
    good = {}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, text in enumerate(texts):
            if number % EVERY == EVERY - 1:
                file.write(dice.choice(BAD) + "\n")
            id_ = f"d{number}"
            good[id_] = made_nasty(text, dice)
            file.write(json.dumps({"id": id_, "text": good[id_]}) + "\n")
    return good


def tree(process: int) -> Iterator[int]:
    """Yield a process and those it has started."""
    yield process
    with suppress(OSError):
        for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
            yield from tree(int(child))


def held(process: int) -> float:
    """Return the megabytes that a process and its children hold, shared pages shared out."""
    kilobytes = 0
    for one in tree(process):
        with suppress(OSError):
            found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text(), re.M)
            kilobytes += int(found[1]) if found else 0
    return kilobytes / 1024


def tag(command: Sequence[str], log: Path, fault: tuple[float, int] | None) -> tuple[int, float]:
    """Run the command, and kill it after some seconds; return its exit code and megabytes."""
    peak = 0.0
    with log.open("ab") as errors, subprocess.Popen(command, stderr=errors) as process:
        begun = time.monotonic()
        while process.poll() is None:
            peak = max(peak, held(process.pid))
            if fault and time.monotonic() - begun > fault[0]:
                with suppress(ProcessLookupError):
                    os.kill(process.pid, fault[1])
                fault = None
            time.sleep(0.1)
    return process.returncode, peak


def check(output: Path, good: dict[str, str]) -> tuple[int, Counter[str]]:
    """Count the mentions of an output, and what is wrong with it."""
    wrong: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    mentions = 0
    waiting = iter(good)
    with output.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            seen[record["id"]] += 1
            if record["id"] != next(waiting, None):
                wrong["out of order"] += 1
            text = good.get(record["id"], "")
            wrong["changed"] += record["text"] != text
            for mention in record["mentions"]:
                mentions += 1
                wrong["offsets"] += text[mention["start"] : mention["end"]] != mention["surface"]
    wrong["lost"] = sum(id_ not in seen for id_ in good)
    wrong["doubled"] = sum(count > 1 for count in seen.values())
    return mentions, +wrong


def run_round(texts: Sequence[str], soak: Soak, number: int) -> Round:
    """Write, tag with faults, and check."""
    dice = random.Random(soak.seed + number)  # noqa: S311 (the same every time)
    faults: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        good = write_round(texts, folder / "in.jsonl", dice)
        command = [sys.executable, "-m", "resolver", "tag", str(folder / "in.jsonl")]
        command += ["--no-plugins", "--jobs", str(soak.jobs)]
        command += ["-o", str(folder / "out.jsonl"), "--resume"]
        begun, peak, code = time.monotonic(), 0.0, None
        for _ in range(soak.faults):
            sent = dice.choice(SIGNALS)
            code, megabytes = tag(command, folder / "log", (dice.uniform(0.5, soak.within), sent))
            peak = max(peak, megabytes)
            if code == 2:  # it was through before
                break
            faults[signal.Signals(sent).name] += 1
        if code != 2:
            code, megabytes = tag(command, folder / "log", None)
            peak = max(peak, megabytes)
        if not (folder / "out.jsonl").exists():
            raise click.ClickException((folder / "log").read_text("utf-8"))
        mentions, wrong = check(folder / "out.jsonl", good)
        # What was named before a fault is not named again: lines of all runs count, each once.
        lines = (folder / "log").read_text("utf-8", errors="replace").splitlines()
        named = len({line for line in lines if "in.jsonl:" in line})
        wrong["bad records not named"] = max(0, len(texts) // EVERY - named)
        wrong["exit code"] = int(code != 2)
        return Round(len(good), mentions, +wrong, faults, peak, time.monotonic() - begun)


@click.command()
@click.option("--texts", type=click.Path(path_type=Path), help="JSONL; made up without.")
@click.option("--documents", default=25_000, show_default=True)
@click.option("--rounds", default=10, show_default=True)
@click.option("--jobs", default=2, show_default=True)
@click.option("--faults", default=3, show_default=True, help="In a round, at most.")
@click.option("--within", default=15.0, show_default=True, help="Seconds before a fault, at most.")
@click.option("--seed", default=0, show_default=True)
@click.pass_context
def main(context: click.Context, **options: Any) -> None:
    """Tag texts again and again while something goes wrong, and count what that did."""
    soak = Soak(**options)
    texts = read_texts(soak.texts, soak.documents)
    rounds = []
    for number in range(soak.rounds):
        done = run_round(texts, soak, number)
        rounds.append(done)
        click.echo(
            f"round {number + 1}: {done.documents:,} documents, {done.mentions:,} mentions, "
            f"faults {dict(done.faults)}, {done.megabytes:.0f} MB, {done.seconds:.0f} s, "
            f"wrong {dict(done.wrong)}"
        )
    wrong = sum((done.wrong for done in rounds), Counter[str]())
    faults = sum((done.faults for done in rounds), Counter[str]())
    first, last = rounds[0].megabytes, rounds[-1].megabytes
    click.echo(
        f"{sum(r.documents for r in rounds):,} documents, {sum(r.mentions for r in rounds):,} "
        f"mentions, {faults.total()} faults, {sum(r.seconds for r in rounds):.0f} s; "
        f"{last:.0f} MB in the last round, {first:.0f} in the first; wrong: {wrong.total()}"
    )
    context.exit(int(bool(wrong)))


if __name__ == "__main__":
    main()
