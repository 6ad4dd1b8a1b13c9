"""Whatever stands in a text, what a writer made of it is read back by the format's own library.

The mentions are those of a resolver, in texts of characters that go wrong; formats that take
mentions which overlap get these too.
"""

from __future__ import annotations

import csv
import io
import json
import warnings
import zipfile
from collections.abc import Callable, Iterator

import pyarrow.parquet as pq
import pytest
import rdflib
from alphabet import ENCODABLE, MARKUP, share
from conftest import resolver_of
from hypothesis import given
from hypothesis import strategies as st
from test_writers import Page, brat, written

from resolver.cells import original
from resolver.models import Document, Result
from resolver.offsets import UNITS
from resolver.packs.examples import parse_marks
from resolver.writers.cas import CANDIDATE, NAMED_ENTITY
from resolver.writers.nif import ITS, NIF
from resolver.writers.spans import disjoint

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # theirs, when they are imported
    import cassis
    import spacy
    from seqeval.metrics.sequence_labeling import get_entities
    from spacy.tokens import DocBin

RESOLVER = resolver_of(
    """\
pack: p
defaults: {type: place}
entities:
  - {id: place/iran, name: Iran, aliases: [{text: ایران, boundary: none}, 頭疼]}
  - {id: place/air, name: Iran Air, type: company}
  - {id: place/istanbul, name: İstanbul, aliases: [{text: İ, boundary: none}]}
  - {id: "<b>&amp;\\"x'", name: "<i>\\"&amp;'</i>", aliases: [{text: "=A1", boundary: none}]}
  - {id: place/paris, name: Paris, aliases: [{text: Zwilling, ambiguous: true}]}
  - {id: person/paris, name: Paris Hilton, type: person, aliases: [{text: Zwilling, ambiguous: true}]}
"""
)
NAMES = [
    "Iran",
    "IRAN",
    "I\u00adran",
    "Iran\r\nAir",
    "Iran\u2003Air",
    "ایران",
    "头",
    "İstanbul",
    "İ",
]
NAMES += [
    "=A1",
    "Zwilling",
    "Paris\nHilton",
    "Hilton",
    "I\u0307stanbul",
    "ＩＲＡＮ",
    "頭疼",
    "Paris",
]
PIECES = st.sampled_from([*NAMES * 4, *[" ", "\n", ". "] * 5, *ENCODABLE, *MARKUP])


@st.composite
def results(draw) -> list[Result]:
    """Return the results of some documents, in all of which mentions may overlap or none."""
    texts = draw(st.lists(st.lists(PIECES, max_size=14).map("".join), min_size=1, max_size=3))
    overlaps = draw(st.sampled_from(["none", "nested", "all"]))
    return [
        RESOLVER.resolve(Document(text, f"d{number}"), overlaps=overlaps)
        for number, text in enumerate(texts)
    ]


Told = tuple[int, int, str | None]


def told(result: Result, *, apart: bool = False) -> list[Told]:
    """Return place and entity of each mention, or of those that do not overlap."""
    mentions = disjoint(result.mentions) if apart else result.mentions
    return [(m.start, m.end, m.entity_id) for m in mentions]


def stretch(text: str, start: int, end: int, unit: str) -> str:
    """Return what stands between two offsets, as a program in another language would find it."""
    encoding, size = {"utf16": ("utf-16-le", 2), "byte": ("utf-8", 1)}.get(unit, ("utf-32-le", 4))
    return text.encode(encoding)[size * start : size * end].decode(encoding)


def lines_of(content: str) -> list[str]:
    assert content.endswith("\n") or not content
    return content.split("\n")[:-1]


def jsonl(content: str, unit: str) -> Iterator[tuple[str, list]]:
    for record in map(json.loads, lines_of(content)):
        yield record["id"], [(m["start"], m["end"], m["surface"], m["entity_id"]) for m in record["mentions"]]  # fmt: skip


def rows(content: str, unit: str, delimiter: str = ",") -> Iterator[tuple[str, list]]:
    table = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    for row in table:
        entity = original(row["entity_id"]) or None
        yield row["document"], [(int(row["start"]), int(row["end"]), original(row["surface"]), entity)]  # fmt: skip


