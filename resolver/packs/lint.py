"""Lint: what is allowed in packs but goes wrong later. A finding is a value, not an exception."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from resolver.folding import fold
from resolver.models import Alias, Entity, Location, Pack
from resolver.packs.examples import ids_in
from resolver.spelling import is_spelled_as

Severity = Literal["error", "warning"]


class Finding(NamedTuple):
    """Something that lint found, and what to do about it."""

    location: Location
    severity: Severity
    check: str
    message: str

    def __str__(self) -> str:
        """Return ``file:line:column: severity: message (check)``."""
        return f"{self.location}: {self.severity}: {self.message} ({self.check})"


def lint_packs(packs: Sequence[Pack]) -> list[Finding]:
    """Check packs that are loaded together.

    Returns:
        The findings, ordered by file, line and column.
    """
    checks = (_shared_aliases, _repeated_aliases, _short_aliases, _one_word_persons, _examples)
    return sorted({finding for check in checks for finding in check(packs)})


def _aliases(packs: Iterable[Pack]) -> Iterator[Alias]:
    for pack in packs:
        for owner in pack.owners:
            yield from owner.aliases


def _shared_aliases(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find aliases that two entities share and that are not declared on each."""
    by_folded: defaultdict[str, list[Alias]] = defaultdict(list)
    for alias in _aliases(packs):
        by_folded[fold(alias.text).text].append(alias)
    for aliases in by_folded.values():
        if len({alias.entity_id for alias in aliases}) < 2:
            continue
        for alias in aliases:
            others = [other for other in aliases if _may_stand_for_both(alias, other)]
            if others and not alias.ambiguous:
                names = ", ".join(sorted({f"{o.entity_id} ({o.location})" for o in others}))
                message = f"{alias.text} of {alias.entity_id} is also an alias of {names}"
                remedy = "declare ambiguous: true on each, or remove all but one"
                yield Finding(alias.location, "error", "shared-alias", f"{message}, {remedy}")


def _may_stand_for_both(first: Alias, second: Alias) -> bool:
    return first.entity_id != second.entity_id and (
        is_spelled_as(first.text, second.text, second.case)
        or is_spelled_as(second.text, first.text, first.case)
    )


def _repeated_aliases(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find aliases that repeat another one of the same entity."""
    for pack in packs:
        for owner in pack.owners:
            seen: dict[tuple[object, ...], Alias] = {}
            for alias in owner.aliases:
                # The same text may be listed under several conditions: any of them will do.
                conditions = (alias.context, alias.valid_from, alias.valid_until, alias.strength)
                first = seen.setdefault((alias.text, alias.case, *conditions), alias)
                if first is not alias:
                    message = f"{alias.text} is listed twice, first in line {first.location.line}"
                    yield Finding(
                        alias.location, "warning", "repeated-alias", f"{message}, remove one"
                    )


def _short_aliases(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find aliases of one or two letters that nothing guards."""
    for alias in _aliases(packs):
        letters = sum(char.isalnum() + char.isdigit() for char in alias.text)
        guarded = alias.ambiguous or alias.context or alias.strength == "weak"
        capitals = sum(char.isupper() for char in alias.text)
        if letters <= 2 and not guarded and (alias.case == "any" or capitals < 2):
            message = f"{alias.text} is very short, add context, strength: weak or ambiguous: true"
            yield Finding(alias.location, "warning", "short-alias", message)


def _one_word_persons(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find strong aliases of persons that are a single word other than their whole name."""
    for pack in packs:
        for entity in pack.entities:
            if entity.type.casefold() == "person":
                yield from _one_word_aliases(entity)


def _one_word_aliases(entity: Entity) -> Iterator[Finding]:
    for alias in entity.aliases:
        one_word = len(re.findall(r"\w+", alias.text)) == 1 and alias.text != entity.name
        told = alias.ambiguous or alias.context or alias.strength == "weak" or alias.note
        if one_word and not told and alias.kind == "full":
            message = f"{alias.text} alone names a person, say kind: short, nickname or weak"
            yield Finding(alias.location, "warning", "one-word-person", message)


def _examples(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find examples that refer to unknown ids, and packs without examples."""
    known = {owner.id for pack in packs for owner in pack.owners}
    for pack in packs:
        if not pack.examples and (pack.entities or pack.roles):
            message = f"pack {pack.name} has no examples, add some under examples:"
            yield Finding(pack.location, "warning", "no-examples", message)
        for example in pack.examples:
            for unknown in sorted(ids_in(example) - known):
                message = f"the example marks {unknown}, which no loaded pack has, correct the id"
                yield Finding(example.location, "error", "unknown-id", message)
