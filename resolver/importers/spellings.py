"""How names are spelled otherwise: what stands in brackets, and names of threat actors and malware.

A spelling that can only be the same name is as good as the listed one. One that leaves something
out, or that splits a name into words, may be something else too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_BRACKETS = re.compile(r"(?P<bare>.*[^\s(].*?)\s*\((?P<inner>[^()]+)\)")
_NUMBERED = re.compile(r"([A-Z]{2,}|[A-Z][a-z]+(?=[ -]?\d{3}))[ -]?(\d+)")
_TWO_WORDS = re.compile(r"(\w{2,}) ([A-Z]\w+)")
_SEAM = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_ENDING = re.compile(
    r"(?:The )?(.{4,}) (?:Group|Team|Gang|Crew|RAT|Ransomware|Stealer|Backdoor|Loader)", re.I
)
_GROUP = re.compile(r"(.+) (?:Group|Gang|Team)")
_SHORTEST = 5


def bracketed(name: str) -> tuple[str, str] | None:
    """Return a name without the addition in brackets at its end, and what stands in them.

    >>> bracketed("Butembo Airlines (BAL)"), bracketed("Hezbollah")
    (('Butembo Airlines', 'BAL'), None)
    """
    found = _BRACKETS.fullmatch(name)
    return (found["bare"], found["inner"].strip()) if found else None


def is_acronym_of(letters: str, name: str) -> bool:
    """Return whether letters are an abbreviation that a name can have.

    >>> is_acronym_of("BAL", "Butembo Airlines"), is_acronym_of("Burundi", "National Service")
    (True, False)
    """
    if not re.fullmatch(r"[^\W\d_]{2,10}", letters) or sum(map(str.isupper, letters)) < 2:
        return False
    words = iter(name.casefold())
    begins = name[:1].casefold() == letters[0].casefold()
    return begins and all(letter in words for letter in letters.casefold())


def alike(name: str, type_: str) -> Iterator[str]:
    """Yield spellings that can only be the same name of a threat actor, of malware or of a tool.

    >>> [*alike("APT40", "threat-actor")], [*alike("JSS Loader", "malware")]
    (['APT 40', 'APT-40'], ['JSSLoader', 'Jssloader'])
    >>> [*alike("Cobalt Group", "threat-actor")], [*alike("certutil", "tool")]
    (['CobaltGroup', 'Cobalt group'], ['certutil.exe'])
    >>> [*alike("SNAKEMACKEREL", "threat-actor")]
    ['Snakemackerel']
    """
    numbered = _NUMBERED.fullmatch(name)
    if numbered:
        yield from (
            found for gap in ("", " ", "-") if (found := gap.join(numbered.groups())) != name
        )
        return
    joined = name
    if _TWO_WORDS.fullmatch(name):
        joined = name.replace(" ", "")
        yield joined
    if joined.isalnum() and len(joined) >= _SHORTEST and not joined[1:].islower():
        yield joined.capitalize()
    group = _GROUP.fullmatch(name)
    if group:
        yield name[: group.end(1)] + name[group.end(1) :].lower()
    if type_ == "tool" and name.isalnum() and name.islower():
        yield f"{name}.exe"


def looser(name: str) -> Iterator[str]:
    """Yield spellings of such a name that may also be something else.

    >>> [*looser("Winnti Group")], [*looser("QuasarRAT")], [*looser("Emotet")]
    (['Winnti'], ['Quasar RAT', 'Quasar'], [])
    """
    split = _SEAM.sub(" ", name) if name.isalnum() else name
    parts = split.split(" ")
    if split != name and len(parts) == 2 and all(len(part) >= 3 for part in parts):
        yield split
    ending = _ENDING.fullmatch(split)
    if ending:
        yield ending[1]
