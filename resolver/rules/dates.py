"""Alias dates: a name that is valid only for documents of some time."""

from __future__ import annotations

from collections.abc import Iterable

from resolver.analysis import Analysis
from resolver.dates import is_iso_date, is_outside
from resolver.findings import DATE, Evidence, Finding, Refusal, Rule
from resolver.models import Alias


def check_dates(analysis: Analysis) -> Iterable[Finding]:
    """Refuse aliases outside their dates; inside, the date speaks for an ambiguous one.

    A document without a date neither refuses nor supports anything; one whose date is only known to
    the year or month refuses what is certainly outside.
    """
    date = analysis.day or analysis.document.date
    if date is None or not is_iso_date(date):
        return
    for span, reading in analysis.answerable:
        for alias in reading.dated:
            if is_outside(date, alias.valid_from, alias.valid_until):
                reason = f"valid {_validity(alias)}, the document is of {date}"
                yield Refusal(span, alias, "dates", reason)
            elif alias.ambiguous and analysis.day:
                reason = f"the document's date {date} lies within its dates"
                yield Evidence(span, alias, DATE, "dates", reason)


def _validity(alias: Alias) -> str:
    parts = (
        f"from {alias.valid_from}" if alias.valid_from else "",
        f"until {alias.valid_until}" if alias.valid_until else "",
    )
    return " ".join(filter(None, parts))


RULES = (Rule("dates", "veto", check_dates, needs="answerable"),)
