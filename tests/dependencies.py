"""What comes with resolver when users install it, with any of its extras."""

from __future__ import annotations

from importlib.metadata import Distribution, distribution, metadata, requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NAME = "alias-resolver"
# Extras for those who work on resolver. A new extra is for users until it stands here.
NOT_FOR_USERS = frozenset({"benchmark", "dev", "fuzz", "mutation"})


def extras() -> list[str]:
    """Return the extras for users, by name."""
    return sorted(set(metadata(NAME).get_all("Provides-Extra") or ()) - NOT_FOR_USERS)


def declared(extra: str = "") -> list[Requirement]:
    """Return what resolver asks for: always, or for an extra and not without it."""
    wanted = [Requirement(line) for line in requires(NAME) or ()]
    always = [r for r in wanted if r.marker is None or "extra" not in str(r.marker)]
    if not extra:
        return always
    return [r for r in wanted if r not in always and _holds(r, extra)]


def installed() -> dict[str, Distribution]:
    """Return every distribution that resolver and its extras need, and what these need, by name.

    Raises:
        importlib.metadata.PackageNotFoundError: One is not installed.
    """
    found: dict[str, Distribution] = {}
    waiting = [r for extra in ("", *extras()) for r in declared(extra)]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name not in found:
            found[name] = distribution(name)
        for line in found[name].requires or ():
            further = Requirement(line)
            asked = any(_holds(further, extra) for extra in ("", *wanted.extras))
            if asked and canonicalize_name(further.name) not in found:
                waiting.append(further)
    return dict(sorted(found.items()))


def _holds(wanted: Requirement, extra: str) -> bool:
    return wanted.marker is None or wanted.marker.evaluate({"extra": extra})
