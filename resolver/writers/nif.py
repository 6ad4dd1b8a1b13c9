"""NIF 2.0: RDF in Turtle, the text as a context and each mention as a phrase of it.

Offsets are code points, in properties and in the fragments of IRIs. A resolved mention has
``itsrdf:taIdentRef``, an ambiguous one ``rdfs:seeAlso`` for each candidate. The pieces of several
documents can be read as one Turtle file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from resolver.extras import library
from resolver.models import Result
from resolver.writers import Options
from resolver.writers.naming import document_iri, entity_iri
from resolver.writers.spans import checked, only_in

NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ITS = "http://www.w3.org/2005/11/its/rdf#"


def write(results: Iterable[Result], options: Options) -> Iterator[str]:
    """Yield the graph of each document."""
    only_in("codepoint", options, "nif")
    rdflib = library("rdflib", "rdf")
    for result in checked(results):
        yield str(_graph(result, rdflib).serialize(format="turtle"))


def _graph(result: Result, rdflib: Any) -> Any:
    nif, its = rdflib.Namespace(NIF), rdflib.Namespace(ITS)
    graph = rdflib.Graph()
    graph.bind("nif", nif)
    graph.bind("itsrdf", its)
    text = result.document.text
    base = document_iri(result.document.id)

    def add_string(kind: str, start: int, end: int) -> Any:
        node = rdflib.URIRef(f"{base}#char={start},{end}")
        graph.add((node, rdflib.RDF.type, nif[kind]))
        graph.add((node, rdflib.RDF.type, nif.RFC5147String))
        for name, place in (("beginIndex", start), ("endIndex", end)):
            count = rdflib.Literal(place, datatype=rdflib.XSD.nonNegativeInteger)
            graph.add((node, nif[name], count))
        return node

    context = add_string("Context", 0, len(text))
    graph.add((context, nif.isString, rdflib.Literal(text)))
    for mention in result.mentions:
        phrase = add_string("Phrase", mention.start, mention.end)
        graph.add((phrase, nif.referenceContext, context))
        graph.add((phrase, nif.anchorOf, rdflib.Literal(mention.surface)))
        if mention.entity_id:
            graph.add((phrase, its.taIdentRef, rdflib.URIRef(entity_iri(mention.entity_id))))
        for candidate, _ in mention.candidates:
            graph.add((phrase, rdflib.RDFS.seeAlso, rdflib.URIRef(entity_iri(candidate))))
    return graph
