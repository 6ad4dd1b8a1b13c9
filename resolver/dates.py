"""ISO dates that may leave out the day or the month, as days on a line.

``2022-09-06`` is a day; ``2022-09`` and ``2022`` are known less exactly: as a beginning they mean
the first day of the span, as an end the day behind it. A validity is ``[from, until)``.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_ISO_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:$|[T ])")


def is_iso_date(text: str) -> bool:
    """Return whether ``text`` is a date that exists, as exact as it may be."""
    found = _ISO.fullmatch(text)
    if not found:
        return False
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def day_of(text: str) -> str | None:
    """Return the day of an ISO date or date-time, or ``None`` if ``text`` names no exact day."""
    found = _ISO_DAY.match(text)
    return found[1] if found and is_iso_date(found[1]) else None


@lru_cache(1_000)  # documents of one day often follow each other
def is_date_of_document(text: str) -> bool:
    """Return whether ``text`` says when a document is from: an ISO date, or a date-time."""
    return is_iso_date(text) or day_of(text) is not None


def first_day(text: str) -> str:
    """Return the first day that ``text`` may mean."""
    return (text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10]


def day_after(text: str) -> str:
    """Return the end of a validity ``until`` which ``text``; that day is not included."""
    if len(text) == 10:
        return text
    year, month = int(text[:4]), int(text[5:] or 12)
    return f"{year + month // 12:04d}-{month % 12 + 1:02d}-01"


def is_outside(text: str, valid_from: str | None, valid_until: str | None) -> bool:
    """Return whether the whole of a date, however exact, lies outside a validity."""
    if valid_until is not None and first_day(text) >= day_after(valid_until):
        return True
    if valid_from is None:
        return False
    begin = first_day(valid_from)
    return text < begin if len(text) == 10 else day_after(text) <= begin


def is_valid_on(day: str, valid_from: str | None, valid_until: str | None) -> bool:
    """Return whether ``day`` lies in ``[valid_from, valid_until)``; ``None`` leaves a side open."""
    # ISO days in a string compare as the days do.
    return (valid_from is None or first_day(valid_from) <= day) and (
        valid_until is None or day < day_after(valid_until)
    )
