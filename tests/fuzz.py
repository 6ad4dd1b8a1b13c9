"""Fuzz the project, guided by coverage: ``python tests/fuzz.py [TARGET ...] --seconds 60``.

Runs one target after the other, each in a process of its own, and prints how many inputs it got
through. What a run learns lies in ``.fuzzing/TARGET`` and is where the next one begins. An input
that breaks a promise lies there too; it ends the run of its target, and is shown again with
``python tests/fuzz.py TARGET --replay FILE``. Needs the extra ``fuzz``.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import sys
import tempfile
import time
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from random import Random

MEMORY = Path("/dev/shm")  # noqa: S108 (every input is written as a file)
HOME = Path(__file__).parent.parent / ".fuzzing"
# Whose branches guide the choice of inputs: our own modules, and parsers in Python that we use.
GUIDES = ["resolver", "html", "_markupbase", "email", "tomllib", "defusedxml", "naive"]
LIMITS = ("-timeout=10", "-rss_limit_mb=2048", "-max_len=4096")


def main() -> int:
    """Fuzz what was asked for, and return 1 if anything was found."""
    from fuzzing.targets import TARGETS

    parser = argparse.ArgumentParser(description="Fuzz the project, guided by coverage.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target (default: 60)")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="try an input on a target")
    asked = parser.parse_args()
    unknown = [name for name in asked.targets if name not in TARGETS]
    if unknown:
        parser.error(f"there is no target {unknown[0]}, there are {', '.join(TARGETS)}")
    if asked.replay:
        if len(asked.targets) != 1 or not asked.replay.is_file():
            parser.error("--replay takes a target and a file, as in: html --replay FILE")
        return _replay(asked.targets[0], asked.replay.read_bytes())
    if find_spec("atheris") is None:
        parser.error("this needs atheris, install it with: pip install -e '.[fuzz]'")
    return max([_run(name, asked.seconds) for name in asked.targets or TARGETS])


def _replay(name: str, data: bytes) -> int:
    from fuzzing.promise import said_of
    from fuzzing.targets import TARGETS

    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        print(said_of(TARGETS[name].check, data) or "nothing is said")
    return 0


def _run(name: str, seconds: int) -> int:
    """Fuzz one target in a process of its own; print the figures, and what was found."""
    folder = HOME / name
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as inputs:
        process = multiprocessing.get_context("spawn").Process(
            target=_fuzz, args=(name, seconds, folder, inputs)
        )
        process.start()
        process.join()
    log = (folder / "log.txt").read_text("utf-8", "replace")
    runs = [int(number) for number in re.findall(r"^#(\d+)\t", log, re.MULTILINE)]
    took = time.monotonic() - begin
    result = "nothing found" if process.exitcode == 0 else f"FOUND, see {folder}"
    figures = f"{name:15}{max(runs, default=0):9} inputs {took:5.0f} s"
    print(figures, result, sep="  ", flush=True)
    return int(process.exitcode != 0)


def _fuzz(name: str, seconds: int, folder: Path, inputs: str) -> None:
    """Fuzz until the time is over or something is found; libFuzzer ends the process."""
    log = os.open(folder / "log.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.dont_write_bytecode = True
    os.chdir(inputs)
    import atheris

    with atheris.instrument_imports(include=GUIDES):
        from fuzzing.found import found
        from fuzzing.mutating import mutated
        from fuzzing.promise import said_of
        from fuzzing.targets import TARGETS

        check, seeds = TARGETS[name]
        known = [case.data for case in found() if case.target == name]
        for number, seed in enumerate((*seeds, *known)):
            said_of(check, seed)  # imports what is imported when it is used
            (folder / "corpus" / f"seed-{number}").write_bytes(seed)

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        random = Random(seed)  # noqa: S311
        if random.random() < 0.5:
            return atheris.Mutate(data, most)
        return mutated(data, random)[:most]

    def attempt(data: bytes) -> None:
        try:
            said_of(check, data)
        except Exception:
            (folder / f"found-{sha256(data).hexdigest()[:12]}").write_bytes(data)
            raise

    options = (f"-max_total_time={seconds}", f"-artifact_prefix={folder}/", *LIMITS)
    arguments = ["fuzz", *options, str(folder / "corpus")]
    atheris.Setup(arguments, attempt, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
