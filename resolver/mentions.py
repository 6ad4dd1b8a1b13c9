"""Mentions, made of what stands in a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from resolver.analysis import Analysis
from resolver.findings import Decision, Derived
from resolver.locating import Located
from resolver.models import Candidate, Mention
from resolver.readings import garbled_source, mention_fields

Explain = Callable[[Mention], tuple[str, ...]]


def plain_mentions(located: Located, explain: Explain) -> list[Mention] | None:
    """Return the leftmost, then longest, of what was found, if none of it needs a decision.

    Most documents of a plain table are like that, and their mentions are made at once.

    Args:
        located: The document, and all that was found in it.
        explain: Works out why, for each of them when it is asked for.

    Returns:
        Mentions, ordered by place; ``None`` if there is something to decide.
    """
    document, found, _, offset = located
    text = document.text
    make = tuple.__new__  # what `Mention(...)` comes to, in a third of the time
    last = (explain,)
    mentions = []
    done = 0
    for begin, behind, reading in found:
        fields = reading.fields
        if fields is None:
            return None
        if begin >= done:
            start, end = begin - offset, behind - offset
            mentions.append(make(Mention, (start, end, text[start:end]) + fields + last))  # noqa: RUF005 (soonest)
            done = behind
    return mentions


def make_mentions(
    analysis: Analysis, decisions: Iterable[Decision], explain: Explain
) -> list[Mention]:
    """Return the mentions that decisions come to, in their order; none of suppressions.

    Args:
        analysis: The document.
        decisions: What stands in it.
        explain: Works out why, for each of them when it is asked for.
    """
    text = analysis.text
    make = tuple.__new__
    last = (explain,)
    mentions = []
    for decision in decisions:
        if decision.entity_id != "":
            start, end = decision.span
            fields = _fields(analysis, decision)
            mentions.append(make(Mention, (start, end, text[start:end]) + fields + last))  # noqa: RUF005 (soonest)
    return mentions


# The same for every place where the alias stands.
_fields_of = lru_cache(maxsize=16_384)(mention_fields)


def _fields(analysis: Analysis, decision: Decision) -> tuple[Any, ...]:
    """Return the fields of a mention between its surface and ``explain``."""
    _, aliases, resolved, evidence = decision
    alias = aliases[0]
    if not resolved:
        return _fields_of_ambiguous(analysis, decision)
    fields = _fields_of(alias, analysis.owner(alias))
    if evidence is None:
        return fields
    *named, _, _, source = fields
    glued = isinstance(evidence, Derived) and evidence.glued
    return *named, evidence.antecedent, glued, source


def _fields_of_ambiguous(analysis: Analysis, decision: Decision) -> tuple[Any, ...]:
    alias = decision.aliases[0]
    owners = list(map(analysis.owner, decision.aliases))
    same_type = len({owner.type for owner in owners}) == 1
    candidates = tuple(Candidate(owner.id, owner.name) for owner in owners)
    return (
        None,
        None,
        owners[0].type if same_type else None,
        "ambiguous",
        alias.kind,
        alias.pack,
        alias.location.line,
        candidates,
        None,
        None,
        False,
        garbled_source(alias),
    )


def flattened(documents: Iterable[Sequence[Mention]]) -> list[list[Any]]:
    """Return for each document start, end and the fields between surface and ``explain``, by turns.

    So they travel between processes in a third of the time: surfaces stand in the document, and
    fields that many mentions share are one object, which is sent once.
    """
    shared: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    flat: list[list[Any]] = []
    for mentions in documents:
        row: list[Any] = []
        for mention in mentions:
            fields = mention[3:-1]
            row += mention[0], mention[1], shared.setdefault(fields, fields)
        flat.append(row)
    return flat


def unflattened(flat: Sequence[Any], text: str, explain: Explain) -> tuple[Mention, ...]:
    """Return the mentions of a document again.

    Args:
        flat: What `flattened` made of them.
        text: The document.
        explain: Works out why, for each of them when it is asked for.
    """
    make = tuple.__new__
    last = (explain,)
    parts = iter(flat)
    return tuple(
        make(Mention, (start, end, text[start:end]) + fields + last)  # noqa: RUF005 (soonest)
        for start, end, fields in zip(parts, parts, parts, strict=True)
    )
