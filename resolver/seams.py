"""Seams: where a word that changes case inside looks like two that lost the space between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from resolver.folding import plain

_SEAM = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
# Letters reduced to their case, in which a seam is found many times quicker.
_CASES = bytes(ord("A" if 65 <= c <= 90 else "a" if 97 <= c <= 122 else " ") for c in range(256))
_WORD_BEFORE = re.compile(r"[^\W_]*$")
_WORD_BEHIND = re.compile(r"[^\W_]*")
_MIN_BEFORE = 3
_MIN_CAPITALISED = 5  # YouTube, FitzGerald and MacDonald are words of their own
_MIN_BEHIND = 4
_MAX_HALF = 60  # longer ones are no names that lost a space, but data of some kind


def seams_of(text: str) -> list[int]:
    """Return where the second of two glued words begins: 9 in "TerrorismIran", 7 in "REUTERSNews".

    A word goes over there from small letters to capitals, or from capitals to a small letter, and
    both halves are long enough not to be a prefix, as in "McDonald".

    Returns:
        Places, ascending.
    """
    return [at for at in _changes_of_case(text) if _parts_words(text, at)]


def _changes_of_case(text: str) -> Sequence[int]:
    aligned = plain(text)
    if not aligned.isascii():
        return [seam.start() for seam in _SEAM.finditer(aligned)]
    cases = aligned.encode().translate(_CASES)
    # Two capitals are rarer than what ends with a small letter, and so found sooner.
    parts = (b"aA", b"AAa") if b"AA" in cases else (b"aA",)
    return sorted(at + 1 for part in parts for at in _places_of(part, cases))


def _parts_words(text: str, at: int) -> bool:
    if not (text[at - _MIN_BEFORE : at].isalnum() and text[at : at + _MIN_BEHIND].isalnum()):
        return False
    before = _WORD_BEFORE.search(text, max(0, at - _MAX_HALF), at)
    behind = _WORD_BEHIND.match(text, at, at + _MAX_HALF)
    left, right = (len(found[0]) if found else 0 for found in (before, behind))
    least = _MIN_CAPITALISED if text[at - left].isupper() else _MIN_BEFORE
    return least <= left < _MAX_HALF and _MIN_BEHIND <= right < _MAX_HALF


def _places_of(part: bytes, cases: bytes) -> Iterator[int]:
    at = cases.find(part)
    while at >= 0:
        yield at
        at = cases.find(part, at + 1)
