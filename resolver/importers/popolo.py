"""Popolo, as EveryPolitician and parliaments publish it: http://www.popoloproject.com/specs/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from resolver.errors import InputError
from resolver.importers.drafts import alias, entity, identifier, slug, tidy
from resolver.importers.files import leave_out, read_json, records_of, text_of
from resolver.importers.offices import Office, Offices
from resolver.importers.options import with_defaults
from resolver.models import Alias, Entity, Role

_PARTS = {"persons": "person", "organizations": "organisation"}


def read(files: Sequence[Path], options: Mapping[str, str]) -> Iterator[Entity | Role]:
    """Yield persons, organisations, and the offices that memberships make.

    A membership in a post is an office of that name; any other is an office named after the role
    and the organisation. Its dates are those of the membership, or of its legislative period.
    """
    with_defaults(options, {})
    for path in files:
        table = read_json(path)
        if not isinstance(table, dict) or not any(isinstance(table.get(p), list) for p in _PARTS):
            raise InputError(f"{path}: is no Popolo, it has neither persons nor organizations")
        names: dict[str, str] = {}
        for part, type_ in _PARTS.items():
            for number, record in enumerate(records_of(table, part), start=1):
                id_, name = text_of(record, "id"), tidy(text_of(record, "name"))
                if not id_ or not name:
                    leave_out(f"{path}, {part} {number}", "no id or no name")
                    continue
                names[id_] = name
                yield _entity(record, identifier(type_, id_), name, type_)
        yield from _roles(path, table, names)


def _entity(record: dict[str, Any], id_: str, name: str, type_: str) -> Entity:
    same_as = {
        text_of(each, "scheme"): text_of(each, "identifier")
        for each in records_of(record, "identifiers")
        if text_of(each, "scheme") and text_of(each, "identifier")
    }
    return entity(id_, name, type_, _aliases(record), same_as=sorted(same_as.items()))


def _aliases(record: dict[str, Any]) -> Iterator[Alias]:
    for each in records_of(record, "other_names"):
        text = tidy(text_of(each, "name"))
        if text:
            begin, end = text_of(each, "start_date"), text_of(each, "end_date")
            kind = "former" if end else "full"
            yield alias(text, kind, begin=begin, end=end, language=text_of(each, "lang"))


def _roles(path: Path, table: dict[str, Any], names: Mapping[str, str]) -> Iterator[Role]:
    posts = {text_of(post, "id"): post for post in records_of(table, "posts")}
    periods = {text_of(event, "id"): event for event in records_of(table, "events")}
    offices = Offices()
    for number, membership in enumerate(records_of(table, "memberships"), start=1):
        person = text_of(membership, "person_id")
        post = posts.get(text_of(membership, "post_id"))
        office = _office(offices, membership, post, names)
        if office is None or person not in names:
            leave_out(f"{path}, membership {number}", "person, post or organisation is unknown")
            continue
        period = periods.get(text_of(membership, "legislative_period_id"), {})
        begin, end = (
            text_of(membership, key) or text_of(period, key) for key in ("start_date", "end_date")
        )
        office.add_holder(identifier("person", person), begin, end)
    yield from offices


def _office(
    offices: Offices,
    membership: dict[str, Any],
    post: dict[str, Any] | None,
    names: Mapping[str, str],
) -> Office | None:
    if post:
        name = tidy(text_of(post, "label") or text_of(post, "role"))
        return offices.get(identifier("role", text_of(post, "id")), name) if name else None
    organisation = text_of(membership, "organization_id")
    if organisation not in names:
        return None
    role = text_of(membership, "role") or "member"
    name = f"{role[0].upper()}{role[1:]} of {names[organisation]}"
    return offices.get(identifier("role", f"{slug(role)}-of-{organisation}"), name)
