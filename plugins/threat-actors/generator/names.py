"""Names of threat actors: cleaned, compared, and guarded as far as they are ordinary words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from resolver_threat_actors.spelling import IN_DOCUMENT
from wordfreq import zipf_frequency

# Frequencies are on the Zipf scale: 3 is once in a million words, 6 once in a thousand.
FAMILIAR, COMMON, ORDINARY, EVERYWHERE = 1.0, 2.9, 3.5, 4.5

_NO_NAME = re.compile(r"unnamed|unknown|^[GS]\d{4}$|https?:|^\W*$", re.IGNORECASE)
_ADDITION = re.compile(r"\s*\([^)]*\)$|^Subgroup:\s*|[,;]$")

# What stands beside a name that is also a word, where the name is meant.
_BESIDE = {
    "threat-actor": "group gang APT actor actors hackers crew ransomware cyberespionage",
    "malware": "malware ransomware backdoor trojan RAT loader downloader dropper botnet implant "
    "stealer wiper worm payload rootkit spyware",
    "tool": "tool tools utility command commands framework",
}


def cleaned(name: str) -> str:
    """Return a name without remarks in brackets; empty if nothing is left that names anybody."""
    bare = _ADDITION.sub("", _ADDITION.sub("", name.replace("\u2011", "-"))).strip()
    return "" if _NO_NAME.search(bare) or len(bare) > 60 else bare


def key(name: str) -> str:
    """Return what spellings of one name have in common: letters and digits."""
    return re.sub(r"[\W_]+", "", name).casefold()


@cache
def frequency(name: str) -> float:
    """Return how frequent the rarest word of a name is; one with digits in it is none."""
    words = [word for word in name.split() if not word.isdigit()]
    return min(
        (0.0 if re.search(r"\d", w) else zipf_frequency(w, "en") for w in words), default=0.0
    )


def ordinary_words(names: Iterable[str]) -> list[str]:
    """Return the words in some names that name nothing when they stand alone, sorted."""
    words = {word.casefold() for name in names for word in re.findall(r"[^\W\d_]{2,}", name)}
    return sorted(word for word in words if frequency(word) >= ORDINARY)


def listed(name: str, type_: str, *, shared: bool) -> Iterator[dict[str, Any]]:
    """Yield the aliases by which a pack lists a name.

    A name that no text means otherwise is listed as it is. One that is a rare word, or several
    common ones, needs a text about such things. One that is a common word needs a word beside it
    that says what it is, and then counts in the rest of that text too, unless it is a word of every
    text.

    Args:
        name: The name.
        type_: The type of the entity.
        shared: Whether another entity bears it too.
    """
    common = frequency(name)
    one_word = re.fullmatch(r"[^\W\d_]+", name) is not None
    beside = {"any": _BESIDE[type_].split(), "within": "3 words"}
    if one_word and _is_hopeless(name, common):
        return
    if shared:
        strength = {"strength": "weak"} if common >= FAMILIAR else {}
        # A ransomware is named like its gang.
        words = [word for word in beside["any"] if word != "ransomware" or type_ == "malware"]
        context = {**beside, "any": words}
        yield {"text": name, "ambiguous": True, **strength, "context": context}
        return
    text = _usual(name, common, one_word=one_word)
    case = {"case": "exact"} if one_word and len(name) <= 3 else {}
    if not one_word:
        if common >= COMMON:
            yield {"text": text, "strength": "weak", "context": {"any": [*IN_DOCUMENT]}}
        else:
            yield {"text": text}
    elif common < FAMILIAR and not case:
        yield {"text": text}
    elif common < COMMON:
        yield {"text": text, **case, "strength": "weak", "context": {"any": [*IN_DOCUMENT]}}
    else:
        yield {"text": text, **case, "context": beside}
        if common < EVERYWHERE:
            yield {"text": text, **case, "strength": "weak"}


def _is_hopeless(name: str, common: float) -> bool:
    """Return whether a name nearly always means something else, as UPS, SEA and at do."""
    if name.islower():
        return common >= EVERYWHERE
    return name.isupper() and len(name) <= 4 and common >= COMMON


def _usual(name: str, common: float, *, one_word: bool) -> str:
    """Return a name in capitals as it stands in most texts: ``Barium``, ``Fancy Bear``.

    A capital at the beginning of each word also finds the name in capitals.
    """
    if not name.isupper() or len(name) < 5 or not name.replace(" ", "").isalpha():
        return name
    if one_word:
        return name.capitalize() if FAMILIAR <= common < COMMON else name
    return " ".join(w.capitalize() if frequency(w) >= FAMILIAR else w for w in name.split(" "))
