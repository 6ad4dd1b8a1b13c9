"""Aliases that get in each other's way: shared, repeated, shadowed, suppressed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from resolver.folding import fold
from resolver.models import Alias, Entity, Pack, Role
from resolver.packs.lint.finding import (
    Finding,
    is_conditional,
    is_unconditional,
    owned_aliases,
)
from resolver.spelling import is_spelled_as


def by_folded(aliases: Iterable[Alias]) -> Iterable[list[Alias]]:
    """Return the aliases in groups that fold alike."""
    groups: defaultdict[str, list[Alias]] = defaultdict(list)
    for alias in aliases:
        groups[fold(alias.text).text].append(alias)
    return groups.values()


def covers(first: Alias, second: Alias) -> bool:
    """Return whether ``first`` is found wherever ``second``, which folds alike, is."""
    if second.boundary == "none" != first.boundary:
        return False
    if second.case == "any" and first.case != "any":
        return False
    return is_spelled_as(second.text, first.text, first.case)


def shared_aliases(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find aliases that two entities share, and that are not declared on each."""
    for aliases in by_folded(alias for _, alias in owned_aliases(packs)):
        if len({alias.entity_id for alias in aliases}) < 2:
            continue
        for alias in aliases:
            others = [other for other in aliases if _may_stand_for_both(alias, other)]
            names = ", ".join(sorted({f"{o.entity_id} ({o.location})" for o in others}))
            if others and not alias.ambiguous:
                message = f"{alias.text} of {alias.entity_id} is also an alias of {names}"
                remedy = "declare ambiguous: true on each, or remove all but one"
                yield Finding(alias.location, "error", "shared-alias", f"{message}, {remedy}")
            elif alias.default and any(other.default for other in others):
                message = f"{alias.text} is the default of {alias.entity_id} and of {names}"
                remedy = "keep default: true on one of them"
                yield Finding(alias.location, "warning", "two-defaults", f"{message}, {remedy}")


def names_of_others(packs: Sequence[Pack], beside: Sequence[Pack]) -> Iterator[Finding]:
    """Find aliases that would stand where another's pack has a name that always counts.

    Whoever wrote that pack declared what is weak or under a context there, so that nothing is left
    to be said here; and an alias that is weak or ambiguous here takes nothing from it.
    """
    groups: defaultdict[str, list[Alias]] = defaultdict(list)
    for _, alias in owned_aliases(beside):
        if not is_conditional(alias):
            groups[fold(alias.text).text].append(alias)
    for _, alias in owned_aliases(packs):
        others = [o for o in groups[fold(alias.text).text] if _may_stand_for_both(alias, o)]
        names = ", ".join(sorted({f"{o.entity_id} ({o.location})" for o in others}))
        if others and not alias.ambiguous and alias.strength != "weak":
            message = f"{alias.text} of {alias.entity_id} is also an alias of {names}"
            remedy = "declare it ambiguous: true or strength: weak, or remove it"
            yield Finding(alias.location, "error", "shared-alias", f"{message}, {remedy}")
        elif alias.default and any(other.default for other in others):
            message = f"{alias.text} is the default of {alias.entity_id} and of {names}"
            yield Finding(
                alias.location, "warning", "two-defaults", f"{message}, remove default: true"
            )


def _may_stand_for_both(first: Alias, second: Alias) -> bool:
    return first.entity_id != second.entity_id and (
        is_spelled_as(first.text, second.text, second.case)
        or is_spelled_as(second.text, first.text, first.case)
    )


def repeated_aliases(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find aliases that repeat another one of the same entity, letter for letter."""
    for owner in _owners(packs):
        seen: dict[tuple[object, ...], Alias] = {}
        for alias in owner.aliases:
            first = seen.setdefault(
                (alias.text, alias.case, alias.kind, *_conditions(alias)), alias
            )
            if first is not alias:
                message = f"{alias.text} is listed twice, first in line {first.location.line}"
                yield Finding(
                    alias.location, "warning", "repeated-alias", f"{message}, remove one", ""
                )


def shadowed_aliases(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find conditions that are never asked, since the same entity has the name without any."""
    for owner in _owners(packs):
        done: set[Alias] = set()
        for alias, other in _covered(owner):
            idle = is_unconditional(other) and not is_unconditional(alias)
            if idle and alias not in done:
                done.add(alias)
                yield Finding(
                    alias.location,
                    "warning",
                    "shadowed-alias",
                    f"the conditions of {alias.text} are never asked, line {other.location.line} "
                    f"lists {other.text} without any, remove one or give both the same",
                )


def needless_aliases(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find aliases that another spelling of the same entity finds already."""
    for owner in _owners(packs):
        done: set[Alias] = set()
        for alias, other in _covered(owner):
            alike = alias.kind == other.kind and _conditions(alias) == _conditions(other)
            needless = alike and alias.text not in {other.text, owner.name}
            if needless and not done & {alias, other}:
                done.add(alias)
                message = f"{other.text} in line {other.location.line} finds {alias.text} already"
                yield Finding(alias.location, "hint", "needless-alias", f"{message}, remove it", "")


def _covered(owner: Entity | Role) -> Iterator[tuple[Alias, Alias]]:
    """Yield each alias that another one covers, with that one."""
    for aliases in by_folded(owner.aliases):
        for alias in aliases if len(aliases) > 1 else ():
            for other in aliases:
                if other is not alias and covers(other, alias):
                    yield alias, other


def _conditions(alias: Alias) -> tuple[object, ...]:
    # The same text may be listed under several conditions: any of them will do.
    dates = (alias.valid_from, alias.valid_until)
    return (alias.context, *dates, alias.strength, alias.ambiguous)


def _owners(packs: Iterable[Pack]) -> Iterator[Entity | Role]:
    for pack in packs:
        yield from pack.owners


def suppressed_aliases(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find aliases that can never be a mention, since a suppression has the same text."""
    suppressions = {
        fold(suppression.text).text: suppression
        for pack in packs
        for suppression in pack.suppressions
        if is_unconditional(suppression)
    }
    for _, alias in owned_aliases(packs):
        suppression = suppressions.get(fold(alias.text).text)
        if suppression and covers(suppression, alias):
            message = f"{alias.text} is never a mention, {suppression.location} suppresses it"
            yield Finding(
                alias.location, "warning", "suppressed-alias", f"{message}, remove one of them"
            )


def idle_defaults(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find ``default: true`` on aliases that nothing is asked of."""
    for _, alias in owned_aliases(packs):
        if alias.default and not alias.ambiguous:
            message = f"default: true on {alias.text} has no effect without ambiguous: true"
            yield Finding(
                alias.location, "warning", "idle-default", f"{message}, add that or remove it"
            )
