"""SKOS thesauri in RDF/XML, Turtle and JSON-LD: https://www.w3.org/TR/skos-reference/."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resolver.compression import inner_suffix
from resolver.errors import InputError
from resolver.extras import library
from resolver.importers.drafts import alias, entity, tidy
from resolver.importers.files import leave_out, parse_json, read_elements, read_text
from resolver.importers.options import with_defaults
from resolver.models import Alias, Entity

if TYPE_CHECKING:
    from rdflib import Graph

_SYNTAXES = {
    ".json": "json-ld",
    ".jsonld": "json-ld",
    ".n3": "n3",
    ".nt": "nt",
    ".rdf": "xml",
    ".ttl": "turtle",
    ".xml": "xml",
}
_LABELS = {"prefLabel": "full", "altLabel": "full", "hiddenLabel": "garbled"}


def read(files: Sequence[Path], options: Mapping[str, str]) -> Iterator[Entity]:
    """Yield an entity for each concept; its id is the IRI. Nothing is fetched.

    ``language=en`` says whose preferred label is the name, ``type`` what the concepts are.
    """
    chosen = with_defaults(options, {"language": "en", "type": "concept"})
    for path in files:
        yield from _concepts(_graph(path), path, chosen["language"], chosen["type"])


def _graph(path: Path) -> Graph:
    rdflib = library("rdflib", "rdf")
    syntax = _SYNTAXES.get(inner_suffix(path))
    if syntax is None:
        endings = ", ".join(sorted(_SYNTAXES))
        raise InputError(f"{path}: which RDF this is, is told by the ending: {endings}")
    text = read_text(path)
    if syntax == "xml":
        for _ in read_elements(path, frozenset()):  # refuses what must not be read
            pass
    if syntax == "json-ld":
        try:
            text = json.dumps(_without_remote_contexts(parse_json(text, path), path))
        except RecursionError:
            raise InputError(f"{path}: nested too deeply, flatten it") from None
    graph: Graph = rdflib.Graph()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # rdflib's own parsers use what it deprecates
            graph.parse(data=text, format=syntax, publicID="urn:base:")
    except Exception as error:  # noqa: BLE001 (each parser of rdflib has errors of its own)
        what = " ".join(str(error).split())[:150]
        raise InputError(f"{path}: not valid {syntax}, {what}") from None
    return graph


def _without_remote_contexts(value: Any, path: Path) -> Any:
    """Return JSON-LD as it is, if nothing in it has to be fetched."""
    if isinstance(value, list):
        return [_without_remote_contexts(item, path) for item in value]
    if not isinstance(value, dict):
        return value
    contexts = value.get("@context")
    for context in contexts if isinstance(contexts, list) else [contexts]:
        if isinstance(context, str) or (isinstance(context, dict) and "@import" in context):
            raise InputError(f"{path}: its context stands elsewhere, write it into the file")
    return {key: _without_remote_contexts(item, path) for key, item in value.items()}


def _concepts(graph: Graph, path: Path, language: str, type_: str) -> Iterator[Entity]:
    from rdflib import Literal, URIRef
    from rdflib.namespace import SKOS

    labels: dict[str, list[tuple[str, Literal]]] = {}
    for property_ in _LABELS:
        for subject, label in graph.subject_objects(SKOS[property_]):
            if not isinstance(subject, URIRef):
                leave_out(f"{path}, {subject}", "a concept without an IRI")
            elif isinstance(label, Literal) and tidy(str(label)):
                labels.setdefault(str(subject), []).append((property_, label))
    if not labels:
        raise InputError(f"{path}: is no SKOS, no concept in it has a label")
    for iri, found in sorted(labels.items()):
        found.sort(key=lambda item: (item[1].language != language, *map(str, item)))
        preferred = [label for property_, label in found if property_ == "prefLabel"]
        if preferred:
            aliases = [_alias(property_, label) for property_, label in found]
            yield entity(_id(iri), tidy(str(preferred[0])), type_, aliases, same_as=[("iri", iri)])
        else:
            leave_out(f"{path}, {iri}", "no preferred label")


def _alias(property_: str, label: Any) -> Alias:
    kind, text = _LABELS[property_], tidy(str(label))
    return alias(text, kind, language=label.language or "", source=property_)


def _id(iri: str) -> str:
    return re.sub(r"[()\[\]\s]", lambda found: f"%{ord(found[0]):02X}", iri)
