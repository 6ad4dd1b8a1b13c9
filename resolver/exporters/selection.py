"""What of the packs can be told to a tool that knows no conditions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from resolver.folding import fold
from resolver.models import Alias, Entity, Pack, Role


class Selection(NamedTuple):
    """Entities and offices with the texts that always mean them, and what was left out, and why."""

    owners: Sequence[tuple[Entity | Role, Sequence[str]]]
    left_out: Counter[str]


def unconditional(packs: Iterable[Pack]) -> Selection:
    """Select aliases that need no evidence: others would be matched wherever they stand.

    Returns:
        Owners in the order of the packs, without those of which nothing is left, each with texts in
        the order of its aliases.
    """
    owners = [owner for pack in packs for owner in pack.owners]
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for owner in owners:
        for alias in owner.aliases:
            bearers[fold(alias.text).text].add(owner.id)
    left_out: Counter[str] = Counter()
    selected = []
    for owner in owners:
        texts = []
        for alias in owner.aliases:
            reason = _condition(alias, shared=len(bearers[fold(alias.text).text]) > 1)
            if reason:
                left_out[reason] += 1
            else:
                texts.append(alias.text)
        if texts:
            selected.append((owner, tuple(dict.fromkeys(texts))))
    return Selection(selected, left_out)


def _condition(alias: Alias, *, shared: bool) -> str | None:
    return next(_conditions(alias, shared=shared), None)


def _conditions(alias: Alias, *, shared: bool) -> Iterator[str]:
    if alias.ambiguous or shared:
        yield "ambiguous"
    if alias.strength == "weak":
        yield "weak"
    if alias.context:
        yield "with context"
    if alias.valid_from or alias.valid_until:
        yield "with dates"
