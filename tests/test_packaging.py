"""The packs are found from a wheel, from an sdist and from an editable install.

Each is installed for real, into an environment of its own that sees the dependencies of this one.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
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


def call(*command: str, cwd: Path | None = None) -> str:
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
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
