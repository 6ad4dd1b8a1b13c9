"""One document under analysis: what was found in it, and what rules have said of it so far.

Rules read an `Analysis` and return findings; only the pipeline writes to it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from resolver.answerable import Uncovered, answerable, uncovered
from resolver.dates import day_of
from resolver.findings import Decision, Derived, Evidence, Finding, Refusal, Span
from resolver.gazetteer import Gazetteer
from resolver.models import Alias, Document, Entity, Role
from resolver.pages import Page, Sheet
from resolver.readings import Match, Reading


def _end_of(decision: Decision) -> int:
    return decision.span[1]


class Analysis(Page):
    """A document, what was found in it, and what follows.

    Attributes:
        document: The document.
        text: Its text.
        gazetteer: The loaded packs.
        matches: Places where aliases and suppressions were found, each once, overlapping, ordered
            by place.
        pending: Those of the matches that need a decision.
        titles: Those that may be offices.
        people: Those that may be persons.
        anchors: What is decided so far: disjoint, ordered by place.
        refusals: What rules refused.
        evidence: What rules found that speaks for an alias.
        derived: The mentions that rules derived.
        proposed: Entities by id that no pack has and rules found in this document.
    """

    def __init__(
        self,
        document: Document,
        gazetteer: Gazetteer,
        matches: list[Match],
        sheet: Sheet,
        begin: int = 0,
    ) -> None:
        """Begin with what was found, and nothing decided.

        Args:
            document: The document.
            gazetteer: The loaded packs.
            matches: What was found in it.
            sheet: What its text stands on.
            begin: Where on the sheet it begins.
        """
        super().__init__(document.text, sheet, begin)
        self.document = document
        self.gazetteer = gazetteer
        self.matches = matches
        notable = [match for match in matches if match[1].is_notable]
        self.pending = [match for match in notable if not match[1].settled]
        self.titles = [match for match in notable if match[1].roles]
        self.people = [match for match in notable if match[1].people]
        self.anchors: list[Decision] = []
        self.refusals: list[Refusal] = []
        self.evidence: list[Evidence] = []
        self.derived: list[Derived] = []
        self.proposed: dict[str, Entity] = {}
        self._by_entity: dict[str, list[Decision]] | None = None
        self._spans_of: dict[str, list[Span]] = {}
        self._by_start: dict[int, list[Match]] | None = None
        self._by_end: dict[int, list[Match]] | None = None
        self._uncovered: Uncovered | None = None
        self._answerable: Sequence[Match] | None = self.pending

    def narrow(self) -> None:
        """Leave out of `answerable` what no rule can change, or can but to no effect."""
        self._uncovered = uncovered(self.matches)
        self._answerable = None

    @property
    def covers(self) -> AbstractSet[Span]:
        """Where certain matches stand whose inside is left out of `answerable`."""
        return self._uncovered.covers if self._uncovered else frozenset()

    @property
    def answerable(self) -> Sequence[Match]:
        """Those of `pending` of which the document may say something; all, unless narrowed."""
        if self._answerable is None:
            self._answerable = self._answered() if self._uncovered else self.pending
        return self._answerable

    def _answered(self) -> Sequence[Match]:
        pending = self._uncovered.matches if self._uncovered else ()
        if not pending:
            return ()
        named = [match[1].ids for match in self.matches]
        named += [frozenset((found.alias.entity_id,)) for found in self.derived]
        return answerable(pending, named, self.words, dated=self.document.date is not None)

    @property
    def day(self) -> str | None:
        """The date of the document as an ISO day, if it has an exact one."""
        return day_of(self.document.date) if self.document.date else None

    @property
    def proofs(self) -> list[Evidence | Derived]:
        """Everything that speaks for an alias."""
        return [*self.evidence, *self.derived]

    def owner(self, alias: Alias) -> Entity | Role:
        """Return the entity or office that an alias names."""
        return self.proposed.get(alias.entity_id) or self.gazetteer.owners[alias.entity_id]

    def settle(self, anchors: list[Decision]) -> None:
        """Replace the anchors."""
        self.anchors = anchors
        self._by_entity = None
        self._spans_of = {}

    def record(self, findings: Iterable[Finding]) -> set[Span]:
        """Add what rules found.

        Returns:
            The places that it is about.
        """
        spans = set()
        for finding in findings:
            spans.add(finding.span)
            if isinstance(finding, Refusal):
                self.refusals.append(finding)
            elif isinstance(finding, Evidence):
                self.evidence.append(finding)
            else:
                self.derived.append(finding)
                if finding.owner:
                    self.proposed.setdefault(finding.owner.id, finding.owner)
                self._by_start = self._by_end = None  # neighbours may refer to it
                if self._uncovered:
                    self._answerable = None
        return spans

    @property
    def mentioned(self) -> Mapping[str, Sequence[Decision]]:
        """The resolved anchors by the id of what they name, each ordered by place."""
        if self._by_entity is None:
            self._by_entity = {}
            for anchor in self.anchors:
                if anchor.resolved:
                    self._by_entity.setdefault(anchor.aliases[0].entity_id, []).append(anchor)
        return self._by_entity

    def spans_of(self, entity_id: str) -> Sequence[Span]:
        """Return where an entity is mentioned, ascending."""
        spans = self._spans_of.get(entity_id)
        if spans is None:
            spans = [mention.span for mention in self.mentioned.get(entity_id, ())]
            self._spans_of[entity_id] = spans
        return spans

    def mentions_of(self, entity_id: str) -> Sequence[Decision]:
        """Return the resolved anchors of an entity, ordered by place."""
        return self.mentioned.get(entity_id, ())

    def anchor_at(self, span: Span) -> Decision | None:
        """Return the first anchor that shares a character with ``span``."""
        at = bisect_right(self.anchors, span[0], key=_end_of)
        found = self.anchors[at] if at < len(self.anchors) else None
        return found if found and found.span[0] < span[1] else None

    def anchor_before(self, place: int) -> Decision | None:
        """Return the last anchor that ends at a place or before it."""
        at = bisect_right(self.anchors, place, key=_end_of)
        return self.anchors[at - 1] if at else None

    def matches_from(self, start: int) -> Sequence[Match]:
        """Return the matches and derived mentions that begin at ``start``."""
        if self._by_start is None:
            self._by_start = {}
            for match in (*self.matches, *self._derived_matches()):
                self._by_start.setdefault(match.span[0], []).append(match)
        return self._by_start.get(start, ())

    def matches_until(self, end: int) -> Sequence[Match]:
        """Return the matches and derived mentions that end at ``end``."""
        if self._by_end is None:
            self._by_end = {}
            for match in (*self.matches, *self._derived_matches()):
                self._by_end.setdefault(match.span[1], []).append(match)
        return self._by_end.get(end, ())

    def _derived_matches(self) -> Iterable[Match]:
        for found in self.derived:
            owners = {found.alias.entity_id: self.owner(found.alias)}
            yield Match(found.span, Reading((found.alias,), owners))
