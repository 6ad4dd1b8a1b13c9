"""All loaded packs compiled into one frozen index for matching.

Every alias and every suppression is folded and framed, and so becomes a pattern; one walk of a
matcher over a document then finds all of them. The content does not depend on the order in which
packs were loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from resolver.folding import fold
from resolver.framing import FRAME, Pattern, pattern_of, pattern_order
from resolver.models import Alias, Entity, Pack, Role
from resolver.readings import Reading, alias_place

ZWNJ = "\u200c"


class Form:
    """A folded string that something in the packs is written as.

    Attributes:
        folded: The folded string.
        length: How many characters it has.
        lead: How many characters into its pattern it begins.
        is_word: Whether it is nothing but one word: a match of its pattern is then a match of it.
        aliases: The aliases that fold to it, ordered by pack and line.
        readings: What the surfaces that were seen of it may be; filled by `resolver.locating`.
    """

    __slots__ = ("aliases", "folded", "is_word", "lead", "length", "readings")

    def __init__(self, folded: str, pattern: Pattern, aliases: tuple[Alias, ...]) -> None:
        """Keep a form of which no surface was seen yet."""
        self.folded: str = folded
        self.length: int = len(folded)
        self.lead: int = pattern.lead
        self.is_word: bool = pattern.text.strip(FRAME) == folded
        self.aliases: tuple[Alias, ...] = aliases
        self.readings: dict[str, Reading | None] = {}


class Gazetteer:
    """An index of folded forms.

    Attributes:
        patterns: What a matcher looks for, sorted by `resolver.framing.pattern_order`.
        forms: By the number of a pattern the forms that it may be; they differ in punctuation only.
        owners: Entities and roles by id.
    """

    def __init__(
        self, packs: Iterable[Pack], variants: Callable[[Alias], Iterable[Alias]] | None = None
    ) -> None:
        """Compile packs.

        Args:
            packs: The packs, checked together.
            variants: Gives further aliases for an alias, as plugins contribute them.
        """
        self._packs = tuple(sorted(packs, key=lambda pack: pack.name))
        self.owners: Mapping[str, Entity | Role] = {
            owner.id: owner for pack in self._packs for owner in pack.owners
        }
        self._by_folded: defaultdict[tuple[str, bool], list[Alias]] = defaultdict(list)
        for alias in self._aliases(variants):
            for folded in _folded_forms(alias.text):
                self._by_folded[folded, alias.boundary == "word"].append(alias)
        by_pattern: defaultdict[str, list[Form]] = defaultdict(list)
        for (folded, whole_words), aliases in self._by_folded.items():
            pattern = pattern_of(folded, whole_words=whole_words)
            form = Form(folded, pattern, tuple(sorted(aliases, key=alias_place)))
            by_pattern[pattern.text].append(form)
        self.patterns: tuple[str, ...] = tuple(sorted(by_pattern, key=pattern_order))
        self.forms: Mapping[int, tuple[Form, ...]] = {
            number: tuple(by_pattern[pattern]) for number, pattern in enumerate(self.patterns)
        }

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs, ordered by name."""
        return self._packs

    def _aliases(self, variants: Callable[[Alias], Iterable[Alias]] | None) -> Iterable[Alias]:
        for pack in self._packs:
            for owner in pack.owners:
                yield from owner.aliases
                if variants:
                    for alias in owner.aliases:
                        yield from variants(alias)
            yield from pack.suppressions

    def lookup(self, name: str) -> tuple[Alias, ...]:
        """Return the aliases that fold to what ``name`` folds to, ordered by pack and line."""
        folded = fold(name).text.strip()
        found = (
            alias
            for whole_words in (True, False)
            for alias in self._by_folded.get((folded, whole_words), ())
            if alias.entity_id
        )
        return tuple(sorted(found, key=alias_place))

    def folded_aliases(self) -> tuple[str, ...]:
        """Return every folded alias once, sorted."""
        return tuple(sorted({folded for folded, _ in self._by_folded}))


def _folded_forms(text: str) -> tuple[str, ...]:
    """Return how a listed string may stand in a folded text.

    Persian writers put a zero-width non-joiner, a space or nothing between the parts of a word.
    The joiner folds to nothing, so the form with a space is added.
    """
    folded = fold(text).text.strip()
    if ZWNJ not in text:
        return (folded,)
    return folded, fold(text.replace(ZWNJ, " ")).text.strip()
