"""Bad inputs of every kind, through the real commands, and what is promised of each.

Rows of data are in ``cases/hostile.yaml``; here stands what needs a device, a closed stream, another
process or a library. What other modules prove (damaged tables, killed jobs, broken plugins, the HTTP
interface, the cache) is listed with them in ``docs/reliability.md``.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from click.testing import CliRunner
from conftest import ROOT
from serving import served
from test_bad_input import _Main

from resolver.cli.commands import COMMANDS
from resolver.writers.table import printable

CASES = yaml.safe_load((Path(__file__).parent / "cases/hostile.yaml").read_text("utf-8"))
PACK = """\
pack: demo
entities:
  - {id: place/iran, name: Iran, type: place}
  - {id: person/gass, name: Simon Gass, type: person}
  - {id: thing/keyword, name: _keyword_, type: thing}
"""
WITH_PACKS = frozenset({"tag", "replace", "explain", "report", "lookup", "lint"})
FOUND = [(0, 4, "Iran")]


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pack.yaml").write_text(PACK, "utf-8")
    return tmp_path


def words(line: str) -> list[str]:
    """Return a command line with what to load added to it."""
    given = shlex.split(line)
    if given[0] in WITH_PACKS:
        given += ["--no-bundled", *(() if "--packs" in given else ("--packs", "pack.yaml"))]
    return given if given[0] in {"new", "schema"} else [*given, "--no-plugins"]


def ran(line: str, stdin: bytes | None = None) -> SimpleNamespace:
    """Run a command in this process, as the shell would."""
    done = CliRunner().invoke(_Main(), words(line), input=stdin)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return SimpleNamespace(code=done.exit_code, out=done.stdout_bytes, said=done.stderr)


def apart(line: str, redirected: str = "") -> SimpleNamespace:
    """Run a command in a process of its own, from a shell that redirects its streams."""
    command = shlex.join([sys.executable, "-m", "resolver", *words(line)])
    done = subprocess.run(
        ["bash", "-c", f"{command} {redirected}"], capture_output=True, check=False
    )
    return SimpleNamespace(code=done.returncode, out=done.stdout, said=done.stderr.decode())


def found(out: bytes) -> list:
    """Return the id of each record and its mentions, whose place is true of the text."""
    records = [json.loads(line) for line in out.decode("utf-8").split("\n") if line]
    for record in records:
        for mention in record["mentions"]:
            if "text" in record:
                span = record["text"][mention["start"] : mention["end"]]
                assert span == mention["surface"]
    return [
        (record["id"], [(m["start"], m["end"], m["surface"]) for m in record["mentions"]])
        for record in records
    ]


def content(value: object) -> bytes:
    if isinstance(value, dict):
        return b" " * value.get("pad", 0) + value["bytes"].encode("latin-1")
    return str(value).encode("utf-8")


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_what_is_promised_of_bad_input(case, folder):
    names = {"folder": folder.name, "here": str(folder), "long": "x" * 300}

    def filled(text: str) -> str:
        for name, value in names.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    for name, value in case["files"].items():
        (folder / name).write_bytes(content(value))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = ran(filled(case["run"]))
    said = [filled(line) for line in case.get("says", ())]
    assert (done.said.splitlines(), done.code) == (said, case.get("code", 0))
    if "finds" in case:
        expected = [(id_, [tuple(span) for span in spans]) for id_, spans in case["finds"]]
        assert found(done.out) == expected
    if "prints" in case:
        assert done.out.decode("utf-8").splitlines() == case["prints"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


# Records and formats


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_nesting_that_one_process_bears_is_refused_in_all(folder, jobs):
    """What can be read in one process may be too deep to be passed to another."""
    depths = (10, 199, 250, 400, 900, 950, 1_000, 100_000)
    lines = (f'{{"id": {n}, "text": "Iran", "a": {"[" * n}{"]" * n}}}\n' for n in depths)
    (folder / "a.jsonl").write_text("".join(lines), "utf-8")
    done = apart(f"tag a.jsonl --jobs {jobs}")
    deep = [f"a.jsonl:{n}: the record is nested too deeply, flatten it" for n in range(3, 9)]
    assert (done.said.splitlines(), done.code) == (deep, 2)
    assert found(done.out) == [(10, FOUND), (199, FOUND)]


WRITERS = "brat cas conll csv doccano html jsonl labelstudio markdown nif parquet spacy table tsv w3c".split()


@pytest.mark.parametrize("name", WRITERS)
def test_odd_ids_are_written_in_every_format(name, folder):
    ids = ["\udcff", "\ud800", "../../etc/x", "/etc/passwd", "<img src=x onerror=alert(1)>", "=1+1"]
    ids += ["\x1b]0;evil\x07", "x" * 300, "CON", ""]
    lines = (json.dumps({"id": id_, "text": "Iran", "date": id_}) + "\n" for id_ in ids)
    (folder / "a.jsonl").write_text("".join(lines), "utf-8")
    odd = os.fsdecode(b"odd\xff.txt")
    (folder / odd).write_text("Iran", "utf-8")
    done = ran(f"tag a.jsonl {odd} --format {name} -o out")
    undated = "is no date, so the record counts as one without; write a day as 2020-01-21"
    named = f"warning: a.jsonl:1: date \\udcff {undated}; the same goes for the next 8 records\n"
    assert (done.said, done.code) == (named, 0)
    out = (folder / "out").read_bytes()
    if name == "jsonl":
        assert [id_ for id_, _ in found(out)] == [*ids, odd]
    elif name == "parquet":
        column = pq.read_table(io.BytesIO(out))["id"].to_pylist()
        assert column == ["\\udcff", "\\ud800", *ids[2:-1], "a.jsonl:10", "odd\\udcff.txt"]
    elif name in {"brat", "cas"}:
        inside = zipfile.ZipFile(io.BytesIO(out)).namelist()
        assert all(file.isascii() and Path(file).name == file for file in inside)
        assert len({file.lower() for file in inside}) == len(inside) > len(ids)
    elif name == "html":
        assert b"<img" not in out
    elif name == "table":
        assert b"\x1b" not in out


def test_two_columns_of_one_name_in_parquet(folder):
    table = pa.table([["Iran"], ["Oman"], ["x"]], names=["text", "text", "id"])
    pq.write_table(table, folder / "a.parquet")
    done = ran("tag a.parquet")
    assert (done.said, done.code) == ("a.parquet: there are two columns text, rename one\n", 2)


DEEP = {
    "parts": "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(1_500)
    ),
    "comments": f"To: {'(' * 5_000}\nSubject: Iran\n\nIran",
}


@pytest.mark.parametrize("what", DEEP)
def test_mail_without_end_loses_no_other(what, folder):
    (folder / "a.eml").write_text(DEEP[what], "utf-8")
    (folder / "b.txt").write_text("Iran", "utf-8")
    done = ran("tag a.eml b.txt")
    message = "a.eml: its parts or headers are nested too deeply, save it as text\n"
    assert (done.said, done.code) == (message, 2)
    assert found(done.out) == [("b.txt", FOUND)]


@pytest.mark.parametrize(
    "page",
    ["<div>" * 100_000, "<" * 100_000, "<a " * 100_000, "<a " + 'x="' * 50_000, "&" * 100_000],
)
def test_pages_that_are_made_to_take_long(page, folder):
    (folder / "a.html").write_text(f"Iran {page}", "utf-8")
    done = ran("tag a.html")
    assert (done.said, done.code) == ("", 0)
    assert found(done.out) == [("a.html", FOUND)]


def test_many_candidates_are_all_kept(folder):
    aliases = "aliases: [{text: Iran, ambiguous: true}], name_is_alias: false"
    rows = (f"  - {{id: x/{n}, name: Iran {n}, type: x, {aliases}}}\n" for n in range(1_000))
    (folder / "p.yaml").write_text(f"pack: p\nentities:\n{''.join(rows)}", "utf-8")
    (folder / "a.txt").write_text("Iran", "utf-8")
    (mention,) = json.loads(ran("tag a.txt --packs p.yaml").out)["mentions"]
    assert (mention["status"], len(mention["candidates"])) == ("ambiguous", 1_000)


def test_markup_and_addresses_of_packs_come_into_no_page(folder):
    evil = '"</script><img src=x onerror=alert(1)>"'
    link = '"javascript:alert(1)"'
    (folder / "p.yaml").write_text(
        f"pack: p\ntitle: {evil}\nentities:\n"
        f"  - {{id: x/a, name: {evil}, type: {evil}, same_as: {{wikidata: {link}}}, "
        "aliases: [Iran]}\n",
        "utf-8",
    )
    (folder / "a.txt").write_text("Iran </script><img src=x onerror=alert(1)>", "utf-8")
    for line in ("report a.txt", "tag a.txt --format html"):
        done = ran(f"{line} --packs p.yaml -o page.html")
        page = (folder / "page.html").read_text("utf-8")
        assert (done.said, done.code) == ("", 0)
        assert "<img" not in page
        assert 'href="javascript' not in page


# Files and streams


def test_a_pipe_is_read_and_written(folder):
    for name in ("in.fifo", "out.fifo"):
        os.mkfifo(folder / name)
    taken = []
    threads = [
        threading.Thread(target=(folder / "in.fifo").write_text, args=("Iran",)),
        threading.Thread(target=lambda: taken.append((folder / "out.fifo").read_bytes())),
    ]
    for thread in threads:
        thread.start()
    done = ran("tag in.fifo -o out.fifo")
    for thread in threads:
        thread.join()
    assert (done.said, done.code) == ("", 0)
    assert found(taken[0]) == [("in.fifo", FOUND)]
    assert (folder / "out.fifo").is_fifo()


def test_a_hard_link_is_the_same_file(folder):
    (folder / "a.txt").write_text("Iran", "utf-8")
    (folder / "b.txt").hardlink_to(folder / "a.txt")
    (folder / "loop").symlink_to("loop")
    done = ran("tag a.txt b.txt loop")
    assert (done.said, done.code) == ("loop: no such file or folder, correct the path\n", 2)
    assert found(done.out) == [("a.txt", FOUND)]


@pytest.mark.parametrize("line", ["tag", "tag --format csv", "tag --resume", "replace", "report"])
def test_an_output_that_is_a_link_to_itself(line, folder):
    (folder / "a.txt").write_text("Iran", "utf-8")
    (folder / "loop").symlink_to("loop")
    done = ran(f"{line} a.txt -o loop")
    assert (done.said, done.code) == ("loop: is a link that leads back to itself, remove it\n", 2)
    assert (folder / "loop").is_symlink()


def test_links_in_a_folder_that_lead_nowhere_or_back(folder):
    (folder / "in").mkdir()
    (folder / "in/a.txt").write_text("Iran", "utf-8")
    (folder / "in/loop").symlink_to(".")
    (folder / "in/loop.txt").symlink_to("loop.txt")
    (folder / "in/dead.txt").symlink_to("gone.txt")
    done = ran("tag in")
    assert done.said == (
        "in/dead.txt: cannot be read: No such file or directory\n"
        "in/loop.txt: cannot be read: Too many levels of symbolic links\n"
    )
    assert (done.code, found(done.out)) == (2, [("in/a.txt", FOUND)])


@pytest.mark.parametrize("behind", [b"", b"garbage"])
def test_compressed_files_that_were_put_one_behind_the_other(behind, folder):
    pieces = (gzip.compress(b'{"id": %d, "text": "Iran"}\n' % n) for n in range(2))
    (folder / "a.jsonl.gz").write_bytes(b"".join(pieces) + behind)
    done = ran("tag a.jsonl.gz")
    message = "a.jsonl.gz: the compressed data is damaged, get the file again\n"
    assert (done.said, done.code) == ((message, 2) if behind else ("", 0))
    assert behind or found(done.out) == [(0, FOUND), (1, FOUND)]


def test_a_folder_that_cannot_be_entered_is_named(folder):
    """Here it lies too deep for the system; one without permission takes the same way."""
    (folder / "in").mkdir()
    (folder / "in/a.txt").write_text("Iran", "utf-8")
    at = os.open(folder / "in", os.O_RDONLY)
    name = "d" * 250
    for _ in range(20):
        os.mkdir(name, dir_fd=at)
        below = os.open(name, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(at)
    done = ran("tag in")
    assert done.said.endswith(f"/{name}: cannot be read: File name too long\n")
    assert (done.said.count("\n"), done.code) == (1, 2)
    assert found(done.out) == [("in/a.txt", FOUND)]


def test_a_file_name_that_is_no_text_is_shown_and_comes_back(folder):
    odd = os.fsdecode(b"odd\xff.txt")
    (folder / odd).write_text("Iran", "utf-8")
    (folder / os.fsdecode(b"\xfe.txt")).write_bytes(b"\xff\xff")
    done = apart("tag .")
    message = "\\udcfe.txt: byte 0 is not UTF-8, convert the file to UTF-8\n"
    assert (done.said, done.code) == (message, 2)
    assert found(done.out) == [(odd, FOUND)]
    assert apart("tag . --format table").out.decode("utf-8").startswith(printable(odd))


CLOSED = {
    "standard output": ("tag a.txt", ">&-", 2, "output: Bad file descriptor\n"),
    "of lint": ("lint", ">&-", 2, "output: Bad file descriptor\n"),
    "standard input": ("tag -", "<&-", 2, "-: cannot be read: Bad file descriptor\n"),
    "standard error": ("tag a.txt gone.txt -o out", "2>&-", 2, ""),
    "all": ("tag a.txt -o out", "<&- >&- 2>&-", 0, ""),
    "all, two processes": ("tag a.txt -o out --jobs 2", "<&- >&- 2>&-", 0, ""),
}


@pytest.mark.parametrize("what", CLOSED)
def test_a_stream_that_is_closed(what, folder):
    """And nothing that is meant for it comes into a file that is opened later."""
    line, redirected, code, said = CLOSED[what]
    (folder / "a.txt").write_text("Iran", "utf-8")
    done = apart(line, redirected)
    assert (done.code, done.said, done.out) == (code, said, b"")
    if "-o" in line:
        assert found((folder / "out").read_bytes()) == [("a.txt", FOUND)]


def test_a_pack_that_is_too_large_is_refused_unread(folder):
    with (folder / "p.yaml").open("wb") as file:
        file.truncate(300 << 20)  # takes no room on the disk
    (folder / "a.txt").write_text("Iran", "utf-8")
    done = ran("tag a.txt --packs p.yaml")
    assert (done.said, done.code) == ("p.yaml:1:1: is larger than 256 MB, split it\n", 2)


def test_an_alias_that_names_too_many_is_refused(folder):
    """Each mention of it would list them all, and a short text would not fit into memory."""
    lines = [f"  - {{id: p/{number:05}, name: Iran}}\n" for number in range(10_002)]
    head = "pack: p\ndefaults: {type: place, ambiguous: true}\nentities:\n"
    (folder / "p.yaml").write_text(head + "".join(lines), "utf-8")
    (folder / "a.txt").write_text("Iran", "utf-8")
    done = ran("tag a.txt --packs p.yaml")
    message = "Iran names 10002 entities, 10000 at most, take it out where it says least"
    assert (done.said, done.code) == (f"p.yaml:10004:25: {message}\n", 2)
    (folder / "p.yaml").write_text(head + "".join(lines[:-2]), "utf-8")
    done = ran("tag a.txt --packs p.yaml")
    (mention,) = json.loads(done.out)["mentions"]
    assert (done.code, done.said, len(mention["candidates"])) == (0, "", 10_000)


EMPTY = "a path of packs is empty, name a pack or a folder, or . for this one\n"


@pytest.mark.parametrize(
    "line",
    [
        "tag a.txt --packs ''",
        "lint ''",
        "test ''",
        "packs --packs ''",
        "diff '' p.yaml a.txt",
        "diff p.yaml '' a.txt",
        "serve ''",
        "export csv --packs ''",
    ],
)
def test_a_pack_of_no_name_is_not_this_folder(line, folder):
    """As a variable of a script is that nothing was put into."""
    (folder / "a.txt").write_text("Iran", "utf-8")
    (folder / "p.yaml").write_text("pack: p\nentities: [{id: a, name: Iran, type: place}]\n")
    done = apart(f"{line} --no-bundled --no-plugins", "")
    assert (done.said, done.code, done.out) == (EMPTY, 2, b"")


def test_a_setting_of_no_name_is_not_the_folder_either(folder):
    (folder / "resolver.toml").write_text('packs = ["p.yaml", ""]\n', "utf-8")
    done = ran("packs")
    message = (
        "resolver.toml: packs has an empty path, name a file or a folder, "
        "or . for the one of this file\n"
    )
    assert (done.said, done.code) == (message, 2)


def test_a_name_that_is_too_long_is_not_shown_whole(folder):
    (folder / "p.yaml").write_text(f"pack: p\nentities: [{{id: a, name: '{'x ' * 500_000}'}}]\n")
    (folder / "a.txt").write_text("Iran", "utf-8")
    done = ran("tag a.txt --packs p.yaml")
    message = "p.yaml:2:26: entity name has 1000000 characters, shorten it to 1000"
    assert (done.said.splitlines()[0], done.code) == (message, 2)
    assert len(done.said) < 1_000


def test_a_pack_comes_from_a_file_and_not_from_a_pipe(folder):
    """It is read more than once, so what comes from a pipe would be empty the second time."""
    os.mkfifo(folder / "p.yaml")
    (folder / "a.txt").write_text("Iran", "utf-8")
    done = ran("tag a.txt --packs p.yaml")
    message = "p.yaml:1:1: is a pipe or a device, save what comes from it as a file\n"
    assert (done.said, done.code) == (message, 2)


def test_a_folder_of_packs_that_leads_back_to_itself(folder):
    (folder / "packs").mkdir()
    (folder / "pack.yaml").rename(folder / "packs/pack.yaml")
    (folder / "packs/loop").symlink_to(".")
    (folder / "a.txt").write_text("Iran", "utf-8")
    done = ran("tag a.txt --packs packs")
    assert (done.said, done.code, found(done.out)) == ("", 0, [("a.txt", FOUND)])


# Going on with a job, and the cache

MANIFESTS = {
    "a list": "[]",
    "another shape": '{"place": 5}',
    "nothing": "",
    "half": '{"job": {',
    "too deep": "[" * 100_000,
    "no text": "\udcff",
}


@pytest.mark.parametrize("what", MANIFESTS)
def test_a_manifest_that_is_none(what, folder):
    (folder / "a.txt").write_text("Iran", "utf-8")
    (folder / "out").mkdir()
    manifest = MANIFESTS[what].encode("utf-8", "surrogateescape")
    (folder / "out/_manifest.json").write_bytes(manifest)
    done = ran("tag a.txt -o out --shard-size 1 --resume")
    message = "out/_manifest.json: is no manifest of a job, remove it and begin anew\n"
    assert (done.said, done.code) == (message, 2)
    assert [path.name for path in (folder / "out").iterdir() if path.name[0] != "_"] == []


@pytest.mark.parametrize("kind", ["a file", "in a file", "a device", "code", "a folder"])
def test_a_cache_that_is_none_changes_nothing(kind, folder, monkeypatch):
    cache = folder / "cache"
    ran_before = None
    (folder / "a.txt").write_text("Iran", "utf-8")
    monkeypatch.setenv("RESOLVER_CACHE", str(cache))
    if kind == "a file":
        cache.write_text("Iran", "utf-8")
    elif kind == "in a file":
        monkeypatch.setenv("RESOLVER_CACHE", str(folder / "a.txt/cache"))
    elif kind == "a device":
        monkeypatch.setenv("RESOLVER_CACHE", "/dev/full")
    else:
        ran_before = ran("tag a.txt")
        (file,) = cache.iterdir()
        file.unlink()
        if kind == "a folder":
            file.mkdir()
        else:  # what would run if anything unpickled it
            file.write_bytes(b"cos\nsystem\n(S'touch ran'\ntR.")
    done = ran("tag a.txt")
    assert (done.said, done.code, found(done.out)) == ("", 0, [("a.txt", FOUND)])
    assert ran_before is None or ran_before.out == done.out
    assert not (folder / "ran").exists()


def test_a_cache_may_be_named_from_here(folder, monkeypatch):
    monkeypatch.setenv("RESOLVER_CACHE", "cache")
    (folder / "a.txt").write_text("Iran", "utf-8")
    for _ in range(2):
        assert found(ran("tag a.txt").out) == [("a.txt", FOUND)]
        (file,) = (folder / "cache").iterdir()
    assert file.suffix == ".sqlite"


# HTTP

REQUESTS = {
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
    "a line without end": (b"GET /" + b"a" * 200_000, 400),
    "a header without end": (b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200_000, 400),
    "two lengths": (
        b"POST /resolve HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}", 400,
    ),
    "a negative length": (b"POST /resolve HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400),
    "no host": (b"GET /health HTTP/1.0\r\n\r\n", 421),
    "a chunk that is none": (
        b"POST /resolve HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400,
    ),
    "a path that is no text": (b"GET /%ff%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404),
    "a path that leads out": (b"GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404),
}  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "pack.yaml").write_text(PACK, "utf-8")
    with served("pack.yaml", "--no-bundled", "--no-plugins", folder=folder) as server:
        yield server


@pytest.mark.parametrize("what", REQUESTS)
def test_requests_that_no_browser_sends(what, server):
    request, status = REQUESTS[what]
    port = server.client.base_url.port
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(request)
        answer = connection.recv(65_536)
    assert int(answer.split(b" ", 2)[1]) == status
    assert server.client.get("/health").status_code == 200


BODIES = {
    "deep": (b'{"text": ' + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}", "the body is not JSON"),
    "a number without end": (b'{"text": "", "date": %s}' % (b"1" * 5_000), "the body is not JSON"),
    "twice": (b'{"text": "Iran", "text": ""}', 'the field "text" is given twice, leave one'),
    "no text": (b'{"text": 1e999}', "the field text must be a text"),
    "a list": (b'["Iran"]', "the body must be a JSON object"),
    "no day": (b'{"text": "", "date": "2022-02-30"}', 'the date "2022-02-30" is none, write 2022-09-06'),
    "no UTF-8": (b'{"text": "\xff"}', "the body is not UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("what", BODIES)
def test_bodies_that_are_none(what, server):
    body, error = BODIES[what]
    headers = {"content-type": "application/json"}
    answer = server.client.post("/resolve", content=body, headers=headers)
    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_a_body_in_chunks_is_bounded_too(server):
    endless = (b" " * 100_000 for _ in range(100))
    headers = {"content-type": "application/json"}
    answer = server.client.post("/resolve", content=endless, headers=headers)
    assert (answer.status_code, answer.json()) == (
        413,
        {"error": "the body is larger than 4 MB, send less or raise --size-limit"},
    )


# No network

GUARD = """\
import sys

