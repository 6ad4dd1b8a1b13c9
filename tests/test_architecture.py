"""The arrows between modules point one way, and the names of the docs are those of the code."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

# In the order of the data: a module may import what stands before it, its own package, and nothing
# else of ours. Imports inside functions count too.
ORDER = (
    ("models", "deferred", "limits", "look"),
    ("errors", "cache", "databases", "dates", "garbage", "offsets", "hookspecs"),
    ("documents", "extras", "characters", "segments", "names"),
    ("folding",),
    ("brackets", "cells", "compression", "framing", "mention_arrays", "seams", "spelling"),
    ("packs", "pages", "rows"),
    ("readings",),
    ("answerable", "gazetteer"),
    ("compiled", "matchers", "nearest", "findings"),
    ("analysis",),
    ("locating", "decision"),
    ("mentions",),
    ("rules",),
    ("explanation",),
    ("readers", "writers", "importers"),
    ("exporters",),
    ("plugins",),
    ("loading",),
    ("scale",),
    ("pipeline",),
    ("arrow",),
    ("spark",),
    ("replacing", "report", "testing", "workbench"),
    ("playground",),
    ("cli",),
    ("pytest_plugin",),
)
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
MODULES = sorted((ROOT / "resolver").rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Return the parts of our package that a module imports, but for type checkers only."""
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = {
        node
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and ast.unparse(branch.test) == "TYPE_CHECKING"
        for node in ast.walk(branch)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node not in typing_only and node.module:
            if node.module == "resolver":
                names |= {alias.name for alias in node.names}
            elif node.module.startswith("resolver."):
                names.add(node.module.split(".")[1])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_follow_the_data(path):
    own = path.relative_to(ROOT / "resolver").parts[0].removesuffix(".py")
    if own in {"__init__", "__main__"}:
        return
    later = {name for name in imported(path) - {own} if RANK.get(name, -1) >= RANK[own]}
    assert not later, f"{own} imports {later}, which stand beside or behind it"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_small(path):
    text = path.read_text("utf-8")
    assert text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{node.name} is too long"


@pytest.mark.parametrize(
    "heavy",
    [
        "numpy",
        "pyarrow",
        "rapidfuzz",
        "flashtext",
        "asyncio",
        "spacy",
        "hypothesis",
        "rdflib",
        "cassis",
    ],
)
def test_tagging_does_not_import_what_it_does_not_use(heavy):
    code = (
        "import sys; from resolver.cli import cli; import resolver.cli.tag; "
        "from resolver import Resolver; from resolver.packs import parse_pack; "
        "r = Resolver([parse_pack('pack: p\\nentities: [{id: a, name: Iran, type: x}]')]); "
        "assert r.resolve('Iran').mentions; "
        f"sys.exit({heavy!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
