"""Formats of documents: what comes in, what is refused and how, compressed or not."""

from __future__ import annotations

import bz2
import datetime as dt
import glob
import gzip
import io
import json
import lzma
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from resolver import compression
from resolver.models import Document
from resolver.readers import (
    BadInput,
    Fields,
    Source,
    read_documents,
    resolver_readers,
    sources,
)
from resolver.readers.patterns import files_fitting

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = "👍 ایران, Iran\n"


def read(path: Path, fields: Fields = sources.FIELDS) -> list[Document | str]:
    """Return the documents of a path, bad ones as what is said of them, with no folder in it."""
    items = read_documents([str(path)], resolver_readers(), fields=fields)
    return [
        str(item).removeprefix(f"{path.parent}/") if isinstance(item, BadInput) else item
        for item in items
    ]


def parquet(rows: dict[str, list]) -> bytes:
    """Return a table as Parquet."""
    out = io.BytesIO()
    pq.write_table(pa.table(rows), out)
    return out.getvalue()


CONTENT = {
    "a.txt": TEXT.encode(),
    "a.md": TEXT.encode(),
    "a.jsonl": json.dumps({"text": TEXT}).encode(),
    "a.csv": f'id,text\n,"{TEXT}"\n'.encode(),
    "a.tsv": f'id\ttext\n\t"{TEXT}"\n'.encode(),
    "a.parquet": parquet({"text": [TEXT]}),
    "a.html": TEXT.strip().encode(),
    "a.eml": f"Subject: x\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}".encode(),
}


COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd.compress,
}


