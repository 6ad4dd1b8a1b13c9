"""What the outcome of a plugin's code hangs on, so that what is kept of it is never stale.

That is the content of its code, all files of its package with tables among them, the version of its
distribution, and those of the packages that the distribution asks for. Whatever else an outcome
hangs on, a plugin has to say: ``resolver_cache = False`` keeps it from being kept.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from resolver.plugins.plugin import Origin, Plugin

CACHEABLE = "resolver_cache"

_REQUIRED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def fingerprint(plugin: Plugin) -> str | None:
    """Return a text that differs whenever the code of a plugin does.

    Returns:
        ``None`` if there is nothing that would tell: the plugin says so, it is an object that a
        program handed over, or its code does not lie in files.
    """
    origin = plugin.origin
    if not getattr(plugin.implementation, CACHEABLE, True) or origin.kind == "object":
        return None
    try:
        files = [Path(origin.value)] if origin.kind == "file" else _code_of(origin)
        contents = [(str(file), hashlib.sha256(file.read_bytes()).hexdigest()) for file in files]
        versions = _versions(origin.distribution)
    except (OSError, PackageNotFoundError):
        return None
    return repr((origin.name, versions, contents)) if contents else None


def _code_of(origin: Origin) -> list[Path]:
    """Return the files of the outermost package that a plugin lies in, sorted.

    A namespace package, which several distributions share, is not one.
    """
    module, _, _ = origin.value.partition(":")
    for name in _with_parents(module.strip()):
        place = getattr(sys.modules.get(name), "__file__", None)
        if place and Path(place).name == "__init__.py":
            files = (file for file in Path(place).parent.rglob("*") if file.is_file())
            return sorted(file for file in files if file.parent.name != "__pycache__")
        if place:
            return [Path(place)]
    return []


def _with_parents(module: str) -> Iterator[str]:
    """Yield the names of a module's parents, the outermost first, and its own."""
    parts = module.split(".")
    yield from (".".join(parts[: number + 1]) for number in range(len(parts)))


def _versions(distribution: str) -> list[tuple[str, str | None]]:
    """Return the versions of a distribution and of what it asks for, ``None`` if not there."""
    if not distribution:
        return []
    asked = (_REQUIRED.match(line) for line in requires(distribution) or ())
    names = sorted({found[0] for found in asked if found})
    return [(name, _version(name)) for name in (distribution, *names)]


def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None
