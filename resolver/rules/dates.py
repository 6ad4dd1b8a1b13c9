"""Alias dates: a name that is valid only for documents of some time."""

from __future__ import annotations

from collections.abc import Iterable

from resolver.analysis import Analysis
from resolver.dates import is_valid_on
from resolver.findings import DATE, Evidence, Finding, Refusal, Rule
from resolver.models import Alias


def check_dates(analysis: Analysis) -> Iterable[Finding]:
    """Refuse aliases outside their dates; inside, the date speaks for an ambiguous one.

    A document without a date neither refuses nor supports anything.
    """
    if analysis.day is None:
        return
    for start, end, reading in analysis.pending:
        for alias in reading.aliases:
            if not (alias.valid_from or alias.valid_until):
                continue
            if not is_valid_on(analysis.day, alias.valid_from, alias.valid_until):
                reason = f"valid {_validity(alias)}, the document is of {analysis.day}"
                yield Refusal((start, end), alias, "dates", reason)
            elif alias.ambiguous:
                reason = f"the document's date {analysis.day} lies within its dates"
                yield Evidence((start, end), alias, DATE, "dates", reason)


def _validity(alias: Alias) -> str:
    parts = (
        f"from {alias.valid_from}" if alias.valid_from else "",
        f"until {alias.valid_until}" if alias.valid_until else "",
    )
    return " ".join(filter(None, parts))


RULES = (Rule("dates", "veto", check_dates),)
