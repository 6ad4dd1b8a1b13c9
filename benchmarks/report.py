"""What was measured, as Markdown, CSV and a plot."""

from __future__ import annotations

import csv
import dataclasses
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from processes import Compared
    from speed import Measured

HEAD = ("task", "aliases", "engine", "Mchar/s", "resolver is faster by", "mentions", "right?")


@dataclasses.dataclass
class Report:
    """Everything that was measured in a run, and the command line that did."""

    command: str
    speeds: list[Measured] = dataclasses.field(default_factory=list)
    compared: list[Compared] = dataclasses.field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Write ``results.md``, ``results.csv`` and ``speed.svg``."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "results.md").write_text(self.markdown(), "utf-8")
        with (folder / "results.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEAD, *map(_row, self.speeds)])
        if self.speeds:
            plot(self.speeds, folder / "speed.svg")

    def markdown(self) -> str:
        """Return the tables."""
        lines = [f"Measured by `{self.command}`, Python {platform.python_version()}.", ""]
        if self.speeds:
            lines += _table(HEAD, map(_row, self.speeds))
        if self.compared:
            lines += ["", *_table(("what", "measured"), self.compared)]
        return "\n".join(lines) + "\n"


def _row(measured: Measured) -> tuple[str, ...]:
    return (
        measured.task,
        f"{measured.aliases:,}",
        measured.engine,
        f"{measured.speed:.2f}",
        f"{measured.ratio:.2f}",
        f"{measured.mentions:,}",
        "not looked at" if measured.score is None else str(measured.score),
    )


def _table(head: Sequence[str], rows: object) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]  # type: ignore[misc]
    return ["| " + " | ".join(line) + " |" for line in lines]


def plot(speeds: Sequence[Measured], path: Path) -> None:
    """Draw a group of bars for each task; engines with wrong answers are hatched."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    tasks = list(dict.fromkeys((m.task, m.aliases) for m in speeds))
    engines = list(dict.fromkeys(m.engine for m in speeds))
    width = 0.8 / len(engines)
    figure, axes = plt.subplots(figsize=(2 + 2.2 * len(tasks), 5))
    for number, engine in enumerate(engines):
        own = [m for m in speeds if m.engine == engine]
        places = [tasks.index((m.task, m.aliases)) + number * width for m in own]
        bars = axes.bar(places, [m.speed for m in own], width, label=engine)
        for bar, measured in zip(bars, own, strict=True):
            if measured.score and (measured.score.missed or measured.score.wrong):
                bar.set_hatch("//")
    axes.set_yscale("log")
    axes.set_ylabel("million characters a second (hatched: not all right)")
    middle = 0.4 - width / 2
    labels = [f"{task}\n{aliases:,} aliases" for task, aliases in tasks]
    axes.set_xticks([place + middle for place in range(len(tasks))], labels)
    axes.legend(ncols=2, fontsize="small")
    figure.tight_layout()
    figure.savefig(path)
