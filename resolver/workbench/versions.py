"""Versions of packs: files and folders, or what git has of them in a revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from resolver.errors import ConfigurationError, PackError, Problem
from resolver.models import Location, Pack
from resolver.packs import check_together, pack_files, parse_pack, read_pack
from resolver.packs.finding import SUFFIXES


def read_versions(
    old: str, new: str, others: Iterable[str | Path] = (), built: Iterable[Pack] = ()
) -> tuple[tuple[Pack, ...], tuple[Pack, ...]]:
    """Return all packs of two versions, each checked together.

    Args:
        old: The packs of one version, as `read_version` takes them.
        new: The packs of the other.
        others: Files and folders of packs that belong to both; those with the name of a pack in one
            of the versions are left out.
        built: Packs that plugins build in Python, which belong to both in the same way.

    Raises:
        PackError: With all problems of a version.
        ConfigurationError: Git cannot give a revision.
    """
    versions = read_version(old), read_version(new)
    replaced = {pack.name for version in versions for pack in version}
    everything = (*built, *map(read_pack, pack_files(others)))
    shared = [pack for pack in everything if pack.name not in replaced]
    before, after = ((*shared, *version) for version in versions)
    check_together(before)
    check_together(after)
    return before, after


def read_version(source: str) -> tuple[Pack, ...]:
    """Return the packs of a version, not yet checked together.

    Args:
        source: A pack, a folder of packs, or ``REVISION:PATH`` with the path from the top of the
            git repository of the current folder (``HEAD~1:rules/``). What exists as a file or
            folder is taken as that.

    Raises:
        PackError: With all problems of all packs.
        ConfigurationError: Git cannot give that revision.
    """
    revision, colon, path = source.partition(":")
    if colon and revision and not Path(source).exists():
        contents = _in_revision(revision, path.strip("/"))
    else:
        contents = {str(file): None for file in pack_files([source])}
    packs: list[Pack] = []
    problems: list[Problem] = []
    for name, content in contents.items():
        try:
            packs.append(read_pack(Path(name)) if content is None else parse_pack(content, name))
        except PackError as error:
            problems += error.problems
    if problems:
        raise PackError(problems)
    return tuple(packs)


def _in_revision(revision: str, path: str) -> dict[str, str | None]:
    """Return the texts of pack files in a revision, by ``REVISION:PATH``."""
    place = f"{revision}:{path}"
    if _git("cat-file", "-t", place, place=place).strip() == b"blob":
        return {place: _text(_git("cat-file", "blob", place, place=place), place)}
    listed = _git("ls-tree", "-r", "-z", "--name-only", "--full-tree", place, place=place)
    names = [name for name in listed.decode("utf-8", "surrogateescape").split("\0") if name]
    files = sorted(name for name in names if PurePosixPath(name).suffix in SUFFIXES)
    if not files:
        what = "has no .yaml file in it, name a pack or a folder"
        raise PackError([Problem(Location(place, 1, 1), what)])
    prefix = f"{place}/" if path else place
    return {
        prefix + name: _text(_git("cat-file", "blob", prefix + name, place=place), prefix + name)
        for name in files
    }


def _git(*arguments: str, place: str) -> bytes:
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603
            ["git", *arguments],  # noqa: S607
            capture_output=True,
            check=False,
            env=environment,
        )
    except OSError:
        raise ConfigurationError(f"{place}: git is not installed, name a file or folder") from None
    if done.returncode:
        nowhere = b"not a git repository" in done.stderr
        fact = (
            "this folder is in no git repository" if nowhere else "git has no such revision or path"
        )
        raise ConfigurationError(f"{place}: {fact}, name a file, a folder or REVISION:PATH")
    return done.stdout


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8, save the file as UTF-8"
        raise PackError([Problem(Location(name, 1, 1), message)]) from None
