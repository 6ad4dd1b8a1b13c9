"""Lint: what is allowed in packs but goes wrong later. A finding is a value, not an exception.

A check is a function from all loaded packs to findings; the modules hold one kind of check each. Of
what they find, only what stands in the packs to check is reported: nobody else can mend the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from resolver.models import Pack
from resolver.packs.lint import characters, examples, offices, references, sharing, wording
from resolver.packs.lint.finding import Finding, Severity

__all__ = ["Finding", "Severity", "find_hints", "lint_packs"]

Check = Callable[[Sequence[Pack]], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    sharing.repeated_aliases,
    sharing.shadowed_aliases,
    sharing.suppressed_aliases,
    sharing.idle_defaults,
    wording.short_aliases,
    wording.common_words,
    wording.one_word_persons,
    characters.invisible_characters,
    characters.mixed_scripts,
    offices.overlapping_turns,
    offices.strange_holders,
    offices.far_dates,
    references.unknown_ids,
    references.same_identities,
    references.circular_contexts,
    references.unsupported_aliases,
    examples.missing_examples,
)
HINTS: tuple[Check, ...] = (sharing.needless_aliases, examples.untested_aliases)


def lint_packs(packs: Sequence[Pack], beside: Sequence[Pack] = ()) -> list[Finding]:
    """Return what is to be mended in packs: errors and warnings.

    Args:
        packs: The packs to check.
        beside: Others that are loaded with them, in which nothing is found fault with.

    Returns:
        The findings, ordered by file, line and column.
    """
    shared = (*sharing.shared_aliases(packs), *sharing.names_of_others(packs, beside))
    return _ordered((*_found(CHECKS, packs, beside), *shared))


def find_hints(packs: Sequence[Pack], beside: Sequence[Pack] = ()) -> list[Finding]:
    """Return what is worth knowing of packs, in the same order."""
    return _ordered(_found(HINTS, packs, beside))


def _found(
    checks: Iterable[Check], packs: Sequence[Pack], beside: Sequence[Pack]
) -> Iterator[Finding]:
    own = {pack.path for pack in packs}
    for check in checks:
        for finding in check((*beside, *packs)):
            if finding.location.path in own:
                yield finding


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(set(findings), key=lambda finding: finding[:4])
