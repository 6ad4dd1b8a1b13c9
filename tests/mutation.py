"""Faults put into the code, one at a time: do the tests notice?

    pip install -e '.[mutation]'
    python -m tests.mutation names packs/reading     # or without a name: every module of mutation.yaml

Each module is done in a copy of the tree of its own, which stays, so that a second run tries only
what survived or changed. In the copy nothing is remembered between calls (`functools.cache` and its
like are taken away): what is remembered hides faults, and mutmut leaves out functions with decorators.
`mutation.yaml` says which tests concern a module, and which faults no test can notice.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).parent.parent
COPIES = Path(os.environ.get("RESOLVER_MUTANTS", Path(tempfile.gettempdir()) / "resolver-mutants"))
COPIED = ("resolver", "rules", "seeds", "tests")
PLAN = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
REMEMBERED = re.compile(r"^ *@(?:functools\.)?(?:lru_)?cache(?:\(.*\))?\n", re.MULTILINE)
PRELOADED = ("hypothesis.strategies", "yaml", "click", "pluggy", "rapidfuzz", "ahocorasick_rs")
WANTED = 90
# What mutmut writes of a mutant: the exit status of pytest, or of a process that hung or fell.
NOTICED = {1, 3, -24, 24, 152, -11, -9}
NOT_EVEN_BEGUN = 255  # the tests cannot be imported; a fault only where functions run at import
CONFIGURATION = """
[tool.mutmut]
source_paths = ["resolver"]
only_mutate = ["resolver/{module}.py"]
also_copy = ["rules", "seeds", "uncollected.py"]
pytest_add_cli_args = ["-p", "no:cov", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
pytest_add_cli_args_test_selection = {tests}
process_isolation = "forkserver" # no mutant sees what another left in memory
forkserver_warmup = "{warmup}"
preload_modules_file = "preload.txt"
on_dependency_change = "ignore"
timeout_constant = 2.0
timeout_multiplier = 5.0
"""


class Mutant(NamedTuple):
    """A fault: its name at mutmut, the line of the code, and what it becomes."""

    name: str
    line: str
    becomes: str


class Score(NamedTuple):
    """What became of the mutants of one module."""

    module: str
    mutants: int
    survivors: list[Mutant]

    @property
    def unexplained(self) -> list[Mutant]:
        """The survivors for which no reason is given."""
        return [mutant for mutant in self.survivors if not explanation(self.module, mutant)]

    def __str__(self) -> str:
        killed = self.mutants - len(self.survivors)
        equivalent = len(self.survivors) - len(self.unexplained)
        share = 100 * killed / self.mutants
        return (
            f"| `{self.module}` | {self.mutants} | {killed} | {share:.1f} % "
            f"| {equivalent} | {len(self.unexplained)} |"
        )


def explanation(module: str, mutant: Mutant) -> str:
    """Return why no test can notice a mutant, or nothing."""
    for given in PLAN["equivalent"].get(module, ()):
        if given["line"] == mutant.line and mutant.becomes in given["becomes"]:
            return given["because"]
    return ""


def bring_up_to_date(module: str) -> Path:
    """Copy what changed, and return the folder of the copy."""
    copy = COPIES / module.replace("/", ".")
    changed = set()
    for source in (file for folder in COPIED for file in (ROOT / folder).rglob("*")):
        target = copy / source.relative_to(ROOT)
        if source.is_file() and "__pycache__" not in source.parts:
            content = source.read_bytes()
            if source == ROOT / "resolver" / f"{module}.py":
                content = REMEMBERED.sub("", content.decode()).encode()
            if write_if_new(target, content):
                changed.add(source.relative_to(ROOT).parts[0])
    if "tests" in changed:  # what each test reaches is found out once more
        (copy / "mutants/mutmut-stats.json").unlink(missing_ok=True)
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    warmup = "import" if module in PLAN["run_at_import"] else "collect"
    settings += CONFIGURATION.format(module=module, tests=tests_of(module), warmup=warmup)
    write_if_new(copy / "preload.txt", "\n".join(PRELOADED).encode())
    write_if_new(copy / "pyproject.toml", settings.encode())
    write_if_new(copy / "uncollected.py", b"import gc\n\ngc.disable()\n")
    return copy


def tests_of(module: str) -> list[str]:
    plan = PLAN["modules"][module]
    return [f"tests/{part}" if part.startswith("test_") else part for part in plan]


def write_if_new(target: Path, content: bytes) -> bool:
    """Write a file unless it says so already; return whether it was written."""
    if target.exists() and target.read_bytes() == content:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return True


def run_mutmut(copy: Path, names: list[str]) -> None:
    environment = os.environ | {
        "RESOLVER_CACHE": "off",
        "HYPOTHESIS_PROFILE": "repeatable",
        "PYTHONDONTWRITEBYTECODE": "1",
        # Of the time that a mutant takes, looking for plugins and garbage is the greater part.
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTEST_PLUGINS": "uncollected",
    }
    mutmut = shutil.which("mutmut", path=Path(sys.executable).parent)
    if mutmut is None:
        sys.exit("mutmut is not installed: pip install -e '.[mutation]'")
    subprocess.run(
        [mutmut, "run", "--max-children", "1", *names], cwd=copy, env=environment, check=True
    )


def results(copy: Path, module: str) -> dict[str, int | None]:
    """Return the exit status of every mutant, ``None`` for one that was not tried yet."""
    from mutmut.mutation.data import SourceFileMutationData

    os.chdir(copy)
    data = SourceFileMutationData(path=f"resolver/{module}.py")
    data.load()
    return data.exit_code_by_key


def survivors(copy: Path, module: str) -> Iterator[Mutant]:
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    noticed = NOTICED | ({NOT_EVEN_BEGUN} if module in PLAN["run_at_import"] else set())
    for name, status in results(copy, module).items():
        if status not in noticed:
            diff = get_diff_for_mutant(name, path=f"resolver/{module}.py").splitlines()[2:]
            line, becomes = (
                " ".join(part[1:].strip() for part in diff if part.startswith(sign))
                for sign in "-+"
            )
            yield Mutant(name, line, becomes)


def score(module: str) -> Score:
    """Try the mutants of one module: all of them, or what is left of an earlier run."""
    copy = bring_up_to_date(module)
    before = [mutant.name for mutant in survivors(copy, module)]
    run_mutmut(copy, [])
    left = [mutant.name for mutant in survivors(copy, module) if mutant.name in before]
    if left:
        run_mutmut(copy, left)
    return Score(module, len(results(copy, module)), list(survivors(copy, module)))


def main(modules: list[str]) -> int:
    """Print the score of some modules and what survived in them; 1 if a score is too low."""
    scores = [score(module) for module in modules or PLAN["modules"]]
    for each in scores:
        for mutant in each.unexplained:
            print(f"{mutant.name}\n    {mutant.line}\n    {mutant.becomes}")
    print("| module | mutants | killed | share | equivalent | not killed |")
    print("| --- | --- | --- | --- | --- | --- |")
    print(*scores, sep="\n")
    low = [each for each in scores if len(each.survivors) * 100 > each.mutants * (100 - WANTED)]
    return int(bool(low))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
