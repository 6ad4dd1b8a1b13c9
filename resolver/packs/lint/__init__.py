"""Lint: what is allowed in packs but goes wrong later. A finding is a value, not an exception.

A check is a function from all loaded packs to findings; the modules hold one kind of check each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from resolver.models import Pack
from resolver.packs.lint import characters, examples, offices, references, sharing, wording
from resolver.packs.lint.finding import Finding, Severity

__all__ = ["Finding", "Severity", "find_hints", "lint_packs"]

Check = Callable[[Sequence[Pack]], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    sharing.shared_aliases,
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
    examples.missing_examples,
)
HINTS: tuple[Check, ...] = (sharing.needless_aliases, examples.untested_aliases)


def lint_packs(packs: Sequence[Pack]) -> list[Finding]:
    """Return what is to be mended in packs that are loaded together: errors and warnings.

    Returns:
        The findings, ordered by file, line and column.
    """
    return _found(CHECKS, packs)


def find_hints(packs: Sequence[Pack]) -> list[Finding]:
    """Return what is worth knowing of packs that are loaded together, in the same order."""
    return _found(HINTS, packs)


def _found(checks: Iterable[Check], packs: Sequence[Pack]) -> list[Finding]:
    found = {finding for check in checks for finding in check(packs)}
    return sorted(found, key=lambda finding: finding[:4])
