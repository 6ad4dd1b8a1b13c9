"""Make packs of tables that exist in other formats: one module a format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from resolver.deferred import Deferred
from resolver.hookspecs import hookimpl
from resolver.models import Entity, Role

__all__ = ["Importer"]


class Importer(NamedTuple):
    """A format of tables that packs are made of.

    Attributes:
        name: What ``resolver import`` calls it.
        summary: What it is, in a few words, for the list of formats.
        read: Called with the files, and options by name as the user gave them; returns entities
            and offices with their aliases, in the order of the files. What is wrong with a file
            is raised as an `InputError` that names the place.
    """

    name: str
    summary: str
    read: Callable[[Sequence[Path], Mapping[str, str]], Iterable[Entity | Role]]


@hookimpl
def resolver_importers() -> list[Importer]:
    """Return the importers that come with resolver."""
    return [
        Importer("csv", "tables: a row an alias, or a row an entity", _of("csv")),
        Importer("flashtext", "keyword files of FlashText", _of("flashtext")),
        Importer("ftm", "FollowTheMoney entities, JSON Lines", _of("ftm")),
        Importer("gate", "gazetteer lists of GATE, .lst and .def", _of("gate")),
        Importer("jrc", "JRC-Names, TSV", _of("jrc")),
        Importer("misp", "MISP galaxy clusters, JSON", _of("misp")),
        Importer("ofac", "OFAC's SDN and ALT, CSV", _of("ofac")),
        Importer("popolo", "parliaments and their members, JSON", _of("popolo")),
        Importer("skos", "SKOS thesauri, RDF", _of("skos")),
        Importer("solr", "synonyms.txt of Solr", _of("solr")),
        Importer("spacy", "patterns of spaCy's rulers", _of("spacy")),
        Importer("stix", "STIX 2 bundles, JSON", _of("stix")),
        Importer("un", "the UN Security Council's list, XML", _of("un")),
        Importer("wikidata", "Wikidata entities, or SPARQL results, JSON", _of("wikidata")),
    ]


def _of(module: str) -> Deferred:
    return Deferred(f"resolver.importers.{module}:read")