def refuse(event, args):
    if event == "socket.bind" and args[1][0] == "127.0.0.1":
        sys.stderr.write("loopback\\n")
    elif event == "socket.getaddrinfo" and args[0] == "127.0.0.1":
        pass  # an address, which nobody is asked for
    elif event.startswith("socket.") and event not in {"socket.__new__", "socket.gethostname"}:
        sys.stderr.write(f"NETWORK {event}\\n")
        raise RuntimeError("no network")

sys.addaudithook(refuse)
"""
RUNS = [
    "tag a.txt a.html a.jsonl a.csv",
    "tag a.txt --jobs 2 -o out.jsonl",
    "lint",
    "import csv a.csv -o b.yaml",
    "import un un.xml -o c.yaml",
    "report a.html -o page.html",
    "explain a.txt",
    "replace a.txt",
    "lookup Iran",
    "test pack.yaml --no-bundled",
    "diff pack.yaml pack.yaml a.txt --no-bundled",
    "suggest a.txt --no-bundled --packs pack.yaml",
    "evaluate gold.jsonl --no-bundled --packs pack.yaml",
    "coverage a.txt --no-bundled --packs pack.yaml",
    "export csv --no-bundled --packs pack.yaml",
    "packs --no-bundled --packs pack.yaml",
    "plugins",
    "new pack league",
    "new plugin league",
    "schema",
]


@pytest.fixture
def guard(folder, monkeypatch):
    """Every Python of the test tells of every name looked up and every socket bound or connected."""
    (folder / "guard").mkdir()
    (folder / "guard/sitecustomize.py").write_text(GUARD, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder / "guard"))


@pytest.mark.parametrize("line", [*RUNS, None])
def test_no_command_reaches_for_the_network(line, folder, guard):
    link = "http://127.0.0.1:9/x"
    (folder / "a.txt").write_text(f"Iran {link}", "utf-8")
    (folder / "a.html").write_text(f'<base href="{link}"><img src="{link}">Iran', "utf-8")
    (folder / "a.jsonl").write_text(f'{{"id": "{link}", "text": "Iran"}}', "utf-8")
    (folder / "a.csv").write_text(f"id,name,type,text\n{link},Iran,place,Iran\n", "utf-8")
    data = Path(__file__).parent / "data/importers/un.xml"
    (folder / "un.xml").write_bytes(data.read_bytes())
    gold = {"id": "1", "text": link, "mentions": []}
    (folder / "gold.jsonl").write_text(json.dumps(gold), "utf-8")
    look_up = ["-c", "import socket; socket.getaddrinfo('localhost', 9)"]
    command = ["-m", "resolver", *words(line)] if line else look_up
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    assert ("NETWORK" in done.stderr) is (line is None)  # without a command: would it be noticed?
    assert done.returncode in ({0, 1} if line else {1})


def test_every_command_is_kept_from_the_network():
    assert {line.split()[0] for line in RUNS} == COMMANDS.keys() - {"serve"}


def test_the_playground_is_on_the_loopback_address_only(folder, guard):
    (folder / "a.txt").write_text("Iran http://127.0.0.1:9/x", "utf-8")
    with served("pack.yaml", "--no-bundled", "--no-plugins", folder=folder) as server:
        assert server.post("/resolve", text="Iran http://127.0.0.1:9/x").status_code == 200
        _, _, said = server.stop(signal.SIGINT)
    assert (said.count("loopback"), said.count("NETWORK")) == (1, 0)


def test_what_the_docs_call_proven_is_tested():
    """Each row names tests, and a command that runs them: the names are those of tests in its files."""
    page = (ROOT / "docs/reliability.md").read_text("utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| ")]
    proven = [row for row in rows if "tests/" in row[-2]]
    assert len(proven) > 30
    for _, promise, tests, command, _ in proven:
        files = command.strip().strip("`").split()
        code = "".join((ROOT / file).read_text("utf-8") for file in files)
        named = re.findall(r"`(test_\w+)`", tests)
        assert named, promise
        assert [name for name in named if f"def {name}(" not in code] == [], promise


def test_a_current_folder_that_was_removed_is_one_line(folder):
    gone = folder / "gone"
    gone.mkdir()
    code = "import os, sys; os.rmdir(os.getcwd()); from resolver.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "tag", "a.txt"],
        cwd=gone,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    message = "the current folder does not exist any more, change to one that does\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)
