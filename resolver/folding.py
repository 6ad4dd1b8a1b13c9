"""Make strings comparable without losing the way back to the original.

`fold` is applied to aliases and to documents alike. It removes what does not change a name:

1. Unicode compatibility forms of letters and digits (full-width, ligatures); symbols such as ™ and
   footnote digits such as ² stay, they are no part of the word before them
2. case, by Unicode case folding (``Straße``, ``STRASSE``)
3. accents, composed or not, with the strokes of ``ø ł đ`` and the Arabic, Persian and Hebrew points
4. the many apostrophes, quotation marks and dashes
5. soft hyphens, zero-width and direction characters, variation selectors, tatweel
6. runs of white space: one space. A run with an empty line in it ends a paragraph and stays as long
   as it is, as several spaces, which no alias contains, so that no match crosses it.

Every step works character by character (Unicode decomposition of a string is that of its
characters), so a folded string and its original can be aligned: `Folded.span` leads back.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TypeVar

from resolver.characters import fold_character, uncased_character

T = TypeVar("T")

_HANGUL = "[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028]|\u2029")

# Frequent in news and one character long before and after: replacing them at once leaves most
# English text plain ASCII, for which everything below is several times faster.
_FREQUENT = (
    ("’", "'"),
    ("‘", "'"),
    ("“", '"'),
    ("”", '"'),
    ("–", "-"),
    ("—", "-"),
    ("\u00a0", " "),
)
_ASCII_SPACES = bytes(32 if chr(c).isspace() else c for c in range(128)) + bytes(range(128, 256))
_ASCII_FOLDS = _ASCII_SPACES.lower()
_SPACES = {ord(c): " " for c in "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f"}
_ASCII = bytes(range(128))
_RUN = re.compile("(  +)")


class Folded:
    """A folded text and the way back to the original.

    Attributes:
        original: The text as it was given.
        text: The folded text.
    """

    __slots__ = (
        "_ends",
        "_folded_ends",
        "_folded_starts",
        "_has_marks",
        "_starts",
        "original",
        "text",
    )

    def __init__(
        self,
        original: str,
        text: str,
        edits: tuple[Sequence[int], ...] = ((), (), (), ()),
        *,
        has_marks: bool,
    ) -> None:
        """Keep the texts and the places where lengths differ.

        Args:
            original: The text as it was given.
            text: The folded text.
            edits: Folded starts, folded ends, starts and ends of the stretches whose length may
                have changed, ascending. Between them both texts run side by side.
            has_marks: Whether there may be combining marks in the original.
        """
        self.original = original
        self.text = text
        self._has_marks = has_marks
        self._folded_starts, self._folded_ends, self._starts, self._ends = edits

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the original span of ``text[start:end]``.

        Combining marks behind the last letter belong to the span. ``None`` if the span would begin
        or end inside what one original character became, or part a letter from a mark that
        matters.
        """
        for first, last, _ in self.originals([(start, end, None)]):
            return first, last
        return None

    def originals(self, places: list[tuple[int, int, T]]) -> list[tuple[int, int, T]]:
        """Return places of the folded text with the spans that `span` gives.

        Those that have none are left out.

        Args:
            places: Start and end in the folded text, and what stands there, in any order; the more
                of them ascend, the sooner it is done.
        """
        if not (self._starts or self._has_marks):
            return places
        starts, count = self._folded_starts, len(self._folded_starts)
        # Of the edits so far: their number, where the last ends, and its shift.
        begun = behind = shift = 0
        since, following = -1, -1
        originals: list[tuple[int, int, T]] = []
        for start, end, what in places:
            if not since <= start < following:
                begun = bisect_right(starts, start, begun if start >= since else 0)
                since = starts[begun - 1] if begun else 0
                following = starts[begun] if begun < count else len(self.text) + 1
                behind = self._folded_ends[begun - 1] if begun else 0
                shift = self._ends[begun - 1] - behind if begun else 0
            span: tuple[int, int] | None
            if behind <= start and end <= following:
                span = start + shift, end + shift
            else:
                span = self._span_of_edited(start, end, begun)
            if span and self._has_marks:
                span = self._with_marks(*span)
            if span:
                originals.append((*span, what))
        return originals

    def _span_of_edited(self, start: int, end: int, begun: int) -> tuple[int, int] | None:
        """Return the span of a place that an edit touches; ``begun`` edits begin before it."""
        edited = begun and start < self._folded_ends[begun - 1]
        if edited and start > self._folded_starts[begun - 1]:
            return None
        shift = self._ends[begun - 1] - self._folded_ends[begun - 1] if begun else 0
        first = self._starts[begun - 1] if edited else start + shift
        last = self._end(end)
        return None if last is None else (first, last)

    def place(self, position: int) -> int:
        """Return where a place of the original that no edit changed stands in the folded text."""
        at = bisect_right(self._ends, position) - 1
        return position if at < 0 else self._folded_ends[at] + position - self._ends[at]

    def _end(self, position: int) -> int | None:
        at = bisect_left(self._folded_starts, position) - 1
        if at < 0:
            return position
        if position < self._folded_ends[at]:
            return None
        return self._ends[at] + position - self._folded_ends[at]

    def _with_marks(self, start: int, end: int) -> tuple[int, int] | None:
        following = self.original[end : end + 1]
        if following < "\u0300" and following != "\u00ad":  # no mark, and nothing that hides one
            return start, end
        marks_end = _end_of_marks(self.original, end)
        return None if marks_end is None else (start, marks_end)


