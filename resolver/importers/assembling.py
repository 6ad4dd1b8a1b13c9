"""What importers return, made one table: one owner an id, each alias once, dates that fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from resolver.dates import day_after, first_day
from resolver.folding import fold
from resolver.importers.changes import Changes
from resolver.importers.fitting import fitted
from resolver.importers.shelf import Owner, Shelf
from resolver.models import Alias, Entity, Holder, Role
from resolver.packs.lint.finding import is_unconditional
from resolver.spelling import is_spelled_as


def assembled(owners: Iterable[Owner], changes: Changes) -> Shelf:
    """Return owners that a pack can hold; what is done to get them is counted.

    What no pack can hold is left out. Those of one id become one, and aliases listed twice too.
    Dates that end before they begin go, and so do holders who are not there; an office whose turns
    overlap is a shared one. Owners that come out of a pack stay as they are.
    """
    united = Shelf()
    for owner in fitted(owners, changes):
        first = united.get(owner.id)
        if first is not None:
            changes.add("entries of one id united", owner.name)
        united.put(_united(first, owner) if first is not None else owner)
    return Shelf(_finished(owner, united, changes) for owner in united)


def _united(first: Owner, second: Owner) -> Owner:
    aliases = (*first.aliases, *second.aliases)
    same_as = tuple({**dict(second.same_as), **dict(first.same_as)}.items())
    tags = tuple(dict.fromkeys((*first.tags, *second.tags)))
    if isinstance(first, Role) and isinstance(second, Role):
        holders = (*first.holders, *second.holders)
        return replace(first, aliases=aliases, same_as=same_as, tags=tags, holders=holders)
    return replace(first, aliases=aliases, same_as=same_as, tags=tags)


def _finished(owner: Owner, known: Container[str], changes: Changes) -> Owner:
    if owner.pack:
        return owner
    distinct = tuple(replace(a, entity_id=owner.id) for a in _distinct(owner.aliases, changes))
    aliases = tuple(_as_strong_as_others(distinct))
    if isinstance(owner, Entity):
        return replace(owner, aliases=aliases)
    holders = tuple(_holders(owner, known, changes))
    role = replace(owner, aliases=aliases, holders=holders)
    return replace(role, shared=role.shared or _turns_overlap(holders))


def _distinct(aliases: Iterable[Alias], changes: Changes) -> Iterator[Alias]:
    """Yield each text once for each span of dates: as strong as any says, in all its languages."""
    found: dict[tuple[str | None, ...], Alias] = {}
    for alias in aliases:
        dated = _with_possible_dates(alias, changes)
        key = (dated.text, dated.case, dated.valid_from, dated.valid_until)
        first = found.get(key)
        if first is None:
            found[key] = dated
        else:
            changes.add("aliases listed twice, united", alias.text)
            found[key] = _joined(first, dated)
    yield from found.values()


def _as_strong_as_others(aliases: Sequence[Alias]) -> Iterator[Alias]:
    """Yield aliases, weak ones as strong where another, which is strong, finds them anyway."""
    strong: defaultdict[str, list[Alias]] = defaultdict(list)
    for alias in aliases:
        if is_unconditional(alias):
            strong[fold(alias.text).text].append(alias)
    for alias in aliases:
        others = strong.get(fold(alias.text).text, ()) if alias.strength == "weak" else ()
        found_anyway = any(is_spelled_as(alias.text, other.text, other.case) for other in others)
        yield replace(alias, strength="strong") if found_anyway else alias


def _with_possible_dates(alias: Alias, changes: Changes) -> Alias:
    begin, end = alias.valid_from, alias.valid_until
    if begin and end and day_after(end) <= first_day(begin):
        changes.add("dates left out that end before they begin", alias.text)
        return replace(alias, valid_from=None, valid_until=None)
    return alias


def _joined(first: Alias, second: Alias) -> Alias:
    strong = "strong" in {first.strength, second.strength}
    return replace(
        first,
        kind=first.kind if first.kind != "full" else second.kind,
        strength="strong" if strong else "weak",
        source=_listed(first.source, second.source, ""),
        note=_listed(first.note, second.note, "language: "),
    )


def _listed(first: str | None, second: str | None, prefix: str) -> str | None:
    values = (text.removeprefix(prefix) for text in (first, second) if text)
    parts = dict.fromkeys(part for value in values for part in value.split(", "))
    return f"{prefix}{', '.join(parts)}" if parts else None


def _holders(role: Role, known: Container[str], changes: Changes) -> Iterator[Holder]:
    for holder in role.holders:
        begin, end = holder.valid_from, holder.valid_until
        if holder.entity_id not in known:
            changes.add("holders left out who are not in the files", holder.entity_id)
        elif begin and end and day_after(end) <= first_day(begin):
            changes.add("turns left out that end before they begin", holder.entity_id)
        else:
            yield holder


def _turns_overlap(holders: Iterable[Holder]) -> bool:
    """Return whether two turns certainly overlap, as the reader of packs sees it."""
    turns = sorted(holders, key=lambda holder: first_day(holder.valid_from or "0001"))
    for before, after in pairwise(turns):
        end, begin = before.valid_until, after.valid_from
        earliest_end = first_day(end) if end else "9999"
        latest_begin = (begin if len(begin) == 10 else day_after(begin)) if begin else "0001"
        if latest_begin < earliest_end:
            return True
    return False
