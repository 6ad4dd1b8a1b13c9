"""What stands directly beside the title of an office: holders, owners, qualifiers.

Directly means in the same line or over one line end, at most a comma apart; never across an empty
line or a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from resolver.analysis import Analysis
from resolver.findings import Decision, Span
from resolver.names import behind_titles

_GAP = r"(?:[^\S\n]*\n[^\S\n]*(?![^\S\n]*\n)|[^\S\n]+)"
_NOT_NOW = "former|ex|next|previous|future|incoming|ousted|deposed|one-time|late"
_QUALIFIERS = (
    rf"(?:(?:{_NOT_NOW}|new|newly|elected|then|current|outgoing|interim|acting|first|last|exiled|"
    rf"hardline|reformist|recent|long-time|longtime)(?:{_GAP}|-))*"
)
# Begin what is said of somebody else: "David Lammy, and Foreign Minister Abbas Araghchi".
_JOINS = r"(?:and|or|but|nor|while|when|as|with|to|by|from|for|that|said|told)\b"
_REACH = 40

_GAP_BEHIND = re.compile(_GAP)
_HOLDER_BEHIND = re.compile(rf",?{_GAP}")
_HOLDER_BEFORE = re.compile(
    rf",{_GAP}(?:(?:who{_GAP}(?:was|is)|the|a|an){_GAP})*"
    rf"(?:(?!{_JOINS})(?P<between>[\w.]+(?:['’]s?)?){_GAP})??{_QUALIFIERS}",
    re.IGNORECASE,
)
_BEHIND_OWNER = re.compile(rf"(?:['’]s?)?(?:{_GAP}|-){_QUALIFIERS}", re.IGNORECASE)
_OWNER_BEHIND = re.compile(rf"{_GAP}(?:of|for){_GAP}(?:the{_GAP})?", re.IGNORECASE)
_OWNER_NAMED = re.compile(rf"{_GAP}(?:of|for){_GAP}(?:the{_GAP})?[A-Z]")
_POSSESSIVE = re.compile(r"['’]s?\b")
_OTHER_OFFICE = re.compile(
    rf"\b(?:deputy|vice|assistant|shadow|under|associate|junior)(?:{_GAP}|-)(?:[A-Z]\w+{_GAP})?$",
    re.IGNORECASE,
)
_ELECT = re.compile(r"-(?:elect|designate)\b", re.IGNORECASE)
_HOLDER_NOT_NOW = re.compile(rf"\b(?:{_NOT_NOW})(?:{_GAP}|-)(?:[\w.]+{_GAP})?$", re.IGNORECASE)


class HolderPlace(NamedTuple):
    """Where a holder may be named.

    Attributes:
        span: The place of the name.
        certain: Whether only a holder can stand there: behind the title, without a comma.
        owners: The entities named between name and title, one of which the office must belong to;
            ``None`` if nothing is named there.
    """

    span: Span
    certain: bool
    owners: frozenset[str] | None

    def fits(self, owned_by: Iterable[str]) -> bool:
        """Return whether the office of an owner may be meant."""
        return self.owners is None or not self.owners.isdisjoint(owned_by)


def holder_places(analysis: Analysis, span: Span) -> Iterable[HolderPlace]:
    """Yield the places of names directly beside a title."""
    start, end = span
    text = analysis.text
    gap = _HOLDER_BEHIND.match(text, end)
    if gap:
        for place in sorted({gap.end(), behind_titles(text, gap.end())}):
            for match in analysis.matches_from(place):
                yield HolderPlace(match.span, "," not in gap[0], None)
    comma = text.rfind(",", max(0, start - _REACH), start)
    before = _HOLDER_BEFORE.fullmatch(text, comma, start) if comma >= 0 else None
    if before:
        owners = _owners_between(analysis, before)
        for match in analysis.matches_until(before.start()):
            yield HolderPlace(match.span, certain=False, owners=owners)


def _owners_between(analysis: Analysis, before: re.Match[str]) -> frozenset[str] | None:
    word = before["between"]
    if word is None or word.islower():
        return None
    anchor = analysis.anchor_at(before.span("between"))
    return frozenset(alias.entity_id for alias in anchor.aliases) if anchor else frozenset()


def owners_beside(analysis: Analysis, span: Span) -> dict[str, str]:
    """Return the entities that a title seems to belong to, and how they stand beside it.

    They stand directly before it ("Iranian president", "Iran's president") or behind it
    ("president of Iran"). A demonym behind it begins another name ("president of the Brazilian
    Coffee Institute"), and so does a possessive ("president of Iran's football federation").
    """
    start, end = span
    text = analysis.text
    beside: list[Decision] = []
    before = analysis.anchor_before(start)
    if before and start - before.span[1] <= _REACH:
        beside += [before] if _BEHIND_OWNER.fullmatch(text, before.span[1], start) else []
    behind = _OWNER_BEHIND.match(text, end)
    if behind:
        anchor = analysis.anchor_at((behind.end(), behind.end() + 1))
        if anchor and anchor.span[0] == behind.end() and not _is_attribute(analysis, anchor):
            beside.append(anchor)
    return {
        alias.entity_id: text[slice(*anchor.span)] for anchor in beside for alias in anchor.aliases
    }


def _is_attribute(analysis: Analysis, anchor: Decision) -> bool:
    possessive = _POSSESSIVE.match(analysis.text, anchor.span[1])
    return possessive is not None or all(alias.kind == "demonym" for alias in anchor.aliases)


def belongs_elsewhere(text: str, end: int) -> bool:
    """Return whether a title goes on with "of" and a name ("president of the Women's Council")."""
    return _OWNER_NAMED.match(text, end) is not None


def name_behind(text: str, end: int) -> int | None:
    """Return where a name may begin directly behind a title, without a comma."""
    gap = _GAP_BEHIND.match(text, end)
    return behind_titles(text, gap.end()) if gap else None


def other_office(text: str, span: Span) -> str | None:
    """Return the word beside a title that makes it another office, such as "deputy"."""
    before = _OTHER_OFFICE.search(text, max(0, span[0] - _REACH), span[0])
    behind = _ELECT.match(text, span[1])
    found = before or behind
    return found[0].strip() if found else None


def is_not_now(text: str, span: Span) -> bool:
    """Return whether a title speaks of a time before or after ("Iran's former president")."""
    return _HOLDER_NOT_NOW.search(text, max(0, span[0] - _REACH), span[0]) is not None
