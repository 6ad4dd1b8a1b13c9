"""Texts as they are searched: folded and framed, several on one sheet, each with its own places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from resolver.brackets import Bracketed, letters_beside_brackets
from resolver.folding import fold
from resolver.framing import FRAME, Pattern, frame, pattern_of
from resolver.seams import seams_of
from resolver.segments import Segments
from resolver.spelling import is_spelled_as

Span = tuple[int, int]


class Sheet:
    """One text or several, parted by empty lines, folded and framed at once.

    Attributes:
        folded: The folded text.
        framed: The same, framed.
    """

    def __init__(self, text: str) -> None:
        """Fold and frame a text."""
        self.folded = fold(text)
        self.framed = frame(self.folded.text)

    @cached_property
    def seams(self) -> Sequence[int]:
        """Where the second of two glued words begins in the text as it was given, ascending."""
        return seams_of(self.folded.original)


class Page:
    """One text on a sheet. Places are code points of the text, whatever stands before it.

    Attributes:
        text: The text.
    """

    def __init__(self, text: str, sheet: Sheet, begin: int = 0) -> None:
        """Keep a text.

        Args:
            text: The text.
            sheet: What it stands on.
            begin: Where on the sheet it begins.
        """
        self.text = text
        self._sheet = sheet
        self._begin = begin
        self._segments: Segments | None = None
        self._words: frozenset[str] | None = None
        self._framed: Span | None = None
        self._acronyms: Sequence[Bracketed] | None = None
        self._cues: dict[str, tuple[Span, ...]] = {}
        self._cued: dict[tuple[str, ...], Sequence[tuple[str, Sequence[Span]]]] = {}

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
    def acronyms(self) -> Sequence[Bracketed]:
        """The letters in brackets, and just before brackets, that may be acronyms."""
        if self._acronyms is None:
            self._acronyms = letters_beside_brackets(self.text) if self.brackets else ()
        return self._acronyms

    @property
    def seams(self) -> Sequence[int]:
        """Where the second of two glued words begins, ascending."""
        seams, begin = self._sheet.seams, self._begin
        if not seams:
            return ()
        first = bisect_left(seams, begin)
        last = bisect_left(seams, begin + len(self.text), first)
        return [seam - begin for seam in seams[first:last]]

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

    def cued(self, words: tuple[str, ...]) -> Sequence[tuple[str, Sequence[Span]]]:
        """Return those of some words or aliases that stand in the document, and where.

        Most stand in few documents: that none of their first words does is seen at once.
        """
        found = self._cued.get(words)
        if found is None:
            by_first = words_by_first(words)
            present = sorted(
                p for first in self.words.intersection(by_first) for p in by_first[first]
            )
            found = [(word, self.cues(word)) for _, word in present if self.cues(word)]
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

    def find(self, listed: str) -> Iterable[Span]:
        """Yield where a string stands in the text as whole words, whatever its case."""
        wanted, pattern = _searched(listed)
        folded, framed = self._sheet.folded, self._sheet.framed
        begin, end = self._framed_span()
        found = framed.text.find(pattern.text, begin, end)
        while found >= 0:
            place = framed.folded_place(found + pattern.lead)
            if folded.text.startswith(wanted, place):
                span = folded.span(place, place + len(wanted))
                if span is not None:
                    yield span[0] - self._begin, span[1] - self._begin
            found = framed.text.find(pattern.text, found + 1, end)

    def is_near(self, place: Span, span: Span, within: str) -> bool:
        """Return whether a place stands within reach of another, not counting what both share.

        Args:
            place: What stands near or not, the whole of it.
            span: What it stands near to.
            within: ``document``, ``paragraph``, ``sentence`` or ``N words``, of the same sentence.
        """
        if place[0] < span[1] and span[0] < place[1]:
            return False
        if within == "document":
            return True
        segment = self.segments.paragraph if within == "paragraph" else self.segments.sentence
        begin, end = segment(*span)
        if place[0] < begin or end < place[1]:
            return False
        count = _count_of(within)
        return count is None or self.segments.is_within(place, span, count)

    def any_near(self, places: Sequence[Span], span: Span, within: str) -> bool:
        """Return whether one of some places stands within reach of another.

        Args:
            places: Disjoint, ascending: the nearest on either side decides.
            span: What they stand near to.
            within: As for `is_near`.
        """
        behind = bisect_left(places, (span[1],))
        before = bisect_left(places, (span[0],)) - 1
        if before >= 0 and places[before][1] > span[0]:
            before -= 1
        return (before >= 0 and self.is_near(places[before], span, within)) or (
            behind < len(places) and self.is_near(places[behind], span, within)
        )


@lru_cache(maxsize=1_024)
def _count_of(within: str) -> int | None:
    return int(within.split(maxsplit=1)[0]) if within[0].isdigit() else None


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
def words_by_first(listed: tuple[str, ...]) -> dict[str, list[tuple[int, str]]]:
    """Return strings, numbered, by their first word as it stands in a framed text."""
    by_first: dict[str, list[tuple[int, str]]] = {}
    for number, word in enumerate(listed):
        by_first.setdefault(first_word(word), []).append((number, word))
    return by_first
