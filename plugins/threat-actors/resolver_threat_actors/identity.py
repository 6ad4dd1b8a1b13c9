"""One actor, one entity: what other packs list of the actors of this pack.

Packs of news know some of these actors too, under an id of their own. Where an organisation of
another pack shares names with an actor of this one, its mentions become mentions of that actor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from resolver.analysis import Analysis
from resolver.findings import Rule
from resolver.gazetteer import Gazetteer
from resolver.models import Alias, Candidate, Document, Mention

PACK = "threat-actors"


def identity_rule(analyse: Callable[[Document], Analysis]) -> Rule:
    """Return the rule that renames mentions, for the packs that ``analyse`` knows."""
    gazetteer = analyse(Document("")).gazetteer

    @lru_cache(maxsize=4_096)
    def same(entity_id: str) -> Candidate:
        owner = gazetteer.owners[actor_of(gazetteer, entity_id)]
        return Candidate(owner.id, owner.name)

    def unite(_analysis: Analysis, mentions: Sequence[Mention]) -> Iterator[Mention]:
        for mention in mentions:
            if mention.entity_id is not None:
                found = same(mention.entity_id)
                is_other = found.entity_id != mention.entity_id
                yield _renamed(mention, gazetteer, found) if is_other else mention
                continue
            candidates = tuple(sorted({same(c.entity_id) for c in mention.candidates}))
            if len(candidates) == 1 < len(mention.candidates):
                yield _renamed(mention, gazetteer, candidates[0])
            else:
                yield mention._replace(candidates=candidates)

    return Rule("same-actor", "annotate", unite)


def actor_of(gazetteer: Gazetteer, entity_id: str) -> str:
    """Return the actor of this pack that an organisation of another pack is, or the id itself.

    It is the actor that shares most of its names; words that may mean something else do not count.
    """
    owner = gazetteer.owners[entity_id]
    if owner.type != "organisation" or owner.pack == PACK:
        return entity_id
    shared: Counter[str] = Counter()
    for alias in owner.aliases:
        listed = (other for other in gazetteer.lookup(alias.text) if other.pack == PACK)
        shared.update({other.entity_id for other in listed if _is_telling(other)})
    return min(shared, key=lambda actor: (-shared[actor], actor), default=entity_id)


def _is_telling(alias: Alias) -> bool:
    plain = alias.strength == "strong" and alias.context is None
    return plain or " " in alias.text


def _renamed(mention: Mention, gazetteer: Gazetteer, actor: Candidate) -> Mention:
    return mention._replace(
        entity_id=actor.entity_id,
        name=actor.name,
        type=gazetteer.owners[actor.entity_id].type,
        status="resolved",
        candidates=(),
    )
