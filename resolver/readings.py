"""What a surface may be: the aliases that fit it, sorted once by what they need.

Surfaces repeat, so a `Reading` is made once for each and used wherever the surface stands. Its
groups keep the rules from looking at every alias of every place: a title such as "president" has
one alias for each country.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from resolver.models import Alias, Entity, Role
from resolver.pages import Span, first_word


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


def _is_conditional(alias: Alias) -> bool:
    return alias.context is not None and (bool(alias.context.none) or not needs_evidence(alias))


def _is_demanding(alias: Alias) -> bool:
    """Return whether an alias is refused where nothing stands that its context asks for."""
    context = alias.context
    needed = not (alias.ambiguous or alias.strength == "weak")
    return needed and context is not None and context.is_positive


def _is_hinted(alias: Alias) -> bool:
    return alias.context is not None and alias.context.is_positive and needs_evidence(alias)


class Unaided(NamedTuple):
    """What a reading comes to without evidence: one alias, or candidates, or nothing."""

    aliases: tuple[Alias, ...]
    resolved: bool


class Reading:
    """The aliases that a surface may be.

    Attributes:
        aliases: All of them, ordered by pack and line; of suppressions the ``entity_id`` is empty.
        settled: A tuple of the one alias that it is, where nothing needs to be asked.
        standing: Those that count without evidence.
        demanding: Those that are refused where nothing stands that their contexts ask for.
        conditional: Those that a context may refuse: one that says what must not stand near, or one
            of an alias that needs no evidence.
        hinted: Those that need evidence and have a context that may be it.
        dated: Those with dates.
        defaults: Those that are meant where nothing else decides.
        roles: Those of offices.
        people: Those of persons.
        is_notable: Whether it is not settled, or an office or a person: something for rules.
        fields: What every mention of it says between its surface and ``explain``, where there is
            nothing for rules.
        uncertain: Those that need evidence, by the id of their entity.
        ids: The ids of what it may be.
        cues: The first words, as framed, of all that contexts ask for or forbid.
        asked: The ids of the entities that contexts ask for.
        suppresses: Whether it may be a suppression.
        unaided: What it comes to as long as no rule says anything of it, by `resolver.decision`.
        unheard: What it comes to where the document says nothing of it, the same.
    """

    __slots__ = (
        "aliases",
        "asked",
        "conditional",
        "cues",
        "dated",
        "defaults",
        "demanding",
        "fields",
        "hinted",
        "ids",
        "is_notable",
        "people",
        "roles",
        "settled",
        "standing",
        "suppresses",
        "unaided",
        "uncertain",
        "unheard",
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
        self.conditional = tuple(filter(_is_conditional, aliases))
        self.hinted = tuple(filter(_is_hinted, aliases))
        self.dated = tuple(alias for alias in aliases if alias.valid_from or alias.valid_until)
        self.defaults = tuple(alias for alias in aliases if alias.default and alias.ambiguous)
        named = [(alias, owners[alias.entity_id]) for alias in aliases if alias.entity_id]
        self.roles = tuple(alias for alias, owner in named if isinstance(owner, Role))
        self.people = tuple(a for a, owner in named if owner.type.casefold() == "person")
        self.is_notable = not self.settled or bool(self.roles or self.people)
        listed = first.entity_id and not self.is_notable
        self.fields = mention_fields(first, owners[first.entity_id]) if listed else None
        self.demanding = tuple(filter(_is_demanding, aliases))
        contexts = [alias.context for alias in aliases if alias.context]
        self.ids = frozenset(alias.entity_id for alias in aliases)
        self.cues = frozenset(
            first_word(word) for c in contexts for word in (*c.any, *c.all, *c.none)
        )
        self.asked = frozenset(id_ for context in contexts for id_ in context.entities)
        self.suppresses = "" in self.ids
        self.unaided: Unaided | None = None
        self.unheard: Unaided | None = None
        self.uncertain: dict[str, list[Alias]] = {}
        for alias in filter(needs_evidence, aliases):
            self.uncertain.setdefault(alias.entity_id, []).append(alias)


class Match(NamedTuple):
    """A place where listed strings were found, whole words and written as they must be."""

    span: Span
    reading: Reading

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.span[0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.span[1]


def mention_fields(alias: Alias, owner: Entity | Role) -> tuple[Any, ...]:
    """Return the fields of a mention between its surface and ``explain``, if nothing else is known.

    Args:
        alias: What stands there.
        owner: What it names.
    """
    return (
        owner.id,
        owner.name,
        owner.type,
        "resolved",
        alias.kind,
        alias.pack,
        alias.location.line,
        (),
        None,
        None,
        False,
        garbled_source(alias),
    )


def garbled_source(alias: Alias) -> str | None:
    """Return where a garbled form was seen."""
    return alias.source if alias.kind == "garbled" else None


def together(first: Reading, second: Reading, owners: Mapping[str, Entity | Role]) -> Reading:
    """Return the reading of a surface that is written as two forms at once."""
    aliases = sorted({*first.aliases, *second.aliases}, key=alias_place)
    return Reading(tuple(aliases), owners)


def alias_place(alias: Alias) -> tuple[str, int, int, str]:
    """Return what aliases are ordered by: pack, line, column."""
    return alias.pack, alias.location.line, alias.location.column, alias.text
