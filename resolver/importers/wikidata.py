"""Wikidata: entities as JSON, one, several or a dump of them, and results of SPARQL as JSON."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from resolver.compression import inner_suffix
from resolver.errors import InputError
from resolver.importers.drafts import alias, entity, identifier, iso_date, tidy
from resolver.importers.files import (
    leave_out,
    parse_json,
    read_json,
    read_lines,
    record_of,
    records_of,
    text_of,
)
from resolver.importers.offices import Offices
from resolver.importers.options import with_defaults
from resolver.importers.sparql import from_results
from resolver.models import Alias, Entity, Role

_HUMAN, _INSTANCE_OF, _POSITION = "Q5", "P31", "P39"
_BEGIN, _END = "P580", "P582"
# A property that only things of a type have, where P31 says something too narrow to list.
_SIGNS = {"P569": "person", "P159": "organisation", "P1454": "organisation", "P625": "place"}
_NAMES = {
    "P1448": "full",
    "P1477": "former",
    "P1449": "nickname",
    "P1813": "short",
    "P742": "nickname",
}
_PROPERTIES = frozenset((_INSTANCE_OF, _POSITION, *_SIGNS, *_NAMES))
_LENGTHS = {9: 4, 10: 7, 11: 10}  # precision of a time: year, month, day


def read(files: Sequence[Path], options: Mapping[str, str]) -> Iterator[Entity | Role]:
    """Yield an entity for each item, then the positions that items in the files hold.

    ``language=en,fr`` says whose labels and aliases are taken, the first for names, ``all`` takes
    every one; ``type`` is that of items which do not show theirs; ``item`` is the variable of
    SPARQL.
    """
    chosen = with_defaults(options, {"language": "en", "type": "entity", "item": "item"})
    languages = chosen["language"].split(",")
    items: dict[str, dict[str, Any]] = {}
    for path in files:
        for place, record in _records(path):
            if "results" in record:
                yield from from_results(record, chosen["item"], chosen["type"], place)
            elif text_of(record, "id"):
                items[text_of(record, "id")] = _needed(record, languages)
            else:
                raise InputError(f"{place}: is no entity of Wikidata, it has no id")
    yield from _owners(items, languages, chosen["type"])


def _records(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    lines = read_lines(path)
    first = next(lines, (1, ""))[1].strip()
    if first == "[" or inner_suffix(path) in {".jsonl", ".ndjson"}:
        for number, line in read_lines(path):
            bare = line.strip().rstrip(",")
            if bare not in {"[", "]"}:
                place = f"{path}:{number}"
                yield from _each(parse_json(bare, path, number), place)
        return
    yield from _each(read_json(path), str(path))


def _needed(record: dict[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    """Return what is read of an item: the rest of a dump need not fit into memory."""

    def chosen(key: str, wanted: Container[str]) -> dict[str, Any]:
        return {k: v for k, v in record_of(record, key).items() if k in wanted}

    if "all" in languages:
        names = {key: record_of(record, key) for key in ("labels", "aliases")}
    else:
        names = {key: chosen(key, languages) for key in ("labels", "aliases")}
    return {**names, "claims": chosen("claims", _PROPERTIES)}


def _each(value: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    values = value if isinstance(value, list) else [value]
    for each in values:
        if not isinstance(each, dict):
            raise InputError(f"{place}: is no entity of Wikidata")
        if isinstance(each.get("entities"), dict):
            yield from ((place, e) for e in each["entities"].values() if isinstance(e, dict))
        else:
            yield place, each


def _owners(
    items: Mapping[str, dict[str, Any]], languages: Sequence[str], type_: str
) -> Iterator[Entity | Role]:
    offices, posts, ids = Offices(), _posts(items), {}
    for id_, item in items.items():
        aliases = _aliases(item, languages)
        if not aliases:
            leave_out(id_, f"no label in {', '.join(languages)}")
        elif id_ in posts:
            office = offices.get(identifier("role", id_), aliases[0].text)
            office.aliases, office.same_as = aliases, (("wikidata", id_),)
        else:
            kind = _type(item) or type_
            ids[id_] = identifier(kind, id_)
            name = aliases[0].text
            yield entity(ids[id_], name, kind, aliases, same_as=[("wikidata", id_)])
    for id_, item in items.items():
        for post, begin, end in _turns(item):
            if post in items and id_ in ids:
                name = post if post not in posts else ""
                offices.get(identifier("role", post), name).add_holder(ids[id_], begin, end)
            else:
                leave_out(f"{id_}, {post}", "a position that is not in the files")
    yield from offices


def _posts(items: Mapping[str, dict[str, Any]]) -> set[str]:
    return {post for item in items.values() for post, _, _ in _turns(item)}


def _aliases(item: dict[str, Any], languages: Sequence[str]) -> list[Alias]:
    """Return the names of an item, the label in the first language that has one first."""
    labels, others = record_of(item, "labels"), record_of(item, "aliases")
    codes = [*labels, *others] if "all" in languages else languages
    found = []
    for code in dict.fromkeys(codes):
        named = [record_of(labels, code), *records_of(others, code)]
        found += [alias(tidy(text_of(n, "value")), language=code) for n in named if n]
    for property_, kind in _NAMES.items():
        for value, statement in _values(item, property_):
            text = value if isinstance(value, str) else text_of(value, "text")
            code = "" if isinstance(value, str) else text_of(value, "language")
            if tidy(text) and (not code or "all" in languages or code in languages):
                dates = [_time(statement, qualifier) for qualifier in (_BEGIN, _END)]
                listed = alias(tidy(text), kind, begin=dates[0], end=dates[1], language=code)
                found.append(listed)
    return [each for each in found if each.text]


def _type(item: dict[str, Any]) -> str | None:
    classes = [
        value.get("id") for value, _ in _values(item, _INSTANCE_OF) if isinstance(value, dict)
    ]
    if _HUMAN in classes:
        return "person"
    claims = record_of(item, "claims")
    return next((type_ for property_, type_ in _SIGNS.items() if property_ in claims), None)


def _turns(item: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for value, statement in _values(item, _POSITION):
        if isinstance(value, dict) and text_of(value, "id"):
            yield text_of(value, "id"), _time(statement, _BEGIN), _time(statement, _END)


def _values(item: dict[str, Any], property_: str) -> Iterator[tuple[Any, dict[str, Any]]]:
    for statement in records_of(record_of(item, "claims"), property_):
        value = record_of(record_of(statement, "mainsnak"), "datavalue").get("value")
        if isinstance(value, str | dict) and statement.get("rank") != "deprecated":
            yield value, statement


def _time(statement: dict[str, Any], qualifier: str) -> str:
    """Return a qualifier that is a date, as exact as Wikidata knows it; empty if there is none."""
    for snak in records_of(record_of(statement, "qualifiers"), qualifier):
        value = record_of(record_of(snak, "datavalue"), "value")
        precision = value.get("precision", 11)
        date = iso_date(text_of(value, "time"))
        if date and isinstance(precision, int) and precision in _LENGTHS:
            return date[: _LENGTHS[precision]]
    return ""
