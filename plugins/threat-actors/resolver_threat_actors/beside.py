"""The word beside a name: in "Cuba ransomware" it says more than a table that lists the island.

A name under a context stands only where the context is met; whether it is, resolver's own rule
tells. Here it is made evidence, so that what another pack lists without any does not count there.
And only there: in the rest of that text "Cuba" is the island.
"""

from __future__ import annotations

from collections.abc import Iterator

from resolver.analysis import Analysis
from resolver.findings import CONTEXT, Evidence, Refusal, Rule
from resolver.models import Alias
from resolver_threat_actors.spelling import KINDS


def find_words_beside(analysis: Analysis) -> Iterator[Evidence]:
    """Let a context that is met speak for threat actors, malware and tools."""
    for span, reading in analysis.pending:
        for alias in filter(_is_conditional, reading.aliases):
            yield Evidence(span, alias, CONTEXT, "word-beside", "the words beside it say so")


def refuse_without(analysis: Analysis) -> Iterator[Refusal]:
    """Refuse a word that nothing but another mention speaks for, where a pack lists another."""
    for span, reading in analysis.pending:
        if any(map(_is_somebody_else, reading.aliases)):
            for alias in reading.aliases:
                if alias.entity_id.startswith(KINDS) and _is_word(alias):
                    yield Refusal(span, alias, "word-beside", "a pack lists it as something else")


def _is_word(alias: Alias) -> bool:
    return alias.strength == "weak" and alias.context is None


def _is_somebody_else(alias: Alias) -> bool:
    known = bool(alias.entity_id) and not alias.entity_id.startswith(KINDS)
    return known and alias.strength == "strong" and not alias.ambiguous


def _is_conditional(alias: Alias) -> bool:
    """Return whether an alias is refused wherever its context is not met."""
    plain = alias.strength == "strong" and not alias.ambiguous
    return plain and alias.entity_id.startswith(KINDS) and alias.context is not None


WORD_BESIDE = (
    Rule("word-beside", "veto", refuse_without),
    Rule("word-beside", "evidence", find_words_beside),
)
