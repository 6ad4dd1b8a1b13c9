"""Formats that have a library or a schema of their own: it reads back what we write."""

from __future__ import annotations

import io
import json
import warnings
import zipfile

import jsonschema
import pyarrow.parquet as pq
import pytest
import rdflib
from test_writers import TEXT, results, spans, written

from resolver.models import Document, Result
from resolver.writers.cas import CANDIDATE, NAMED_ENTITY
from resolver.writers.nif import ITS, NIF
from resolver.writers.w3c import CONTEXT

__all__ = ["results"]

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # theirs, when they are imported
    import cassis
    import spacy
    from seqeval.metrics.sequence_labeling import get_entities
    from spacy.tokens import DocBin


def test_spacy_reads_the_doc_bin(results):
    vocab = spacy.blank("xx").vocab
    docs = list(DocBin().from_bytes(written("spacy", results)).get_docs(vocab))
    for doc, result in zip(docs, results, strict=True):
        assert doc.text == result.document.text
        assert doc.user_data["id"] == result.document.id
        for group in (doc.ents, doc.spans["resolver"]):
            found = [(s.start_char, s.end_char, s.kb_id_ or None) for s in group]
            assert found == spans(result.mentions)
    assert [span.label_ for span in docs[0].ents][-2:] == ["organisation", "ambiguous"]
    assert [(s.text, s.kb_id_) for s in docs[0].spans["candidates"]] == [
        ("MoD", "org/in-mod"), ("MoD", "org/mod"), ("Modd", "org/modd"), ("Modd", "place/mod"),
    ]  # fmt: skip


def test_spacy_takes_overlapping_mentions(results):
    mention = results[2].mentions[0]
    inner = mention._replace(end=2, surface="Ir")
    overlapping = Result(results[2].document, (mention, inner))
    (doc,) = DocBin().from_bytes(written("spacy", [overlapping])).get_docs(spacy.blank("xx").vocab)
    assert ([s.text for s in doc.ents], [s.text for s in doc.spans["resolver"]]) == (
        ["Iran"],
        ["Iran", "Ir"],
    )


def test_seqeval_reads_the_tags(results):
    lines = written("conll", results).splitlines()
    tokens = [line.split("\t") for line in lines if line and not line.startswith("-DOCSTART-")]
    assert all(len(columns) == 3 for columns in tokens)
    found = [
        ("".join(token for token, _, _ in tokens[start : end + 1]), label, tokens[start][1])
        for label, start, end in get_entities([tag for _, _, tag in tokens])
    ]
    assert found == [
        ("SimonGarth", "person", "person/gass"),
        ("MoD", "organisation", "org/in-mod|org/mod"),
        ("ایران", "place", "place/iran"),
        ("Iran", "place", "place/iran"),
        ("Iran", "place", "place/iran"),
        ("=SUM(A1)", "organisation", "org/sum"),
        ("Modd", "ambiguous", "org/modd|place/mod"),
        ("Iran", "place", "place/iran"),
    ]
    assert next(line for line in lines if line.startswith("-DOC")) == "-DOCSTART-\t../a_b.txt\tO"
    assert "".join(token for token, _, _ in tokens) == "".join(
        "".join(result.document.text.split()) for result in results
    )


def test_cassis_reads_the_cas(results):
    with zipfile.ZipFile(io.BytesIO(written("cas", results))) as archive:
        types = cassis.load_typesystem(io.BytesIO(archive.read("TypeSystem.xml")))
        names = [name for name in archive.namelist() if name.endswith(".xmi")]
        files = [archive.read(name) for name in names]
    for content, result in zip(files, results, strict=True):
        cas = cassis.load_cas_from_xmi(io.BytesIO(content), types)
        assert cas.sofa_string == result.document.text
        found = cas.select(NAMED_ENTITY)
        assert [(a.begin, a.end, a.identifier) for a in found] == spans(result.mentions)
        assert [a.get_covered_text() for a in found] == [m.surface for m in result.mentions]
        candidates = [(a.begin, a.identifier) for a in cas.select(CANDIDATE)]
        assert candidates == [(m.start, c.entity_id) for m in result.mentions for c in m.candidates]
    start = len(TEXT[: TEXT.index("Simon")].encode("utf-16-le")) // 2
    assert f'begin="{start}"'.encode() in files[0]


def test_cas_holds_what_xml_cannot():
    (name,) = (
        n for n in zipfile.ZipFile(io.BytesIO(written("cas", [Result(Document("a\x00\x0cb", "x"), ())])))
        .namelist() if n.endswith(".xmi")
    )  # fmt: skip
    assert name == "x.xmi"


