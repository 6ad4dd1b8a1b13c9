"""How names of threat actors, malware and tools are spelled otherwise.

The rules hold for every pack whose ids begin with ``threat-actor/``, ``malware/`` or ``tool/``. A
spelling that leaves something out, or that splits a name into words, is weak: it counts in texts
about such things, or where the name stands in full. One that says what kind of malware it is
("BazarLoader") can mean nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from resolver.importers.reports import IN_DOCUMENT
from resolver.importers.spellings import alike, looser
from resolver.models import Alias, Context

KINDS = ("threat-actor/", "malware/", "tool/")

_ONE_WORD = re.compile(r"[A-Z][a-z][A-Za-z]{2,}")
_KINDS_OF_MALWARE = ("RAT", "Loader", "Backdoor", "Ransomware")


def spellings(alias: Alias) -> Iterator[Alias]:
    """Yield other spellings of a listed alias, under the same conditions or stricter ones."""
    if not alias.entity_id.startswith(KINDS) or alias.case == "exact":
        return
    for text in alike(alias.text, alias.entity_id.partition("/")[0]):
        yield replace(alias, text=text)
    for text in _with_kind(alias):
        yield replace(alias, text=text, strength="strong", context=None)
    for text in looser(alias.text):
        if not _ordinary_words().issuperset(text.casefold().split()):
            context = alias.context or Context(any=IN_DOCUMENT)
            yield replace(alias, text=text, strength="weak", context=context, kind="short")


def _with_kind(alias: Alias) -> Iterator[str]:
    """Yield the name of malware with what it is joined to it: "BazarLoader" for Bazar."""
    is_own = alias.entity_id.startswith("malware/") and not alias.ambiguous
    if is_own and _ONE_WORD.fullmatch(alias.text) and not alias.text.endswith(_KINDS_OF_MALWARE):
        yield from (alias.text + kind for kind in _KINDS_OF_MALWARE)


@cache
def _ordinary_words() -> frozenset[str]:
    """Return the words of everyday English that occur in the names of the pack."""
    return frozenset((Path(__file__).parent / "ordinary-words.txt").read_text("utf-8").split())
