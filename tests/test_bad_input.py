"""Files that are damaged, of another format or hostile, through the real commands.

Whatever comes in: one line that names the file, exit code 2, no output under the final name, nothing
left beside it, nothing fetched and nothing run.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import hashlib
import json
import lzma
import os
import socket
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from test_import_command import DATA, FILES

from resolver import compression
from resolver.cli import main
from resolver.packs import read_pack

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

COMPRESS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstd.compress}
# Formats of which a part is as good as the whole: at most the last line does not end.
PLAIN = {"flashtext", "jrc", "solr"}


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Let nothing be fetched."""

    def refuse(*_):
        raise AssertionError("something was to be fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def imported(folder: Path, format_: str, *files: Path) -> SimpleNamespace:
    """Run the command in this process, as the shell would."""
    target = folder / "out/pack.yaml"
    target.parent.mkdir(exist_ok=True)
    return ran(target, "import", format_, *files, "-o", target)


def tagged(folder: Path, *files: Path, **options: str) -> SimpleNamespace:
    pack = folder / "pack.yaml"
    pack.write_text("pack: p\nentities: [{id: place/iran, name: Iran, type: place}]\n", "utf-8")
    target = folder / "out/tagged.jsonl"
    target.parent.mkdir(exist_ok=True)
    options = [word for key, value in options.items() for word in (f"--{key}", value)]
    return ran(target, "tag", *files, "--no-bundled", "--packs", pack, "-o", target, *options)


class _Main:
    """The entry point of the command, with its handling of errors, for click's runner."""

    name = "resolver"

    def main(self, args, prog_name, **_):
        del prog_name
        before = sys.argv
        sys.argv = ["resolver", *args]
        try:
            main()
        finally:
            sys.argv = before


def ran(target: Path, *arguments: object) -> SimpleNamespace:
    done = CliRunner().invoke(_Main(), [*map(str, arguments), "--no-plugins"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return SimpleNamespace(
        code=done.exit_code, said=done.stderr, files=sorted(p.name for p in target.parent.iterdir())
    )


def wrong(done: SimpleNamespace, path: Path) -> str:
    """Return what is said of a file that is wrong, after its name."""
    assert (done.code, done.files) == (2, []), done.said
    assert done.said.count("\n") == 1, done.said
    assert done.said.startswith(str(path)), done.said
    return done.said.removeprefix(str(path)).strip()


def damaged(format_: str) -> dict[str, bytes]:
    """Return contents that are wrong for every format."""
    content = (DATA / FILES[format_][0]).read_bytes()
    noise = b"".join(hashlib.sha256(bytes([n])).digest() for n in range(120))
    contents = {
        "in UTF-16": content.decode().encode("utf-16"),
        "in Latin 1": "Zoë\n".encode("latin-1") + content,
        "empty": b"",
        "zeros": bytes(5_000),
        "noise": noise,
        "an image": b"\x89PNG\r\n\x1a\n" + noise,
        "a web page": b"<!DOCTYPE html><html><script>alert(1)</script>x</html>",
    }
    if format_ not in PLAIN:
        contents["half"] = content[: len(content) // 2]
    return contents


@pytest.mark.parametrize("format_", FILES)
def test_damaged_tables(format_, tmp_path):
    first, *others = (DATA / file for file in FILES[format_])
    for what, content in damaged(format_).items():
        path = tmp_path / f"{what.replace(' ', '-')}{first.suffix}"
        path.write_bytes(content)
        assert wrong(imported(tmp_path, format_, path, *others), path), what
    for path in (tmp_path / f"missing{first.suffix}", tmp_path / f"folder{first.suffix}"):
        if path.stem == "folder":
            path.mkdir()
        assert wrong(imported(tmp_path, format_, path, *others), path).endswith("correct the path")


@pytest.mark.parametrize("format_", sorted(PLAIN))
def test_a_part_of_plain_lines_is_imported_and_said_to_be_one(format_, tmp_path):
    source = DATA / FILES[format_][0]
    path = tmp_path / f"half{source.suffix}"
    path.write_bytes(source.read_bytes()[: source.stat().st_size // 2])
    done = imported(tmp_path, format_, path)
    lines = path.read_text("utf-8").count("\n") + 1
    assert f"the last line has no end, the file may be cut short (1): {path}:{lines}\n" in done.said
    assert (done.code, done.files) == (0, ["pack.yaml"])


@pytest.mark.parametrize("format_", sorted(FILES.keys() - PLAIN))
def test_tables_of_other_formats(format_, tmp_path):
    first, *others = (DATA / file for file in FILES[format_])
    for other in FILES.keys() - {format_}:
        path = tmp_path / f"{other}{first.suffix}"
        path.write_bytes((DATA / FILES[other][0]).read_bytes())
        assert wrong(imported(tmp_path, format_, path, *others), path), other


@pytest.mark.parametrize("suffix", COMPRESS)
@pytest.mark.parametrize("format_", ["misp", "un", "ofac", "ftm", "jrc", "csv"])
def test_compressed_tables(format_, suffix, tmp_path):
    first, *others = (DATA / file for file in FILES[format_])
    path = tmp_path / f"{first.name}{suffix}"
    path.write_bytes(COMPRESS[suffix](first.read_bytes()))
    assert imported(tmp_path, format_, path, *others).code == 0
    (tmp_path / "out/pack.yaml").unlink()
    path.write_bytes(path.read_bytes()[:-9])
    said = wrong(imported(tmp_path, format_, path, *others), path)
    assert said in {
        ": the compressed data is cut short, get the file again",
        ": the compressed data is damaged, get the file again",
    }
    path.write_bytes(b"nothing compressed")
    said = wrong(imported(tmp_path, format_, path, *others), path)
    assert said == ": the compressed data is damaged, get the file again"


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><CONSOLIDATED_LIST>&c;</CONSOLIDATED_LIST>'
)
OUTSIDE = (
    '<!DOCTYPE x [<!ENTITY a SYSTEM "{}">]><INDIVIDUAL><FIRST_NAME>&a;</FIRST_NAME></INDIVIDUAL>'
)
DTD = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><INDIVIDUAL/>'
REFUSED = ": has a document type or entities, which are not read, remove them"
DEEP = json.dumps({"id": "a", "schema": "Person", "properties": {"x": []}})
for _ in range(300):
    DEEP = f'{{"id": "a", "schema": "Person", "properties": {{"x": [{DEEP}]}}}}'
HOSTILE = {
    "entities that grow": ("un", "x.xml", BOMB, REFUSED),
    "a file as an entity": ("un", "x.xml", OUTSIDE.format("file:///etc/hostname"), REFUSED),
    "a page as an entity": ("un", "x.xml", OUTSIDE.format("http://127.0.0.1:9/"), REFUSED),
    "a document type elsewhere": ("un", "x.xml", DTD, REFUSED),
    "the same in RDF": ("skos", "x.rdf", BOMB, REFUSED),
    "a context elsewhere": (
        "skos", "x.jsonld", '{"@context": "http://127.0.0.1:9/c", "@id": "http://e.org/1"}',
        ": its context stands elsewhere, write it into the file",
    ),
    "JSON-LD without end": (
        "skos", "x.jsonld", '{"@graph": [' * 50_000 + "]}" * 50_000, ":1: nested too deeply, flatten it",
    ),
    "JSON without end": ("misp", "x.json", "[" * 100_000, ":1: nested too deeply, flatten it"),
    "half a character": (
        "misp", "x.json", '{"values": [{"value": "\\ud800"}]}',
        ":1: holds half a character (a lone surrogate), mend it",
    ),
    "a list that leads out": (
        "gate", "lists.def", "../../etc/passwd.lst:a\n",
        ":1: ../../etc/passwd.lst is not there, put it beside this file",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_tables(what, tmp_path):
    format_, name, content, message = HOSTILE[what]
    path = tmp_path / name
    path.write_text(content, "utf-8")
    assert wrong(imported(tmp_path, format_, path), path) == message


@pytest.mark.parametrize("suffix", COMPRESS)
def test_what_unpacks_without_end(suffix, tmp_path, monkeypatch):
    monkeypatch.setattr(compression, "UNSUSPICIOUS", 1_000)
    message = ": unpacks to more than 200 times its size, unpack it yourself if you trust it"
    for name, command in ((f"x.json{suffix}", "misp"), (f"x.txt{suffix}", None)):
        path = tmp_path / name
        path.write_bytes(COMPRESS[suffix](b" " * 3_000_000))
        done = imported(tmp_path, command, path) if command else tagged(tmp_path, path)
        assert done.said == f"{path}{message}\n"
        assert done.code == 2
    # A run goes on behind a bad file, so what was tagged is kept.
    assert done.files == ["tagged.jsonl"]


def test_a_formula_is_text_on_the_way_in_and_out(tmp_path):
    table = tmp_path / "x.csv"
    table.write_text('name,type\n"=HYPERLINK(""http://127.0.0.1:9"")",x\n\'=1+1,x\n', "utf-8")
    assert imported(tmp_path, "csv", table).code == 0
    pack = tmp_path / "out/pack.yaml"
    names = ["=1+1", '=HYPERLINK("http://127.0.0.1:9")']
    assert [entity.name for entity in read_pack(pack).entities] == names
    exported = tmp_path / "out/back.csv"
    ran(exported, "export", "csv", "--no-bundled", "--packs", pack, "-o", exported)
    with exported.open(encoding="utf-8", newline="") as file:
        found = {row["name"] for row in csv.DictReader(file)}
    assert found == {f"'{name}" for name in names}


DOCUMENTS = {
    "x.jsonl": (b'{"text": "Iran"', ":1:16: not valid JSON, expecting ',' delimiter"),
    "x.csv": (b"text\n\"Iran", ":2: the row that begins here is no CSV, unexpected end of data; mend its quotes"),
    "x.txt": (b"\xff\xfeI\x00r", None),
    "x.html": (b'<meta charset="no-such">Iran', ": the page says it is in no-such, which is unknown, convert it"),
    "x.eml": (b"no headers", ": is no e-mail, it has no headers"),
    "x.parquet": (b"PAR1 and nothing", None),
    "y.txt": (b"Ir\xffan", ": byte 2 is not UTF-8, convert the file to UTF-8"),
    "z.txt": (bytes(100), ": is not text, a NUL byte stands near its beginning"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_damaged_documents_lose_no_others(name, tmp_path):
    content, message = DOCUMENTS[name]
    path, good = tmp_path / name, tmp_path / "good.txt"
    path.write_bytes(content)
    good.write_text("Iran", "utf-8")
    done = tagged(tmp_path, path, good)
    if message is not None:
        assert done.said == f"{path}{message}\n"
    if name != "x.txt":  # which is whole in UTF-16
        assert (done.code, done.said.count("\n"), done.said[: len(str(path))]) == (2, 1, str(path))
    lines = (tmp_path / "out/tagged.jsonl").read_text("utf-8").splitlines()
    assert json.loads(lines[-1])["mentions"][0]["surface"] == "Iran"


def test_a_script_of_a_page_is_no_text_and_does_not_reach_a_page_that_is_written(tmp_path):
    path = tmp_path / "x.html"
    path.write_text(
        "<script>alert('Iran')</script><p>Iran &lt;script>alert(1)&lt;/script>", "utf-8"
    )
    done = tagged(tmp_path, path, format="html")
    page = (tmp_path / "out/tagged.jsonl").read_text("utf-8")
    assert (done.code, page.count(">Iran</mark>"), page.count("<script")) == (0, 1, 0)


def test_a_table_among_documents_is_left_out_and_said(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Iran", "utf-8")
    (folder / "authors.csv").write_text("name,born\nAda,1815\n", "utf-8")
    missing = "there is no column text, name that of the texts with --text-field"
    said = f"{folder}{os.sep}authors.csv:1: {missing}; the columns are name, born\n"
    done = tagged(tmp_path, folder)
    assert (done.code, done.said) == (0, f"warning: {said}")
    named = tagged(tmp_path, folder / "a.txt", folder / "authors.csv")
    assert (named.code, named.said) == (2, said)
    (folder / "a.txt").unlink()
    alone = tagged(tmp_path, folder)
    assert (alone.code, alone.said) == (2, f"warning: {said}")
