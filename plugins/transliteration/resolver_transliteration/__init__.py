"""Other Latin spellings of Arabic, Persian, Pashto and Urdu names for resolver.

Aliases of persons and organisations (ids that begin with ``person`` or ``org``) that contain parts
of such names get variants of the kind ``transliteration``. A variant yields to what a pack lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from resolver import hookimpl
from resolver.analysis import Analysis
from resolver.findings import Refusal, Rule
from resolver.models import Alias
from resolver_transliteration.spelling import is_of_many, spellings

resolver_api = 1

SOURCE = "alias-resolver-transliteration"
_OWNERS = ("person", "org")
_KINDS = frozenset({"full", "former", "short", "transliteration"})


@hookimpl
def resolver_variants(alias: Alias) -> Iterable[Alias]:
    """Return other spellings of a name, under the conditions of the listed one."""
    if not alias.entity_id.startswith(_OWNERS) or alias.kind not in _KINDS:
        return []
    if alias.text.isalpha() and alias.entity_id.startswith("person"):
        return []  # one given name or surname is that of many
    return [_variant(alias, text) for text in spellings(alias.text)]


def _variant(alias: Alias, text: str) -> Alias:
    is_person = alias.entity_id.startswith("person")
    strength = "weak" if is_person and is_of_many(text, alias.text) else alias.strength
    return replace(alias, text=text, kind="transliteration", source=SOURCE, strength=strength)


@hookimpl
def resolver_rules() -> Iterable[Rule]:
    """Bring the rule that lets variants yield."""
    return [Rule("transliteration", "veto", yield_to_listed)]


def yield_to_listed(analysis: Analysis) -> Iterator[Refusal]:
    """Refuse variants where a pack lists what stands there as the name of somebody else."""
    for span, reading in analysis.pending:
        listed = {alias.entity_id for alias in reading.aliases if alias.source != SOURCE}
        for alias in reading.aliases:
            if listed and alias.source == SOURCE and alias.entity_id not in listed:
                reason = f"a spelling of {alias.entity_id} only, which a pack lists for another"
                yield Refusal(span, alias, "transliteration", reason)
