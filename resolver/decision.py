"""Decide what stands at each place, and which places count.

`decide` weighs the aliases of one place by the evidence; `select` takes the leftmost, then longest,
of the places that are allowed; `Outcomes` keeps both up to date while rules speak.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from resolver.analysis import Analysis
from resolver.findings import (
    DATE,
    LEVELS,
    Decision,
    Derived,
    Evidence,
    Finding,
    Refusal,
    Span,
    overlap,
)
from resolver.models import Alias
from resolver.readings import Reading, Unaided, needs_evidence, stands_alone

Proof = Evidence | Derived


def _unaided(reading: Reading, surface: str) -> Unaided:
    """Work out, once for a reading, what it comes to while no rule says anything of it."""
    reading.unaided = _outcome(reading.standing, surface)
    return reading.unaided


def _unheard(reading: Reading, surface: str) -> Unaided:
    """The same where the document says nothing of it."""
    left = [alias for alias in reading.standing if alias not in reading.demanding]
    reading.unheard = _outcome(left, surface)
    return reading.unheard


def _outcome(aliases: Sequence[Alias], surface: str) -> Unaided:
    decision = decide((0, len(surface)), [(alias, ()) for alias in aliases], surface)
    if decision is None:
        return Unaided((), resolved=False)
    return Unaided(decision.aliases, decision.resolved)


class Outcomes:
    """What stands at each place of a document, kept up to date with what rules find.

    Attributes:
        ordered: What is allowed at every place, overlapping, ordered by place.
        selected: The leftmost, then longest of that.
    """

    def __init__(self, analysis: Analysis) -> None:
        """Decide by the tables alone.

        Args:
            analysis: What was found in a document.
        """
        self._matches = matches = analysis.matches
        self._text = text = analysis.text
        self._heard = {match.span for match in analysis.answerable}
        self._readings: dict[Span, Reading] = {}
        self._decided: dict[Span, Decision] = {}
        self._refused: dict[Span, list[Alias]] = {}
        self._proofs: dict[Span, dict[Alias, list[Proof]]] = {}
        make = tuple.__new__  # what `Decision(...)` comes to, in a third of the time
        decided = []
        for span, reading in matches:
            if reading.settled:
                decided.append(make(Decision, (span, reading.settled, True, None)))
            else:
                surface = text[span[0] : span[1]]
                if span in self._heard:
                    outcome = reading.unaided or _unaided(reading, surface)
                else:
                    outcome = reading.unheard or _unheard(reading, surface)
                if outcome.aliases:
                    decided.append(make(Decision, (span, *outcome, None)))
        self.ordered = _unsuppressed(decided)
        self.selected = select(self.ordered)
        self._first = decided

    def update(self, findings: Iterable[Finding]) -> None:
        """Decide the places that rules found something of once more."""
        if not self._readings:
            self._readings = dict(self._matches)
            self._decided = {decision.span: decision for decision in self._first}
        touched = set()
        for finding in findings:
            span, alias = finding.span, finding.alias
            touched.add(span)
            if isinstance(finding, Refusal):
                self._refused.setdefault(span, []).append(alias)
            else:
                self._proofs.setdefault(span, {}).setdefault(alias, []).append(finding)
        for span in touched:
            decision = self._decide(span)
            if decision:
                self._decided[span] = decision
            else:
                self._decided.pop(span, None)
        self.ordered = _unsuppressed(sorted(self._decided.values(), key=_place))
        self.selected = select(self.ordered)

    def _decide(self, span: Span) -> Decision | None:
        reading = self._readings.get(span)
        proofs = self._proofs.get(span, {})
        refused: Sequence[Alias] = self._refused.get(span, ())
        if reading and span not in self._heard:
            refused = *refused, *reading.demanding
        # Only what stands alone or has something to speak for it can matter: of the titles that
        # fifty offices share, that is a few.
        standing = reading.standing if reading else ()
        allowed = [
            (alias, proofs.get(alias, ()))
            for alias in dict.fromkeys((*standing, *proofs))
            if alias not in refused
        ]
        return decide(span, allowed, self._text[span[0] : span[1]]) if allowed else None


def _place(decision: Decision) -> Span:
    start, end = decision.span
    return start, -end


def _unsuppressed(decisions: list[Decision]) -> list[Decision]:
    """Leave out what shares characters with a suppression, unless it contains all of it."""
    suppressed = [decision.span for decision in decisions if not decision.aliases[0].entity_id]
    if not suppressed:
        return decisions
    longest = max(end - start for start, end in suppressed)
    return [
        decision
        for decision in decisions
        if not decision.aliases[0].entity_id
        or not _is_suppressed(decision.span, suppressed, longest)
    ]


def _is_suppressed(span: Span, suppressed: Sequence[Span], longest: int) -> bool:
    """Return whether one of some places, ascending, shares characters and is not inside."""
    first = bisect_left(suppressed, (span[0] - longest,))
    last = bisect_left(suppressed, (span[1],), first)
    return any(
        overlap(span, place) and not (span[0] <= place[0] and place[1] <= span[1] and span != place)
        for place in suppressed[first:last]
    )


def decide(
    span: Span, allowed: Sequence[tuple[Alias, Sequence[Proof]]], surface: str
) -> Decision | None:
    """Decide what stands at one place.

    An alias that needs evidence and has none is left out if it is weak, and stays a candidate if it
    is ambiguous. Among several candidates evidence narrows level by level; what is left when the
    levels are through is the outcome.

    Args:
        span: The place.
        allowed: The aliases that no rule refused, each with what speaks for it.
        surface: What stands there.

    Returns:
        The decision, or ``None`` if nothing is allowed.
    """
    standing = [
        (alias, proofs) for alias, proofs in allowed if stands_alone(alias) or _is_supported(proofs)
    ]
    for alias, _ in standing:
        if not alias.entity_id:
            return Decision(span, (alias,), resolved=True)
    # What the tables decide by themselves, no document rule overrules.
    by_table = [pair for pair in standing if not needs_evidence(pair[0]) and not _derived(pair[1])]
    if by_table:
        standing = [pair for pair in standing if not _derived(pair[1])]
    candidates: dict[str, list[tuple[Alias, Sequence[Proof]]]] = {}
    for pair in standing:
        candidates.setdefault(pair[0].entity_id, []).append(pair)
    if not candidates:
        return None
    left = _narrow(candidates)
    certain = {alias.entity_id for alias, _ in by_table}
    chosen = [_best(candidates[entity_id], surface) for entity_id in sorted(left)]
    alias, proofs = chosen[0]
    if len(left) == 1 and (proofs or alias.entity_id in certain):
        return Decision(span, (alias,), resolved=True, evidence=_strongest(proofs))
    return Decision(
        span, tuple(alias for alias, _ in chosen), resolved=False, evidence=_strongest(proofs)
    )


def _is_supported(proofs: Sequence[Proof]) -> bool:
    """Return whether something lets a weak alias stand: a date alone says only when it may."""
    return any(proof.level != DATE for proof in proofs)


def _derived(proofs: Sequence[Proof]) -> bool:
    return any(isinstance(proof, Derived) for proof in proofs)


def _narrow(candidates: dict[str, list[tuple[Alias, Sequence[Proof]]]]) -> set[str]:
    left = set(candidates)
    for level in LEVELS:
        if len(left) == 1:
            break
        reaches: dict[str, int] = {}
        for entity_id in left:
            for _, proofs in candidates[entity_id]:
                for proof in proofs:
                    if proof.level == level:
                        reaches[entity_id] = min(reaches.get(entity_id, proof.reach), proof.reach)
        if reaches:
            nearest = min(reaches.values())
            left = {entity_id for entity_id, reach in reaches.items() if reach == nearest}
    return left


def _best(
    pairs: Sequence[tuple[Alias, Sequence[Proof]]], surface: str
) -> tuple[Alias, Sequence[Proof]]:
    """Return the alias to name: one with evidence, then one written like the surface."""
    return min(pairs, key=lambda pair: (_rank(pair[1]), pair[0].text != surface))


def _rank(proofs: Sequence[Proof]) -> int:
    return min((LEVELS.index(proof.level) for proof in proofs), default=len(LEVELS))


def _strongest(proofs: Sequence[Proof]) -> Proof | None:
    return min(
        proofs,
        key=lambda proof: (LEVELS.index(proof.level), proof.rule, proof.antecedent or (0, 0)),
        default=None,
    )


def select(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the leftmost, then longest, of decisions that are ordered by place and length."""
    selected: list[Decision] = []
    end = -1
    for decision in decisions:
        if decision.span[0] >= end:
            selected.append(decision)
            end = decision.span[1]
    return selected


def select_overlapping(decisions: Sequence[Decision], overlaps: str) -> list[Decision]:
    """Return decisions that may overlap, ordered by place and length.

    Args:
        decisions: Ordered by place and length.
        overlaps: ``all``, or ``nested`` for those that `select` returns and what lies inside them.
    """
    if overlaps == "all":
        return list(decisions)
    nested: list[Decision] = []
    end = -1
    for decision in decisions:
        start = decision.span[0]
        if start >= end or decision.span[1] <= end:
            nested.append(decision)
            end = max(end, decision.span[1])
    return nested
