"""Word frames: whole-word matching as plain substring matching.

A folded string is framed by turning every character that is not inside a word into one frame
character. An alias is its framed words with a frame before and behind: a matcher that finds it as a
substring has checked the word boundaries during its walk, at no cost. Characters of scripts that
put no spaces between words get frames of their own, so that they match inside words.

Punctuation is not told apart by frames; it is compared on the few places that matched.
"""

from __future__ import annotations

from typing import NamedTuple

from resolver.characters import find_cjk, is_word

FRAME = "\x00"
_CLOSING = frozenset(")]}\"'>")


class _Frames(dict[int, str]):
    """A translation table that looks a character up the first time it is seen."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        framed = self[code] = char if is_word(char) else FRAME
        return framed


_FRAMES = _Frames()
_ASCII_FRAMES = bytes(c if c > 127 or is_word(chr(c)) else ord(FRAME) for c in range(256))


class Framed(NamedTuple):
    """A framed text, with a frame before it and two behind.

    Attributes:
        text: The framed text.
        places: For each of its characters the place in the folded text, or ``None`` where each
            place is simply one less.
    """

    text: str
    places: list[int] | None

    def folded_place(self, place: int) -> int:
        """Return the place in the folded text of a character of the framed text."""
        return place - 1 if self.places is None else self.places[place]


def frame(folded: str) -> Framed:
    """Frame a folded text.

    Args:
        folded: What `resolver.folding.fold` made of an alias or a document.
    """
    if folded.isascii():
        framed = folded.encode().translate(_ASCII_FRAMES).decode()
        return Framed(f"{FRAME}{framed}{FRAME}{FRAME}", None)
    framed = folded.translate(_FRAMES)
    wide = find_cjk(folded)
    if not wide:
        return Framed(f"{FRAME}{framed}{FRAME}{FRAME}", None)
    pieces = [FRAME]
    places = [-1]
    done = 0
    for at in wide:
        pieces += framed[done:at], FRAME, framed[at], FRAME
        places += [*range(done, at), at, at, at + 1]
        done = at + 1
    pieces += framed[done:], FRAME, FRAME
    places += [*range(done, len(folded)), len(folded), len(folded) + 1]
    return Framed("".join(pieces), places)


class Pattern(NamedTuple):
    """What a matcher looks for; the alias begins ``lead`` characters into it."""

    text: str
    lead: int


def pattern_of(folded: str, *, whole_words: bool) -> Pattern:
    """Return the framed pattern of a folded alias.

    An alias that begins with punctuation may follow a word directly (``ASP`` and ``.NET`` in
    ``ASP.NET``); one that ends with it may not be followed by one (``U.S.`` in ``U.S.A.``), unless
    it is a bracket or quotation mark that closes.

    Args:
        folded: The folded alias.
        whole_words: Whether the alias matches only between word boundaries.
    """
    core = frame(folded).text[1:-2]
    first, last = is_word(folded[0]), is_word(folded[-1])
    if whole_words and first and core[0] != FRAME:
        core = FRAME + core
    if whole_words and folded[-1] not in _CLOSING and not (last and core[-1] == FRAME):
        core += FRAME
    return Pattern(core, int(first and core[0] == FRAME))


def begins_anywhere(pattern: str) -> bool:
    """Return whether a pattern can begin elsewhere than with a whole word."""
    return pattern[0] != FRAME or pattern.find(FRAME, 1) < 2


def pattern_order(pattern: str) -> tuple[bool, str]:
    """Return what patterns are sorted by: their first word; those that begin anywhere come last."""
    return begins_anywhere(pattern), pattern
