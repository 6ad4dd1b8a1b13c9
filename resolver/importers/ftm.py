"""Entities of FollowTheMoney as JSON Lines: https://followthemoney.tech."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from resolver.errors import InputError
from resolver.importers.drafts import alias, entity, identifier, tidy
from resolver.importers.files import leave_out, read_json_lines, record_of, text_of, texts_of
from resolver.importers.offices import Offices
from resolver.importers.options import with_defaults
from resolver.models import Alias, Entity, Role

_TYPES = {
    "Airplane": "aircraft",
    "Asset": "asset",
    "Company": "organisation",
    "Country": "place",
    "Event": "event",
    "LegalEntity": "organisation",
    "Organization": "organisation",
    "Person": "person",
    "Project": "project",
    "PublicBody": "organisation",
    "Territory": "place",
    "Vehicle": "vehicle",
    "Vessel": "vessel",
}
_KINDS = {"name": "full", "alias": "full", "abbreviation": "acronym", "previousName": "former"}


def read(files: Sequence[Path], options: Mapping[str, str]) -> Iterator[Entity | Role]:
    """Yield an entity for each that bears names, then the positions with their occupants.

    Ids are made of those of the source. Lines that are links between entities, or things without
    names, are left out.
    """
    with_defaults(options, {})
    names: dict[str, tuple[str, list[Alias]]] = {}
    turns: list[tuple[str, str, str, str]] = []
    types: dict[str, str] = {}
    for place, record in (item for path in files for item in _records(path)):
        schema, id_ = text_of(record, "schema"), text_of(record, "id")
        properties = record_of(record, "properties")
        if schema == "Occupancy":
            turns.extend(_turns(properties))
        elif schema == "Position":
            listed = _aliases(properties)
            if listed:
                names[id_] = (text_of(record, "caption") or listed[0].text, listed)
        elif schema not in _TYPES:
            leave_out(place, f"{schema} is nothing that has names in texts")
        elif found := _entity(record, properties, _TYPES[schema]):
            types[id_] = found.id
            yield found
        else:
            leave_out(place, "no name")
    yield from _roles(names, turns, types)


def _records(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for place, record in read_json_lines(path):
        if not text_of(record, "schema") or not text_of(record, "id"):
            raise InputError(f"{place}: is no entity of FollowTheMoney, it has no schema or no id")
        try:
            entities = list(_unnested(record))
        except RecursionError:
            raise InputError(f"{place}: nested too deeply, flatten it") from None
        yield from ((place, each) for each in entities)


def _unnested(record: dict[str, Any], holder: str = "") -> Iterator[dict[str, Any]]:
    """Yield an entity, then those that stand in its properties, whose ids take their place there.

    An occupancy that stands in its holder does not name it.
    """
    id_ = text_of(record, "id")
    plain: dict[str, Any] = {"holder": [holder]} if record.get("schema") == "Occupancy" else {}
    inner = []
    for key, values in record_of(record, "properties").items():
        listed = values if isinstance(values, list) else [values]
        plain[key] = [text_of(v, "id") if isinstance(v, dict) else v for v in listed]
        inner += [value for value in listed if isinstance(value, dict)]
    yield {**record, "properties": plain}
    for each in inner:
        yield from _unnested(each, id_)


def _entity(record: dict[str, Any], properties: dict[str, Any], type_: str) -> Entity | None:
    aliases = _aliases(properties)
    if not aliases:
        return None
    id_ = text_of(record, "id")
    wikidata = [*texts_of(properties, "wikidataId"), *([id_] if _is_item(id_) else [])]
    caption = tidy(text_of(record, "caption"))
    name = caption if caption in {each.text for each in aliases} else aliases[0].text
    same_as = [("wikidata", wikidata[0])] if wikidata else []
    return entity(identifier(type_, id_), name, type_, aliases, same_as=same_as)


def _aliases(properties: dict[str, Any]) -> list[Alias]:
    strong = [
        alias(tidy(t), kind) for key, kind in _KINDS.items() for t in texts_of(properties, key)
    ]
    weak = [alias(tidy(t), weak=True) for t in texts_of(properties, "weakAlias")]
    return [*strong, *weak]


def _is_item(id_: str) -> bool:
    return id_[:1] == "Q" and id_[1:].isdigit()


def _turns(properties: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    begin = min(texts_of(properties, "startDate"), default="")
    end = max(texts_of(properties, "endDate"), default="")
    for holder in texts_of(properties, "holder"):
        for post in texts_of(properties, "post"):
            yield post, holder, begin, end


def _roles(
    names: Mapping[str, tuple[str, list[Alias]]],
    turns: Sequence[tuple[str, str, str, str]],
    types: Mapping[str, str],
) -> Iterator[Role]:
    offices = Offices()
    for post, holder, begin, end in turns:
        if post not in names:
            leave_out(post, "an occupancy whose position is not in the files")
        elif holder not in types:
            leave_out(holder, "an occupancy whose holder is not in the files")
        else:
            name, aliases = names[post]
            office = offices.get(identifier("role", post), name)
            office.aliases = aliases
            office.same_as = (("wikidata", post),) if _is_item(post) else ()
            office.add_holder(types[holder], begin, end)
    yield from offices
