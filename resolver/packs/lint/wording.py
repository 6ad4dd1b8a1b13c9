"""Aliases that ordinary text is full of: short ones, common words, single names of persons.

All of these are judgements. An alias passes when something guards it (``context``, ``strength:
weak``, ``ambiguous: true``), or when its ``note`` says why it is safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from resolver.models import Alias, Pack
from resolver.packs.lint.finding import Finding, is_guarded, owned_aliases
from resolver.packs.lint.frequency import is_common, is_inflected

_GUARDS = "add context, strength: weak or ambiguous: true"


def _is_bare(alias: Alias) -> bool:
    return not (is_guarded(alias) or alias.note)


def short_aliases(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find aliases of one or two letters that nothing guards, not even their capitals."""
    for _, alias in owned_aliases(packs):
        letters = sum(char.isalnum() + char.isdigit() for char in alias.text)
        capitals = sum(char.isupper() for char in alias.text)
        if letters <= 2 and _is_bare(alias) and (alias.case == "any" or capitals < 2):
            yield Finding(
                alias.location, "warning", "short-alias", f"{alias.text} is very short, {_GUARDS}"
            )


def common_words(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find aliases that are a word of everyday English.

    One that may stand in small letters is compared with all frequent words. One with a capital is
    mistaken only where a sentence begins and in headlines, so it has to be a word that is inflected
    too; one with several capitals is no word.
    """
    for _, alias in owned_aliases(packs):
        if not re.fullmatch(r"[^\W\d_]{3,}", alias.text) or not _is_bare(alias):
            continue
        capitals = sum(char.isupper() for char in alias.text)
        in_small_letters = alias.case == "any" or not capitals
        if in_small_letters and is_common(alias.text):
            message = f"{alias.text} is a common word and may stand in small letters, {_GUARDS}"
            yield Finding(alias.location, "warning", "common-word", message)
        elif capitals == 1 and alias.kind != "demonym" and is_inflected(alias.text):
            message = f"{alias.text} is a common word, which a sentence may begin with, {_GUARDS}"
            yield Finding(alias.location, "warning", "common-word", message)


def one_word_persons(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find full names of persons that are a single word, other than their canonical name."""
    for owner, alias in owned_aliases(packs):
        if owner.type.casefold() != "person" or alias.kind != "full" or alias.text == owner.name:
            continue
        if len(re.findall(r"\w+", alias.text)) == 1 and _is_bare(alias):
            message = f"{alias.text} alone names a person, say kind: short, nickname or weak"
            yield Finding(alias.location, "warning", "one-word-person", message)
