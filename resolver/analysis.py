"""One document under analysis: what was found in it, and what rules have said of it so far.

Rules read an `Analysis` and return findings; only the pipeline writes to it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from resolver.dates import day_of
from resolver.findings import Decision, Derived, Evidence, Finding, Refusal, Span
from resolver.folding import Folded, fold, plain
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


class Sheet(NamedTuple):
    """One text or several, parted by empty lines, folded and framed at once."""

    folded: Folded
    framed: Framed


_SEAM = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
# Letters reduced to their case, in which a seam is found many times quicker.
_CASES = bytes(ord("A" if 65 <= c <= 90 else "a" if 97 <= c <= 122 else " ") for c in range(256))
_SEAM_OF_CASES = re.compile(b"a(?=A)|A(?=Aa)")


def _end_of(decision: Decision) -> int:
    return decision.span[1]


class Analysis:
    """A document, what was found in it, and what follows.

    Attributes:
        document: The document.
        text: Its text.
        gazetteer: The loaded packs.
        matches: Places where aliases and suppressions were found, each once, overlapping, ordered
            by place.
        pending: Those of the matches that need a decision.
        titles: Those that may be offices.
        people: Those that may be persons.
        anchors: What is decided so far: disjoint, ordered by place.
        refusals: What rules refused.
        evidence: What rules found that speaks for an alias.
        derived: The mentions that rules derived.
    """

    def __init__(
        self,
        document: Document,
        gazetteer: Gazetteer,
        matches: list[Match],
        sheet: Sheet,
        begin: int = 0,
    ) -> None:
        """Begin with what was found, and nothing decided.

        Args:
            document: The document.
            gazetteer: The loaded packs.
            matches: What was found in it.
            sheet: What its text stands on.
            begin: Where on the sheet it begins.
        """
        self.document = document
        self.text = document.text
        self.gazetteer = gazetteer
        self.matches = matches
        notable = [match for match in matches if match[1].is_notable]
        self.pending = [match for match in notable if not match[1].settled]
        self.titles = [match for match in notable if match[1].roles]
        self.people = [match for match in notable if match[1].people]
        self.anchors: list[Decision] = []
        self.refusals: list[Refusal] = []
        self.evidence: list[Evidence] = []
        self.derived: list[Derived] = []
        self._sheet = sheet
        self._begin = begin
        self._segments: Segments | None = None
        self._words: frozenset[str] | None = None
        self._framed: Span | None = None
        self._cues: dict[str, tuple[Span, ...]] = {}
        self._cued: dict[tuple[str, ...], Sequence[tuple[str, Sequence[Span]]]] = {}
        self._by_entity: dict[str, list[Decision]] | None = None
        self._by_start: dict[int, list[Match]] | None = None
        self._by_end: dict[int, list[Match]] | None = None

    @property
    def day(self) -> str | None:
        """The date of the document as an ISO day, if it has an exact one."""
        return day_of(self.document.date) if self.document.date else None

    @property
    def segments(self) -> Segments:
        """Paragraphs, sentences and words."""
        if self._segments is None:
            self._segments = Segments(self.text)
        return self._segments

    @property
    def words(self) -> frozenset[str]:
        """The words of the folded text."""
        if self._words is None:
            begin, end = self._framed_span()
            self._words = frozenset(self._sheet.framed.text[begin:end].split(FRAME))
        return self._words

    @property
    def brackets(self) -> bool:
        """Whether something stands in brackets."""
        return "(" in self.text or "[" in self.text

    @property
    def seams(self) -> Sequence[int]:
        """Where a word goes over from small letters to capitals, or from capitals to a small one.

        Places of the second character, ascending: 9 in "TerrorismIran", 3 in "BBCNews".
        """
        text = plain(self.text)
        if not text.isascii():
            return [seam.start() for seam in _SEAM.finditer(text)]
        cases = text.encode().translate(_CASES)
        if b"aA" not in cases and b"AAa" not in cases:
            return ()
        return [seam.start() + 1 for seam in _SEAM_OF_CASES.finditer(cases)]

    @property
    def folded(self) -> str:
        """The folded text."""
        begin, end = self._folded_span()
        return self._sheet.folded.text[begin:end]

    def _folded_span(self) -> Span:
        """Return where it stands in the folded text of its sheet."""
        place = self._sheet.folded.place
        return place(self._begin), place(self._begin + len(self.text))

    def _framed_span(self) -> Span:
        """Return where it stands in the framed text, with a frame before and two behind."""
        if self._framed is None:
            framed = self._sheet.framed
            begin, end = self._folded_span()
            # Where places do not run side by side it has the sheet for itself.
            self._framed = (begin, end + 3) if framed.places is None else (0, len(framed.text))
        return self._framed

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

    def record(self, findings: Iterable[Finding]) -> set[Span]:
        """Add what rules found.

        Returns:
            The places that it is about.
        """
        spans = set()
        for finding in findings:
            spans.add(finding.span)
            if isinstance(finding, Refusal):
                self.refusals.append(finding)
            elif isinstance(finding, Evidence):
                self.evidence.append(finding)
            else:
                self.derived.append(finding)
                self._by_start = self._by_end = None  # neighbours may refer to it
        return spans

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

    def cued(self, words: tuple[str, ...]) -> Sequence[tuple[str, Sequence[Span]]]:
        """Return those of some words or aliases that stand in the document, and where.

        Most stand in few documents: that none of their first words does is seen at once.
        """
        found = self._cued.get(words)
        if found is None:
            present = first_words(words) & self.words
            found = (
                [(w, self.cues(w)) for w in words if first_word(w) in present and self.cues(w)]
                if present
                else ()
            )
            self._cued[words] = found
        return found

    def cues(self, word: str) -> Sequence[Span]:
        """Return where a word or alias that a context asks for stands in the document."""
        places = self._cues.get(word)
        if places is None:
            places = tuple(self._cue_places(word)) if first_word(word) in self.words else ()
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
        """Yield where a string stands in the text as whole words, whatever its case."""
        wanted, pattern = _searched(listed)
        folded, framed = self._sheet
        begin, end = self._framed_span()
        found = framed.text.find(pattern.text, begin, end)
        while found >= 0:
            place = framed.folded_place(found + pattern.lead)
            if folded.text.startswith(wanted, place):
                span = folded.span(place, place + len(wanted))
                if span is not None:
                    yield span[0] - self._begin, span[1] - self._begin
            found = framed.text.find(pattern.text, found + 1, end)

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


@lru_cache(maxsize=65_536)
def first_words(listed: tuple[str, ...]) -> frozenset[str]:
    """Return the first words of strings as they stand in a framed text."""
    return frozenset(map(first_word, listed))