def _end_of_marks(text: str, end: int) -> int | None:
    """Return ``end`` moved behind the marks that follow; ``None`` if one of them matters."""
    for position in range(end, len(text)):
        char = text[position]
        is_mark = unicodedata.category(char)[0] == "M"
        if fold_character(char):
            return None if is_mark else end
        if is_mark:
            end = position + 1
    return end


def plain(text: str) -> str:
    """Return a text with the typographic characters that are frequent replaced, one for one.

    Of most English texts that leaves plain ASCII, for which everything here is many times quicker.
    """
    if not text.isascii():
        for char, folded in _FREQUENT:
            text = text.replace(char, folded)
    return text


def fold(text: str) -> Folded:
    """Fold a text.

    Args:
        text: An alias or a document; any string.

    Returns:
        The folded text with the way back.
    """
    aligned, uneven = _align(text)
    has_marks = not aligned.isascii()
    if not uneven:
        return _squeezed(text, aligned.lower(), has_marks=has_marks)
    edits: list[tuple[int, int, int, int]] = []
    pieces: list[str] = []
    done = folded_length = 0
    for found in _uneven_pattern(uneven).finditer(aligned):
        start, end = found.span()
        stretch = aligned[start:end]
        folded = _fold_stretch(stretch, text[start:end])
        if folded == stretch:
            continue
        pieces.append(aligned[done:start])
        pieces.append(folded)
        folded_length += start - done
        folded_end = folded_length + len(folded)
        edits.append((folded_length, folded_end, start, end))
        folded_length = folded_end
        done = end
    pieces.append(aligned[done:])
    columns = tuple(zip(*edits, strict=True)) if edits else ((), (), (), ())
    return Folded(text, "".join(pieces).lower(), columns, has_marks=has_marks)


def _squeezed(text: str, aligned: str, *, has_marks: bool) -> Folded:
    """Fold a text of which nothing but runs of spaces changes its length."""
    if "  " not in aligned:
        return Folded(text, aligned, has_marks=has_marks)
    # Texts of an agency have a run in each line; so as little as can be is done for each.
    pieces = _RUN.split(aligned)  # what stands between runs, and the runs
    places = [*accumulate(map(len, pieces))]
    starts, ends = places[:-1:2], places[1::2]
    pieces[1::2] = [
        run if _is_break(text[start:end]) else " "
        for run, start, end in zip(pieces[1::2], starts, ends, strict=True)
    ]
    folded = [*accumulate(map(len, pieces))]
    edits = folded[:-1:2], folded[1::2], starts, ends
    return Folded(text, "".join(pieces), edits, has_marks=has_marks)


def _align(text: str) -> tuple[str, str]:
    """Fold what keeps its length; return the text and the characters that do not."""
    text = plain(text)
    if text.isascii():
        return text.encode().translate(_ASCII_FOLDS).decode(), ""
    folds = {char: fold_character(char) for char in _foreign(text)}
    uneven = "".join(sorted(char for char, folded in folds.items() if len(folded) != 1))
    if any("\u1100" <= char <= "\u1112" for char in folds):
        uneven += "\u1100"  # stands for all jamo, whose syllables are composed
    table = {ord(char): folded for char, folded in folds.items() if len(folded) == 1}
    return text.translate(table | _SPACES), uneven


def _foreign(text: str) -> set[str]:
    """Return the characters beyond ASCII; leaving out the others as bytes is the quickest way."""
    encoded = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return set(encoded.decode("utf-8", "surrogatepass"))


@lru_cache(maxsize=256)
def _uneven_pattern(uneven: str) -> re.Pattern[str]:
    nothing = "".join(re.escape(char) for char in uneven if not fold_character(char))
    runs = f" [ {nothing}]* " if nothing else "  +"
    hangul = f"|{_HANGUL}" if "\u1100" in uneven else ""
    return re.compile(f"{runs}{hangul}|[{re.escape(uneven)}]")


@lru_cache(maxsize=512)
def _fold_stretch(aligned: str, original: str) -> str:
    if aligned[0] == " ":
        return " " * len(original) if _is_break(original) else " "
    if len(aligned) > 1:
        return unicodedata.normalize("NFC", aligned)
    return fold_character(aligned)


@lru_cache(maxsize=512)
def _is_break(spaces: str) -> bool:
    """Return whether a run of white space ends a paragraph."""
    ends = _LINE_END.findall(spaces)
    return len(ends) > 1 or "\u2029" in ends


def shape(text: str) -> str:
    """Fold a text in everything but case, for comparing how it is written.

    Returns:
        A string in which letters keep their case; it aligns with other strings that fold alike
        word by word, not character by character.
    """
    if text.isascii():
        return " ".join(text.split())
    return " ".join("".join(map(uncased_character, text)).split())