@pytest.mark.parametrize("suffix", COMPRESS)
@pytest.mark.parametrize("name", CONTENT)
def test_every_format_in_every_compression(name, suffix, tmp_path):
    path = tmp_path / f"{name}{suffix}"
    path.write_bytes(COMPRESS[suffix](CONTENT[name]))
    (document,) = read(path)
    assert isinstance(document, Document), document
    assert document.text.removeprefix("x\n\n").strip() == TEXT.strip()
    line = {"a.jsonl": ":1", "a.csv": ":2", "a.tsv": ":2", "a.parquet": ":1"}.get(name, "")
    assert document.id == f"{path}{line}"
    assert read(tmp_path) == [document]


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz", ".zst"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.parquet"])
def test_damaged_compressed_data_is_named(name, suffix, tmp_path):
    whole = COMPRESS[suffix](CONTENT[name] * 50)
    cut, wrong = tmp_path / f"cut-{name}{suffix}", tmp_path / f"wrong-{name}{suffix}"
    cut.write_bytes(whole[:-6])
    wrong.write_bytes(b"this is no compressed file")
    said = read(cut)[-1]
    assert said == f"{cut.name}: the compressed data is cut short, get the file again"
    assert read(wrong) == [f"{wrong.name}: the compressed data is damaged, get the file again"]


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz", ".zst"])
def test_what_unpacks_without_end_is_stopped(suffix, tmp_path, monkeypatch):
    monkeypatch.setattr(compression, "UNSUSPICIOUS", 1_000)
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(COMPRESS[suffix](b"\n" * 3_000_000))
    message = "unpacks to more than 200 times its size, unpack it yourself if you trust it"
    assert read(path) == [f"{path.name}: {message}"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.jsonl.gz"])
def test_large_files_take_little_memory(name, tmp_path):
    row = json.dumps({"text": "x" * 1_000}) if "jsonl" in name else "x" * 1_000
    path = tmp_path / name
    data = ("text\n" if "csv" in name else "").encode() + f"{row}\n".encode() * 5_000
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    documents = read_documents([str(path)], resolver_readers())
    next(iter(documents))
    tracemalloc.start()
    assert sum(1 for _ in documents) == 4_999
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000


FIELDS = Fields("body", "nr", "day")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", b'{"nr": 7, "body": "Iran", "day": "2022-11-17"}'),
        ("a.csv", b"nr,body,day\n7,Iran,2022-11-17\n"),
        ("a.csv", b"nr;body;day\r\n7;Iran;2022-11-17\r\n"),
        ("a.csv", "nr,body,day\n7,Iran,2022-11-17\n".encode("utf-16")),
        ("a.csv", "\ufeffnr,body,day\n7,Iran,2022-11-17\n".encode()),
        ("a.tsv", b"nr\tbody\tday\n7\tIran\t2022-11-17\n"),
        ("a.parquet", parquet({"nr": [7], "body": ["Iran"], "day": [dt.date(2022, 11, 17)]})),
    ],
)
def test_fields_are_called_as_the_user_says(name, content, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    (document,) = read(path, FIELDS)
    assert (document.text, document.id, document.date) == ("Iran", "7", "2022-11-17")
    assert list(document.fields) == ["nr", "body", "day"]


def test_csv_rows_may_hold_anything_quoted(tmp_path):
    path = tmp_path / "a.csv"
    long = "x" * 200_000
    path.write_text(f'id,text\n1,"a ""b"", c\n\nd"\n\n2,{long}\n', "utf-8", newline="")
    assert [(d.id, d.text) for d in read(path)] == [("1", 'a "b", c\n\nd'), ("2", long)]


def test_a_bad_csv_row_loses_no_other(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(
        b'id,text\n1,one\n2,tw\xffo\n3,"thr"ee\n4,fo,ur\n5\n6,six\n7,"never closed\n8,x\n'
    )
    documents = [item if isinstance(item, str) else item.text for item in read(path)]
    assert documents == [
        "one",
        "a.csv:3: the row holds a byte that is not UTF-8, convert the file",
        "a.csv:4: the row that begins here is no CSV, ',' expected after '\"'; mend its quotes",
        "a.csv:5: the row has 3 fields for 2 columns, quote those that contain the separator",
        "a.csv:6: the record has no text, it has id; --text-field names another field",
        "six",
        "a.csv:8: the row that begins here is no CSV, unexpected end of data; mend its quotes",
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "a.csv",
            b"id,body\n1,x\n",
            "a.csv:1: there is no column text, name that of the texts with --text-field; "
            "the columns are id, body",
        ),
        (
            "a.csv",
            b"",
            "a.csv:1: there is no column text, name that of the texts with --text-field; "
            "the columns are none",
        ),
        (
            "a.parquet",
            parquet({"body": ["x"]}),
            "a.parquet: there is no column text, name that of the texts with --text-field; "
            "the columns are body",
        ),
        (
            "a.parquet",
            b"PAR1 and no more",
            "a.parquet: is no whole Parquet file, write it again (Parquet magic bytes not found "
            "in footer. Either the file is corrupted or this is not a parquet file.)",
        ),
        (
            "a.parquet",
            CONTENT["a.parquet"][:-20],
            "a.parquet: is no whole Parquet file, write it again (Parquet magic bytes not found "
            "in footer. Either the file is corrupted or this is not a parquet file.)",
        ),
        (
            "a.parquet",
            parquet({"text": [None]}),
            "a.parquet:1: text of the record is no text, write a string",
        ),
        ("a.eml", b"\x00\x01\x02", "a.eml: is no e-mail, it has no headers"),
        ("a.eml", b"just a text", "a.eml: is no e-mail, it has no headers"),
        (
            "a.eml",
            b"Subject: x\nContent-Type: text/plain; charset=klingon\n\nx",
            "a.eml: the body cannot be decoded, unknown encoding: klingon; save it as text",
        ),
        (
            "a.eml",
            b"Subject: x\nContent-Type: text/plain; charset=utf-8\n\n\xff",
            "a.eml: byte 0 of the body is not utf-8, which the message names; save it as text",
        ),
        (
            "a.csv",
            "text\nIran".encode("utf-16")[:-1],
            "a.csv: is not UTF-16 to its end, convert the file to UTF-8",
        ),
        (
            "a.html",
            b'<meta charset="klingon"><p>x',
            "a.html: the page says it is in klingon, which is unknown, convert it",
        ),
        ("a.html", b"<p>\xff", "a.html: byte 3 is not UTF-8, convert the file to UTF-8"),
        (
            "a.html",
            b"<meta charset=utf-8><p>\xff",
            "a.html: byte 23 is not utf-8, which the page says it is in",
        ),
        (
            "a.jsonl",
            b'{"n": ' + b"1" * 5_000 + b"}",
            "a.jsonl:1: a number of the record has too many digits, write it as text",
        ),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(name, content, message, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    assert read(path) == [message]


def test_parquet_rows_come_back_as_json_can_hold_them(tmp_path):
    path = tmp_path / "a.parquet"
    day = dt.datetime(2022, 11, 17, 12, 30)
    rows = {
        "text": ["Iran"],
        "at": [day],
        "raw": [b"\xff"],
        "n": [float("nan")],
        "l": [[{"a": day}]],
    }
    path.write_bytes(parquet(rows))
    (document,) = read(path)
    assert json.loads(json.dumps(document.fields)) == {
        "text": "Iran", "at": "2022-11-17T12:30:00", "raw": "\\xff", "n": None,
        "l": [{"a": "2022-11-17T12:30:00"}],
    }  # fmt: skip


def test_parquet_comes_through_a_pipe(tmp_path):
    code = (
        "from resolver.readers.parquet import read; from resolver.readers import Source; "
        "print([d.text for d in read(Source('-', None))])"
    )
    content = parquet({"text": ["Iran", "MoD"]})
    ran = subprocess.run(
        [sys.executable, "-c", code], input=content, capture_output=True, check=True
    )
    assert ran.stdout == b"['Iran', 'MoD']\n"


@pytest.mark.parametrize(
    ("name", "module", "package", "extra"),
    [
        ("a.parquet", "pyarrow", "pyarrow", "arrow"),
        ("a.txt.zst", "backports.zstd", "backports.zstd", "zstd"),
    ],
)
def test_a_missing_library_loses_that_file_only(
    name, module, package, extra, tmp_path, monkeypatch
):
    if extra == "zstd" and sys.version_info >= (3, 14):
        pytest.skip("Python has it")
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, f"{module}.parquet", None)
    (tmp_path / name).write_bytes(b"x")
    (tmp_path / "b.txt").write_text("Iran", "utf-8")
    said, document = read(tmp_path)
    assert said == (
        f"{tmp_path}/{name}: this needs {package}, "
        f"install it with: pip install 'alias-resolver[{extra}]'"
    ).removeprefix(f"{tmp_path.parent}/")
    assert document.text == "Iran"


MAIL = """\
From: =?utf-8?b?w4k=?= <e@example.org>
To: you@example.org
Subject: =?utf-8?q?About_Fran=C3=A7ois?=
Date: Thu, 17 Nov 2022 23:30:00 -0500
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: multipart/alternative; boundary="c"

--c
{plain}--c
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p>The <b>MoD</b> =F0=9F=91=8D</p>
--c--
--b
Content-Type: text/plain; charset=utf-8
Content-Disposition: attachment; filename="a.txt"

attached
--b--
"""
PLAIN = """\
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

8J+RjSDYp9uM2LHYp9mG
"""


@pytest.mark.parametrize(
    ("plain", "body"), [(PLAIN, "👍 ایران"), ("\n", "\n"), (None, "The MoD 👍")]
)
def test_mail_is_subject_and_body(plain, body, tmp_path):
    path = tmp_path / "a.eml"
    mail = MAIL.replace("--c\n{plain}--c", "--c" if plain is None else f"--c\n{plain}--c")
    path.write_text(mail, "utf-8")
    (document,) = read(path)
    assert document.text.rstrip("\n") == f"About François\n\n{body}".rstrip("\n")
    assert document.date == "2022-11-17"
    assert document.fields["from"] == "É <e@example.org>"
    assert document.fields["text"] == document.text


def test_what_a_reader_says_cannot_control_the_terminal(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"id,\x1b]0;evil\x07\n")
    ran = subprocess.run(
        [sys.executable, "-m", "resolver", "coverage", "a.csv"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr.splitlines(keepends=True)[0]) == (
        2,
        b"a.csv:1: there is no column text, name that of the texts with --text-field; "
        b"the columns are id, \\u001b]0;evil\\u0007\n",
    )


def test_a_source_knows_what_is_compressed(tmp_path):
    assert Source("A.CSV.GZ", Path("A.CSV.GZ")).suffix == ".csv"
    assert Source("a.gz", Path("a.gz")).suffix == ""
    assert Source("-", None).suffix == ""


PATTERNS = ["**", "**/*.txt", "a/**", "a/**/*.txt", "a/**/b/*", "*/**/c.txt", "**/b/**", "[ab]/**"]


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("is_absolute", [False, True])
def test_patterns_find_what_globs_find(pattern, is_absolute, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in (
        "a/b/c.txt",
        "a/b/b/c.txt",
        "b/c.txt",
        "c.txt",
        ".d/c.txt",
        "a/.d.txt",
        "a/[x]/c.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Iran", "utf-8")
    if is_absolute:
        pattern = f"{tmp_path}/{pattern}"
    wanted = {Path(name) for name in glob.glob(pattern, recursive=True) if Path(name).is_file()}  # noqa: PTH207 (what is compared with)
    assert wanted
    assert files_fitting(pattern) == sorted(wanted, key=str)


def test_patterns_do_not_go_round_where_links_lead_back(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "c.txt").write_text("Iran", "utf-8")
        for number in range(3):  # so many that going round would not end
            (tmp_path / name / f"up{number}").symlink_to(tmp_path)
    assert files_fitting("**/*.txt") == [Path("a/c.txt"), Path("b/c.txt")]
    # A link that is named is followed, as in any other path.
    assert files_fitting("a/up0/**/*.txt") == [Path("a/up0/a/c.txt"), Path("a/up0/b/c.txt")]


def test_a_fault_of_very_many_records_is_said_before_the_end(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"body": "x"}\n' * 11_002 + '{"text": "x"}\n', "utf-8")
    fault = "the record has no text, it has body; --text-field names another field"
    *faults, document = read(tmp_path / "a.jsonl")
    assert faults == [
        f"a.jsonl:1: {fault}; the same goes for the next 999 records",
        f"a.jsonl:1001: {fault}; the same goes for the next 9,999 records",
        f"a.jsonl:11001: {fault}; the same goes for the next record",
    ]
    assert document.id == f"{tmp_path}/a.jsonl:11003"


def test_a_page_of_no_date_is_said_and_read_as_one_without(tmp_path):
    (tmp_path / "a.html").write_text('<meta name="date" content="2022-02-31"><p>Iran', "utf-8")
    document, said = read(tmp_path / "a.html")
    assert said == (
        "a.html: date 2022-02-31 is no date, so the document counts as one without; "
        "write a day as 2020-01-21"
    )
    assert (document.text.strip(), document.date) == ("Iran", None)
