"""Mentions, made of decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from resolver.analysis import Analysis
from resolver.findings import Decision, Derived
from resolver.models import Alias, Candidate, Mention


class MentionMaker:
    """Makes mentions; what is the same for every place of an alias it puts together once."""

    def __init__(self) -> None:
        """Begin with nothing put together."""
        self._made: dict[Alias, tuple[Any, ...]] = {}

    def make(
        self,
        analysis: Analysis,
        decisions: Iterable[Decision],
        explain: Callable[[Mention], tuple[str, ...]],
    ) -> list[Mention]:
        """Return the mentions that decisions come to, in their order; none of suppressions.

        Args:
            analysis: The document.
            decisions: What stands in it.
            explain: Works out why, for each of them when it is asked for.
        """
        text = analysis.text
        make = tuple.__new__  # what `Mention(...)` comes to, in a third of the time
        mentions = []
        for decision in decisions:
            start, end = decision[0]
            named = self._named(analysis, decision)
            if named:
                mentions.append(make(Mention, (start, end, text[start:end], *named, explain)))
        return mentions

    def _named(self, analysis: Analysis, decision: Decision) -> tuple[Any, ...]:
        """Return the fields of a mention between its surface and ``explain``.

        Nothing for a suppression.
        """
        _, aliases, resolved, evidence = decision
        alias = aliases[0]
        if resolved and evidence is None:
            # The same for every place where the alias stands, and these are most.
            named = self._made.get(alias)
            if named is None:
                named = self._made[alias] = _fields(analysis, alias) if alias.entity_id else ()
            return named
        if resolved:
            *fields, _, _, source = _fields(analysis, alias)
            glued = isinstance(evidence, Derived) and evidence.glued
            return *fields, evidence.antecedent if evidence else None, glued, source
        owners = list(map(analysis.owner, aliases))
        same_type = len({owner.type for owner in owners}) == 1
        candidates = tuple(Candidate(owner.id, owner.name) for owner in owners)
        return (
            None,
            None,
            owners[0].type if same_type else None,
            "ambiguous",
            alias.kind,
            alias.pack,
            alias.location.line,
            candidates,
            None,
            None,
            False,
            _garbled_source(alias),
        )


def _fields(analysis: Analysis, alias: Alias) -> tuple[Any, ...]:
    owner = analysis.owner(alias)
    return (
        owner.id,
        owner.name,
        owner.type,
        "resolved",
        alias.kind,
        alias.pack,
        alias.location.line,
        (),
        None,
        None,
        False,
        _garbled_source(alias),
    )


def _garbled_source(alias: Alias) -> str | None:
    return alias.source if alias.kind == "garbled" else None
