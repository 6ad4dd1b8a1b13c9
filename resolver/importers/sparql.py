"""Results of SPARQL queries as JSON: https://www.w3.org/TR/sparql11-results-json/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from resolver.errors import InputError
from resolver.importers.drafts import alias, entity, identifier, tidy
from resolver.importers.files import leave_out, record_of, records_of, text_of
from resolver.models import Alias, Entity


def from_results(results: Mapping[str, Any], item: str, type_: str, place: str) -> Iterator[Entity]:
    """Yield an entity for each value of a variable, with the names in all of its rows.

    Args:
        results: What the query returned: rows with the variable ``item``, its label in
            ``itemLabel``, and names in ``alias`` or, parted by commas, in ``itemAltLabel``.
        item: The name of that variable.
        type_: The type of the entities.
        place: How messages name the file.

    Raises:
        InputError: No row has the variable.
    """
    found: dict[str, tuple[str, list[Alias]]] = {}
    rows = records_of(record_of(results, "results"), "bindings")
    for row in rows:
        iri = text_of(record_of(row, item), "value")
        if iri:
            label = record_of(row, f"{item}Label") or record_of(row, "label")
            name = tidy(text_of(label, "value"))
            aliases = found.setdefault(iri, (name, []))[1]
            aliases.extend(_aliases(row, item))
    if rows and not found:
        message = f"no row has the variable {item}, name it with --option item=NAME"
        raise InputError(f"{place}: {message}")
    for iri, (name, aliases) in found.items():
        number = iri.rpartition("/")[2]
        if not name or name == number:
            leave_out(f"{place}, {number}", "no label")
        else:
            same_as = [("wikidata", number)]
            yield entity(identifier(type_, number), name, type_, aliases, same_as=same_as)


def _aliases(row: Mapping[str, Any], item: str) -> Iterator[Alias]:
    single = record_of(row, "alias")
    if tidy(text_of(single, "value")):
        yield alias(tidy(text_of(single, "value")), language=text_of(single, "xml:lang"))
    several = record_of(row, f"{item}AltLabel")
    for text in text_of(several, "value").split(", "):
        if tidy(text):
            yield alias(tidy(text), language=text_of(several, "xml:lang"))
