"""Names that lists write in capitals or surname first, as texts write them."""

from __future__ import annotations

import re

_SMALL = frozenset(
    (
        "of and the for in on de del de la las los le les du des et y e da do dos das di und der "
        "von van bin ibn bint ben al el ul ur"
    ).split()
)
_ARTICLES = frozenset("al el ul ur as ash ad az at an ar".split())
_KEPT = frozenset(
    (
        "ii iii iv vi vii viii ix xi llc llp plc jsc pjsc ojsc cjsc oao ooo zao pao fze fzco fzc "
        "dmcc sa srl spa nv bv ag kg ab oy as uk usa us un uae eu dprk prc drc usd tv"
    ).split()
)
_USUAL = {"gmbh": "GmbH", "ltd": "Ltd", "co": "Co", "inc": "Inc", "corp": "Corp", "bros": "Bros"}
_WORD = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*")


def restored(name: str, *, person: bool = False) -> str:
    """Return a name that is all in capitals as a text writes it; another one as it is.

    Abbreviations are told by their letters: without a vowel, in brackets, or alone and short.

    >>> restored("ERIC BADEGE", person=True), restored("AL-RASHID TRUST")
    ('Eric Badege', 'al-Rashid Trust')
    >>> restored("BUTEMBO AIRLINES (BAL)"), restored("ADF"), restored("BANK OF IRAN LLC")
    ('Butembo Airlines (BAL)', 'ADF', 'Bank of Iran LLC')

    Args:
        name: The name.
        person: Whether a person bears it, whose names are no abbreviations.
    """
    if name != name.upper() or not any(map(str.isalpha, name)):
        return name
    alone = len(_WORD.findall(name)) == 1

    def changed(found: re.Match[str]) -> str:
        word = found[0]
        small = word.casefold()
        in_brackets = name[: found.start()].endswith("(") and name[found.end() :][:1] == ")"
        beside_digit = re.search(r"\d$|\d-$", name[: found.start()]) or re.match(
            r"-?\d", name[found.end() :]
        )
        if len(word) == 1 or beside_digit:
            return word
        if small in _ARTICLES and name[found.end() :][:1] == "-":
            return small
        if small in _SMALL and found.start() > 0:
            return small
        if small in _USUAL:
            return _USUAL[small]
        if not person and (in_brackets or _is_abbreviation(small, alone=alone)):
            return word
        return small[0].upper() + small[1:]

    return _WORD.sub(changed, name)


def _is_abbreviation(word: str, *, alone: bool) -> bool:
    no_vowel = word.isascii() and not re.search("[aeiouy]", word)
    return word in _KEPT or (no_vowel and len(word) < 6) or (alone and len(word) < 6)


def turned_round(name: str) -> str:
    """Return a personal name that begins with the surname the other way round.

    Only the part in capitals changes them.

    >>> turned_round("ARELLANO FELIX, Francisco Javier"), turned_round("AL-ZAWAHIRI, Ayman")
    ('Francisco Javier Arellano Felix', 'Ayman al-Zawahiri')
    >>> turned_round("DOE, John, Jr."), turned_round("PELE")
    ('John Doe Jr.', 'Pele')
    """
    surname, *rest = (part.strip() for part in name.split(","))
    given, suffixes = " ".join(rest[:1]), rest[1:]
    parts = (restored(given, person=True), restored(surname, person=True), *suffixes)
    return " ".join(part for part in parts if part)
