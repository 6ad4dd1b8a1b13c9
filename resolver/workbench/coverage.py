"""What packs miss in a corpus, and what in them never fires."""

from __future__ import annotations

from collections.abc import Sequence

from resolver.analysis import Analysis
from resolver.decision import select
from resolver.findings import Decision
from resolver.gazetteer import Gazetteer
from resolver.models import Alias, Location
from resolver.workbench.unlisted import Corpus


class Coverage:
    """Collects over documents; the documents are not kept.

    Attributes:
        unlisted: The capitalised sequences that no alias covers.
        documents: How many documents were seen.
        mentions: How many mentions were found in them.
    """

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.unlisted = Corpus()
        self.documents = 0
        self.mentions = 0
        self._fired: set[Location] = set()

    def add(self, analysis: Analysis, decisions: Sequence[Decision]) -> None:
        """Count a document, as `Resolver.analyse` returned it."""
        self.unlisted.add(analysis, decisions)
        self.documents += 1
        for decision in select(decisions):
            self.mentions += bool(decision.aliases[0].entity_id)
            self._fired.update(alias.location for alias in decision.aliases)

    def unused(self, gazetteer: Gazetteer) -> list[Alias]:
        """Return the aliases that never decided anything, ordered by pack and place."""
        return [
            alias
            for pack in gazetteer.packs
            for owner in pack.owners
            for alias in owner.aliases
            if alias.location not in self._fired
        ]
