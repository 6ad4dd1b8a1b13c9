"""What packs say of each other: ids in examples, identifiers elsewhere, contexts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from resolver.models import Entity, Pack, Role
from resolver.packs.examples import ids_in
from resolver.packs.lint.finding import Finding, owned_aliases


def unknown_ids(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find ids in examples that no loaded pack has."""
    known = {owner.id for pack in packs for owner in pack.owners}
    for pack in packs:
        for example in pack.examples:
            for unknown in sorted(ids_in(example) - known):
                message = f"the example marks {unknown}, which no loaded pack has, correct the id"
                yield Finding(example.location, "error", "unknown-id", message)


def same_identities(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find entities that by their identifiers elsewhere are one and the same."""
    seen: dict[tuple[str, str], Entity | Role] = {}
    for pack in packs:
        for owner in pack.owners:
            for key, identifier in owner.same_as:
                first = seen.setdefault((key, identifier), owner)
                if first is not owner:
                    message = f"{owner.id} is {key} {identifier}, and so is {first.id}"
                    place = f"({first.location})"
                    yield Finding(
                        owner.location,
                        "warning",
                        "same-identity",
                        f"{message} {place}, merge them or correct the identifier",
                    )


def circular_contexts(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find aliases that ask for a mention of the entity that they name."""
    for owner, alias in owned_aliases(packs):
        if alias.context and owner.id in alias.context.entities:
            message = f"{alias.text} asks for {owner.id}, which it names itself"
            yield Finding(
                alias.location, "warning", "circular-context", f"{message}, use strength: weak"
            )


def unsupported_aliases(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find weak aliases that nothing can ever support.

    That takes a context, or a strong mention of the same entity; what an office is told by is more
    than these, so offices are left out.
    """
    for owner, alias in owned_aliases(packs):
        if isinstance(owner, Role) or alias.strength != "weak" or alias.default:
            continue
        asks = alias.context is not None and alias.context.is_positive
        if not asks and all(other.strength == "weak" for other in owner.aliases):
            dates = " (a date does not)" if alias.valid_from or alias.valid_until else ""
            message = f"{alias.text} is weak and never found, since nothing speaks for it{dates}"
            whose = f"and {owner.id} has no strong alias that could"
            own_name = " with name_is_alias: false" if alias.text == owner.name else ""
            remedy = f"add a context or such an alias, or take it out{own_name}"
            yield Finding(
                alias.location, "warning", "unsupported-alias", f"{message} {whose}, {remedy}"
            )
