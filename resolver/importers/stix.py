"""STIX 2.x bundles: https://docs.oasis-open.org/cti/stix/v2.1/stix-v2.1.html."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from resolver.errors import InputError
from resolver.importers.drafts import alias, entity, identifier, tidy
from resolver.importers.files import leave_out, read_json, records_of, text_of, texts_of
from resolver.importers.options import with_defaults
from resolver.models import Entity

_TYPES = {
    "campaign": "campaign",
    "identity": "identity",
    "intrusion-set": "threat-actor",
    "malware": "malware",
    "threat-actor": "threat-actor",
    "tool": "tool",
}
_IDENTITIES = {"individual": "person", "organization": "organisation", "group": "organisation"}
_ATTACK = frozenset({"mitre-attack", "mitre-mobile-attack", "mitre-ics-attack"})


def read(files: Sequence[Path], options: Mapping[str, str]) -> Iterator[Entity]:
    """Yield an entity for each object that bears names, unless it is revoked or deprecated.

    Ids are made of the number in ATT&CK where there is one, otherwise of the uuid.
    """
    with_defaults(options, {})
    for path in files:
        bundle = read_json(path)
        if not isinstance(bundle, dict) or not isinstance(bundle.get("objects"), list):
            raise InputError(f"{path}: is no STIX bundle, it has no objects")
        for item in records_of(bundle, "objects"):
            if text_of(item, "type") not in _TYPES:
                continue
            if item.get("revoked") is True or item.get("x_mitre_deprecated") is True:
                leave_out(f"{path}, {text_of(item, 'id')}", "revoked or deprecated")
            elif not (text_of(item, "name") and text_of(item, "id")):
                leave_out(
                    f"{path}, {text_of(item, 'id') or text_of(item, 'type')}", "no name or no id"
                )
            else:
                yield _entity(item)


def _entity(item: dict[str, Any]) -> Entity:
    type_ = _TYPES[text_of(item, "type")]
    if type_ == "identity":
        type_ = _IDENTITIES.get(text_of(item, "identity_class"), type_)
    numbers = [
        text_of(reference, "external_id")
        for reference in records_of(item, "external_references")
        if text_of(reference, "source_name") in _ATTACK and text_of(reference, "external_id")
    ]
    uuid = text_of(item, "id").rpartition("--")[2]
    names = (*texts_of(item, "aliases"), *texts_of(item, "x_mitre_aliases"))
    name = tidy(text_of(item, "name"))
    return entity(
        identifier(type_, numbers[0] if numbers else uuid),
        name,
        type_,
        [alias(tidy(text)) for text in names if tidy(text) != name],
        same_as=[("attack", numbers[0])] if numbers else [("stix", text_of(item, "id"))],
    )
