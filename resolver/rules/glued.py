"""Names glued to a neighbour at a change of case: "TerrorismIran", "TalibanGETTY".

Page furniture loses its spaces when articles are copied. Where a word that no mention covers turns
from small letters to capitals, its halves are looked up as if a space stood there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from resolver.analysis import Analysis
from resolver.findings import DEFINITION, Derived, Rule, Span
from resolver.models import Alias, Document
from resolver.readings import Match, needs_evidence
from resolver.rules.context import is_refused

_WINDOW = 120
_MIN_LENGTH = 4


def rules(analyse: Callable[[Document], Analysis]) -> tuple[Rule, ...]:
    """Return the rule, which needs to look stretches of text up.

    Args:
        analyse: Locates aliases in a document.
    """

    def find_glued(analysis: Analysis) -> Iterable[Derived]:
        """Find plain aliases that end or begin at a seam inside a word."""
        for at in analysis.seams:
            if analysis.anchor_at((at - 1, at + 1)) is None:
                yield from _at_seam(analysis, at)

    def _at_seam(analysis: Analysis, at: int) -> Iterable[Derived]:
        begin = max(0, at - _WINDOW)
        halves = f"{analysis.text[begin:at]} {analysis.text[at : at + _WINDOW]}"
        for match in analyse(Document(halves)).matches:
            start, end = begin + match.start, begin + match.end
            if end != at and start - 1 != at:
                continue
            if start > at:
                start, end = start - 1, end - 1
            alias = _known(analysis, match, (start, end))
            if alias and alias.entity_id and end - start >= _MIN_LENGTH:
                reason = "glued to its neighbour, told apart by the change of case"
                yield Derived((start, end), alias, DEFINITION, "glued", reason, None, glued=True)

    return (Rule("glued", "derive", find_glued, needs="seams"),)


def _known(analysis: Analysis, match: Match, span: Span) -> Alias | None:
    """Return the alias that a half is: one that needs no evidence or is mentioned elsewhere."""
    for alias in match.reading.aliases:
        plain = alias.default or not needs_evidence(alias)
        certain = plain and not is_refused(analysis, span, alias)
        if certain or analysis.mentions_of(alias.entity_id):
            return alias
    return None
