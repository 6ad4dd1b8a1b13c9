"""Whether a surface is written as its alias demands: the case rules of packs."""

from __future__ import annotations

import re

from resolver.folding import shape

_WORD = re.compile(r"\w+")


def is_spelled_as(surface: str, alias: str, case: str) -> bool:
    """Return whether a surface that folds like an alias is also written like it.

    Args:
        surface: The characters as they stand in the text.
        alias: The alias as listed.
        case: ``any`` ignores case, ``exact`` is letter for letter, ``smart`` goes word by word: a
            word with two or more capitals stands as written or all in capitals, a capitalised one
            begins with a capital, one in small letters may stand in any case.
    """
    if case == "any" or surface == alias:
        return True
    written, listed = shape(surface), shape(alias)
    if case == "exact" or written == listed:
        return written == listed
    written_words, listed_words = _WORD.findall(written), _WORD.findall(listed)
    if len(written_words) != len(listed_words):  # a joiner that one of them writes as a space
        return True
    return all(map(_is_smart_spelling, written_words, listed_words))


def _is_smart_spelling(word: str, listed: str) -> bool:
    capitals = sum(map(str.isupper, listed))
    if not capitals or word == listed:
        return True
    if capitals == 1 and listed[0].isupper():
        return word[0].isupper()
    # A word with several capitals, or with one inside (iPhone), is recognised by them.
    return word == listed.upper() or (word.isupper() and word.lower() == listed.lower())
