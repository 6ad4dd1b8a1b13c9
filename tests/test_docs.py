"""Every code block of the docs runs, and every command, option, key and hook is in them.

Blocks of one file run in order, in one folder. Blocks behind a line that ends in a file's name and
a colon are written there; ``console`` blocks hold commands behind ``$`` and what they print; ``python`` blocks
are run, and an ``output`` block behind one holds what it prints. A page that installs something
gets an environment of its own.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from conftest import ROOT
from test_packaging import environment, install

from resolver import hookspecs
from resolver.cli import COMMANDS, cli
from resolver.packs import schema

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"(?:`([\w./-]+\.\w+)`:\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path) -> list[tuple[str | None, str, str, str]]:
    """Return file, if it is one, language, content and place of every block of a page."""
    text = page.read_text("utf-8")
    return [
        (found[1], found[2], found[3], f"{page.name}:{text.count(chr(10), 0, found.start()) + 1}")
        for found in BLOCK.finditer(text)
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_blocks_run(page, tmp_path, tmp_path_factory, monkeypatch):
    monkeypatch.chdir(tmp_path)
    installs = "$ pip install" in page.read_text("utf-8")
    python = with_pip(tmp_path_factory.mktemp("env")) if installs else Path(sys.executable)
    monkeypatch.setenv("PATH", f"{python.parent}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    printed = ""
    names = {"__name__": "docs"}
    for file, language, content, place in blocks(page):
        if file:
            Path(file).write_text(content, "utf-8")
        elif language == "console":
            check_console(content, place)
        elif language == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(content, place, "exec"), names)  # noqa: S102
            printed = out.getvalue()
        elif language == "output":
            assert printed == content, place


def with_pip(folder: Path) -> Path:
    """Make an environment with resolver, and a pip that fetches nothing; return its Python."""
    python = environment(folder)
    install(python, "--editable", str(ROOT))
    scripts = {"pip": 'pip "$@" --no-deps --no-build-isolation', "pytest": 'pytest "$@"'}
    for name, command in scripts.items():
        script = folder / "bin" / name
        script.write_text(f'#!/bin/sh\nexec "{python}" -m {command}\n', "utf-8")
        script.chmod(0o755)
    return python


def check_console(content: str, place: str) -> None:
    """Run the commands of a block and compare what each prints, ``...`` standing for anything."""
    for part in re.split(r"^\$ ", content, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        result = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
        printed = "".join(
            line.rstrip() + "\n" for line in (result.stdout + result.stderr).splitlines() if line
        )
        wanted = "".join(line.rstrip() + "\n" for line in expected.splitlines() if line)
        pattern = ".*?".join(re.escape(piece) for piece in wanted.split("...\n"))
        assert re.fullmatch(pattern, printed, re.DOTALL), f"{place}: {command}\n{printed}"


def test_every_language_of_a_block_is_known():
    known = {"yaml", "console", "python", "output", "sh", "text", "toml", "json", "csv"}
    unknown = [
        (place, lang) for page in PAGES for _, lang, _, place in blocks(page) if lang not in known
    ]
    assert not unknown


COMMANDS_PAGE = (ROOT / "docs/commands.md").read_text("utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name):
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert f"## resolver {name}" in COMMANDS_PAGE
    section = COMMANDS_PAGE.split(f"## resolver {name}", 1)[1].split("\n## ", 1)[0]
    shared = COMMANDS_PAGE.split("## What to load", 1)[1].split("\n## ", 1)[0]
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            for option in (*parameter.opts, *parameter.secondary_opts):
                assert f"`{option}" in section + shared, f"{name} {option} is not documented"
    assert command.help


def test_every_key_of_a_pack_is_documented():
    page = (ROOT / "docs/packs.md").read_text("utf-8")
    tables = [v for v in vars(schema).values() if isinstance(v, schema.Table)]
    keys = {key.name for table in tables for key in table.keys}
    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_every_hook_is_documented_with_its_signature():
    page = (ROOT / "docs/plugins.md").read_text("utf-8")
    hooks = {name: f for name, f in vars(hookspecs).items() if name.startswith("resolver_")}
    assert hooks
    for name, function in hooks.items():
        signature = str(inspect.signature(function)).replace("'", "")
        assert f"### `{name}{signature}`\n" in page
        assert f"| `{name}` |" in page
        summary = (function.__doc__ or "").split("\n")[0].replace("``", "`")
        assert summary in " ".join(page.split())


def test_every_rule_is_documented(bundled):
    page = (ROOT / "docs/decisions.md").read_text("utf-8")
    for rule in bundled.rules:
        assert f"`{rule.name}`" in page


def test_the_readme_command_is_what_ci_runs():
    script = (ROOT / ".ci/run").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")
    line = next(
        line
        for line in readme.split("<!-- test command -->", 1)[1].splitlines()
        if line.startswith("python3")
    )
    assert "pytest" in shlex.split(line.split("&&")[-1])[0]
    assert "<!-- test command -->" in script
