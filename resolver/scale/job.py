"""What the output of a job hangs on, so that a later run goes on only with the same.

A job is plain values, which travel through JSON: the versions, and a digest of each pack, plugin
and input.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from resolver.plugins import Plugins
from resolver.plugins.fingerprint import fingerprint
from resolver.readers import BadInput, find_sources

Job = dict[str, dict[str, Any]]

# How the parts are called in messages.
_PARTS = {"versions": "", "packs": "pack ", "plugins": "plugin ", "options": "", "inputs": "input "}
_SHOWN = 3


def versions() -> dict[str, str]:
    """Return the versions that the output hangs on: Python's tables of characters count in."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"resolver": version("alias-resolver"), "Python": python}


def packs(files: Iterable[Path]) -> dict[str, str]:
    """Return a digest of the content of packs by file name; they may lie elsewhere next time."""
    digests: dict[str, str] = {}
    for file in files:
        digests[file.name] = _digest([digests.get(file.name, "").encode(), file.read_bytes()])
    return digests


def plugins(loaded: Plugins) -> dict[str, str]:
    """Return version and digest of the plugins in use, but for those that resolver brings."""
    return {
        plugin.name: f"{plugin.origin.version} {_digest([(fingerprint(plugin) or '').encode()])}"
        for plugin in loaded
        if plugin.state == "ok" and plugin.origin.kind != "built in"
    }


def inputs(paths: Iterable[str], suffixes: frozenset[str]) -> dict[str, Any]:
    """Return for each path how many files it names, how large they are, and a digest.

    The digest is of paths, sizes and times; the files are not read, which could take hours.
    """
    return {path: _input(path, suffixes) for path in paths}


def _input(path: str, suffixes: frozenset[str]) -> dict[str, Any] | None:
    files = size = 0
    digest = hashlib.sha256()
    for source in find_sources([path], suffixes):
        if not isinstance(source, BadInput) and source.path:
            status = source.path.stat()
            files, size = files + 1, size + status.st_size
            line = f"{source.name}\0{status.st_size}\0{status.st_mtime_ns}\n"
            digest.update(line.encode("utf-8", "surrogateescape"))
    return {"files": files, "bytes": size, "digest": digest.hexdigest()[:16]} if files else None


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(b"%d\0" % len(part))
        digest.update(part)
    return digest.hexdigest()[:16]


def difference(before: Job, now: Job) -> str:
    """Return what differs, or nothing."""
    differences = [
        f"{_PARTS[part]}{name} {change}"
        for part in _PARTS
        for name, change in _changes(part, before.get(part, {}), now[part])
    ]
    more = len(differences) - _SHOWN
    shown = differences[:_SHOWN] + ([f"and {more} more"] if more > 0 else [])
    return ", ".join(shown)


def _changes(
    part: str, before: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    for name in [*before, *(name for name in now if name not in before)]:
        old, new = before.get(name), now.get(name)
        if old == new:
            continue
        if part in {"versions", "options"}:
            yield name, f"was {_shown(old)} and is {_shown(new)}"
        else:
            yield name, "is new" if old is None else "is gone" if new is None else "has changed"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "not given"
    return "not given" if value is None else str(value)
