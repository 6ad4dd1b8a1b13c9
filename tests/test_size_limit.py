"""A document that is larger than allowed is named and left out; no other is lost, nor much memory."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from conftest import resolver_of
from hypothesis import given
from hypothesis import strategies as st

from resolver import compression
from resolver.arrow import tag_table
from resolver.cli import cli
from resolver.limits import larger_texts, size_from, size_text
from resolver.readers import BadInput, read_documents, resolver_readers

PACK = "pack: p\nentities: [{id: place/iran, name: Iran, type: place}]\n"
LARGE = "is larger than 40 bytes, split it or raise --size-limit"
LONG = "Iran " + "x" * 40


def parquet(rows: dict[str, list], **options) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(rows), out, **options)
    return out.getvalue()


# By name of the file: what is in it, the ids that come out, and what is said.
FILES: dict[str, tuple[bytes, list[str], list[str]]] = {
    "at.txt": (b"x" * 40, ["at.txt"], []),
    "over.txt": (b"x" * 41, [], [f"over.txt: {LARGE}"]),
    "over.html": (b"<p>" + b"x" * 38, [], [f"over.html: {LARGE}"]),
    "over.eml": (b"Subject: x\n\n" + b"x" * 29, [], [f"over.eml: {LARGE}"]),
    "bytes, not characters.txt": ("é".encode() * 21, [], [f"bytes, not characters.txt: {LARGE}"]),
    "lines.jsonl": (
        b'{"id": 1, "text": "a"}\n'
        b'{"id": 2, "text": "' + b"x" * 19 + b'"}\r\n'
        b'{"id": 3, "text": "' + b"x" * 20 + b'"}\r\n'
        b'{"id": 4, "text": "' + b"x" * 3_000_000 + b'"}\n'
        b'{"id": 5, "text": "b"}\n'
        b'{"id": 6, "text": "' + b"x" * 50,
        ["1", "2", "5"],
        [f"lines.jsonl:{n}: the line {LARGE}" for n in (3, 4, 6)],
    ),
    "rows.csv": (
        b"id,text\n1,a\n"
        b'2,"' + b"x" * 34 + b'",y\n'
        b"3," + b"x" * 38 + b"\r\n"
        b"4," + b"x" * 39 + b"\r\n"
        b"5," + b"x" * 3_000_000 + b"\n"
        b"6,b\n",
        ["1", "3", "6"],
        [
            "rows.csv:3: the row has 3 fields for 2 columns, quote those that contain the separator",
            f"rows.csv:5: the row that begins here {LARGE}; are its quotes closed?",
            f"rows.csv:6: the row that begins here {LARGE}; are its quotes closed?",
        ],
    ),
    "lines in quotes.csv": (
        b'id,text\n1,"a\nb"\n2,"'
        + (b'said ""so"",\n' * 9)
        + b'5,z\n"\n3,"a\nb\nc\nd"\n4,"'
        + b"x" * 30
        + b'\ny"\n',
        ["1", "3", "4"],
        ["lines in quotes.csv:4: the row that begins here " + LARGE + "; are its quotes closed?"],
    ),
    "quotes that mean nothing.csv": (
        b'id,text\n1,5" and ' + b"x" * 40 + b'\n2,a""' + b"x" * 40 + b"\n3,b\n",
        ["3"],
        [
            f"quotes that mean nothing.csv:{n}: the row that begins here {LARGE}; are its quotes closed?"
            for n in (2, 3)
        ],
    ),
    "a quote that is never closed.csv": (
        b'id,text\n1,a\n2,"' + b"x\n" * 60 + b"3,b\n",
        ["1"],
        [
            f"a quote that is never closed.csv:3: the row that begins here {LARGE}; are its quotes closed?"
        ],
    ),
    "header.csv": (b"id,text," + b"x" * 40, [], [f"header.csv:1: the header {LARGE}"]),
    "rows.tsv": (
        b"id\ttext\n1\t" + b"x" * 50 + b"\n2\tb\n",
        ["2"],
        [f"rows.tsv:2: the row that begins here {LARGE}; are its quotes closed?"],
    ),
    "rows.parquet": (
        parquet({"id": list("123"), "text": ["a", "x" * 41, None], "more": ["y" * 90] * 3}),
        ["1"],
        [
            f"rows.parquet:2: text of the row {LARGE}",
            "rows.parquet:3: text of the record is no text, write a string",
        ],
    ),
}


def tag(folder: Path, *args: str) -> tuple[int, list[str], list[str]]:
    """Return the exit code, the ids that came out and what was said."""
    loading = ["--no-plugins", "--no-bundled", "--packs", "pack.yaml"]
    ran = CliRunner().invoke(cli, ["tag", *args, *loading], catch_exceptions=False)
    return (
        ran.exit_code,
        [str(json.loads(line)["id"]) for line in ran.stdout.splitlines()],
        (ran.stderr.splitlines()),
    )


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pack.yaml").write_text(PACK, "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_what_is_larger_is_named_and_loses_no_other(name, folder):
    content, ids, said = FILES[name]
    (folder / name).write_bytes(content)
    assert tag(folder, name, "--size-limit", "40") == (2 if said else 0, ids, said)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
@pytest.mark.parametrize("name", FILES)
def test_what_is_compressed_counts_unpacked(pack: Callable[[bytes], bytes], name, folder):
    content, ids, said = FILES[name]
    packed = f"{name}.{'gz' if pack is gzip.compress else 'bz2'}"
    (folder / packed).write_bytes(pack(content))
    code, found, errors = tag(folder, packed, "--size-limit", "40")
    assert (code, [i.replace(packed, name) for i in found]) == (2 if said else 0, ids)
    assert errors == [line.replace(name, packed) for line in said]


@pytest.mark.parametrize("name", FILES)
def test_with_the_limit_that_is_usual_all_is_read(name, folder):
    content, _, _ = FILES[name]
    (folder / name).write_bytes(content)
    assert not any("larger" in line for line in tag(folder, name)[2])


def test_the_limit_can_be_a_setting(folder):
    (folder / "a.txt").write_text(LONG, "utf-8")
    (folder / "b.txt").write_text("Iran", "utf-8")
    (folder / "resolver.toml").write_text('size-limit = "0.04kB"\n', "utf-8")
    assert tag(folder, "a.txt", "b.txt") == (2, ["b.txt"], [f"a.txt: {LARGE}"])
    (folder / "resolver.toml").write_text("size-limit = 40\n", "utf-8")
    assert tag(folder, "a.txt", "b.txt") == (2, ["b.txt"], [f"a.txt: {LARGE}"])
    assert tag(folder, "a.txt", "b.txt", "--size-limit", "45 B") == (0, ["a.txt", "b.txt"], [])


COMMANDS = {
    "replace": "replace a.txt",
    "report": "report a.txt",
    "explain": "explain a.txt",
    "suggest": "suggest a.txt",
    "coverage": "coverage a.txt",
    "diff": "diff pack.yaml pack.yaml a.txt",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_that_reads_documents_has_it(name, folder):
    (folder / "a.txt").write_text(LONG, "utf-8")
    words = [*COMMANDS[name].split(), "--size-limit", "40", "--no-bundled", "--no-plugins"]
    words += [] if name == "diff" else ["--packs", "pack.yaml"]
    ran = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert (ran.exit_code, ran.stderr.splitlines()[0]) == (2, f"a.txt: {LARGE}")


def test_gold_that_is_larger_is_no_gold(folder):
    gold = {"text": LONG, "mentions": []}
    (folder / "gold.jsonl").write_text(json.dumps(gold), "utf-8")
    words = ["evaluate", "gold.jsonl", "--size-limit", "40", "--packs", "pack.yaml", "--no-bundled"]
    ran = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert (ran.exit_code, ran.stderr) == (2, f"gold.jsonl:1: the line {LARGE}\n")


@pytest.mark.parametrize("size", ["0", "0.5B", "-1", "1TB", "much", "", "1e9", "٣", "1" * 40])
def test_what_is_no_size_is_said(size, folder):
    code, _, said = tag(folder, "a.txt", f"--size-limit={size}")
    assert (code, said[-1]) == (
        2,
        "Error: Invalid value for '--size-limit': "
        f"{size} is no size, write one such as 500kB, 256MB or 2GB",
    )


@pytest.mark.parametrize(
    ("written", "size", "text"),
    [
        ("1", 1, "1 byte"),
        ("999B", 999, "999 bytes"),
        ("1.5kb", 1_500, "1.5 kB"),
        ("256 MB", 256_000_000, "256 MB"),
        ("2gb", 2_000_000_000, "2 GB"),
        ("268435456", 268_435_456, "268.435456 MB"),
    ],
)
def test_sizes_are_read_and_written(written, size, text):
    assert (size_from(written), size_text(size)) == (size, text)


def test_a_run_goes_on_only_with_the_same_limit(folder):
    (folder / "in.jsonl").write_text(f'{{"text": "Iran"}}\n{{"text": "{LONG}"}}\n', "utf-8")
    words = ["tag", "in.jsonl", "-o", "out.jsonl", "--resume", "--packs", "pack.yaml"]
    ran = [
        subprocess.run(
            [sys.executable, "-m", "resolver", *words, "--no-bundled", *size],
            capture_output=True,
            text=True,
            check=False,
        )
        for size in (["--size-limit", "40"], [], ["--size-limit", "40"])
    ]
    assert [(done.returncode, done.stderr) for done in ran] == [
        (2, f"in.jsonl:2: the line {LARGE}\n"),
        (
            2,
            "out.jsonl: cannot go on with the run that is there, --size-limit was 40 and is "
            "256000000; put that back, or remove out.jsonl to begin anew\n",
        ),
        (2, "out.jsonl: an earlier run has done it all\n"),
    ]


LARGE_FILES = {
    "a.txt": (b"", "is"),
    "a.jsonl": (b'{"text": "', "1: the line is"),
    "a.csv": (b'text\n"', "2: the row that begins here is"),
    "a.html.gz": (b"", "is"),
    "a.jsonl.gz": (b'{"text": "', "1: the line is"),
}


@pytest.mark.parametrize("name", LARGE_FILES)
def test_what_is_too_large_is_never_held(name, tmp_path):
    begin, said = LARGE_FILES[name]
    path = tmp_path / name
    with gzip.open(path, "wb", 1) if name.endswith(".gz") else path.open("wb") as file:
        for piece in (begin, *[b"x" * 1_000_000] * 50):
            file.write(piece)
    tracemalloc.start()
    (fault,) = read_documents([str(path)], resolver_readers(), size_limit=100_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert str(fault).startswith(
        f"{path}:{'' if said[0].isdigit() else ' '}{said} larger than 100 kB"
    )
    assert peak < 5_000_000


def test_a_text_that_stands_in_parquet_once_for_many_rows(folder):
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 200), pa.array(["x" * 2_000_000]))
    pq.write_table(pa.table({"text": text}), folder / "a.parquet", store_schema=False)
    before, pool = pa.default_memory_pool(), pa.proxy_memory_pool(pa.default_memory_pool())
    pa.set_memory_pool(pool)
    try:
        _, _, said = tag(folder, "a.parquet", "--size-limit", "1MB")
    finally:
        pa.set_memory_pool(before)
    message = "text of the row is larger than 1 MB, split it or raise --size-limit"
    assert said == [f"a.parquet:{row}: {message}" for row in range(1, 201)]
    assert 0 < pool.max_memory() < 200_000_000  # not the 400 MB that the texts are together


def test_parquet_that_unpacks_without_end_is_refused(folder, monkeypatch):
    monkeypatch.setattr(compression, "UNSUSPICIOUS", 1_000)
    rows = parquet({"text": ["x" * 9_000_000]}, compression="zstd", use_dictionary=False)
    (folder / "a.parquet").write_bytes(rows)
    message = "unpacks to more than 200 times its size, write it uncompressed if you trust it"
    assert tag(folder, "a.parquet") == (2, [], [f"a.parquet: {message}"])


TEXTS = ["Iran", "x" * 41, None, "é" * 20 + "y", "x" * 40]
KINDS = {
    "string": pa.string(),
    "large string": pa.large_string(),
    "binary": pa.binary(),
    "dictionary": pa.dictionary(pa.int32(), pa.string()),
}


@pytest.mark.parametrize("kind", KINDS)
def test_rows_of_arrow_say_so(kind):
    texts = pa.array(TEXTS, pa.string())
    texts = texts.dictionary_encode() if kind == "dictionary" else texts.cast(KINDS[kind])
    tagged = tag_table(pa.table({"text": texts}), resolver_of(PACK), size_limit=40)
    large = "the text is larger than 40 bytes, split it or raise size_limit"
    assert tagged["error"].to_pylist() == [None, large, "the text is null", large, None]
    mentions = tagged["mentions"].to_pylist()
    assert [None if row is None else len(row) for row in mentions] == [1, None, None, None, 0]


def test_what_is_no_text_is_not_larger():
    for column in (pa.array([1, 2]), pa.nulls(3), pa.array([["x" * 90]]), pa.array(["x" * 90])[:0]):
        assert larger_texts(column, 0) == frozenset()


FIELDS = st.text(st.sampled_from('ab",\né '), max_size=12)


@given(
    rows=st.lists(st.tuples(FIELDS, FIELDS), min_size=1, max_size=8),
    end=st.sampled_from(["\n", "\r\n"]),
    size_limit=st.integers(8, 40),
)
def test_of_any_rows_those_that_are_not_larger_are_read(rows, end, size_limit):
    written = [io.StringIO() for _ in rows]
    for row, out in zip(rows, written, strict=True):
        csv.writer(out, lineterminator=end).writerow(row)
    lines = [out.getvalue().removesuffix(end) for out in written]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text(end.join(["id,text", *lines]), "utf-8", newline="")
        read = list(read_documents([str(path)], resolver_readers(), size_limit=size_limit))
    fits = [len(line.encode()) <= size_limit for line in lines]
    texts = [item.text for item in read if not isinstance(item, BadInput)]
    assert texts == [row[1] for row, fit in zip(rows, fits, strict=True) if fit]
    assert len(read) == len(rows)