def parquet(content: bytes, unit: str) -> Iterator[tuple[str, list]]:
    for row in pq.read_table(io.BytesIO(content)).to_pylist():
        yield row["id"], [(m["start"], m["end"], m["surface"], m["entity_id"]) for m in row["mentions"]]  # fmt: skip


COUNTING = {
    "jsonl": jsonl,
    "csv": rows,
    "tsv": lambda content, unit: rows(content, unit, "\t"),
    "parquet": parquet,
}


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("name", COUNTING)
@share(0.4)
@given(results=results())
def test_offsets_of_every_unit_lead_to_the_surface(name, unit, results):
    texts = {result.document.id: result.document.text for result in results}
    read: dict[str, list] = {id_: [] for id_ in texts}
    for id_, mentions in COUNTING[name](written(name, results, offsets=unit), unit):
        read[id_] += mentions
    for result in results:
        mentions = read[result.document.id]
        wanted = [(m.surface, m.entity_id) for m in result.mentions]
        assert [mention[2:] for mention in mentions] == wanted
        text = result.document.text
        for start, end, surface, _ in mentions:
            assert stretch(text, start, end, unit) == surface


Read = Callable[[str | bytes], list[tuple[str, list[Told]]]]


def read_brat(content: bytes) -> list[tuple[str, list[Told]]]:
    files = brat(content)
    found = []
    for name in sorted(name for name in files if name.endswith(".txt")):
        text, mentions, entities = files[name], {}, {}
        for line in lines_of(files[name.replace(".txt", ".ann")]):
            key, what, surface = line.split("\t")
            if key[0] == "T":
                pieces = [tuple(map(int, p.split())) for p in what.partition(" ")[2].split(";")]
                assert " ".join(text[start:end] for start, end in pieces) == surface
                mentions[key] = (pieces[0][0], pieces[-1][1])
            elif key[0] == "N":
                _, target, entity = what.split(" ", 2)
                entities[target] = entity.removeprefix("resolver:")
        found.append((text, [(*span, entities.get(key)) for key, span in mentions.items()]))
    return found


