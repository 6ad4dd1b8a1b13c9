"""What is fuzzed: the way through the project, and inputs to begin with."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet
from serving import PACK

from fuzzing import checks
from fuzzing.checks import Check, documents, imported

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DATA = Path(__file__).parent.parent / "data/importers"


class Target(NamedTuple):
    """Something that is fuzzed.

    Attributes:
        check: What an input is put through.
        seeds: Inputs to begin with.
    """

    check: Check
    seeds: tuple[bytes, ...]


def _table(format_: str, file: str, *others: str) -> Target:
    """Return the target of an importer, with its files in the tests as what to begin with."""
    name = f"input{Path(file).suffix}"
    check = imported(format_, name, *(DATA / other for other in others))
    return Target(check, ((DATA / file).read_bytes(),))


def _parquet() -> bytes:
    table = pa.table({"text": ["Iran", "MoD"], "id": [1, 2], "date": ["2020-01-01", ""]})
    file = io.BytesIO()
    pa.parquet.write_table(table, file)
    return file.getvalue()


_PAGE = """<!DOCTYPE html><title>Iran &amp; co</title><meta name=date content="2022-11-17">
<body><p>Seen by <b>Simon</b><br> <i>Gass</i>. M<b>o</b>D</p><pre> a\r\n</pre><!-- x -->
<![CDATA[ x ]]><script>Iran()</script>Fran&ccedil;ois &#x627; &notit; <td a='>'>Iran</td>"""
_MAIL = """From: a@example.org
Subject: =?utf-8?q?Ir=C3=A1n?=
Date: Thu, 17 Nov 2022 10:00:00 +0000
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Iran=E9
--x
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PHA+SXJhbjwvcD4=
--x--
"""
_ALL_KEYS = """pack: p
version: "1"
title: t
description: d
license: CC0-1.0
sources: [a]
left_out: [b]
defaults: {type: x, tags: [t], case: smart}
entities:
  - id: person/simon-gass
    name: Simon Gass
    surnames: [Gass]
    same_as: {wikidata: Q1}
    aliases:
      - bare
      - {text: MoD, kind: acronym, case: exact, strength: weak, boundary: none, from: 2020}
      - text: "Mo: D"
        ambiguous: true
        until: 2021-02-03
        context: {any: [a], all: [b], none: [c], entities: [person/simon-gass], within: 5 words}
roles:
  - id: role/r
    name: Foreign Secretary
    of: [person/simon-gass]
    shared: true
    holders:
      - {entity: person/simon-gass, from: 2022-09-06, until: 2023}
suppress: [Iran Air, {text: Times Square, case: any}]
examples:
  - text: "[Simon Gass](person/simon-gass) \\\\[x] [MoD](?)."
    date: 2022-11-17
    todo: true
"""
_SETTINGS = """packs = ["a.yaml"]
bundled = false
jobs = 2
engine = "flashtext"
date = "2020-01-01"
option = ["a=b"]
fail-on = "ambiguous"
without-rule = ["surname"]
overlaps = "all"
port = 0
"""
_PACK = PACK.encode()

TARGETS = {
    "text": Target(
        checks.plain_text, (b"Iran\r\nMoD", "\ufeffİran".encode(), "Iran".encode("utf-16"))
    ),
    "jsonl": Target(
        checks.records,
        (
            b'{"id": 1, "text": "Iran \\ud83d\\udc4d", "date": "2020-01-01", "x": [null, {"a": 1e5}]}\n',
            b'\xef\xbb\xbf{"text": "MoD"}\r\n\n{"text": "\\ud800"}\n[1]\n{"text": NaN}',
        ),
    ),
    "csv": Target(
        documents("input.csv"),
        (
            b'id,text,date\n1,"Iran, ""MoD""\n",2020-01-01\n2,x\n',
            b"text;id\nIran;1\n",
            b"a,b\n1,2\n",
        ),
    ),
    "tsv": Target(documents("input.tsv"), (b"id\ttext\n1\tIran\n",)),
    "html": Target(
        documents("input.html"),
        (_PAGE.encode(), b'<meta charset="iso-8859-1"><p>Ir\xe1n', b"<p>a<![x[y]]>b</p"),
    ),
    "eml": Target(documents("input.eml"), (_MAIL.encode(), b"Subject: Iran\n\nMoD \xff")),
    "parquet": Target(documents("input.parquet"), (_parquet(),)),
    "compressed": Target(
        checks.compressed,
        tuple(
            bytes([number]) + compress(b"Iran and the MoD")
            for number, compress in enumerate(
                (bz2.compress, gzip.compress, gzip.compress, lzma.compress, zstd.compress)
            )
        ),
    ),
    "pack": Target(checks.pack, (_PACK, _ALL_KEYS.encode())),
    "update": Target(checks.update, (_PACK, _ALL_KEYS.encode())),
    "csv-table": _table("csv", "table.csv"),
    "flashtext": _table("flashtext", "keywords.txt"),
    "flashtext-json": _table("flashtext", "keywords.json"),
    "ftm": _table("ftm", "ftm.jsonl"),
    "gate": _table("gate", "city.lst"),
    "gate-lists": _table("gate", "lists.def", "city.lst"),
    "jrc": _table("jrc", "names.tsv"),
    "misp": _table("misp", "misp.json"),
    "ofac": _table("ofac", "sdn.csv", "alt.csv"),
    "popolo": _table("popolo", "popolo.json"),
    "skos-rdf": _table("skos", "skos.rdf"),
    "skos-ttl": _table("skos", "skos.ttl"),
    "skos-jsonld": _table("skos", "skos.jsonld"),
    "solr": _table("solr", "synonyms.txt"),
    "spacy": _table("spacy", "patterns.jsonl"),
    "stix": _table("stix", "stix.json"),
    "un": _table("un", "un.xml"),
    "wikidata": _table("wikidata", "wikidata.json"),
    "sparql": _table("wikidata", "sparql.json"),
    "settings": Target(checks.settings, (_SETTINGS.encode(), b'[tool]\nresolver = 1\n"no-x" = 2')),
    "cache": Target(checks.cache_file, (b"", b"\x00\x00\x00\x00", b"\x00\x20\x00\xff\x01")),
    "http": Target(
        checks.http,
        (
            b'POST /resolve\n{"text": "Iran", "id": "a", "date": "2020-01-01", "overlaps": "all", "offsets": "utf16", "why": true}',
            b"GET /lookup?name=Ir%C3%A1n\n",
            b'POST /draft/check\n{"texts": {"scratch.yaml": "pack: p"}}',
            b'POST /draft/build\n{"texts": {"scratch.yaml": "pack: p\\nentities: [{id: a, name: Iran, type: x}]"}}',
            b'POST /draft/explain\n{"text": "Iran", "date": null, "start": 0, "end": 4}',
            b'POST /draft/compare\n{"text": "Iran"}',
            b'POST /draft/example\n{"text": "Iran", "file": "scratch.yaml", "pack": "pack: p"}',
            b'POST /draft/save\n{"file": "scratch.yaml", "text": "pack: p", "digest": "x"}',
            b"GET /draft/packs\n",
        ),
    ),
    "tagging": Target(checks.tagging, (bytes(range(63)), bytes([0, 31, 2, 37, 20, 31, 2]))),
    "matching": Target(
        checks.matching, (b"\x01\x02\x03\x20\x01\x02\x00\x01\x02", bytes(range(80)))
    ),
}
