"""SKOS in Turtle: a concept scheme for each pack, a concept for each entity and office.

The name is the preferred label. Garbled forms, and weak ones, which alone mean nothing, are hidden
labels; all others are alternative labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from resolver.extras import library
from resolver.models import Alias, Entity, Pack, Role
from resolver.writers.naming import entity_iri

# Where the identifiers of `same_as` are concepts on the web.
_CONCEPTS = {"wikidata": "http://www.wikidata.org/entity/"}


def write(packs: Iterable[Pack]) -> Iterator[str]:
    """Yield the graph of each pack; together they are one Turtle file."""
    rdflib = library("rdflib", "rdf")
    for pack in packs:
        yield str(_graph(pack, rdflib).serialize(format="turtle"))


def _graph(pack: Pack, rdflib: Any) -> Any:
    graph = rdflib.Graph()
    skos, terms = rdflib.SKOS, rdflib.DCTERMS
    scheme = rdflib.URIRef(entity_iri(f"pack/{pack.name}"))
    graph.add((scheme, rdflib.RDF.type, skos.ConceptScheme))
    described = ((terms.title, pack.title), (terms.license, pack.license))
    for predicate, value in (*described, (rdflib.OWL.versionInfo, pack.version)):
        if value:
            graph.add((scheme, predicate, rdflib.Literal(value)))
    for owner in pack.owners:
        concept = rdflib.URIRef(entity_iri(owner.id))
        graph.add((concept, rdflib.RDF.type, skos.Concept))
        graph.add((concept, skos.inScheme, scheme))
        graph.add((concept, skos.prefLabel, rdflib.Literal(owner.name)))
        graph.add((concept, terms.type, rdflib.Literal(owner.type)))
        for alias in owner.aliases:
            if alias.text != owner.name:
                label = skos.hiddenLabel if _is_hidden(alias) else skos.altLabel
                graph.add((concept, label, rdflib.Literal(alias.text)))
        for predicate, value in _links(owner, rdflib):
            graph.add((concept, predicate, value))
    return graph


def _is_hidden(alias: Alias) -> bool:
    return alias.kind == "garbled" or alias.strength == "weak"


def _links(owner: Entity | Role, rdflib: Any) -> Iterator[tuple[Any, Any]]:
    for scheme, identifier in owner.same_as:
        if scheme in _CONCEPTS:
            concept = entity_iri(_CONCEPTS[scheme] + identifier)
            yield rdflib.SKOS.exactMatch, rdflib.URIRef(concept)
        else:
            yield rdflib.DCTERMS.identifier, rdflib.Literal(f"{scheme}:{identifier}")
    if owner.note:
        yield rdflib.SKOS.note, rdflib.Literal(owner.note)
