"""The listed names that come nearest to one that is not."""

from __future__ import annotations

from resolver.folding import fold
from resolver.gazetteer import Gazetteer

MIN_SIMILARITY = 75


def nearest_aliases(gazetteer: Gazetteer, name: str, count: int = 3) -> list[str]:
    """Return up to ``count`` listed aliases that look most like ``name``, the nearest first."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        fold(name).text.strip(),
        gazetteer.folded_aliases(),
        scorer=fuzz.ratio,
        limit=count,
        score_cutoff=MIN_SIMILARITY,
    )
    aliases = (gazetteer.lookup(folded) for folded, _, _ in found)
    return [known[0].text for known in aliases if known]  # suppressions are none
