"""How common a word is in English, from the package wordfreq where it is installed.

Frequencies are on the Zipf scale, the logarithm of how often a word stands in a thousand million
words: 3 is once in a million, 6 once in a thousand.
"""

from __future__ import annotations

import importlib.util
from functools import lru_cache

COMMON = 3.0
_ENDINGS = ("s", "ed", "ing", "ly")
_HISSING = ("s", "x", "z", "ch", "sh")
_MOST_LESS_FREQUENT = 1.3


def is_installed() -> bool:
    """Return whether the package is there; without it no word counts as common."""
    return importlib.util.find_spec("wordfreq") is not None


def is_common(word: str) -> bool:
    """Return whether a word stands in English text at least once in a million words."""
    return _zipf(word.casefold()) >= COMMON


def is_inflected(word: str) -> bool:
    """Return whether English also inflects a common word, which it seldom does with names.

    Frequencies ignore capitals, so that London is as common as a word. But masks and masked are
    nearly as frequent as mask, and Londons are not.
    """
    bare = word.casefold()
    stem = bare.removesuffix("e")
    forms = {bare + ending for ending in _ENDINGS} | {stem + "ed", stem + "ing"}
    if bare.endswith(_HISSING):
        forms.add(bare + "es")
    most = max(map(_zipf, forms))
    return is_common(bare) and most >= max(COMMON, _zipf(bare) - _MOST_LESS_FREQUENT)


@lru_cache(maxsize=65_536)
def _zipf(word: str) -> float:
    if not is_installed():
        return 0.0
    from wordfreq import zipf_frequency

    return float(zipf_frequency(word, "en"))
