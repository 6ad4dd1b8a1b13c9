"""UIMA CAS: a zip archive with an XMI for every document, and their type system.

Offsets in the files are UTF-16 units, as everywhere in UIMA; dkpro-cassis converts them. A mention
is a ``NamedEntity`` of DKPro Core with type and id; an ambiguous one has no id, and a
``resolver.Candidate`` in its place for each entity that it may be. Characters that XML cannot hold
become U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from resolver.extras import library
from resolver.models import Result
from resolver.writers import Options
from resolver.writers.archive import zipped
from resolver.writers.naming import FileNames, label_of
from resolver.writers.spans import checked, only_in

NAMED_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
CANDIDATE = "resolver.Candidate"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(results: Iterable[Result], options: Options) -> Iterator[bytes]:
    """Yield the archive, a document at a time."""
    only_in("utf16", options, "cas")
    return zipped(_files(results, library("cassis", "cas")))


def _files(results: Iterable[Result], cassis: Any) -> Iterator[tuple[str, bytes]]:
    types = cassis.TypeSystem()
    for name, features in ((NAMED_ENTITY, ("value", "identifier")), (CANDIDATE, ("identifier",))):
        added = types.create_type(name=name, supertypeName="uima.tcas.Annotation")
        for feature in features:
            types.create_feature(domainType=added, name=feature, rangeType="uima.cas.String")
    yield "TypeSystem.xml", types.to_xml().encode("utf-8")
    names = FileNames()
    for result in checked(results):
        yield f"{names(result.document.id)}.xmi", _xmi(result, cassis, types)


def _xmi(result: Result, cassis: Any, types: Any) -> bytes:
    text = _NOT_IN_XML.sub("\ufffd", result.document.text)
    cas = cassis.Cas(types, sofa_string=text, sofa_mime="text/plain")
    named_entity, candidate = types.get_type(NAMED_ENTITY), types.get_type(CANDIDATE)
    for mention in result.mentions:
        span = {"begin": mention.start, "end": mention.end}
        cas.add(named_entity(value=label_of(mention), identifier=mention.entity_id, **span))
        for entity_id, _ in mention.candidates:
            cas.add(candidate(identifier=entity_id, **span))
    return bytes(cas.to_xmi().encode("utf-8"))
