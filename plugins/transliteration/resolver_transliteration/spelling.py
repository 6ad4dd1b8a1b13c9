"""How a name in Latin letters is spelled otherwise: part by part, a bounded number of ways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations, islice, product
from pathlib import Path
from typing import NamedTuple

from resolver.folding import fold

MOST = 8
# A name of one word is only varied if that is long enough to be no other word.
SHORTEST = 6

_WORD = re.compile(r"[^\W\d_]+(?:['’ʿʾ`][^\W\d_]+)*")
_NEXT = r"(?=[^\W\d_]{3})"
# Pieces of names that are written in several ways, and all of these.
_ABDUL = (
    re.compile(rf"\bAbd(?:ul|el|ol|[ -](?:al|el|ul))[ -]?{_NEXT}", re.IGNORECASE),
    ("Abdul ", "Abdel ", "Abd al-", "Abdul", "Abdul-", "Abdel-", "Abdol"),
)
_PIECES = (
    _ABDUL,
    (
        re.compile(r"(?<=[a-z]{3})(?:[ueo]ddin|udin|[ -](?:ud|ed|ad|al|ul)[ -]?[Dd]in)\b"),
        ("uddin", "eddin", "-ud-Din", " ud-Din", " al-Din", "udin"),
    ),
    (re.compile(r"(?<=[a-z]{3})(?:[uoa]llah| [Uu]llah)\b"), ("ullah", "ollah", " Ullah", "allah")),
    (
        re.compile(r"(?:[ -]u[lr][ -]|(?<=[a-z]{2})u[lr]-)(?=[A-Z])"),
        ("-ul-", " ul-", " ul ", "-ur-"),
    ),
    (re.compile(r"-[ei][- ](?=[A-Z])| e (?=[A-Z])"), ("-e-", "-e ", "-i-", " e ")),
)
_ARTICLE = (re.compile(rf"\b[ae]l-{_NEXT}", re.IGNORECASE), ("al-", "al ", "el-"))
_SPACED_ARTICLE = re.compile(rf"\b[ae]l {_NEXT}", re.IGNORECASE)
_TITLE = re.compile(r"(?:Mullah|Mulla|Mawlawi|Maulvi|Maulana|Hajji|Haji|Qari|Hafiz) (?=\S+ \S)")


class Slot(NamedTuple):
    """A part of a name, and what may stand in its place, the most usual first."""

    start: int
    end: int
    others: tuple[str, ...]


def spellings(name: str) -> Iterator[str]:
    """Yield other spellings of a name, the nearest first, at most `MOST`.

    >>> list(islice(spellings("Mohammad Omar"), 3))
    ['Muhammad Omar', 'Mohammad Umar', 'Mohammed Omar']
    >>> list(islice(spellings("al-Qaeda"), 4)), list(spellings("Simon Gass"))
    (['al Qaeda', 'al-Qaida', 'el-Qaeda', "al-Qa'ida"], [])
    """
    slots = _slots(name)
    if slots:
        yield from islice(dict.fromkeys(_varied(name, slots)), MOST)


def is_of_many(name: str, spelled_from: str) -> bool:
    """Return whether a spelling is so usual a name that others will bear it.

    It is if all of its parts are in the table of spellings, or if it lacks the title that the
    listed name has.

    >>> is_of_many("Muhammad Mustafa", "Mohammad Mustafa")
    True
    >>> is_of_many("Omar Zaman", "Haji Omar Zaman")
    True
    >>> is_of_many("Hamed Karzay", "Hamid Karzai")
    False
    """
    words = _WORD.findall(_ABDUL[0].sub("", name))
    usual = all(fold(word).text in _spellings_of() for word in words)
    return usual or (_TITLE.match(spelled_from) is not None and not _TITLE.match(name))


def _slots(name: str) -> list[Slot]:
    """Return the parts of a name that are spelled in several ways, in order, none overlapping."""
    words = (Slot(*found.span(), _respelled(found[0])) for found in _WORD.finditer(name))
    slots = [word for word in words if word.others]
    for pattern, forms in (*_PIECES, _ARTICLE):
        slots += _free(slots, _places(pattern, forms, name))
    if slots:  # by itself "Al Gore" is no Arabic name, and "El Mundo" is not
        slots += _free(slots, _places(_SPACED_ARTICLE, _ARTICLE[1], name))
        title = _TITLE.match(name)
        if title:
            behind = [slot for slot in slots if slot.start >= title.end()]
            slots = [Slot(*title.span(), ("",)), *behind]
    return sorted(slots)


def _places(pattern: re.Pattern[str], forms: Iterable[str], name: str) -> Iterator[Slot]:
    for found in pattern.finditer(name):
        others = (form for form in forms if form.casefold() != found[0].casefold())
        yield Slot(*found.span(), tuple(others))


def _free(taken: Sequence[Slot], slots: Iterable[Slot]) -> list[Slot]:
    return [
        slot
        for slot in slots
        if all(slot.end <= other.start or other.end <= slot.start for other in taken)
    ]


def _varied(name: str, slots: list[Slot]) -> Iterator[str]:
    """Yield spellings in which one or two parts differ, in the order of how usual these are."""
    changes = [[(slot, n) for n in range(len(slot.others))] for slot in slots]
    singles = [(change,) for options in changes for change in options]
    pairs = [pair for some in combinations(changes, 2) for pair in product(*some)]
    for chosen in sorted((*singles, *pairs), key=lambda c: sum(1 + rank for _, rank in c)):
        text = name
        for slot, rank in reversed(chosen):
            text = _replaced(text, slot, slot.others[rank])
        if len(text) >= SHORTEST and fold(text).text != fold(name).text:
            yield text


def _replaced(text: str, slot: Slot, other: str) -> str:
    """Put something in the place of a part, the rest of a word joined or set apart with it."""
    rest = text[slot.end :]
    if other.lower().startswith("abd") and rest[:1].isalpha():
        first = rest[0].lower() if other[-1].isalpha() else rest[0].upper()
        rest = first + rest[1:]
    return text[: slot.start] + other + rest


@lru_cache(maxsize=4_096)
def _respelled(word: str) -> tuple[str, ...]:
    """Return the other spellings of a part of names, with the capitals of this one."""
    key = fold(word).text
    others = (other for other in _spellings_of().get(key, ()) if other != key)
    if word.isupper():
        return tuple(map(str.upper, others))
    return tuple(map(str.capitalize, others)) if word[0].isupper() else tuple(others)


@cache
def _spellings_of() -> dict[str, tuple[str, ...]]:
    """Return the spellings of each part of names."""
    lines = (Path(__file__).parent / "spellings.txt").read_text("utf-8").splitlines()
    rows = [tuple(line.split()) for line in lines if line and not line.startswith("#")]
    return {spelling: row for row in rows for spelling in row}
