"""How ordinary a name is, by the frequency of its words in English.

Frequencies are on the Zipf scale of the package wordfreq: 3 is once in a million words, 6 once in a
thousand. Without that package nothing counts as ordinary.
"""

from __future__ import annotations

import re
from functools import cache

from resolver.packs.lint.frequency import is_installed

# A rare word; one to be guarded; one of everyday texts; one of every text.
FAMILIAR, COMMON, ORDINARY, EVERYWHERE = 1.0, 2.9, 3.5, 4.5


@cache
def frequency(name: str) -> float:
    """Return how frequent the rarest word of a name is; a word with digits in it is none.

    Numbers that stand alone do not count. Both parts of a word with a hyphen are words.
    """
    words = [word for word in name.split() if not word.isdigit()]
    return min(map(_rarest_part, words), default=0.0)


def is_made_of_ordinary_words(name: str) -> bool:
    """Return whether every word of a name is one of everyday English."""
    return frequency(name) >= ORDINARY


def _rarest_part(word: str) -> float:
    if re.search(r"\d", word) or not is_installed():
        return 0.0
    from wordfreq import zipf_frequency

    parts = filter(None, word.split("-"))
    return min((float(zipf_frequency(part, "en")) for part in parts), default=0.0)
