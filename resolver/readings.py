"""What a surface may be: the aliases that fit it, sorted once by what they need.

Surfaces repeat, so a `Reading` is made once for each and used wherever the surface stands. Its
groups keep the rules from looking at every alias of every place: a title such as "president" has
one alias for each country.
"""

from __future__ import annotations

from collections.abc import Mapping

from resolver.models import Alias, Entity, Role


def is_plain(alias: Alias) -> bool:
    """Return whether an alias names its entity under all circumstances."""
    return not (
        alias.ambiguous
        or alias.context
        or alias.valid_from
        or alias.valid_until
        or alias.strength == "weak"
    )


def needs_evidence(alias: Alias) -> bool:
    """Return whether an alias names its entity only if something speaks for it."""
    return (
        alias.ambiguous
        or alias.strength == "weak"
        or (alias.context is not None and bool(alias.context.entities))
    )


def stands_alone(alias: Alias) -> bool:
    """Return whether an alias counts without evidence, be it only as a candidate."""
    return not needs_evidence(alias) or (alias.ambiguous and alias.strength == "strong")


class Reading:
    """The aliases that a surface may be.

    Attributes:
        aliases: All of them, ordered by pack and line; of suppressions the ``entity_id`` is empty.
        settled: A tuple of the one alias that it is, where nothing needs to be asked.
        standing: Those that count without evidence.
        contextual: Those with a context.
        dated: Those with dates.
        defaults: Those that are meant where nothing else decides.
        roles: Those of offices.
        uncertain: Those that need evidence, by the id of their entity.
    """

    __slots__ = (
        "aliases",
        "contextual",
        "dated",
        "defaults",
        "roles",
        "settled",
        "standing",
        "uncertain",
    )

    def __init__(self, aliases: tuple[Alias, ...], owners: Mapping[str, Entity | Role]) -> None:
        """Sort aliases.

        Args:
            aliases: Ordered by pack and line.
            owners: Entities and offices by id.
        """
        self.aliases = aliases
        first = aliases[0]
        plain = all(is_plain(alias) and alias.entity_id == first.entity_id for alias in aliases)
        self.settled = (first,) if plain else None
        self.standing = tuple(filter(stands_alone, aliases))
        self.contextual = tuple(alias for alias in aliases if alias.context)
        self.dated = tuple(alias for alias in aliases if alias.valid_from or alias.valid_until)
        self.defaults = tuple(alias for alias in aliases if alias.default and alias.ambiguous)
        self.roles = tuple(a for a in aliases if isinstance(owners.get(a.entity_id), Role))
        self.uncertain: dict[str, list[Alias]] = {}
        for alias in filter(needs_evidence, aliases):
            self.uncertain.setdefault(alias.entity_id, []).append(alias)
