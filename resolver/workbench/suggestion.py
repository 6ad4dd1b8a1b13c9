"""Unlisted names that are nearly a listed one: garbled, misspelled, or otherwise transcribed.

What is compared is narrowed first, so that a corpus with ten thousand unlisted names and fifty
thousand aliases takes seconds: an alias has to share a word with the name, or its number of words
and the first letters of the first and the last of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from resolver.folding import fold
from resolver.gazetteer import Gazetteer
from resolver.models import Alias
from resolver.workbench.unlisted import Unlisted

# Similarities are shares of letters in common, in per cent, of all or of the words that differ.
_ALIKE = 86
_ALIKE_WORDS = 67
_ALIKE_WITH_SIGNS = 70
_ALIKE_WORDS_WITH_SIGNS = 40
_LETTERS = 5
_LARGEST_BLOCK = 4_000
_LOOKED_AT = 20

_GIVEN_NAME = "the same given name"


class Suggestion(NamedTuple):
    """An unlisted name, and the alias that it is nearly.

    Attributes:
        name: The name.
        alias: The alias, ``None`` where none is near.
        similarity: Share of letters in common, in per cent.
        signs: What else speaks for the alias.
    """

    name: Unlisted
    alias: Alias | None = None
    similarity: int = 0
    signs: tuple[str, ...] = ()


def suggestions(gazetteer: Gazetteer, names: Sequence[Unlisted], count: int) -> list[Suggestion]:
    """Return what to add to packs: near misses first, those with most signs before others.

    Args:
        gazetteer: The packs.
        names: What is not listed, in the order of `Corpus.unlisted`.
        count: How many near misses, and how many other names.
    """
    index = _Index(gazetteer)
    all_of_them = [index.suggestion(name) for name in names]
    near = sorted((s for s in all_of_them if s.alias), key=_order)[:count]
    far = [s for s in all_of_them if not s.alias][:count]
    return [*near, *far]


def _order(suggestion: Suggestion) -> tuple[int, int, int, str]:
    name = suggestion.name
    return -len(suggestion.signs), -suggestion.similarity, -name.documents, name.surface


class _Index:
    """Folded aliases in blocks."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._blocks: defaultdict[object, list[str]] = defaultdict(list)
        for folded in gazetteer.folded_aliases():
            for key in _keys(folded.split()):
                self._blocks[key].append(folded)

    def suggestion(self, name: Unlisted) -> Suggestion:
        """Return a name with the alias that it is nearly, if any."""
        from rapidfuzz import fuzz, process

        folded = fold(name.surface).text
        if sum(map(str.isalpha, folded)) < _LETTERS:
            return Suggestion(name)
        blocks = (self._blocks.get(key, ()) for key in _keys(folded.split()))
        near = {other for block in blocks if len(block) <= _LARGEST_BLOCK for other in block}
        misses = [
            Suggestion(name, alias, round(similarity), signs)
            for other, similarity, _ in process.extract(
                folded,
                sorted(near - {folded}),
                scorer=fuzz.ratio,
                score_cutoff=_ALIKE_WITH_SIGNS,
                limit=_LOOKED_AT,
            )
            for alias in self._gazetteer.lookup(other)
            for signs in (self._signs(name, folded, alias),)
            if _is_near(folded, other, similarity, signs)
        ]
        return min(misses, key=_order, default=Suggestion(name))

    def _signs(self, name: Unlisted, folded: str, alias: Alias) -> tuple[str, ...]:
        words, others = folded.split(), fold(alias.text).text.split()
        is_person = self._gazetteer.owners[alias.entity_id].type.casefold() == "person"
        same = len(words) == len(others) > 1 and len(words[0]) > 2 and words[0] == others[0]
        signs = {
            _GIVEN_NAME: is_person and same,
            "an office of theirs in the sentence": alias.entity_id in name.officers,
            "mentioned in the same document": is_person and alias.entity_id in name.companions,
        }
        return tuple(sign for sign, holds in signs.items() if holds)


def _keys(words: Sequence[str]) -> Iterator[object]:
    yield len(words), words[0][0], words[-1][0]
    if len(words) > 1:
        yield from (word for word in words if len(word) > 2)


def _is_near(name: str, alias: str, similarity: float, signs: Sequence[str]) -> bool:
    from rapidfuzz import fuzz

    if f" {alias} " in f" {name} ":  # the alias is found there as it is
        return False
    pairs = _differing_words(name, alias)
    if pairs is None:
        return similarity >= _ALIKE and _digits(name) == _digits(alias)
    if any(min(len(one), len(other)) < 4 or one[0] != other[0] for one, other in pairs):
        return False
    worst = min(fuzz.ratio(one, other) for one, other in pairs)
    if _GIVEN_NAME in signs and len(signs) > 1:
        return worst >= _ALIKE_WORDS_WITH_SIGNS
    return similarity >= _ALIKE and worst >= _ALIKE_WORDS


def _differing_words(name: str, alias: str) -> list[tuple[str, str]] | None:
    """Return the words that differ in pairs; ``None`` if one has more words than the other."""
    words, others = name.split(), alias.split()
    if len(words) != len(others):
        return None
    return [(one, other) for one, other in zip(words, others, strict=True) if one != other]


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
