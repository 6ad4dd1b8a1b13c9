"""Shells complete commands, options, paths and names: in a real bash, and as zsh and fish ask."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from test_plugins import distribution

from resolver.cli import COMMANDS, cli

WRITER = """\
from resolver import hookimpl
from resolver.writers import Writer


@hookimpl
def resolver_writers():
    return [Writer("ours", print)]
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with files to complete, and the command as the only one of its name."""
    (tmp_path / "articles").mkdir()
    for name in ("articles/one.txt", "table.yaml", "newsroom.py"):
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin/resolver"
    # What is typed is not run but shown, an argument a pair of brackets.
    command.write_text(
        f'#!/bin/sh\n[ -n "$_RESOLVER_COMPLETE" ] && exec "{sys.executable}" -m resolver\n'
        "printf '<%s>' \"$@\"; echo ' ran'\n",
        "utf-8",
    )
    command.chmod(0o755)
    distribution_folder = tmp_path / "site"
    distribution_folder.mkdir()
    distribution(distribution_folder, "our-formats", WRITER)
    return tmp_path


def environment(folder: Path) -> dict[str, str]:
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(folder / "site"), "TERM": "dumb"}


@pytest.fixture
def bash(folder):
    """A function that types a line into an interactive bash, and returns the arguments it means."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        ["bash", "--noprofile", "--norc", "-i"],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=folder,
        env=environment(folder),
        start_new_session=True,
    )
    os.close(slave)

    def typed(keys: str, until: str) -> str:
        os.write(master, keys.encode())
        seen = ""
        end = time.monotonic() + 60
        while until not in seen:
            assert time.monotonic() < end, seen
            if select.select([master], [], [], 1)[0]:
                seen += os.read(master, 4096).decode()
        return seen

    def arguments(line: str) -> list[str]:
        return re.findall("<(.*?)>", typed(f"{line}\t\n", " ran\r\n"))

    typed('eval "$(_RESOLVER_COMPLETE=bash_source resolver)"; echo re""ady\n', "ready\r\n")
    yield arguments
    process.kill()
    process.wait()
    os.close(master)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ta", ["tag"]),
        ("tag --overl", ["tag", "--overlaps"]),
        ("tag art", ["tag", "articles/"]),
        ("tag articles/o", ["tag", "articles/one.txt"]),
        ("tag --packs tab", ["tag", "--packs", "table.yaml"]),
        ("tag --plugin-file new", ["tag", "--plugin-file", "newsroom.py"]),
        ("tag --plugin our", ["tag", "--plugin", "our-formats"]),
        ("tag --format our", ["tag", "--format", "ours"]),
        ("tag --format labels", ["tag", "--format", "labelstudio"]),
        ("tag --input-format ht", ["tag", "--input-format", "html"]),
        ("tag --without-rule sur", ["tag", "--without-rule", "surname"]),
        ("tag -o tab", ["tag", "-o", "table.yaml"]),
        ("lint tab", ["lint", "table.yaml"]),
        ("diff tab", ["diff", "table.yaml"]),
        ("diff a b art", ["diff", "a", "b", "articles/"]),
        ("import popo", ["import", "popolo"]),
        ("import csv tab", ["import", "csv", "table.yaml"]),
        ("export sk", ["export", "skos"]),
        ("new pl", ["new", "plugin"]),
        ("no-such-comm", ["no-such-comm"]),
    ],
)
def test_bash_completes(bash, typed, meant):
    assert bash(f"resolver {typed}") == meant


def asked(folder: Path, **variables: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "resolver"],
        cwd=folder,
        env={**environment(folder), **variables},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.parametrize(
    ("words", "found"),
    [("tag --format our", ["ours"]), ("tag art", ["art"]), ("expl", ["explain"])],
)
def test_zsh_and_fish_get_what_they_ask_for(folder, words, found):
    *before, begun = f"resolver {words}".split()
    zsh = asked(
        folder,
        _RESOLVER_COMPLETE="zsh_complete",
        COMP_WORDS=" ".join([*before, begun]),
        COMP_CWORD=str(len(before)),
    )
    assert zsh.splitlines()[1::3] == found
    fish = asked(
        folder, _RESOLVER_COMPLETE="fish_complete", COMP_WORDS=" ".join(before), COMP_CWORD=begun
    )
    values = [line.split(",", 1)[1].split("\t")[0] for line in fish.splitlines() if "," in line]
    assert values == found
    for shell in ("zsh", "fish"):
        assert f"_RESOLVER_COMPLETE={shell}_complete" in asked(
            folder, _RESOLVER_COMPLETE=f"{shell}_source"
        )


def test_a_broken_plugin_does_not_disturb_the_line(folder):
    distribution(folder / "site", "broken-one", "print('hello')\n1 / 0\n")
    for words, number in (
        ("resolver tag --format our", 3),
        ("resolver tag --plugin-file x.py --format our", 5),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "resolver"],
            cwd=folder,
            env={
                **environment(folder),
                "_RESOLVER_COMPLETE": "bash_complete",
                "COMP_WORDS": words,
                "COMP_CWORD": str(number),
            },
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.split() == ["plain,ours"] * (number == 3)


WITH_PATHS = ("PATH", "FILE", "CORPUS", "GOLD", "PACK")


@pytest.mark.parametrize("name", COMMANDS)
def test_whatever_is_a_path_is_completed_as_one(name):
    command = cli.get_command(click.Context(cli), name)
    for parameter in command.params:
        metavar = (parameter.metavar or "").strip("[].")
        if metavar in WITH_PATHS or parameter.name in {"old", "new", "output"}:
            assert isinstance(parameter.type, click.Path), f"{name} {parameter.name}"
            assert not (parameter.type.readable and not parameter.type.exists), (
                f"{name} {parameter.name} would stop at the first file that cannot be read"
            )
