"""What the libraries of a format write, with any text in it, is read as that text.

And where the text of a document does not stand in its file as it is, its places lead back there.
"""

from __future__ import annotations

import codecs
import csv
import html
import io
import json
import tempfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from xml.etree import ElementTree as ET

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from alphabet import FILE_TEXT, HALF, share
from hypothesis import assume, given
from hypothesis import strategies as st

from resolver.models import Document
from resolver.offsets import carry
from resolver.readers import BadInput, read_documents, resolver_readers
from resolver.readers.html import document_of

TEXTS = st.lists(FILE_TEXT, min_size=1, max_size=4)


def read(name: str, content: bytes) -> list[Document | BadInput]:
    """Return what is read from a file of this name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return list(read_documents([str(path)], resolver_readers()))


def table(texts: list[str], delimiter: str, encoding: str = "utf-8", quoting: int = 0) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting)
    writer.writerows([("id", "text"), *enumerate(texts)])
    return out.getvalue().encode(encoding)


def parquet(texts: list[str]) -> bytes:
    out = io.BytesIO()
    columns = {"id": [str(n) for n in range(len(texts))], "text": texts}
    pq.write_table(pa.table(columns), out, row_group_size=2)
    return out.getvalue()


def lines(texts: list[str], *, ascii_only: bool, end: str = "\n") -> bytes:
    records = [{"id": str(n), "text": text} for n, text in enumerate(texts)]
    return end.join(json.dumps(r, ensure_ascii=ascii_only) for r in records).encode("utf-8")


RECORDS: dict[str, tuple[str, Callable[[list[str]], bytes]]] = {
    "JSON": ("a.jsonl", lambda texts: lines(texts, ascii_only=False)),
    "JSON in ASCII, with CRLF": ("a.ndjson", lambda t: lines(t, ascii_only=True, end="\r\n")),
    "CSV": ("a.csv", lambda texts: table(texts, ",")),
    "CSV with semicolons": ("a.csv", lambda texts: table(texts, ";")),
    "CSV, all quoted": ("a.csv", lambda texts: table(texts, ",", quoting=csv.QUOTE_ALL)),
    "CSV in UTF-16": ("a.csv", lambda texts: table(texts, ",", "utf-16")),
    "TSV": ("a.tsv", lambda texts: table(texts, "\t", "utf-8-sig")),
    "Parquet": ("a.parquet", parquet),
}


@pytest.mark.parametrize("kind", RECORDS)
@share(0.5)
@given(texts=TEXTS)
def test_every_text_comes_back_from_its_record(kind, texts):
    name, write = RECORDS[kind]
    documents = read(name, write(texts))
    assert [getattr(d, "text", str(d)) for d in documents] == texts
    assert [d.id for d in documents] == [str(number) for number in range(len(texts))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@share(0.5)
@given(text=FILE_TEXT)
def test_a_text_is_what_its_file_holds(encoding, text):
    content = text.encode(encoding)
    # UTF-16 whose text begins with NUL begins like UTF-32.
    assume(not content.startswith(codecs.BOM_UTF32_LE))
    (document,) = read("a.txt", content)
    if encoding == "utf-8" and text.startswith("\ufeff"):
        text = text[1:]  # which is a mark there, and no text
    if encoding != "utf-16" and "\x00" in text:
        assert document.message == "is not text, a NUL byte stands near its beginning"
    else:
        assert document.text == text


@share(0.5)
@given(texts=TEXTS, half=st.integers(0, 3))
def test_half_a_character_loses_its_record_and_no_other(texts, half):
    texts[half:half] = [HALF]
    documents = read("a.jsonl", lines(texts, ascii_only=True))
    bad = [number for number, text in enumerate(texts) if text == HALF]
    message = "the text holds half a character (a lone surrogate), mend it"
    assert [n for n, d in enumerate(documents) if isinstance(d, BadInput)] == bad
    assert {d.message for d in documents if isinstance(d, BadInput)} == {message}
    assert [d.text for d in documents if isinstance(d, Document)] == [
        text for text in texts if text != HALF
    ]


# Mail ends its lines as it likes: what is compared is what stands in them.
MAIL_TEXT = FILE_TEXT.map(lambda text: "\n".join(text.splitlines()))


@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
@share(0.3)
@given(text=MAIL_TEXT)
def test_the_body_of_a_mail_is_its_text(encoding, text):
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content(text, cte=encoding, charset="utf-8")
    (document,) = read("a.eml", bytes(message))
    assert document.text.removeprefix("x\n\n").rstrip("\n") == text.rstrip("\n")


def place_in(page: str, document: Document, start: int, end: int) -> str:
    begin, stop = carry(document.origin.edits, start, end)
    return page[begin:stop]


@given(before=FILE_TEXT, text=FILE_TEXT, preformatted=st.booleans())
def test_text_that_was_escaped_is_read_and_found_in_its_page(before, text, preformatted):
    tag = "pre" if preformatted else "p"
    page = f"<p>{html.escape(before)}<b>x</b></p><{tag}>{html.escape(text)}</{tag}>"
    document = document_of(page, "a")
    if preformatted:
        assert document.text.endswith(text)
    else:  # white space of ASCII is one space there, and none at the ends
        assert document.text.split()[-len(text.split()) :] == text.split() or not text.split()
    for at, char in enumerate(document.text):
        if not char.isspace():
            assert html.unescape(place_in(page, document, at, at + 1)) == char


# XML cannot hold every character, so neither can what writes it.
IN_XML = FILE_TEXT.map(lambda text: "".join(c for c in text if c.isprintable() or c in " \t\n"))


@share(0.5)
@given(texts=st.lists(IN_XML, max_size=6), tags=st.lists(st.sampled_from("p b i li td".split())))
def test_pages_that_a_library_wrote_have_the_text_of_their_elements(texts, tags):
    body = ET.Element("body")
    for number, text in enumerate(texts):
        element = ET.SubElement(body, [*tags, *["p"] * len(texts)][number])
        element.set("title", text)
        element.text, element.tail = text, " "
        element.append(ET.Comment(text.replace("-", "")))
    page = ET.tostring(body, encoding="unicode", method="html")
    document = document_of(page, "a")
    assert document.text.split() == " ".join(texts).split()
    for at, char in enumerate(document.text):
        if not char.isspace():
            assert html.unescape(place_in(page, document, at, at + 1)) == char
