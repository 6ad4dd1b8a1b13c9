"""Who holds an office: the person named beside it, or else who held it on the document's date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from resolver.analysis import Analysis
from resolver.dates import is_valid_on
from resolver.findings import Span
from resolver.models import Candidate, Mention, Role
from resolver.rules.beside import holder_places, is_not_now


def add_holders(analysis: Analysis, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Give every mention of an office its holder, where that is known."""
    people = {(m.start, m.end): m for m in mentions if m.type != "role" and m.entity_id}
    return [
        mention._replace(holder=holder_of(analysis, mention, people))
        if mention.type == "role" and mention.entity_id
        else mention
        for mention in mentions
    ]


def holder_of(
    analysis: Analysis, mention: Mention, people: Mapping[Span, Mention]
) -> Candidate | None:
    """Return the holder of a mentioned office: the person named beside it, or by the date."""
    named = named_holder(analysis, mention, people)
    if named:
        return named
    if is_not_now(analysis.text, (mention.start, mention.end)):
        return None
    holders = holders_on(analysis, mention.entity_id or "")
    return holders[0] if len(holders) == 1 else None


def named_holder(
    analysis: Analysis, mention: Mention, people: Mapping[Span, Mention]
) -> Candidate | None:
    """Return the person who is named directly beside a mentioned office, if one is.

    A person who stands behind the title without a comma is its holder, even where the tables do
    not know it; in the other positions only one whom they know.
    """
    role = analysis.gazetteer.owners[mention.entity_id or ""]
    if not isinstance(role, Role):
        return None
    holders = {holder.entity_id for holder in role.holders}
    for place in holder_places(analysis, (mention.start, mention.end)):
        person = people.get(place.span)
        if person and person.entity_id and person.name and place.fits(role.of):
            is_person = (person.type or "").casefold() == "person"
            if person.entity_id in holders or (place.certain and is_person):
                return Candidate(person.entity_id, person.name)
    return None


def holders_on(analysis: Analysis, role_id: str) -> list[Candidate]:
    """Return who held an office on the day of the document, ordered by id."""
    role = analysis.gazetteer.owners.get(role_id)
    if analysis.day is None or not isinstance(role, Role):
        return []
    ids = {
        holder.entity_id
        for holder in role.holders
        if is_valid_on(analysis.day, holder.valid_from, holder.valid_until)
    }
    owners = analysis.gazetteer.owners
    return [Candidate(id_, owners[id_].name) for id_ in sorted(ids)]
