"""Speed of the engines on the same work, round after round, each engine once a round."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import work
from engines import ENGINES, Engine, chosen
from truth import Score, Truth, sample


class Task(NamedTuple):
    """One piece of work.

    Attributes:
        name: What tables call it.
        aliases: How many there are.
        texts: The texts.
    """

    name: str
    aliases: int
    texts: Sequence[str]


class Measured(NamedTuple):
    """How an engine did at a task.

    Attributes:
        task: Name of the task.
        aliases: How many there were.
        engine: Name of the engine.
        speed: Millions of characters a second of processor time, median of all rounds.
        ratio: How many times faster resolver was, median of the ratios of each round.
        mentions: How many it found.
        score: How right it was, where that was looked at.
    """

    task: str
    aliases: int
    engine: str
    speed: float
    ratio: float
    mentions: int
    score: Score | None


def measure(tasks: Sequence[Task], names: Sequence[str], rounds: int) -> Iterator[Measured]:
    """Measure all tasks; those with the same number of aliases share the engines."""
    for count in sorted({task.aliases for task in tasks}):
        aliases = work.aliases(count)
        engines = [ENGINES[name](aliases) for name in chosen(names, count)]
        truth = Truth(aliases)
        for task in tasks:
            if task.aliases == count:
                yield from race(task, engines, rounds, truth)


def race(task: Task, engines: Sequence[Engine], rounds: int, truth: Truth | None) -> list[Measured]:
    """Let engines do a task, in turn, the first one another in each round."""
    probe = sample(task.texts)
    scores = {e.name: truth.score(probe, e.run(probe)) if truth else None for e in engines}
    # What was built is not garbage; otherwise the engines that build many Python objects would
    # slow the others down.
    gc.collect()
    gc.freeze()
    seconds: dict[str, list[float]] = {engine.name: [] for engine in engines}
    mentions: dict[str, int] = {}
    for number in range(rounds):
        turn = number % len(engines)
        for engine in (*engines[turn:], *engines[:turn]):
            begun = engine.clock()
            found = engine.run(task.texts)
            seconds[engine.name].append(engine.clock() - begun)
            mentions[engine.name] = sum(map(len, found))
            del found
    characters = sum(map(len, task.texts)) / 1e6
    ours = seconds[engines[0].name]
    return [
        Measured(
            task.name,
            task.aliases,
            engine.name,
            characters / statistics.median(seconds[engine.name]),
            statistics.median(s / o for s, o in zip(seconds[engine.name], ours, strict=True)),
            mentions[engine.name],
            scores[engine.name],
        )
        for engine in engines
    ]


def bundled(texts: Sequence[str], names: Sequence[str], rounds: int) -> list[Measured]:
    """Measure resolver with the packs that come with it, and peers that hold the same aliases.

    What is right is not looked at: resolver decides what each name means, and the peers do not.
    """
    from resolver import Resolver

    loaded = Resolver.load(plugins=False)
    aliases = loaded.gazetteer.folded_aliases()

    def run(texts: Sequence[str]) -> list[list[tuple[int, int, None]]]:
        return [[(m.start, m.end, None) for m in r.mentions] for r in loaded.resolve_many(texts)]

    peers = [ENGINES[name](aliases) for name in chosen(names, len(aliases)) if name != "resolver"]
    task = Task("bundled packs", len(aliases), texts)
    return race(task, [Engine("resolver", run), *peers], rounds, None)