def read_cas(content: bytes) -> list[tuple[str, list[Told]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        types = cassis.load_typesystem(io.BytesIO(archive.read("TypeSystem.xml")))
        names = sorted(name for name in archive.namelist() if name.endswith(".xmi"))
        files = [archive.read(name) for name in names]
    found = []
    for file in files:
        cas = cassis.load_cas_from_xmi(io.BytesIO(file), types)
        named = cas.select(NAMED_ENTITY)
        ambiguous = {(c.begin, c.end) for c in cas.select(CANDIDATE)}
        assert ambiguous == {(a.begin, a.end) for a in named if a.identifier is None}
        found.append((cas.sofa_string or "", [(a.begin, a.end, a.identifier) for a in named]))
    return found


def read_spacy(content: bytes) -> list[tuple[str, list[Told]]]:
    docs = DocBin().from_bytes(content).get_docs(VOCABULARY)
    return [
        (d.text, [(s.start_char, s.end_char, s.kb_id_ or None) for s in d.spans["resolver"]])
        for d in docs
    ]


VOCABULARY = spacy.blank("xx").vocab


def read_doccano(content: str) -> list[tuple[str, list[Told]]]:
    return [
        (
            record["text"],
            [
                (start, end, None if entity == "?" else entity)
                for (start, end, _), entity in zip(
                    record["label"], record["entities_of_labels"], strict=True
                )
            ],
        )
        for record in map(json.loads, lines_of(content))
    ]


def read_label_studio(content: str) -> list[tuple[str, list[Told]]]:
    found = []
    for task in json.loads(content):
        regions = task["predictions"][0]["result"]
        for region in regions:
            value = region["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
        told = [
            (r["value"]["start"], r["value"]["end"], r["meta"].get("entity_id")) for r in regions
        ]
        found.append((task["data"]["text"], told))
    return found


WHOLE: dict[str, Read] = {
    "brat": read_brat,
    "cas": read_cas,
    "spacy": read_spacy,
    "doccano": read_doccano,
    "labelstudio": read_label_studio,
}


def in_xml(text: str) -> str:
    """Return a text with what XML cannot hold replaced."""
    return "".join(
        "\ufffd" if (char < " " and char not in "\t\n\r") or char in "\ufffe\uffff" else char
        for char in text
    )


@pytest.mark.parametrize("name", WHOLE)
@share(0.3)
@given(results=results())
def test_texts_and_mentions_come_back(name, results):
    wanted = []
    for result in results:
        text = result.document.text
        in_order = sorted(told(result), key=str)
        wanted.append((in_xml(text) if name == "cas" else text, in_order))
    found = WHOLE[name](written(name, results))
    assert [(text, sorted(mentions, key=str)) for text, mentions in found] == wanted


@share(0.15)
@given(results=results())
def test_nif_is_read_as_the_same_graph(results):
    graph = rdflib.Graph().parse(data=written("nif", results), format="turtle")
    nif, its = rdflib.Namespace(NIF), rdflib.Namespace(ITS)
    contexts = {}
    for context in graph.subjects(rdflib.RDF.type, nif.Context):
        contexts[context] = graph.value(context, nif.isString).value
    assert sorted(contexts.values()) == sorted(result.document.text for result in results)
    found = []
    for phrase in graph.subjects(rdflib.RDF.type, nif.Phrase):
        context = graph.value(phrase, nif.referenceContext)
        start, end = (int(graph.value(phrase, p)) for p in (nif.beginIndex, nif.endIndex))
        assert contexts[context][start:end] == graph.value(phrase, nif.anchorOf).value
        found.append((str(context), start, end, graph.value(phrase, its.taIdentRef) is None))
    wanted = [
        (
            f"resolver:document/{r.document.id}#char=0,{len(r.document.text)}",
            start,
            end,
            id_ is None,
        )
        for r in results
        for start, end, id_ in told(r)
    ]
    assert sorted(found) == sorted(wanted)


@share(0.4)
@given(results=results())
def test_web_annotations_quote_what_stands_there(results):
    items = json.loads(written("w3c", results))["items"]
    mentions = [(r.document.text, m) for r in results for m in r.mentions]
    for item, (text, mention) in zip(items, mentions, strict=True):
        position, quote = item["target"]["selector"]
        assert (position["start"], position["end"]) == (mention.start, mention.end)
        assert quote["exact"] == mention.surface == text[mention.start : mention.end]
        assert text[: mention.start].endswith(quote["prefix"])
        assert text[mention.end :].startswith(quote["suffix"])


@share(0.4)
@given(results=results())
def test_seqeval_finds_the_mentions_in_the_tags(results):
    documents = written("conll", results).split("-DOCSTART-\t")[1:]
    for content, result in zip(documents, results, strict=True):
        tokens = [line.split("\t") for line in content.split("\n")[1:] if line]
        assert all(len(token) == 3 for token in tokens)
        assert "".join(t[0] for t in tokens) == "".join(result.document.text.split())
        found = [
            ("".join(t[0] for t in tokens[start : end + 1]), label)
            for label, start, end in get_entities([tag for _, _, tag in tokens])
        ]
        assert found == [
            ("".join(mention.surface.split()), mention.type or "ambiguous")
            for mention in disjoint(result.mentions)
        ]


@share(0.4)
@given(results=results())
def test_a_page_shows_the_text_and_marks_what_was_found(results):
    page = Page(written("html", results))
    assert page.texts == [result.document.text.replace("\x00", "\ufffd") for result in results]
    assert page.marks == [span for result in results for span in told(result, apart=True)]


@share(0.4)
@given(results=results())
def test_markdown_is_read_back(results):
    for result in results:
        marked = parse_marks(written("markdown", [result]))
        text = result.document.text
        assert marked.text in {text, f"{text}\n"}
        if all(id_ is None or id_.startswith("p") for _, _, id_ in told(result)):
            assert [(m.start, m.end, m.entity_id) for m in marked.expected] == [
                (start, end, id_ or "?") for start, end, id_ in told(result, apart=True)
            ]
