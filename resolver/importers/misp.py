"""MISP galaxy clusters: https://www.misp-standard.org/rfc/misp-standard-galaxy-format.html."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from resolver.errors import InputError
from resolver.importers.drafts import alias, entity, identifier, slug, tidy
from resolver.importers.files import (
    leave_out,
    read_json,
    record_of,
    records_of,
    text_of,
    texts_of,
)
from resolver.importers.options import with_defaults
from resolver.models import Alias, Entity

_TYPES = {
    "canada-listed-terrorist-entities": "organisation",
    "intelligence-agency": "organisation",
    "microsoft-activity-group": "threat-actor",
    "target-information": "place",
}


def read(files: Sequence[Path], options: Mapping[str, str]) -> Iterator[Entity]:
    """Yield an entity for each cluster value; its id is made of the uuid."""
    type_ = with_defaults(options, {"type": ""})["type"]
    for path in files:
        cluster = read_json(path)
        if not isinstance(cluster, dict) or not isinstance(cluster.get("values"), list):
            raise InputError(f"{path}: is no MISP galaxy cluster, it has no values")
        given = text_of(cluster, "type")
        source = text_of(cluster, "name")
        for number, value in enumerate(records_of(cluster, "values"), start=1):
            name = tidy(text_of(value, "value"))
            if name:
                kind = type_ or _TYPES.get(given, slug(given))
                yield _entity(value, name, kind, source)
            else:
                leave_out(f"{path}, value {number}", "no name")


def _entity(value: dict[str, Any], name: str, type_: str, source: str) -> Entity:
    meta = record_of(value, "meta")
    producers: dict[str, list[str]] = {}
    for attribution in texts_of(meta, "name-attribution"):
        text, _, producer = attribution.rpartition(":")
        producers.setdefault(text, []).append(producer)
    uuid = text_of(value, "uuid")
    return entity(
        identifier(type_, uuid or slug(name)),
        name,
        type_,
        _aliases(name, meta, producers),
        same_as=[("misp", uuid)] if uuid else (),
        source=source,
    )


def _aliases(
    name: str, meta: dict[str, Any], producers: Mapping[str, Sequence[str]]
) -> Iterator[Alias]:
    codes = texts_of(meta, "iso-code")
    for text in (name, *texts_of(meta, "synonyms"), *codes):
        users = ", ".join(f"misp {uuid}" for uuid in producers.get(text, ()))
        if text != name or users:
            yield alias(tidy(text), "acronym" if text in codes else "full", source=users)
