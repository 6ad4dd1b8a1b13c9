"""Measure resolver and its peers on the same work, in one run, and say who was right.

    python benchmarks/run.py --texts news.jsonl.gz -o results

Needs ``pip install 'alias-resolver[benchmark]'``; ripgrep takes part where it is installed. The
work is made by script, and options say how much of it. Engines take turns, so that a busy machine
slows all of them; speeds are of processor time, and what counts is the ratios.
"""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import click
import processes
import speed
import work
from engines import ENGINES
from report import Report

PARTS = ("speed", "bundled", "start", "files", "memory")


class Numbers(click.ParamType):
    """Numbers with commas between."""

    name = "N,N,..."

    def convert(self, value: object, *_: object) -> list[int]:
        """Return the numbers."""
        return (
            value
            if isinstance(value, list)
            else [int(part) for part in str(value).split(",") if part]
        )


@click.command(help=__doc__)
@click.option(
    "--texts", type=click.Path(path_type=Path), help="JSONL(.gz) with text; else made up."
)
@click.option("--megabytes", default=2.0, help="How much text, in million characters.")
@click.option("--aliases", type=Numbers(), default="30,10000,100000", help="How many aliases.")
@click.option("--lengths", type=Numbers(), default="0", help="Lengths of texts; 0 as they are.")
@click.option(
    "--densities", type=Numbers(), default="", help="Mentions in 1,000 made-up characters."
)
@click.option("--engines", default=",".join(ENGINES), help="Who takes part, the first is compared.")
@click.option("--rounds", default=5, help="How often everything is done.")
@click.option("--parts", default="speed,bundled,start,files", help=f"Of {', '.join(PARTS)}.")
@click.option("--many", default=1_000_000, help="Aliases for the measure of memory.")
@click.option("-o", "--output", type=click.Path(path_type=Path), default="benchmark-results")
@click.option("--build", nargs=2, hidden=True)
def main(
    texts: Path | None,
    megabytes: float,
    aliases: list[int],
    lengths: list[int],
    densities: list[int],
    engines: str,
    rounds: int,
    parts: str,
    many: int,
    output: Path,
    build: tuple[str, str] | None,
) -> None:
    """See above."""
    if build:
        click.echo(json.dumps(processes.build(build[0], Path(build[1]))))
        return
    names = engines.split(",")
    report = Report("python " + shlex.join(["benchmarks/run.py", *sys.argv[1:]]))
    size = round(megabytes * 1e6)
    base = max(aliases)
    news = (
        work.read_texts(texts, size)
        if texts
        else work.make_texts(work.aliases(base), size, 2_800, 4)
    )
    for part in parts.split(","):
        click.echo(f"{part} ...", err=True)
        if part == "speed":
            tasks = _tasks(news, size, aliases, lengths, densities)
            report.speeds += speed.measure(tasks, names, rounds)
        elif part == "bundled":
            peers = [name for name in names if name.startswith("flashtext")]
            report.speeds += speed.bundled(news, peers, rounds)
        elif part == "start":
            report.compared += processes.start_up(rounds)
        elif part == "files":
            report.compared += processes.files(news, base, rounds)
        elif part == "memory":
            report.compared += processes.memory(many, ["flashtext", "flashtext2"])
        else:
            raise click.UsageError(f"there is no part {part}, they are {', '.join(PARTS)}")
        report.write(output)
    click.echo(report.markdown())


def _tasks(
    news: list[str], size: int, aliases: list[int], lengths: list[int], densities: list[int]
) -> list[speed.Task]:
    """Return what to do: every number of aliases, and at the largest every length and density."""
    base = max(aliases)
    tasks = [speed.Task("texts", count, work.recut(news, lengths[0])) for count in aliases]
    tasks += [
        speed.Task(f"{length:,} characters each", base, work.recut(news, length))
        for length in lengths[1:]
    ]
    for density in densities:
        made = work.make_texts(work.aliases(base), size, 2_800, density)
        tasks.append(speed.Task(f"{density} mentions in 1,000", base, made))
    return tasks


if __name__ == "__main__":
    main()
