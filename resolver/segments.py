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

_PARAGRAPH_END = re.compile(r"\s*\n[^\S\n]*\n\s*|\n(?=[^\S\n]{2})\s+|\u2029\s*")
_SENTENCE_END = re.compile(
    r"[.!?…。！？؟۔]+[\"'”’»)\]]*(?:\s+|(?<=[。！？؟۔]))(?=[\"'“‘«(\[]?[^\W_a-z])"
    r"|\s*\n[^\S\n]*\n\s*|\u2029\s*"
)
_WORD_BEFORE = re.compile(r"\w+$")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_ABBREVIATIONS = frozenset(
    (
        "mr mrs ms dr prof rev hon st sr jr gen lt col sgt capt maj cmdr adm brig cpl pte "
        "lcpl ssgt insp supt det sen rep gov pres no vs jan feb mar apr jun jul aug sep sept oct "
        "nov dec calif"
    ).split()
)


class Segments:
    """The segments of one text, each kind worked out when first asked for."""

    __slots__ = ("_paragraphs", "_sentences", "_text", "_words")

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self._text = text
        self._paragraphs: list[int] | None = None
        self._sentences: list[int] | None = None
        self._words: list[tuple[int, int]] | None = None

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
        begin, _ = self.sentence(start, start + 1)
        return not _WORD.search(self._text, begin, start)

    def words(self, start: int, end: int, count: int) -> tuple[int, int]:
        """Return the span from ``count`` words before ``[start, end)`` to as many behind.

        It ends where the sentence does: what the next one says is not near, however few the words.
        """
        if self._words is None:
            self._words = [m.span() for m in _WORD.finditer(self._text)]
        first = bisect_left(self._words, (start, start)) - count
        last = bisect_left(self._words, (end, end)) + count
        behind = self._words[last][0] if last < len(self._words) else len(self._text)
        before = self._words[first][0] if first > 0 else 0
        begin, stop = self.sentence(start, end)
        return max(before, begin), min(behind, stop)

    def _sentence_starts(self) -> list[int]:
        if self._sentences is None:
            ends = _SENTENCE_END.finditer(self._text)
            starts = (end.end() for end in ends if not self._follows_abbreviation(end.start()))
            self._sentences = [0, *starts]
        return self._sentences

    def _around(self, starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
        last = bisect_left(starts, end)
        begin = starts[bisect_right(starts, start) - 1]
        return begin, starts[last] if last < len(starts) else len(self._text)

    def _follows_abbreviation(self, stop: int) -> bool:
        word = _WORD_BEFORE.search(self._text, max(0, stop - 12), stop)
        if word is None or self._text[stop] != ".":
            return False
        return (len(word[0]) == 1 and word[0].isalpha()) or word[0].lower() in _ABBREVIATIONS
