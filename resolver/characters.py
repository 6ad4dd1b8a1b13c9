"""What single characters become when texts are folded, and which of them are inside words.

Unicode decomposition of a string is that of its characters, so that everything here goes character
by character and is remembered.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_SAME = {
    **dict.fromkeys("‘’‚‛′‵`´ʹʻʼʽʾʿˈ՚＇", "'"),
    **dict.fromkeys("“”„‟″‶«»〝〞＂", '"'),
    **dict.fromkeys("‐‑‒–—―⁃−﹘﹣－", "-"),
    **dict.fromkeys("øØ", "o"),
    **dict.fromkeys("łŁ", "l"),
    **dict.fromkeys("đĐðÐ", "d"),
    **dict.fromkeys("ħĦ", "h"),
    **dict.fromkeys("æÆ", "ae"),
    **dict.fromkeys("œŒ", "oe"),
    "ı": "i",
    "ی": "ي",
    "ى": "ي",
    "ک": "ك",
}
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
)
_IGNORED = frozenset("\u00ad\u034f\u0640\u115f\u1160\u17b4\u17b5\u3164\uffa0")


@lru_cache(maxsize=8192)
def fold_character(char: str) -> str:
    """Return what one character becomes, which may be nothing or several characters."""
    if char < "\x80":
        return " " if char.isspace() else char.lower()
    return _without_accents(_compatible(char).casefold(), char).casefold()


@lru_cache(maxsize=8192)
def uncased_character(char: str) -> str:
    """Return what `fold_character` does, but for the case."""
    if char < "\x80":
        return " " if char.isspace() else char
    compatible = _without_accents(_compatible(char), char)
    return compatible.upper() if char.isupper() else compatible


def _compatible(char: str) -> str:
    """Return the compatibility form of a character, or nothing for one that is ignored."""
    if char in _SAME:
        return _SAME[char]
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category == "Cs":  # half a character, which no encoder accepts
        return "\ufffd"
    if category == "Cf" or char in _IGNORED:
        return ""
    if "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":  # variants
        return ""
    decomposed = unicodedata.normalize("NFKD", char)
    if category == "No" or (category[0] == "S" and len(decomposed) > 1) or " " in decomposed:
        return char
    return decomposed


def _without_accents(text: str, char: str) -> str:
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    if any("\u1100" <= c <= "\u11ff" for c in bare):  # a Hangul syllable stays whole
        return char
    return "".join(_SAME.get(c, c) for c in bare)


@lru_cache(maxsize=8192)
def is_word(char: str) -> bool:
    """Return whether a character is inside words: a letter, mark, digit or ``_``."""
    return char == "_" or unicodedata.category(char) in _WORD_CATEGORIES


_WORD_CATEGORIES = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl"})


def find_cjk(text: str) -> list[int]:
    """Return the places of characters of scripts that put no spaces between words."""
    return [] if text.isascii() else [found.start() for found in _cjk().finditer(text)]


@cache
def _cjk() -> re.Pattern[str]:
    """Compile a large set, which takes as long as tagging a text and few texts ask for."""
    return re.compile(
        "[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u303c\u3041-\u3096\u3099\u309a\u309d-\u309f"
        "\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c"
        "\uac00-\ud7a3\u1100-\u11ff\uf900-\ufaff\U00020000-\U0003ffff]"
    )
