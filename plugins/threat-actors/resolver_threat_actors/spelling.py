"""How names of threat actors, malware and tools are spelled otherwise.

The rules hold for every pack whose ids begin with ``threat-actor/``, ``malware/`` or ``tool/``. A
spelling that leaves something out, or that splits a name into words, is weak: it counts in texts
about such things, or where the name stands in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from resolver.models import Alias, Context

KINDS = ("threat-actor/", "malware/", "tool/")

# What a text holds that speaks of such things.
IN_DOCUMENT = (
    *"malware ransomware backdoor trojan botnet spyware phishing APT C2".split(),
    *("cyberattack", "cyberespionage", "threat actor", "threat actors", "threat group"),
)

_NUMBERED = re.compile(r"([A-Z]{2,}|[A-Z][a-z]+(?=[ -]?\d{3}))[ -]?(\d+)")
_TWO_WORDS = re.compile(r"(\w{2,}) ([A-Z]\w+)")
_SEAM = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_ENDING = re.compile(r"(?:The )?(.{4,}) (?:Group|Team|Gang|Crew|RAT|Ransomware|Stealer)", re.I)
_GROUP = re.compile(r"(.+) (?:Group|Gang|Team)")
_SHORTEST = 5


def spellings(alias: Alias) -> Iterator[Alias]:
    """Yield other spellings of a listed alias, under the same conditions or stricter ones."""
    if not alias.entity_id.startswith(KINDS) or alias.case == "exact":
        return
    for text in _alike(alias.text, program=alias.entity_id.startswith("tool/")):
        yield replace(alias, text=text)
    for text in _looser(alias.text):
        context = alias.context or Context(any=IN_DOCUMENT)
        yield replace(alias, text=text, strength="weak", context=context, kind="short")


def _alike(text: str, *, program: bool) -> Iterator[str]:
    """Yield what can only be the same name.

    >>> [*_alike("APT40", program=False)], [*_alike("JSS Loader", program=False)]
    (['APT 40', 'APT-40'], ['JSSLoader', 'Jssloader'])
    >>> [*_alike("Cobalt Group", program=False)], [*_alike("certutil", program=True)]
    (['Cobalt group'], ['certutil.exe'])
    """
    numbered = _NUMBERED.fullmatch(text)
    if numbered:
        yield from (
            found for gap in ("", " ", "-") if (found := gap.join(numbered.groups())) != text
        )
        return
    group = _GROUP.fullmatch(text)
    if group:
        yield text[: group.end(1)] + text[group.end(1) :].lower()
        return
    joined = text
    if _TWO_WORDS.fullmatch(text):
        joined = text.replace(" ", "")
        yield joined
    if joined.isalnum() and len(joined) >= _SHORTEST and not joined[1:].islower():
        yield joined.capitalize()
    if program and text.isalnum() and text.islower():
        yield f"{text}.exe"


def _looser(text: str) -> Iterator[str]:
    """Yield what may also be something else.

    >>> [*_looser("Winnti Group")], [*_looser("Hacking Team")], [*_looser("QuasarRAT")]
    (['Winnti'], [], ['Quasar RAT', 'Quasar'])
    """
    split = _SEAM.sub(" ", text) if text.isalnum() else text
    parts = split.split(" ")
    if split != text and len(parts) == 2 and all(len(part) >= 3 for part in parts):
        yield split
    ending = _ENDING.fullmatch(split)
    if ending and not _ordinary_words().issuperset(ending[1].casefold().split()):
        yield ending[1]


@cache
def _ordinary_words() -> frozenset[str]:
    """Return the words of everyday English that occur in the names of the pack."""
    return frozenset((Path(__file__).parent / "ordinary-words.txt").read_text("utf-8").split())
