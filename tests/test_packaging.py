"""The packs are found from a wheel, from an sdist and from an editable install; types are, too.

Each is installed for real, into an environment of its own that sees the dependencies of this one.
What is built is the same to the byte, wherever and whenever.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

SCRIPT = (
    "import resolver, pathlib; from resolver import Resolver; "
    "from resolver.packs import bundled_folder; "
    "print(pathlib.Path(resolver.__file__).parent.parent); print(bundled_folder()); "
    "print(len(list(bundled_folder().glob('*.yaml'))))"
)
PACKS = len(list((ROOT / "rules").glob("*.yaml")))


@pytest.fixture(scope="module")
def distributions(tmp_path_factory) -> Path:
    """A folder with the sdist, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    call(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT))
    return folder


def call(*command: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    environment = {**os.environ, **(env or {})}
    result = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def environment(folder: Path) -> Path:
    """Make an environment that sees the packages of this one, and return its Python."""
    call(sys.executable, "-m", "venv", "--without-pip", str(folder))
    site = next(folder.glob("lib/python*/site-packages"))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return folder / "bin/python"


def install(python: Path, *args: str) -> None:
    call(
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--ignore-installed",
        *args,
    )


@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_packs_are_inside_what_is_built(distributions, tmp_path, kind):
    python = environment(tmp_path / "env")
    install(python, str(next(distributions.glob(kind))))
    home, folder, count = call(str(python), "-c", SCRIPT, cwd=tmp_path).splitlines()
    assert Path(home).is_relative_to(tmp_path)
    assert Path(folder).is_relative_to(tmp_path)
    assert int(count) == PACKS
    assert "league.yaml" in call(
        str(python), "-m", "resolver", "new", "pack", "league", cwd=tmp_path
    )
    assert "</html>" in call(
        str(python), "-m", "resolver", "report", "league.yaml", "--no-plugins", cwd=tmp_path
    )
    page = "from resolver.playground.application import assets; print(*assets())"
    assert {"index.html", "look.css", "main.js"} <= set(call(str(python), "-c", page).split())


def test_packs_are_found_from_an_editable_install(tmp_path):
    python = environment(tmp_path / "env")
    install(python, "--editable", str(ROOT))
    home, folder, count = call(str(python), "-c", SCRIPT, cwd=tmp_path).splitlines()
    assert (Path(home), Path(folder), int(count)) == (ROOT, ROOT / "rules", PACKS)


# Built again

CLOCK = """\
import time

now, gmtime, localtime = time.time, time.gmtime, time.localtime
time.time = lambda: now() + {seconds}
time.gmtime = lambda seconds=None: gmtime(time.time() if seconds is None else seconds)
time.localtime = lambda seconds=None: localtime(time.time() if seconds is None else seconds)
"""


def built(sdist: Path, folder: Path, *, clock: int, umask: int, zone: str) -> dict[str, bytes]:
    """Unpack an sdist into a folder and build it there, at another time; return what comes of it."""
    (folder / "clock").mkdir(parents=True)
    (folder / "clock/sitecustomize.py").write_text(CLOCK.format(seconds=clock), "utf-8")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (source,) = folder.glob("alias_resolver-*")
    for path in source.rglob("*"):
        os.utime(path, (1_000_000_000 + clock, 1_000_000_000 + clock))
        path.chmod(0o777 & ~umask if path.is_dir() else 0o666 & ~umask)
    command = (sys.executable, "-m", "build", "--no-isolation", "--sdist", "--wheel")
    environment = {
        "PYTHONPATH": str(folder / "clock"),
        "TZ": zone,
        "SOURCE_DATE_EPOCH": "1700000000",
    }
    old = os.umask(umask)
    try:
        call(*command, "--outdir", str(folder / "out"), str(source), env=environment)
    finally:
        os.umask(old)
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


def test_what_is_built_is_the_same_to_the_byte(distributions, tmp_path):
    sdist = next(distributions.glob("*.tar.gz"))
    one = built(sdist, tmp_path / "one", clock=0, umask=0o022, zone="UTC")
    two = built(
        sdist, tmp_path / "a longer name", clock=400_000_000, umask=0o077, zone="Asia/Kabul"
    )
    assert sorted(one) == sorted(path.name for path in distributions.iterdir())
    assert [name for name in one if one[name] != two[name]] == []


# Types

SCRIPT_OF_A_USER = ROOT / "tests/data/typed_script.py"


def test_every_public_name_has_types_for_those_who_install_the_wheel(distributions, tmp_path):
    wheel = next(distributions.glob("*.whl"))
    assert "resolver/py.typed" in zipfile.ZipFile(wheel).namelist()
    python = environment(tmp_path / "env")
    install(python, str(wheel))
    command = (sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull)
    command += ("--cache-dir", str(tmp_path / "cache"), "--python-executable", str(python))
    script = tmp_path / "script.py"
    script.write_text(SCRIPT_OF_A_USER.read_text("utf-8"), "utf-8")
    assert (
        call(*command, str(script), cwd=tmp_path) == "Success: no issues found in 1 source file\n"
    )
    script.write_text(
        "from resolver import Resolver\nx: int = Resolver.load().resolve('')\n", "utf-8"
    )
    wrong = subprocess.run(
        (*command, str(script)), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert 'expression has type "Result"' in wrong.stdout


def test_the_typed_script_uses_every_name_that_the_docs_import():
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    imports = re.compile(r"^from (resolver[\w.]*) import ([\w, ]+)$", re.MULTILINE)

    def names(path: Path) -> set[tuple[str, str]]:
        found = imports.findall(path.read_text("utf-8"))
        return {(module, name) for module, line in found for name in line.split(", ")}

    documented = set().union(*map(names, pages))
    assert ("resolver", "Resolver") in documented
    assert documented - names(SCRIPT_OF_A_USER) == set()
