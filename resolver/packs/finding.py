"""Find pack files: the bundled ones, and those that a user names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from resolver.errors import ConfigurationError, PackError, Problem
from resolver.limits import size_text
from resolver.models import Location

SUFFIXES = frozenset({".yaml", ".yml"})
# Some eight million aliases; what is larger is not a pack, or takes more memory than there is.
MAX_PACK = 256_000_000


def bundled_folder() -> Path:
    """Return the folder of the packs that come with resolver.

    A wheel holds them inside the package; in a checkout, which is also what an editable install
    runs from, they stand beside it.
    """
    package = Path(__file__).parent.parent
    inside = package / "bundled"
    return inside if inside.is_dir() else package.parent / "rules"


def pack_files(paths: Iterable[str | Path]) -> list[Path]:
    """Return the pack files that ``paths`` name, folders searched through, each file once.

    The order is that of the paths, within a folder by name.

    Raises:
        PackError: A path does not exist or is no file that can be read again, or a file is too
            large, or a folder has no pack in it.
        ConfigurationError: A path is empty.
    """
    files: dict[Path, Path] = {}
    problems = []
    for given in paths:
        if not str(given):  # a variable of a script that nothing was put into
            message = "a path of packs is empty, name a pack or a folder, or . for this one"
            raise ConfigurationError(message)
        path = Path(given)
        found = _files_of(path)
        if not found:
            what = "has no .yaml file in it" if path.is_dir() else "does not exist"
            problems.append(_problem(path, f"{what}, name a pack or a folder"))
        for file in found:
            files.setdefault(file.resolve(), file)
            problems += _unfit(file)
    if problems:
        raise PackError(problems)
    return list(files.values())


def _unfit(file: Path) -> Iterable[Problem]:
    if not file.is_file():
        # Packs are read more than once: to see whether they have changed, and to show their lines.
        yield _problem(file, "is a pipe or a device, save what comes from it as a file")
    elif file.stat().st_size > MAX_PACK:
        yield _problem(file, f"is larger than {size_text(MAX_PACK)}, split it")


def _problem(path: Path, message: str) -> Problem:
    return Problem(Location(str(path), 1, 1), message)


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path] if path.exists() else []
    return sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())
