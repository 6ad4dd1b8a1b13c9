"""Examples that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from resolver.folding import fold
from resolver.models import Alias, Pack
from resolver.packs.examples import AMBIGUOUS, parse_marks
from resolver.packs.lint.finding import Finding, owned_aliases

_SHOWN = 3


def missing_examples(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find packs without examples."""
    for pack in packs:
        if not pack.examples and pack.owners:
            message = f"pack {pack.name} has no examples, add some under examples:"
            yield Finding(pack.location, "warning", "no-examples", message)


def untested_aliases(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Count the aliases that no example of the loaded packs marks, one finding a pack."""
    marked = _marked(packs)
    for pack in packs:
        aliases = [alias for _, alias in owned_aliases([pack])]
        untested = [alias for alias in aliases if not _is_marked(alias, marked)]
        if untested:
            names = ", ".join(alias.text for alias in untested[:_SHOWN])
            more = ", ..." if len(untested) > _SHOWN else ""
            message = (
                f"aliases that no example marks, {len(untested)} of {len(aliases)}: {names}{more}"
            )
            yield Finding(pack.location, "hint", "untested-alias", message)


def _is_marked(alias: Alias, marked: set[tuple[str, str]]) -> bool:
    folded = fold(alias.text).text
    return (folded, alias.entity_id) in marked or (
        alias.ambiguous and (folded, AMBIGUOUS) in marked
    )


def _marked(packs: Sequence[Pack]) -> set[tuple[str, str]]:
    marked = set()
    for pack in packs:
        for example in pack.examples:
            text, expected = parse_marks(example.text)
            marked |= {(fold(text[start:end]).text, id_) for start, end, id_ in expected}
    return marked
