"""Names of threat actors: cleaned, compared, and guarded as far as they are ordinary words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from resolver.importers.frequency import COMMON, EVERYWHERE, FAMILIAR, ORDINARY, frequency
from resolver.importers.reports import as_reported
from resolver.models import Alias
from resolver.packs.writing import alias_values

_NO_NAME = re.compile(r"unnamed|unknown|^[GS]\d{4}$|https?:|^\W*$", re.IGNORECASE)
_ADDITION = re.compile(r"\s*\([^)]*\)$|^Subgroup:\s*|[,;]$")


def cleaned(name: str) -> str:
    """Return a name without remarks in brackets; empty if nothing is left that names anybody."""
    bare = _ADDITION.sub("", _ADDITION.sub("", name.replace("\u2011", "-"))).strip()
    return "" if _NO_NAME.search(bare) or len(bare) > 60 else bare


def key(name: str) -> str:
    """Return what spellings of one name have in common: letters and digits."""
    return re.sub(r"[\W_]+", "", name).casefold()


def ordinary_words(names: Iterable[str]) -> list[str]:
    """Return the words in some names that name nothing when they stand alone, sorted."""
    words = {word.casefold() for name in names for word in re.findall(r"[^\W\d_]{2,}", name)}
    return sorted(word for word in words if frequency(word) >= ORDINARY)


def listed(name: str, type_: str, *, shared: bool) -> Iterator[dict[str, Any]]:
    """Yield the aliases by which a pack lists a name, guarded as `resolver import` guards it.

    A name that nearly always means something else is not listed, and names in capitals are written
    as most texts write them.

    Args:
        name: The name.
        type_: The type of the entity.
        shared: Whether another entity bears it too.
    """
    common = frequency(name)
    one_word = re.fullmatch(r"[^\W\d_]+", name) is not None
    if one_word and _is_hopeless(name, common):
        return
    text = name if shared else _usual(name, common, one_word=one_word)
    for alias in as_reported(Alias(text, ""), type_, is_shared=shared)[0]:
        values = alias_values(alias)
        yield {"text": values} if isinstance(values, str) else values


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
