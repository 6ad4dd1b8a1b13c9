"""Find the edit of a pack that made a difference between two versions in a document.

Asked in this order, first of the very place, then of what overlaps it:

1. the alias that decides there in either version, then any other found there: was it edited? If
   not, the same of what stood, or now stands, in its place
2. what a document rule said about the place: was the mention edited that it follows from?
3. the entity or office itself: were its type, surnames or holders edited?
4. anything else in the document that names the same
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from resolver.analysis import Analysis
from resolver.decision import select
from resolver.findings import Decision, Derived, Span, overlap
from resolver.models import Alias, Location, Mention
from resolver.workbench.edits import Edits, PackEdit

ELSEWHERE = "elsewhere"
Analysed = tuple[Analysis, list[Decision]]


class Cause(NamedTuple):
    """Why something differs.

    Attributes:
        edit: The edit, ``None`` if none was found.
        rule: The document rule through which it worked, or `ELSEWHERE` where that cannot be told;
            ``None`` if it worked directly.
    """

    edit: PackEdit | None
    rule: str | None = None


class _Side(NamedTuple):
    """A document under one version."""

    analysis: Analysis
    selected: Sequence[Decision]
    edits: Mapping[Location, PackEdit]

    def aliases(self, span: Span) -> Iterator[Alias]:
        """Yield what was found at a place: what decides there, then everything else."""
        for decision in self.selected:
            if overlap(decision.span, span) and not isinstance(decision.evidence, Derived):
                yield from decision.aliases
        for exact in (True, False):
            for match in self.analysis.matches:
                if match.span == span if exact else overlap(match.span, span):
                    yield from match.reading.aliases

    def followed(self, span: Span) -> Iterator[tuple[Span, str]]:
        """Yield the mentions from which something followed at a place, and by which rule."""
        for proof in self.analysis.proofs:
            if overlap(proof.span, span) and proof.antecedent:
                yield proof.antecedent, proof.rule


class Causes:
    """Finds causes in one document."""

    def __init__(self, old: Analysed, new: Analysed, edits: Edits) -> None:
        """Take the document under both versions, and what was edited between them."""
        self._sides = (
            _Side(new[0], select(new[1]), edits.new),
            _Side(old[0], select(old[1]), edits.old),
        )
        self._edits = edits

    def of(self, mention: Mention, before: Mention | None) -> Cause:
        """Return the cause of a difference.

        Args:
            mention: The mention that is new, or lost.
            before: The mention in the old version, if there was one.
        """
        mentions = (mention, before) if before else (mention,)
        spans = [(mention.start, mention.end) for mention in mentions]
        ids = list(dict.fromkeys(id_ for mention in mentions for id_ in _ids(mention)))
        return (
            self._direct(spans)
            or self._direct(self._neighbours(spans))
            or self._followed(spans)
            or self._of_owners(ids)
            or self._elsewhere(ids)
            or Cause(None)
        )

    def _direct(self, spans: Iterable[Span], rule: str | None = None) -> Cause | None:
        for span in spans:
            for side in self._sides:
                for alias in side.aliases(span):
                    edit = side.edits.get(alias.location)
                    if edit:
                        return Cause(edit, rule)
        return None

    def _neighbours(self, spans: Sequence[Span]) -> Iterator[Span]:
        """Yield the places of what is decided in either version and shares a character."""
        for side in self._sides:
            for decision in side.selected:
                if any(overlap(decision.span, span) for span in spans):
                    yield decision.span

    def _followed(self, spans: Iterable[Span]) -> Cause | None:
        waiting = [(found, rule) for span in spans for found, rule in self._antecedents(span)]
        seen = set()
        while waiting:
            span, rule = waiting.pop(0)
            cause = self._direct([span], rule)
            if cause:
                return cause
            if span not in seen:
                seen.add(span)
                waiting += [(found, rule) for found, _ in self._antecedents(span)]
        return None

    def _antecedents(self, span: Span) -> Iterator[tuple[Span, str]]:
        for side in self._sides:
            yield from side.followed(span)

    def _of_owners(self, ids: Iterable[str]) -> Cause | None:
        edits = (self._edits.owners.get(id_) for id_ in ids)
        return next((Cause(edit) for edit in edits if edit), None)

    def _elsewhere(self, ids: Sequence[str]) -> Cause | None:
        """Find an edited alias of the same entities, or else any, in the rest of the document."""
        found = [
            edit
            for side in self._sides
            for match in side.analysis.matches
            for alias in match.reading.aliases
            if (edit := side.edits.get(alias.location))
        ]
        of_same = [edit for edit in found if edit.entity_id in ids]
        edit = next(iter(of_same or found), None)
        return Cause(edit, ELSEWHERE) if edit else None


def _ids(mention: Mention) -> tuple[str, ...]:
    holder = (mention.holder.entity_id,) if mention.holder else ()
    candidates = tuple(candidate.entity_id for candidate in mention.candidates)
    return (mention.entity_id, *holder) if mention.entity_id else candidates
