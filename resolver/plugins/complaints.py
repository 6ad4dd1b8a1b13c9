"""What does not fit in the values that plugins return: one function a kind of value.

Each returns why, in words that can follow the value and a comma, or ``None``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from resolver.analysis import Analysis
from resolver.findings import LEVELS, NEEDS, STAGES, Derived, Evidence, Refusal, Rule
from resolver.importers import Importer
from resolver.models import Alias, Document, Entity, Mention, Pack, Role
from resolver.plugins.plugin import shown
from resolver.readers import BadInput, Reader
from resolver.writers import Writer

_FINDINGS = (Refusal, Evidence, Derived)


def of_pack(value: Any) -> str | None:
    """Check a pack, or the path of packs."""
    if isinstance(value, Pack):
        owners = (_of_owner(owner) for owner in (*value.entities, *value.roles))
        suppressions = map(_of_alias, value.suppressions)
        return next(filter(None, (*owners, *suppressions)), None)
    if not isinstance(value, str | Path):
        return "which is neither a path nor a Pack"
    return None if Path(value).exists() else "which does not exist"


def _of_owner(owner: Any) -> str | None:
    if not isinstance(owner, Entity | Role):
        return f"in which {shown(owner)} is neither an Entity nor a Role"
    if not (_is_text(owner.id) and _is_text(owner.name)):
        return f"in which {shown(owner)} has no id or no name"
    for alias in owner.aliases:
        complaint = _of_alias(alias)
        if complaint:
            return complaint
        if alias.entity_id not in {"", owner.id}:
            return f"in which the alias {alias.text} of {owner.id} names {alias.entity_id}"
    return None


def _of_alias(alias: Any) -> str | None:
    if not isinstance(alias, Alias):
        return f"in which {shown(alias)} is no Alias"
    if not _is_text(alias.text) or not any(map(str.isalnum, alias.text)):
        return f"in which the alias {shown(alias.text)} has no letter or digit"
    for name, choices in _choices().items():
        chosen = getattr(alias, name)
        if chosen not in choices:
            return f"in which {name} of the alias {alias.text} is {shown(chosen)}, not one of " + (
                ", ".join(choices)
            )
    return None


@cache
def _choices() -> dict[str, tuple[str, ...]]:
    """Return what the keys of an alias may be, for those that are no free text."""
    from resolver.packs.schema import ALIAS_KEYS, Choice

    return {key.name: key.spec.values for key in ALIAS_KEYS if isinstance(key.spec, Choice)}


def of_variant(value: Any, alias: Alias) -> str | None:
    """Check a variant of an alias."""
    if not isinstance(value, Alias):
        return "which is no Alias"
    if value.entity_id != alias.entity_id:
        return f"which names {value.entity_id or 'nothing'}, and not {alias.entity_id} as the alias"
    return _of_alias(value)


def of_rule(value: Any) -> str | None:
    """Check a document rule."""
    if not isinstance(value, Rule):
        return "which is no Rule"
    if value.stage not in STAGES:
        return f"whose stage is not one of {', '.join(STAGES)}"
    if value.needs not in (None, *NEEDS):
        return f"whose needs is not one of {', '.join(NEEDS)}"
    return _of_named(value.name, value.apply)


def of_reader(value: Any) -> str | None:
    """Check a reader."""
    if not isinstance(value, Reader):
        return "which is no Reader"
    for suffix in [value.suffixes] if isinstance(value.suffixes, str) else value.suffixes:
        if not _is_text(suffix) or suffix != suffix.lower() or not suffix.startswith("."):
            return f"whose ending {shown(suffix)} is not like .txt"
    if isinstance(value.suffixes, str):
        return "whose suffixes are one text, write a tuple"
    return _of_named(value.name, value.read)


def of_writer(value: Any) -> str | None:
    """Check a writer."""
    return _of_named(value.name, value.write) if isinstance(value, Writer) else "which is no Writer"


def of_importer(value: Any) -> str | None:
    """Check an importer."""
    if not isinstance(value, Importer):
        return "which is no Importer"
    return _of_named(value.name, value.read)


def of_command(value: Any) -> str | None:
    """Check a command."""
    import click

    if not isinstance(value, click.Command):
        return "which is no click command"
    return None if value.name else "which has no name"


def _of_named(name: Any, function: Any) -> str | None:
    if not _is_text(name) or name != "".join(name.split()):
        return f"whose name {shown(name)} is not one word"
    return None if callable(function) else f"in which {shown(function)} cannot be called"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def of_document(value: Any) -> str | None:
    """Check what a reader returned."""
    if isinstance(value, Document):
        return None if isinstance(value.text, str) else f"whose text is {shown(value.text)}"
    return None if isinstance(value, BadInput) else "which is neither a Document nor a BadInput"


def of_imported(value: Any) -> str | None:
    """Check what an importer returned."""
    return _of_owner(value)


def of_finding(value: Any, analysis: Analysis) -> str | None:
    """Check what a rule found in a document."""
    if not isinstance(value, _FINDINGS):
        return "which is no Refusal, Evidence or Derived"
    if not _is_span(value.span, analysis.text):
        return f"whose span is not inside the text of {len(analysis.text)} characters"
    alias = value.alias
    if not isinstance(alias, Alias):
        return "whose alias is no Alias"
    proposed = value.owner if isinstance(value, Derived) else None
    if proposed is not None:
        return _of_proposed(proposed, alias, analysis) or _of_proof(value, analysis)
    known = alias.entity_id in analysis.gazetteer.owners or alias.entity_id in analysis.proposed
    if alias.entity_id and not known:
        return f"whose alias names {alias.entity_id}, which no pack has"
    return None if isinstance(value, Refusal) else _of_proof(value, analysis)


def _of_proposed(owner: Any, alias: Alias, analysis: Analysis) -> str | None:
    if not isinstance(owner, Entity):
        return f"whose owner {shown(owner)} is no Entity"
    if alias.entity_id != owner.id:
        return f"whose alias names {alias.entity_id}, and its owner is {owner.id}"
    if owner.id in analysis.gazetteer.owners:
        return f"whose owner {owner.id} a pack has already"
    if owner.type == "role":
        return f"whose owner {owner.id} is of type role, which only offices of packs are"
    return _of_owner(owner)


def _of_proof(value: Any, analysis: Analysis) -> str | None:
    if value.level not in LEVELS:
        return f"whose level is not one of {', '.join(LEVELS)}"
    if value.antecedent is not None and not _is_span(value.antecedent, analysis.text):
        return "whose antecedent is not inside the text"
    return None


def _is_span(span: Any, text: str) -> bool:
    try:
        start, end = span
    except (TypeError, ValueError):
        return False
    whole = isinstance(start, int) and isinstance(end, int)
    return whole and 0 <= start < end <= len(text)


def of_mentions(value: Sequence[Any], before: Sequence[Mention], text: str) -> str | None:
    """Check all mentions of a document, as a rule returned them for those that stood before."""
    known = set(map(id, before))
    changed = [mention for mention in value if id(mention) not in known]
    for mention in changed:
        if not isinstance(mention, Mention):
            return f"in which {shown(mention)} is no Mention"
        span = (mention.start, mention.end)
        if not _is_span(span, text) or text[slice(*span)] != mention.surface:
            return f"in which {shown(mention.surface)} does not stand at {span} in the text"
    if any(after.start < mention.start for mention, after in pairwise(value)):
        return "which are not in the order of the text"
    return None
