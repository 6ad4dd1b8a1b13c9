"""All loaded packs compiled into one frozen index for matching.

Every alias, every suppression and every word that a context asks for is folded and framed, and so
becomes a pattern; one walk of a matcher over a document then finds all of them. The content does
not depend on the order in which packs were loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from resolver.folding import fold
from resolver.framing import pattern_of
from resolver.models import Alias, Entity, Pack, Role

ZWNJ = "\u200c"


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A folded string that something in the packs is written as.

    Attributes:
        folded: The folded string.
        lead: How many characters into its pattern it begins.
        aliases: The aliases that fold to it, ordered by pack and line.
        cues: The words of contexts that fold to it, as they are written there.
    """

    folded: str
    lead: int
    aliases: tuple[Alias, ...]
    cues: tuple[str, ...]


class Gazetteer:
    """An index of folded forms.

    Attributes:
        packs: The packs, ordered by name.
        patterns: What a matcher looks for, in a fixed order.
        forms: For each pattern the forms that it may be; they differ in punctuation only.
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
        self.packs = tuple(sorted(packs, key=lambda pack: pack.name))
        self.owners: dict[str, Entity | Role] = {
            owner.id: owner for pack in self.packs for owner in pack.owners
        }
        drafts: defaultdict[tuple[str, bool], _Draft] = defaultdict(_Draft)
        for alias in self._aliases(variants):
            whole_words = alias.boundary == "word"
            for folded in _folded_forms(alias.text):
                drafts[folded, whole_words].aliases.append(alias)
            for cue in _cues_of(alias):
                for folded in _folded_forms(cue):
                    drafts[folded, True].cues.add(cue)
        self._by_folded = {key: draft.aliases for key, draft in drafts.items()}
        by_pattern: defaultdict[str, list[Form]] = defaultdict(list)
        for (folded, whole_words), draft in drafts.items():
            pattern = pattern_of(folded, whole_words=whole_words)
            aliases = sorted(draft.aliases, key=_place)
            form = Form(folded, pattern.lead, tuple(aliases), tuple(sorted(draft.cues)))
            by_pattern[pattern.text].append(form)
        self.patterns = tuple(sorted(by_pattern))
        self.forms = tuple(tuple(by_pattern[pattern]) for pattern in self.patterns)

    def _aliases(self, variants: Callable[[Alias], Iterable[Alias]] | None) -> Iterable[Alias]:
        for pack in self.packs:
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
        return tuple(sorted(found, key=_place))

    def folded_aliases(self) -> tuple[str, ...]:
        """Return every folded alias once, sorted."""
        return tuple(sorted({folded for (folded, _), found in self._by_folded.items() if found}))


class _Draft:
    __slots__ = ("aliases", "cues")

    def __init__(self) -> None:
        self.aliases: list[Alias] = []
        self.cues: set[str] = set()


def _folded_forms(text: str) -> tuple[str, ...]:
    """Return how a listed string may stand in a folded text.

    Persian writers put a zero-width non-joiner, a space or nothing between the parts of a word.
    The joiner folds to nothing, so the form with a space is added.
    """
    folded = fold(text).text.strip()
    if ZWNJ not in text:
        return (folded,)
    return folded, fold(text.replace(ZWNJ, " ")).text.strip()


def _cues_of(alias: Alias) -> tuple[str, ...]:
    context = alias.context
    return (*context.any, *context.all, *context.none) if context else ()


def _place(alias: Alias) -> tuple[str, int, int, str]:
    return alias.pack, alias.location.line, alias.location.column, alias.text
