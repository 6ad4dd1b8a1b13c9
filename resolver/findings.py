"""What rules say of a document: refusals, evidence, derived mentions; and what follows from it.

A rule is called once a document at its stage and returns findings. The stages run in this order:

``veto``
    Nothing is decided yet; `Analysis.pending` holds the matches that need a decision.
``evidence``
    `Analysis.anchors` holds what needed no evidence, or passed the vetoes.
``support``
    The anchors also hold what evidence decided.
``derive``
    The anchors hold everything that the tables decide; rules may find further mentions. Where
    some are found, ``evidence`` and ``support`` run once more with them among the matches.
``annotate``
    Gets and returns the finished mentions.

Outcomes do not depend on the order in which rules are registered: findings of a stage are
collected before any is used, and evidence counts by its level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from resolver.models import Alias, Entity, Mention

if TYPE_CHECKING:
    from resolver.analysis import Analysis

Span = tuple[int, int]
Level = Literal["definition", "context", "date", "support", "default"]
Stage = Literal["veto", "evidence", "support", "derive", "annotate"]

Need = Literal["pending", "answerable", "titles", "people", "brackets", "acronyms", "seams"]

NEEDS_OF_MATCHES: tuple[Need, ...] = ("pending", "answerable", "titles", "people")
NEEDS: tuple[Need, ...] = (*NEEDS_OF_MATCHES, "brackets", "acronyms", "seams")
STAGES: tuple[Stage, ...] = ("veto", "evidence", "support", "derive", "annotate")

DEFINITION: Level = "definition"
CONTEXT: Level = "context"
DATE: Level = "date"
SUPPORT: Level = "support"
DEFAULT: Level = "default"

# The order in which kinds of evidence are asked: what the document itself says in so many words,
# then what stands near, then its date, then what else it mentions; and at last what the table takes
# where nothing else decides.
LEVELS: tuple[Level, ...] = (DEFINITION, CONTEXT, DATE, SUPPORT, DEFAULT)


class Refusal(NamedTuple):
    """An alias is not what stands at a place."""

    span: Span
    alias: Alias
    rule: str
    reason: str


class Evidence(NamedTuple):
    """Something speaks for an alias at a place.

    Attributes:
        level: What kind of evidence it is; see `LEVELS`.
        antecedent: Span of the mention that the decision follows from, if it is one.
        reach: How far off it stands; of one level the nearer evidence is the stronger.
    """

    span: Span
    alias: Alias
    level: Level
    rule: str
    reason: str
    antecedent: Span | None = None
    reach: int = 0


class Derived(NamedTuple):
    """A surface that no table decides names an entity in this document; evidence in itself.

    Attributes:
        owner: The entity that the alias names, where no pack has it: known in this document only.
    """

    span: Span
    alias: Alias
    level: Level
    rule: str
    reason: str
    antecedent: Span | None = None
    glued: bool = False
    reach: int = 0
    owner: Entity | None = None


Finding = Refusal | Evidence | Derived


class Decision(NamedTuple):
    """What stands at a place.

    Attributes:
        span: The place.
        aliases: One alias when it is resolved; one a candidate when it stayed ambiguous. The
            ``entity_id`` of a suppression is empty.
        resolved: Whether it is decided.
        evidence: What spoke for the alias, if something had to.
    """

    span: Span
    aliases: tuple[Alias, ...]
    resolved: bool
    evidence: Evidence | Derived | None = None

    @property
    def entity_id(self) -> str | None:
        """The entity, if resolved; empty for a suppression."""
        return self.aliases[0].entity_id if self.resolved else None


class Rule(NamedTuple):
    """A document rule.

    Attributes:
        name: What it is switched off by; several stages of one rule share it.
        stage: When it is called.
        apply: Called with the `Analysis`, and at ``annotate`` with the mentions too; returns
            findings, at ``annotate`` the mentions.
        needs: One of `NEEDS`, an attribute of the `Analysis`: a document where that is empty is
            not shown to the rule, which spares most documents most rules.
    """

    name: str
    stage: Stage
    apply: Callable[..., Iterable[Any]]
    needs: Need | None = None


Annotate = Callable[["Analysis", Sequence[Mention]], Sequence[Mention]]


def overlap(first: Span, second: Span) -> bool:
    """Return whether two spans share a character."""
    return first[0] < second[1] and second[0] < first[1]
