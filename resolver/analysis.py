"""One document under analysis: what was found in it, and what rules have said of it so far.

Rules read an `Analysis` and return findings; only the pipeline writes to it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from resolver.dates import day_of
from resolver.findings import Decision, Derived, Evidence, Refusal, Span
from resolver.folding import Folded, fold
from resolver.framing import Framed, pattern_of
from resolver.gazetteer import Gazetteer
from resolver.models import Alias, Document, Entity, Role
from resolver.segments import Segments


class Reading:
    """The aliases that a surface may be, and whether that alone decides.

    Attributes:
        aliases: Ordered by pack and line; of suppressions the ``entity_id`` is empty.
        settled: The alias, where nothing else needs to be asked.
    """

    __slots__ = ("aliases", "settled")

    def __init__(self, aliases: tuple[Alias, ...]) -> None:
        """Keep the aliases."""
        self.aliases = aliases
        first = aliases[0]
        plain = all(is_plain(alias) and alias.entity_id == first.entity_id for alias in aliases)
        self.settled = first if plain else None


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


class Match(NamedTuple):
    """A place where listed strings were found, whole words and written as they must be."""

    start: int
    end: int
    reading: Reading


def _end_of(decision: Decision) -> int:
    return decision.span[1]


class Analysis:
    """A document, what was found in it, and what follows.

    Attributes:
        document: The document.
        text: Its text.
        day: Its date as an ISO day, if it has an exact one.
        gazetteer: The loaded packs.
        folded: The folded text.
        framed: The framed text.
        matches: Places where aliases and suppressions were found, overlapping, ordered by place.
        misspelled: Places where one was found but for its capitals.
        cues: Where the words stand that contexts ask for.
        anchors: What is decided so far: disjoint, ordered by place.
        segments: Paragraphs, sentences and words.
        refusals: What rules refused.
        evidence: What rules found that speaks for an alias.
        derived: The mentions that rules derived.
    """

    def __init__(
        self, document: Document, gazetteer: Gazetteer, folded: Folded, framed: Framed
    ) -> None:
        """Begin with nothing found."""
        self.document = document
        self.text = document.text
        self.day = day_of(document.date) if document.date else None
        self.gazetteer = gazetteer
        self.folded = folded
        self.framed = framed
        self.matches: list[Match] = []
        self.misspelled: list[Match] = []
        self.cues: dict[str, list[Span]] = {}
        self.anchors: list[Decision] = []
        self.segments = Segments(document.text)
        self.refusals: list[Refusal] = []
        self.evidence: list[Evidence] = []
        self.derived: list[Derived] = []
        self._pending: list[Match] | None = None
        self._by_entity: dict[str, list[Decision]] | None = None
        self._by_start: dict[int, list[Match]] | None = None
        self._by_end: dict[int, list[Match]] | None = None

    @property
    def pending(self) -> Sequence[Match]:
        """The matches that need a decision."""
        if self._pending is None:
            self._pending = [match for match in self.matches if not match.reading.settled]
        return self._pending

    @property
    def proofs(self) -> list[Evidence | Derived]:
        """Everything that speaks for an alias."""
        return [*self.evidence, *self.derived]

    def owner(self, alias: Alias) -> Entity | Role:
        """Return the entity or office that an alias names."""
        return self.gazetteer.owners[alias.entity_id]

    def settle(self, anchors: list[Decision]) -> None:
        """Replace the anchors."""
        self.anchors = anchors
        self._by_entity = None

    def derive(self, derived: Iterable[Derived]) -> None:
        """Add derived mentions, which neighbours may then refer to."""
        self.derived.extend(derived)
        self._by_start = self._by_end = None

    def mentions_of(self, entity_id: str) -> Sequence[Decision]:
        """Return the resolved anchors of an entity, ordered by place."""
        if self._by_entity is None:
            by_entity: dict[str, list[Decision]] = {}
            for anchor in self.anchors:
                if anchor.resolved:
                    by_entity.setdefault(anchor.aliases[0].entity_id, []).append(anchor)
            self._by_entity = by_entity
        return self._by_entity.get(entity_id, ())

    def anchor_at(self, span: Span) -> Decision | None:
        """Return the first anchor that shares a character with ``span``."""
        at = bisect_right(self.anchors, span[0], key=_end_of)
        found = self.anchors[at] if at < len(self.anchors) else None
        return found if found and found.span[0] < span[1] else None

    def matches_from(self, start: int) -> Sequence[Match]:
        """Return the matches and derived mentions that begin at ``start``."""
        if self._by_start is None:
            self._by_start = {}
            for match in (*self.matches, *self._derived_matches()):
                self._by_start.setdefault(match.start, []).append(match)
        return self._by_start.get(start, ())

    def matches_until(self, end: int) -> Sequence[Match]:
        """Return the matches and derived mentions that end at ``end``."""
        if self._by_end is None:
            self._by_end = {}
            for match in (*self.matches, *self._derived_matches()):
                self._by_end.setdefault(match.end, []).append(match)
        return self._by_end.get(end, ())

    def _derived_matches(self) -> Iterable[Match]:
        return (Match(*derived.span, Reading((derived.alias,))) for derived in self.derived)

    def find(self, listed: str) -> Iterable[Span]:
        """Return where a string stands in the text as whole words, whatever its case."""
        wanted = fold(listed).text.strip()
        pattern = pattern_of(wanted, whole_words=True)
        framed = self.framed.text
        found = framed.find(pattern.text)
        while found >= 0:
            begin = self.framed.folded_place(found + pattern.lead)
            end = begin + len(wanted)
            if self.folded.text[begin:end] == wanted:
                span = self.folded.span(begin, end)
                if span is not None:
                    yield span
            found = framed.find(pattern.text, found + 1)

    def window(self, span: Span, within: str) -> Span:
        """Return the stretch of text that counts as near.

        Args:
            span: The place.
            within: ``document``, ``paragraph``, ``sentence`` or ``N words``.
        """
        match within:
            case "document":
                return 0, len(self.text)
            case "paragraph":
                return self.segments.paragraph(*span)
            case "sentence":
                return self.segments.sentence(*span)
        return self.segments.words(*span, int(within.split(maxsplit=1)[0]))
