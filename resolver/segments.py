"""Where paragraphs, sentences and words begin and end in a text.

Sentences are found by punctuation: a full stop, question or exclamation mark, what closes quotes
and brackets behind it, white space, and then something that can begin a sentence. A stop behind an
initial or a common abbreviation ends nothing. An empty line ends paragraph
and sentence, a line that is indented begins a paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice

# Each expression begins with one set of characters, for which texts are searched many times quicker
# than for a choice.
_PARAGRAPH_END = re.compile(
    r"[\n\u2029](?:(?<=\n)[^\S\n]*\n\s*|(?<=\n)(?=[^\S\n]{2})\s+|(?<=\u2029)\s*)"
)
_ABBREVIATIONS = (
    "mr mrs ms dr prof rev hon st sr jr gen lt col sgt capt maj cmdr adm brig cpl pte lcpl ssgt "
    "insp supt det sen rep gov pres no vs jan feb mar apr jun jul aug sep sept oct nov dec calif"
).split()


def _no_abbreviation() -> str:
    """Return an expression for places behind what is no initial or abbreviation with its stop."""
    lengths = sorted({len(word) for word in _ABBREVIATIONS})
    words = ("|".join(w for w in _ABBREVIATIONS if len(w) == length) for length in lengths)
    return r"(?<!\b[^\W\d_]\.)" + "".join(rf"(?<!\b(?i:{alike})\.)" for alike in words)


_STOPS = ".!?…。！？؟۔"
_SENTENCE_END = re.compile(
    rf"[{_STOPS}\n\u2029]"
    rf"(?:(?<=[{_STOPS}]){_no_abbreviation()}[{_STOPS}]*[\"'”’»)\]]*(?:\s+|(?<=[。！？؟۔]))"
    r"(?=[\"'“‘«(\[]?[^\W_a-z])"
    r"|(?<=\n)[^\S\n]*\n\s*|(?<=\u2029)\s*)"
)
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_REST_OF_WORD = re.compile(r"(?:['’]?\w+)*")


class Segments:
    """The segments of one text, each kind worked out when first asked for."""

    __slots__ = ("_paragraphs", "_sentences", "_text")

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self._text = text
        self._paragraphs: list[int] | None = None
        self._sentences: list[int] | None = None

    def paragraph(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the paragraphs that ``[start, end)`` touches."""
        if self._paragraphs is None:
            self._paragraphs = [0, *(m.end() for m in _PARAGRAPH_END.finditer(self._text))]
        return self._around(self._paragraphs, start, end)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the sentences that ``[start, end)`` touches."""
        return self._around(self._sentence_starts(), start, end)

    def begins_sentence(self, start: int) -> bool:
        """Return whether no word stands before ``start`` in its sentence."""
        begin, _ = self.sentence(start, start)
        return not _WORD.search(self._text, begin, start)

    def is_within(self, place: tuple[int, int], span: tuple[int, int], count: int) -> bool:
        """Return whether a place is at most ``count`` words away, its own words counted."""
        begin, end = (
            (place[0], span[0]) if place[0] < span[0] else (self._end_of_word(span[1]), place[1])
        )
        return next(islice(_WORD.finditer(self._text, begin, end), count, None), None) is None

    def _sentence_starts(self) -> list[int]:
        if self._sentences is None:
            self._sentences = [0, *(end.end() for end in _SENTENCE_END.finditer(self._text))]
        return self._sentences

    def _end_of_word(self, place: int) -> int:
        rest = _REST_OF_WORD.match(self._text, place)
        return rest.end() if rest else place

    def _around(self, starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
        last = bisect_left(starts, end)
        begin = starts[bisect_right(starts, start) - 1]
        return begin, starts[last] if last < len(starts) else len(self._text)
