"""Aliases that ordinary text is full of, guarded: weak, under a context, or declared ambiguous."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from resolver.folding import fold
from resolver.importers.assembling import Change, Owner
from resolver.importers.frequency import (
    COMMON,
    EVERYWHERE,
    FAMILIAR,
    frequency,
    is_made_of_ordinary_words,
)
from resolver.importers.spellings import REPORTED, alike, bracketed, is_acronym_of, looser
from resolver.models import Alias, Context
from resolver.packs.lint.frequency import is_common, is_inflected

# What a text holds that speaks of threat actors and their programs.
IN_DOCUMENT = (
    *"malware ransomware backdoor trojan botnet spyware phishing APT C2".split(),
    *("cyberattack", "cyberespionage", "threat actor", "threat actors", "threat group"),
)
_PROGRAM = (
    "malware ransomware backdoor trojan RAT loader downloader dropper botnet implant stealer wiper "
    "worm payload rootkit spyware"
).split()
# What stands beside the name of one where the name is meant.
_BESIDE = {
    "threat-actor": "group gang APT actor actors hackers crew ransomware cyberespionage".split(),
    "campaign": "campaign operation attack attacks".split(),
    "malware": _PROGRAM,
    "ransomware": _PROGRAM,
    "tool": "tool tools utility command commands framework".split(),
}
_SHORT, _SHORT_UNSPACED = 3, 2
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def guarded(owners: Iterable[Owner]) -> tuple[list[Owner], list[Change]]:
    """Return owners with further spellings of their names, and with what is risky guarded."""
    changes: list[Change] = []
    listed = list(owners)
    bearers = _bearers(listed)
    spelled = [_with_spellings(owner, bearers, changes) for owner in listed]
    bearers = _bearers(spelled)
    done = []
    for owner in spelled:
        shared = [len(bearers[fold(alias.text).text]) > 1 for alias in owner.aliases]
        aliases = (
            each
            for alias, is_shared in zip(owner.aliases, shared, strict=True)
            for each in _guarded_alias(alias, owner, changes, is_shared=is_shared)
        )
        done.append(replace(owner, aliases=tuple(aliases)))
    return done, changes


def _bearers(owners: Iterable[Owner]) -> defaultdict[str, set[str]]:
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for owner in owners:
        for alias in owner.aliases:
            bearers[fold(alias.text).text].add(owner.id)
    return bearers


def _with_spellings(
    owner: Owner, bearers: defaultdict[str, set[str]], changes: list[Change]
) -> Owner:
    """Add spellings that no other owner lists, of names that no other owner bears."""
    aliases = list(owner.aliases)
    texts = {alias.text for alias in aliases}
    own = [alias for alias in aliases if len(bearers[fold(alias.text).text]) == 1]
    for alias in own:
        for spelled in _spellings(alias, owner):
            theirs = bearers[fold(spelled.text).text] - {owner.id}
            if spelled.text not in texts and not theirs:
                texts.add(spelled.text)
                aliases.append(spelled)
                changes.append(Change("spellings added", f"{spelled.text} for {alias.text}"))
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
    alias: Alias, owner: Owner, changes: list[Change], *, is_shared: bool
) -> Sequence[Alias]:
    if owner.type in REPORTED:
        return _guarded_report(alias, owner, changes, is_shared=is_shared)
    if is_shared:
        changes.append(Change("aliases ambiguous, several bear them", alias.text))
        return [replace(alias, ambiguous=True)]
    risk = None if _is_guarded(alias) else _risk(alias, owner)
    if risk is None:
        return [alias]
    others = (other for other in owner.aliases if other.text != alias.text)
    if any(not _is_guarded(other) and not _risk(other, owner) for other in others):
        changes.append(Change(f"aliases weak, {risk}", alias.text))
        return [replace(alias, strength="weak")]
    if alias.text[0].islower():
        changes.append(Change(f"aliases weak without a stronger one, {risk}", alias.text))
        return [replace(alias, strength="weak")]
    changes.append(Change(f"aliases ambiguous, {risk} and nothing stronger", alias.text))
    return [replace(alias, ambiguous=True)]


def _is_guarded(alias: Alias) -> bool:
    return bool(alias.ambiguous or alias.context or alias.strength == "weak")


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


def _guarded_report(
    alias: Alias, owner: Owner, changes: list[Change], *, is_shared: bool
) -> Sequence[Alias]:
    """Guard a name of a threat actor, of malware or of a tool by how ordinary it is.

    What no text means otherwise stays as it is. A rare word, or several common ones, needs a text
    about such things. A common word needs a word beside it that says what it is, and then counts
    in the rest of that text too, unless it is a word of every text.
    """
    text, common = alias.text, frequency(alias.text)
    one_word = re.fullmatch(r"[^\W\d_]+", text) is not None
    short = one_word and len(text) <= _SHORT
    beside = replace(alias, context=Context(any=(*_BESIDE[owner.type],), within="3 words"))
    if is_shared:
        changes.append(Change("aliases ambiguous, several bear them", text))
        strength = "weak" if common >= FAMILIAR else alias.strength
        return [replace(beside, ambiguous=True, strength=strength)]
    if _is_guarded(alias) or (common < (FAMILIAR if one_word else COMMON) and not short):
        return [alias]
    case = "exact" if short and alias.case == "smart" else alias.case
    if not one_word or common < COMMON:
        changes.append(Change("aliases weak, rare or several words", text))
        context = Context(any=IN_DOCUMENT)
        return [replace(alias, case=case, strength="weak", context=context)]
    changes.append(Change("aliases under a context, ordinary words", text))
    if common >= EVERYWHERE or (text.isupper() and len(text) <= _SHORT + 1):
        return [replace(beside, case=case)]
    return [replace(beside, case=case), replace(alias, case=case, strength="weak")]
