"""What lint says: findings, and the questions that several checks ask of an alias."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from resolver.models import Alias, Entity, Location, Pack, Role

Severity = Literal["error", "warning", "hint"]


class Finding(NamedTuple):
    """Something that lint found, and what to do about it.

    Attributes:
        location: Where it stands.
        severity: ``error`` and ``warning`` are to be mended, ``hint`` is worth knowing.
        check: The name of the check.
        message: What is wrong, and the remedy.
        replacement: What to write at ``location`` instead, where that is mechanical; empty to take
            the item out of its list.
    """

    location: Location
    severity: Severity
    check: str
    message: str
    replacement: str | None = None

    def __str__(self) -> str:
        """Return ``file:line:column: severity: message (check)``."""
        return f"{self.location}: {self.severity}: {self.message} ({self.check})"


def owned_aliases(packs: Iterable[Pack]) -> Iterator[tuple[Entity | Role, Alias]]:
    """Yield every alias of an entity or office, with its owner."""
    for pack in packs:
        for owner in pack.owners:
            for alias in owner.aliases:
                yield owner, alias


def is_guarded(alias: Alias) -> bool:
    """Return whether more than the string has to fit before an alias names its entity."""
    return bool(alias.ambiguous or alias.context or alias.strength == "weak")


def is_conditional(alias: Alias) -> bool:
    """Return whether an alias counts only where something speaks for it.

    One that is only ambiguous counts everywhere, as a candidate.
    """
    asks = alias.context is not None and alias.context.is_positive
    return alias.strength == "weak" or (asks and not alias.ambiguous)


def is_unconditional(alias: Alias) -> bool:
    """Return whether an alias names its entity under all circumstances."""
    return not (is_guarded(alias) or alias.valid_from or alias.valid_until)
