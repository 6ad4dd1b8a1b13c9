"""Frozen values that travel through the package.

Offsets are code points of the text that was given, end exclusive. Lines and columns begin at 1.
Dates are ISO strings (``2022-09-06``, or less exact: ``2022-09``, ``2022``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Location(NamedTuple):
    """A place in a file."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        """Return ``path:line:column``, which editors and terminals turn into a link."""
        return f"{self.path}:{self.line}:{self.column}"


NOWHERE = Location("", 0, 0)


@dataclass(frozen=True, slots=True)
class Context:
    """What must, or must not, stand near a mention. Every part that is given must hold.

    Attributes:
        any: At least one of these words or aliases stands near.
        all: Each of these stands near.
        none: None of these stands near.
        entities: At least one of these entities is mentioned near.
        within: ``document``, ``paragraph``, ``sentence`` or ``N words`` (counted on each side).
        none_within: The same for ``none`` alone, where that looks farther or less far.
    """

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    within: str = "document"
    none_within: str | None = None

    @property
    def is_positive(self) -> bool:
        """Whether meeting this context is evidence, and not only the absence of a veto."""
        return bool(self.any or self.all or self.entities)


@dataclass(frozen=True, slots=True, eq=False)
class Alias:
    """One listed string and what it names. The keys are those of a pack."""

    text: str
    entity_id: str
    kind: str = "full"
    case: str = "smart"
    strength: str = "strong"
    boundary: str = "word"
    ambiguous: bool = False
    default: bool = False
    context: Context | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    source: str | None = None
    note: str | None = None
    pack: str = ""
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True, eq=False)
class Holder:
    """Who held an office, from a day (included) until a day (not included)."""

    entity_id: str
    valid_from: str | None
    valid_until: str | None
    location: Location


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """Somebody or something that has a name. ``surnames`` replaces what the name would give."""

    id: str
    name: str
    type: str
    aliases: tuple[Alias, ...]
    tags: tuple[str, ...] = ()
    same_as: tuple[tuple[str, str], ...] = ()
    surnames: tuple[str, ...] | None = None
    source: str | None = None
    note: str | None = None
    pack: str = ""
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True, eq=False)
class Role:
    """An office that people hold in turn.

    Attributes:
        of: Ids of the countries or bodies that the office belongs to; one of them named beside
            the office ("Iranian President", "President of Iran") tells which office is meant.
        shared: Whether several people hold it at the same time.
    """

    id: str
    name: str
    aliases: tuple[Alias, ...]
    holders: tuple[Holder, ...] = ()
    of: tuple[str, ...] = ()
    shared: bool = False
    tags: tuple[str, ...] = ()
    same_as: tuple[tuple[str, str], ...] = ()
    source: str | None = None
    note: str | None = None
    pack: str = ""
    location: Location = NOWHERE

    @property
    def type(self) -> str:
        """The type that mentions of an office carry."""
        return "role"


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A text in which every mention that is to be found is marked, as written in the pack."""

    text: str
    date: str | None
    todo: bool
    pack: str
    location: Location


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """The content of one YAML file of a domain."""

    name: str
    path: str
    entities: tuple[Entity, ...] = ()
    roles: tuple[Role, ...] = ()
    suppressions: tuple[Alias, ...] = ()
    examples: tuple[Example, ...] = ()
    version: str | None = None
    title: str | None = None
    description: str | None = None
    license: str | None = None
    sources: tuple[str, ...] = ()
    location: Location = NOWHERE
    left_out: tuple[str, ...] = ()

    @property
    def owners(self) -> tuple[Entity | Role, ...]:
        """Everything in the pack that has aliases."""
        return (*self.entities, *self.roles)


class Origin(NamedTuple):
    """The file that a text was taken out of, where it does not stand there as it is (HTML).

    Attributes:
        text: The file, decoded.
        edits: Where the two differ, as for `resolver.offsets.carry`: start and end in the text of
            the document, start and end in the file.
    """

    text: str
    edits: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A text with an id, and where known a date.

    Attributes:
        fields: The record it came in.
        origin: The file it was taken out of, where offsets count differently in that.
    """

    text: str
    id: str | None = None
    date: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    origin: Origin | None = None


class Candidate(NamedTuple):
    """One entity that a mention may be."""

    entity_id: str
    name: str


class Mention(NamedTuple):
    """A surface found in a document, with its decision.

    Attributes:
        start: Code point where the surface begins.
        end: Code point behind its last character; ``text[start:end] == surface``.
        surface: The characters as they stand in the text.
        entity_id: What it names; ``None`` where that stayed ambiguous.
        name: The canonical name; ``None`` where it stayed ambiguous.
        type: Type of the entity, ``role`` for an office; of an ambiguous mention the type that
            all candidates share, otherwise ``None``.
        status: ``resolved`` or ``ambiguous``.
        kind: Kind of the alias that matched (``full``, ``acronym``, ``garbled`` ...) or the
            document rule that derived the mention (``surname``, ``given``).
        pack: Name of the pack that lists the alias.
        line: Line of the alias in that pack.
        candidates: The entities it may be, where it stayed ambiguous, ordered by id.
        holder: Who held the office on the day of the document, for a role.
        antecedent: Span of the mention that this one follows from, for a derived one.
        glued: Whether the surface is glued to a neighbour without a space.
        source: Where a garbled form was seen.
        explain: Works out ``why``; does not count when mentions are compared.
    """

    start: int
    end: int
    surface: str
    entity_id: str | None
    name: str | None
    type: str | None
    status: str
    kind: str
    pack: str
    line: int
    candidates: tuple[Candidate, ...] = ()
    holder: Candidate | None = None
    antecedent: tuple[int, int] | None = None
    glued: bool = False
    source: str | None = None
    explain: Callable[[Mention], tuple[str, ...]] | None = None

    @property
    def why(self) -> tuple[str, ...]:
        """The steps of the decision as short sentences, worked out when asked for."""
        return self.explain(self) if self.explain else ()

    def __eq__(self, other: object) -> bool:
        """Compare everything but ``explain``."""
        return isinstance(other, Mention) and tuple(self[:-1]) == tuple(other[:-1])

    def __hash__(self) -> int:
        """Return a hash that fits ``==``."""
        return hash(tuple(self[:-1]))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes without ``explain``, which holds on to all packs."""
        return Mention, tuple(self[:-1])

    def __repr__(self) -> str:
        """Return what says something, without ``explain``."""
        shown = zip(self._fields[:-1], self[:-1], strict=True)
        return f"Mention({', '.join(f'{name}={value!r}' for name, value in shown)})"


@dataclass(frozen=True, slots=True)
class Result:
    """A document and its mentions, ordered by place."""

    document: Document
    mentions: tuple[Mention, ...]
