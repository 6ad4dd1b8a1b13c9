"""Support: a strong mention of the same entity elsewhere in the document.

It lets weak aliases name their entity ("the Network" after "Haqqani Network") and decides between
the bearers of an ambiguous name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from resolver.analysis import Analysis
from resolver.findings import DEFAULT, DEFINITION, SUPPORT, Decision, Evidence, Rule, Span, overlap


def find_support(analysis: Analysis) -> Iterable[Evidence]:
    """Find strong mentions of the entities that pending aliases name.

    A mention is strong if its alias is, or if the document says in so many words what it is. The
    nearest one before counts as antecedent, failing that the first one behind.
    """
    mentioned = analysis.mentioned
    strong: dict[str, list[Decision]] = {}
    for span, reading in analysis.answerable:
        for entity_id in reading.uncertain.keys() & mentioned.keys():
            if entity_id not in strong:
                strong[entity_id] = list(filter(_is_strong, mentioned[entity_id]))
            supporter = _nearest(strong[entity_id], span)
            if supporter is None:
                continue
            surface = analysis.text[supporter.span[0] : supporter.span[1]]
            reason = f'"{surface}" at {supporter.span[0]} names the same'
            for alias in reading.uncertain[entity_id]:
                yield Evidence(span, alias, SUPPORT, "support", reason, supporter.span)


def _nearest(mentions: Sequence[Decision], span: Span) -> Decision | None:
    """Return the last of disjoint, ascending mentions before a place, else the first behind it."""
    behind = bisect_left(mentions, span[0], key=_start)
    before = behind - 1
    if before >= 0 and overlap(mentions[before].span, span):
        before -= 1
    while behind < len(mentions) and overlap(mentions[behind].span, span):
        behind += 1
    if before >= 0:
        return mentions[before]
    return mentions[behind] if behind < len(mentions) else None


def _start(mention: Decision) -> int:
    return mention.span[0]


def _is_strong(mention: Decision) -> bool:
    evidence = mention.evidence
    said = evidence is not None and evidence.level == DEFINITION
    return said or mention.aliases[0].strength == "strong"


def find_defaults(analysis: Analysis) -> Iterable[Evidence]:
    """Let the aliases stand that a table declares to be meant where nothing else decides."""
    for span, reading in analysis.answerable:
        for alias in reading.defaults:
            reason = "taken by the table where nothing else decides"
            yield Evidence(span, alias, DEFAULT, "default", reason)


RULES = (
    Rule("support", "support", find_support, needs="answerable"),
    Rule("default", "support", find_defaults, needs="answerable"),
)
