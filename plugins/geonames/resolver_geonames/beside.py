"""What stands directly beside a name: its region, a word before places, more of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from resolver.findings import Span
from resolver.names import is_headline, is_of_another
from resolver_geonames.regions import Region

# What places stand behind, as many others do.
PREPOSITION = re.compile(
    r"\b(?:in|near|outside|around|at|from|to|of|across|towards?|between|via)\s+$", re.IGNORECASE
)
# What hardly anything but a place stands behind.
BEFORE_PLACES = re.compile(
    r"\b(?:in|near|outside|around|(?:city|town|port|suburb|outskirts|mayor|north|south|east|west|"
    r"cent(?:er|re)) of)\s+$",
    re.IGNORECASE,
)
_LONGEST = 20
_REGION_BEHIND = re.compile(r",?\s+(?:in\s+)?(?:the\s+)?\(?")
_POSSESSIVE = re.compile(r"['’]s?\b")
_CAPITAL_BEHIND = re.compile(r"[ -][A-Z][a-z]")


def region_behind(text: str, span: Span, regions: Iterable[Region]) -> Region | None:
    """Return the region that is named directly behind a place ("Paris, Texas"), if any is."""
    gap = _REGION_BEHIND.match(text, span[1])
    if gap is None:
        return None
    return next((region for region in regions if region.span[0] == gap.end()), None)


def stands_behind(pattern: re.Pattern[str], text: str, span: Span) -> bool:
    """Return whether such words stand before a name, and no possessive behind it."""
    before = pattern.search(text, max(0, span[0] - _LONGEST), span[0])
    return before is not None and not _POSSESSIVE.match(text, span[1])


def is_part_of_name(text: str, span: Span) -> bool:
    """Return whether a name seems to be part of a longer one, as in "Sydney Carton"."""
    begins = _CAPITAL_BEHIND.match(text, span[1]) and not is_headline(text, span[0])
    return bool(begins) or is_of_another(text, *span)
