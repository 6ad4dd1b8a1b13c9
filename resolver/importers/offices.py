"""Offices while they are put together: who held which, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from resolver.importers.drafts import fault_of, iso_date, usable
from resolver.models import NOWHERE, Alias, Holder, Role


@dataclass(eq=False)
class Office:
    """An office, its names and its holders, in the order of the source."""

    id: str
    name: str
    aliases: list[Alias] = field(default_factory=list)
    holders: dict[tuple[str, str | None, str | None], Holder] = field(default_factory=dict)
    same_as: tuple[tuple[str, str], ...] = ()

    def add_holder(self, entity_id: str, begin: str, end: str) -> None:
        """Add a turn; of what is no date nothing is kept, and a turn is not listed twice."""
        turn = (entity_id, iso_date(begin), iso_date(end))
        self.holders.setdefault(turn, Holder(*turn, NOWHERE))

    def role(self) -> Role:
        """Return it as a value."""
        holders = tuple(self.holders.values())
        name = self.id if fault_of(self.name) else self.name
        listed = usable(self.id, self.name, self.aliases)
        return Role(self.id, name, listed, holders, same_as=self.same_as)


class Offices:
    """The offices of a source, by their ids."""

    def __init__(self) -> None:
        """Begin without any."""
        self._by_id: dict[str, Office] = {}

    def __iter__(self) -> Iterator[Role]:
        """Yield those that have a holder."""
        return (office.role() for office in self._by_id.values() if office.holders)

    def get(self, id_: str, name: str) -> Office:
        """Return an office; it is added, under this name, if there is none of the id."""
        return self._by_id.setdefault(id_, Office(id_, name))
