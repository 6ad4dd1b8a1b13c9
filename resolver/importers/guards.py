"""Aliases that ordinary text is full of, guarded: weak, under a context, or declared ambiguous."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from resolver.importers.changes import Changes
from resolver.importers.frequency import is_made_of_ordinary_words
from resolver.importers.reports import IN_DOCUMENT, REPORTED, as_reported
from resolver.importers.shelf import Bearers, Owner, Shelf
from resolver.importers.spellings import alike, bracketed, is_acronym_of, looser
from resolver.models import Alias, Context
from resolver.packs.lint.finding import is_guarded
from resolver.packs.lint.frequency import is_common, is_inflected

_SHORT, _SHORT_UNSPACED = 3, 2
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def guarded(owners: Iterable[Owner], changes: Changes) -> Iterator[Owner]:
    """Yield owners with further spellings of their names, and with what is risky guarded.

    Those that come out of a pack stay as people have written them.

    Args:
        owners: All of a pack; they are gone through twice.
        changes: Where to count what is done.
    """
    bearers = Bearers(owners)
    spelled = Shelf(_with_spellings(owner, bearers, changes) for owner in owners)
    bearers = Bearers(spelled)
    for owner in spelled:
        aliases = (
            each
            for alias in owner.aliases
            for each in _guarded_alias(
                alias,
                owner,
                changes,
                is_shared=bearers.is_borne_by_another(alias.text, owner.id),
            )
        )
        yield replace(owner, aliases=tuple(aliases))


def _with_spellings(owner: Owner, bearers: Bearers, changes: Changes) -> Owner:
    """Add spellings that no other owner lists, of names that no other owner bears."""
    if owner.pack:
        return owner
    aliases = list(owner.aliases)
    texts = {alias.text for alias in aliases}
    for alias in owner.aliases:
        if bearers.is_borne_by_another(alias.text, owner.id):
            continue
        for spelled in _spellings(alias, owner):
            theirs = bearers.is_borne_by_another(spelled.text, owner.id)
            if spelled.text not in texts and not theirs:
                texts.add(spelled.text)
                aliases.append(spelled)
                changes.add("spellings added", f"{spelled.text} for {alias.text}")
    return replace(owner, aliases=tuple(aliases))


def _spellings(alias: Alias, owner: Owner) -> Iterator[Alias]:
    plain = replace(alias, note=None)
    reported = owner.type in REPORTED
    parts = bracketed(alias.text)
    if parts:
        bare, inner = parts
        fits = is_acronym_of(inner, bare)
        yield replace(plain, text=bare, ambiguous=not (fits or reported))
        if fits:
            yield replace(plain, text=inner, kind="acronym")
    if reported and alias.case != "exact":
        yield from (replace(plain, text=text) for text in alike(alias.text, owner.type))
        for text in looser(alias.text):
            if not is_made_of_ordinary_words(text):
                context = Context(any=IN_DOCUMENT)
                yield replace(plain, text=text, kind="short", strength="weak", context=context)


def _guarded_alias(
    alias: Alias, owner: Owner, changes: Changes, *, is_shared: bool
) -> Sequence[Alias]:
    if owner.pack:
        return [alias]
    if owner.type in REPORTED:
        aliases, reason = as_reported(alias, owner.type, is_shared=is_shared)
        if reason:
            changes.add(reason, alias.text)
        return aliases
    if is_shared:
        changes.add("aliases ambiguous, several bear them", alias.text)
        return [replace(alias, ambiguous=True)]
    risk = None if is_guarded(alias) else _risk(alias, owner)
    if risk is None:
        return [alias]
    others = (other for other in owner.aliases if other.text != alias.text)
    if any(not is_guarded(other) and not _risk(other, owner) for other in others):
        changes.add(f"aliases weak, {risk}", alias.text)
        return [replace(alias, strength="weak")]
    if alias.text[0].islower():
        changes.add(f"aliases weak without a stronger one, {risk}", alias.text)
        return [replace(alias, strength="weak")]
    changes.add(f"aliases ambiguous, {risk} and nothing stronger", alias.text)
    return [replace(alias, ambiguous=True)]


def _risk(alias: Alias, owner: Owner) -> str | None:
    """Return why an alias is likely to be found where something else is meant."""
    text = alias.text
    words = re.findall(r"\w+", text)
    most = _SHORT_UNSPACED if _UNSPACED.search(text) else _SHORT
    if sum(map(str.isalnum, text)) <= most:
        return "short"
    capitals = sum(map(str.isupper, text))
    if not capitals or alias.case == "any":
        ordinary = all(map(is_common, words))
    else:
        ordinary = len(words) == 1 and capitals == 1 and is_inflected(text)
    if ordinary and alias.kind != "demonym":
        return "ordinary words"
    is_full = alias.kind == "full" and text != owner.name
    if owner.type == "person" and len(words) == 1 and is_full and not _UNSPACED.search(text):
        return "one word for a person"
    return None
