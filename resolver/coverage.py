"""What packs miss in a corpus, and what in them never fires."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from resolver.analysis import Analysis
from resolver.findings import overlap
from resolver.gazetteer import Gazetteer
from resolver.models import Alias, Result
from resolver.names import is_opener

# Capitalised words in a row, joined by the small words that stand inside names.
_SEQUENCE = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w’'&-]*(?:[ \u00a0](?:(?:of|the|and|for|al|bin|de|la|von|van)[ \u00a0])?"
    r"[A-ZÀ-ÖØ-Þ][\w’'&-]*)*"
)


class Unknown(NamedTuple):
    """A capitalised sequence that no mention covers.

    Attributes:
        surface: The sequence.
        places: How often it stands in the corpus.
        documents: In how many documents.
    """

    surface: str
    places: int
    documents: int


class Coverage:
    """Collects over documents; the corpus itself is not kept."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._counts: Counter[str] = Counter()
        self._documents: Counter[str] = Counter()
        self._fired: set[tuple[str, int]] = set()

    def add(self, result: Result, analysis: Analysis) -> None:
        """Count what a document has that no mention covers, and which aliases fired."""
        self._fired.update((m.pack, m.line) for m in result.mentions)
        spans = [(mention.start, mention.end) for mention in result.mentions]
        found: Counter[str] = Counter()
        for sequence in _SEQUENCE.finditer(analysis.text):
            start = sequence.start()
            first = sequence[0].split()[0]
            if is_opener(first):
                start += len(first) + 1
            surface = analysis.text[start : sequence.end()].removesuffix("'s").removesuffix("’s")
            span = (start, start + len(surface))
            alone = " " not in surface and analysis.segments.begins_sentence(start)
            if len(surface) > 1 and not alone and not any(overlap(span, s) for s in spans):
                found[surface] += 1
        self._counts.update(found)
        self._documents.update(found.keys())

    def unknown(self, count: int) -> list[Unknown]:
        """Return the sequences that stand in most documents, then most often."""
        ordered = sorted(self._counts, key=lambda s: (-self._documents[s], -self._counts[s], s))
        return [Unknown(s, self._counts[s], self._documents[s]) for s in ordered[:count]]

    def unused(self, gazetteer: Gazetteer) -> list[Alias]:
        """Return the aliases on whose lines nothing fired, ordered by pack and line."""
        return [
            alias
            for pack in gazetteer.packs
            for owner in pack.owners
            for alias in owner.aliases
            if (alias.pack, alias.location.line) not in self._fired
        ]
