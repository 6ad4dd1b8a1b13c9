"""Names that a corpus has and the packs do not, collected over documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from resolver.analysis import Analysis
from resolver.decision import select
from resolver.findings import Decision, Span
from resolver.folding import fold
from resolver.models import Role
from resolver.workbench.sequences import unlisted_names

_PLACES_KEPT = 3
_AROUND = 40
_MOST_HOLDERS = 60
_MOST_SMALL = 4
_WORD = re.compile(r"[^\W\d_]+")


class Place(NamedTuple):
    """Where a name stands, with some text around it."""

    document: str
    start: int
    before: str
    surface: str
    after: str


@dataclass
class Unlisted:
    """A name that no alias covers.

    Attributes:
        spellings: How it is written, and how often.
        documents: In how many documents it stands.
        places: The first few places.
        companions: Ids of what is mentioned in the same documents.
        officers: Ids of those who held an office that stands in the same sentence.
    """

    spellings: Counter[str] = field(default_factory=Counter)
    documents: int = 0
    places: list[Place] = field(default_factory=list)
    companions: set[str] = field(default_factory=set)
    officers: set[str] = field(default_factory=set)

    @property
    def surface(self) -> str:
        """The most frequent spelling."""
        return min(self.spellings, key=lambda spelling: (-self.spellings[spelling], spelling))

    @property
    def count(self) -> int:
        """How often it stands in the corpus."""
        return self.spellings.total()


class Corpus:
    """Collects the unlisted names of documents; the documents are not kept."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._by_folded: dict[str, Unlisted] = {}
        self._in_small_letters: Counter[str] = Counter()

    def add(self, analysis: Analysis, decisions: Sequence[Decision]) -> None:
        """Count the unlisted names of a document, as `Resolver.analyse` returned it."""
        selected = select(decisions)
        spans = _without_surnames(analysis.text, unlisted_names(analysis, selected))
        mentioned = {d.entity_id for d in selected if d.entity_id}
        seen = set()
        for span in spans:
            surface = " ".join(analysis.text[slice(*span)].split())
            folded = fold(surface).text
            name = self._by_folded.setdefault(folded, Unlisted())
            name.spellings[surface] += 1
            name.documents += folded not in seen
            seen.add(folded)
            name.companions |= mentioned
            name.officers |= _officers(analysis, span)
            if len(name.places) < _PLACES_KEPT:
                name.places.append(_place(analysis, span))
        self._in_small_letters.update(w for w in _WORD.findall(analysis.text) if w.islower())

    def unlisted(self) -> list[Unlisted]:
        """Return the names, those in most documents first, then the most frequent.

        Single words that also stand in small letters are ordinary words and left out.
        """
        names = [
            name
            for folded, name in self._by_folded.items()
            if self._in_small_letters[folded] * _MOST_SMALL < name.count
        ]
        return sorted(names, key=lambda name: (-name.documents, -name.count, name.surface))


def _without_surnames(text: str, spans: Iterable[Span]) -> list[Span]:
    """Leave out single words that end a longer name of the same document: they follow from it."""
    spans = list(spans)
    words = {span: text[slice(*span)].split() for span in spans}
    last = {found[-1] for found in words.values() if len(found) > 1}
    return [span for span in spans if len(words[span]) > 1 or words[span][0] not in last]


def _officers(analysis: Analysis, span: Span) -> set[str]:
    """Return who ever held the offices that stand in the sentence of a name."""
    begin, end = analysis.segments.sentence(*span)
    officers = set()
    for match in analysis.matches:
        if begin <= match.start and match.end <= end:
            roles = (analysis.gazetteer.owners.get(a.entity_id) for a in match.reading.aliases)
            holders = {
                h.entity_id for role in roles if isinstance(role, Role) for h in role.holders
            }
            # A title such as president, of a hundred countries, says nothing.
            officers |= holders if len(holders) <= _MOST_HOLDERS else set()
    return officers


def _place(analysis: Analysis, span: Span) -> Place:
    start, end = span
    text = analysis.text
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return Place(analysis.document.id or "", start, before, text[start:end], after)