def test_rdflib_reads_nif(results):
    graph = rdflib.Graph().parse(data=written("nif", results), format="turtle")
    nif, its = rdflib.Namespace(NIF), rdflib.Namespace(ITS)
    texts = {graph.value(c, nif.isString).toPython() for c in graph.subjects(None, nif.Context)}
    assert texts == {result.document.text for result in results}
    found = []
    for phrase in graph.subjects(rdflib.RDF.type, nif.Phrase):
        text = graph.value(graph.value(phrase, nif.referenceContext), nif.isString).toPython()
        start, end = (int(graph.value(phrase, p)) for p in (nif.beginIndex, nif.endIndex))
        assert text[start:end] == graph.value(phrase, nif.anchorOf).toPython()
        entity = graph.value(phrase, its.taIdentRef)
        found.append((start, end, entity and entity.removeprefix("resolver:")))
        if entity is None:
            assert len(set(graph.objects(phrase, rdflib.RDFS.seeAlso))) == 2
    wanted = [span for result in results for span in spans(result.mentions)]
    assert sorted(found, key=str) == sorted(wanted, key=str)


# What the Web Annotation Data Model (https://www.w3.org/TR/annotation-model/) asks of what we write.
SPECIFIC = {
    "type": "object",
    "required": ["type", "source", "purpose"],
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": {"type": "string", "format": "uri"},
        "purpose": {"const": "identifying"},
    },
}
SELECTOR = {
    "oneOf": [
        {
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": {"type": "integer", "minimum": 0},
                "end": {"type": "integer", "minimum": 1},
            },
            "required": ["type", "start", "end"],
        },
        {
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                **{name: {"type": "string"} for name in ("exact", "prefix", "suffix")},
            },
            "required": ["type", "exact"],
        },
    ]
}
ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "target", "body"],
    "properties": {
        "id": {"type": "string", "format": "uri"},
        "type": {"const": "Annotation"},
        "motivation": {"const": "identifying"},
        "body": {
            "oneOf": [
                SPECIFIC,
                {
                    "required": ["type", "items"],
                    "properties": {
                        "type": {"const": "Choice"},
                        "items": {"type": "array", "items": SPECIFIC, "minItems": 2},
                    },
                },
            ]
        },
        "target": {
            "required": ["source", "selector"],
            "properties": {"selector": {"type": "array", "items": SELECTOR}},
        },
    },
}
PAGE = {
    "required": ["@context", "type", "items"],
    "properties": {
        "@context": {"const": CONTEXT},
        "type": {"const": "AnnotationPage"},
        "items": {"type": "array", "items": ANNOTATION},
    },
}


def test_web_annotations_fit_the_data_model(results):
    page = json.loads(written("w3c", results))
    jsonschema.Draft7Validator(PAGE).validate(page)
    mentions = [(result.document, mention) for result in results for mention in result.mentions]
    for annotation, (document, mention) in zip(page["items"], mentions, strict=True):
        position, quote = annotation["target"]["selector"]
        assert document.text[position["start"] : position["end"]] == quote["exact"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert around in document.text
        assert quote["exact"] == mention.surface
    assert page["items"][0]["target"]["source"] == "resolver:document/../a%20b.txt"
    assert [body["source"] for body in page["items"][1]["body"]["items"]] == [
        "resolver:org/in-mod",
        "resolver:org/mod",
    ]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # their own
def test_rdflib_reads_web_annotations(results):
    page = json.loads(written("w3c", results))
    oa = "http://www.w3.org/ns/oa#"
    # A part of the context that the page names, which is not fetched here.
    page["@context"] = {
        "@vocab": oa,
        "id": "@id",
        "type": "@type",
        "items": "https://www.w3.org/ns/activitystreams#items",
        "source": {"@id": f"{oa}hasSource", "@type": "@id"},
        "selector": {"@id": f"{oa}hasSelector"},
        "target": {"@id": f"{oa}hasTarget"},
    }
    graph = rdflib.Graph().parse(data=json.dumps(page), format="json-ld")
    exact = {str(o) for o in graph.objects(None, rdflib.URIRef(f"{oa}exact"))}
    assert exact == {mention.surface for result in results for mention in result.mentions}


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "byte"])
def test_pyarrow_reads_the_parquet_file(unit, results):
    extra = Result(Document("Iran", "d", None, {"id": "d", "text": "Iran", "page": 7}), ())
    content = written("parquet", [*results, extra], offsets=unit, field="names")
    table = pq.read_table(io.BytesIO(content))
    assert table.column_names == ["id", "date", "text", "fields", "names"]
    rows = table.to_pylist()
    encoding, size = {"utf16": ("utf-16-le", 2), "byte": ("utf-8", 1)}.get(unit, ("utf-32-le", 4))
    for row, result in zip(rows, results, strict=False):
        data = row["text"].encode(encoding)
        found = [data[size * m["start"] : size * m["end"]].decode(encoding) for m in row["names"]]
        assert found == [m.surface for m in result.mentions]
        assert [m["entity_id"] for m in row["names"]] == [m.entity_id for m in result.mentions]
    assert json.loads(rows[3]["fields"]) == {"page": 7}
