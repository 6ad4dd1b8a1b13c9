"""Why a place in a text is a mention, or why it is none, as records for the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from resolver.analysis import Analysis
from resolver.explanation import aliases_at, explain_absence_at, explain_mention, why_lost
from resolver.findings import Decision, Derived, Evidence, Span
from resolver.models import Alias, Mention

MOST_CANDIDATES = 20


class Analysed(NamedTuple):
    """A document with everything that is known of it."""

    mentions: Sequence[Mention]
    analysis: Analysis
    decisions: Sequence[Decision]


def explain_place(analysed: Analysed, span: Span) -> dict[str, Any]:
    """Return what is to be said of a place.

    Args:
        analysed: The document.
        span: The place, in code points.

    Returns:
        ``mention``, ``steps`` and ``candidates`` if it is one; otherwise the ``reason`` why not,
        and the ``candidates`` that were found there and lost.
    """
    mention = _mention_at(analysed.mentions, span)
    if mention:
        steps = explain_mention(mention, analysed.analysis, analysed.decisions)
        place = (mention.start, mention.end)
        return {
            "mention": mention,
            "steps": list(steps),
            "candidates": _candidates(analysed, place, _chosen(mention)),
        }
    reason = explain_absence_at(span, analysed.analysis, analysed.decisions)
    return {"mention": None, "reason": reason, "candidates": _candidates(analysed, span, set())}


def _mention_at(mentions: Iterable[Mention], span: Span) -> Mention | None:
    return next((m for m in mentions if (m.start, m.end) == span), None)


def _chosen(mention: Mention) -> set[str]:
    if mention.entity_id:
        return {mention.entity_id}
    return {candidate.entity_id for candidate in mention.candidates}


def _candidates(analysed: Analysed, span: Span, chosen: set[str]) -> list[dict[str, Any]]:
    """Return what was found at a place by entity, those that are chosen first."""
    analysis = analysed.analysis
    proofs = [proof for proof in analysis.proofs if proof.span == span]
    found = dict.fromkeys((*aliases_at(analysis, span), *(proof.alias for proof in proofs)))
    by_entity: dict[str, list[Alias]] = {}
    for alias in found:
        by_entity.setdefault(alias.entity_id, []).append(alias)
    ordered = sorted(by_entity.items(), key=lambda item: item[0] not in chosen)
    return [
        _candidate(analysis, span, aliases, chosen=entity_id in chosen)
        for entity_id, aliases in ordered[:MOST_CANDIDATES]
    ]


def _candidate(
    analysis: Analysis, span: Span, aliases: Sequence[Alias], *, chosen: bool
) -> dict[str, Any]:
    first = aliases[0]
    if not first.entity_id:
        named = {"entity_id": None, "name": "never a mention (suppress)", "type": None}
    else:
        owner = analysis.owner(first)
        named = {"entity_id": owner.id, "name": owner.name, "type": owner.type}
    lost = [] if chosen or not first.entity_id else [why_lost(analysis, span, a) for a in aliases]
    return {
        **named,
        "chosen": chosen,
        "aliases": [_alias(alias) for alias in aliases],
        "said": list(_said(analysis, span, aliases)),
        "lost": list(dict.fromkeys(lost)),
    }


def _alias(alias: Alias) -> dict[str, Any]:
    traits = [alias.kind]
    traits += ["weak"] if alias.strength == "weak" else []
    traits += ["ambiguous"] if alias.ambiguous else []
    traits += ["with context"] if alias.context else []
    path, line, column = alias.location
    return {
        "text": alias.text,
        "traits": traits,
        "pack": alias.pack,
        "file": path,
        "line": line,
        "column": column,
    }


def _said(analysis: Analysis, span: Span, aliases: Sequence[Alias]) -> Iterator[dict[str, Any]]:
    """Yield what each rule said of a candidate."""
    for proof in analysis.proofs:
        if proof.span == span and proof.alias in aliases:
            yield _finding(proof)
    for refusal in analysis.refusals:
        if refusal.span == span and refusal.alias in aliases:
            yield {"rule": refusal.rule, "speaks": "against", "reason": refusal.reason}


def _finding(proof: Evidence | Derived) -> dict[str, Any]:
    return {"rule": proof.rule, "speaks": "for", "reason": proof.reason, "level": proof.level}
