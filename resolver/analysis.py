"""One document under analysis: what was found in it, and what rules have said of it so far.

Rules read an `Analysis` and return findings; only the pipeline writes to it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from resolver.dates import day_of
from resolver.findings import Decision, Derived, Evidence, Refusal, Span
from resolver.folding import Folded, fold
from resolver.framing import FRAME, Framed, Pattern, pattern_of
from resolver.gazetteer import Gazetteer
from resolver.models import Alias, Document, Entity, Role
from resolver.readings import Reading
from resolver.segments import Segments
from resolver.spelling import is_spelled_as


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
        pending: Those of the matches that need a decision.
        anchors: What is decided so far: disjoint, ordered by place.
        segments: Paragraphs, sentences and words.
        refusals: What rules refused.
        evidence: What rules found that speaks for an alias.
        derived: The mentions that rules derived.
    """

    def __init__(
        self,
        document: Document,
        gazetteer: Gazetteer,
        folded: Folded,
        framed: Framed,
        matches: list[Match],
    ) -> None:
        """Begin with what was found, and nothing decided."""
        self.document = document
        self.text = document.text
        self.day = day_of(document.date) if document.date else None
        self.gazetteer = gazetteer
        self.folded = folded
        self.framed = framed
        self.matches = matches
        self.pending = [match for match in matches if not match.reading.settled]
        self.anchors: list[Decision] = []
        self.segments = Segments(document.text)
        self.refusals: list[Refusal] = []
        self.evidence: list[Evidence] = []
        self.derived: list[Derived] = []
        self._words: frozenset[str] | None = None
        self._cues: dict[str, tuple[Span, ...]] = {}
        self._by_entity: dict[str, list[Decision]] | None = None
        self._by_start: dict[int, list[Match]] | None = None
        self._by_end: dict[int, list[Match]] | None = None

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

    @property
    def mentioned(self) -> Mapping[str, Sequence[Decision]]:
        """The resolved anchors by the id of what they name, each ordered by place."""
        if self._by_entity is None:
            self._by_entity = {}
            for anchor in self.anchors:
                if anchor.resolved:
                    self._by_entity.setdefault(anchor.aliases[0].entity_id, []).append(anchor)
        return self._by_entity

    def mentions_of(self, entity_id: str) -> Sequence[Decision]:
        """Return the resolved anchors of an entity, ordered by place."""
        return self.mentioned.get(entity_id, ())

    def cues(self, word: str) -> Sequence[Span]:
        """Return where a word or alias that a context asks for stands in the document."""
        places = self._cues.get(word)
        if places is None:
            if self._words is None:
                self._words = frozenset(self.framed.text.split(FRAME))
            # Most words do not stand in most documents: ask for the first part before searching.
            first = first_word(word)
            places = tuple(self._cue_places(word)) if first in self._words else ()
            self._cues[word] = places
        return places

    def _cue_places(self, word: str) -> Iterable[Span]:
        for start, end in self.find(word):
            if is_spelled_as(self.text[start:end], word, "smart"):
                yield start, end

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
                self._by_start.setdefault(match.span[0], []).append(match)
        return self._by_start.get(start, ())

    def matches_until(self, end: int) -> Sequence[Match]:
        """Return the matches and derived mentions that end at ``end``."""
        if self._by_end is None:
            self._by_end = {}
            for match in (*self.matches, *self._derived_matches()):
                self._by_end.setdefault(match.span[1], []).append(match)
        return self._by_end.get(end, ())

    def _derived_matches(self) -> Iterable[Match]:
        owners = self.gazetteer.owners
        return (Match(d.span, Reading((d.alias,), owners)) for d in self.derived)

    def find(self, listed: str) -> Iterable[Span]:
        """Return where a string stands in the text as whole words, whatever its case."""
        wanted, pattern = _searched(listed)
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


@lru_cache(maxsize=65_536)
def _searched(listed: str) -> tuple[str, Pattern]:
    """Return a string folded, and the pattern to look for."""
    folded = fold(listed).text.strip()
    return folded, pattern_of(folded, whole_words=True)


@lru_cache(maxsize=65_536)
def first_word(listed: str) -> str:
    """Return the first word of a string as it stands in a framed text."""
    return _searched(listed)[1].text.strip(FRAME).split(FRAME, 1)[0]
