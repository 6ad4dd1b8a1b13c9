"""Context: words, aliases and entities that must or must not stand near.

For an alias that is neither weak nor ambiguous its context is a condition. For a weak or ambiguous
one a context that is met is evidence, the stronger the less far it looks; one that is not met
proves nothing; but a word of ``none`` that stands near always removes it.
"""

from __future__ import annotations

from collections.abc import Iterable

from resolver.analysis import Analysis
from resolver.findings import CONTEXT, Evidence, Finding, Refusal, Rule, Span
from resolver.models import Alias, Context
from resolver.readings import needs_evidence

NO_CONTEXT = Context()
_REACHES = {"sentence": 1, "paragraph": 2, "document": 3}


def check_conditions(analysis: Analysis) -> Iterable[Finding]:
    """Refuse aliases near a word of ``none``, and those whose condition no word meets."""
    for span, reading in analysis.answerable:
        for alias in reading.conditional:
            context = alias.context or NO_CONTEXT
            intruder = _intruder(analysis, span, context)
            if intruder:
                reason = f"{intruder} stands near ({context.none_within or context.within})"
                yield Refusal(span, alias, "context", reason)
            elif not needs_evidence(alias):
                missing = _missing_words(analysis, span, context)
                if missing:
                    yield Refusal(span, alias, "context", missing)


def find_context(analysis: Analysis) -> Iterable[Finding]:
    """Find the contexts that speak for aliases which need evidence."""
    for span, reading in analysis.answerable:
        for alias in reading.hinted:
            context = alias.context or NO_CONTEXT
            if is_met(analysis, span, context):
                reason = f"{_met(analysis, span, context)} stands near ({context.within})"
                yield Evidence(span, alias, CONTEXT, "context", reason, reach=_reach(context))
            elif not (alias.ambiguous or alias.strength == "weak"):
                missing = missing_context(analysis, span, context)
                yield Refusal(span, alias, "context", missing or "")


def is_refused(analysis: Analysis, span: Span, alias: Alias) -> bool:
    """Return whether the words around a place refuse an alias that needs no evidence."""
    context = alias.context
    return context is not None and bool(
        _intruder(analysis, span, context) or _missing_words(analysis, span, context)
    )


def _reach(context: Context) -> int:
    """Return how far a context looks: a few words, a sentence, a paragraph, the document."""
    return _REACHES.get(context.within, 0)


def is_met(analysis: Analysis, span: Span, context: Context) -> bool:
    """Return whether all that a context asks for stands near a place."""
    within = context.within
    return (
        not (context.any and _first_near(analysis, span, within, context.any) is None)
        and all(_first_near(analysis, span, within, (word,)) for word in context.all)
        and not (context.entities and _near_entity(analysis, span, context) is None)
    )


def missing_context(analysis: Analysis, span: Span, context: Context) -> str | None:
    """Return what a context asks for and does not get, or ``None`` if it is met."""
    missing = _missing_words(analysis, span, context)
    if missing or not context.entities or _near_entity(analysis, span, context):
        return missing
    return f"none of {', '.join(context.entities)} is mentioned near ({context.within})"


def _missing_words(analysis: Analysis, span: Span, context: Context) -> str | None:
    if context.any and _first_near(analysis, span, context.within, context.any) is None:
        return f"none of {', '.join(context.any)} stands near ({context.within})"
    for word in context.all:
        if _first_near(analysis, span, context.within, (word,)) is None:
            return f"{word} does not stand near ({context.within})"
    return None


def _intruder(analysis: Analysis, span: Span, context: Context) -> str | None:
    if not context.none:
        return None
    within = context.none_within or context.within
    return _first_near(analysis, span, within, context.none)


def _first_near(analysis: Analysis, span: Span, within: str, words: tuple[str, ...]) -> str | None:
    """Return the first of some words that stands near a place, not counting the place itself."""
    for word, places in analysis.cued(words):
        if analysis.any_near(places, span, within):
            return word
    return None


def _near_entity(analysis: Analysis, span: Span, context: Context) -> str | None:
    for entity_id in context.entities:
        if analysis.any_near(analysis.spans_of(entity_id), span, context.within):
            return entity_id
    return None


def _met(analysis: Analysis, span: Span, context: Context) -> str:
    found = (
        _first_near(analysis, span, context.within, context.any),
        *context.all,
        _near_entity(analysis, span, context) if context.entities else None,
    )
    return " and ".join(word for word in found if word)


def unmet(analysis: Analysis, span: Span, alias: Alias) -> str | None:
    """Return why the context of an alias is no evidence, for an explanation."""
    context = alias.context
    if context is None or not context.is_positive:
        return None
    return missing_context(analysis, span, context)


RULES = (
    Rule("context", "veto", check_conditions, needs="answerable"),
    Rule("context", "evidence", find_context, needs="answerable"),
)
