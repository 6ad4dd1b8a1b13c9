"""Ways through the project, one a function: an input in, what is said of it out.

Each writes the input as a file into the current folder, as users have it, and calls what commands
call. What is promised of this kind of input beyond `promise` is asserted here.
"""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from unittest import mock
from urllib.parse import unquote_to_bytes

import click
from serving import PACK

from fuzzing.promise import BrokenPromiseError
from resolver import compression
from resolver.cli import cli
from resolver.cli.import_ import _collected
from resolver.cli.settings import defaults, read_settings
from resolver.compiled import read_compiled, write_compiled
from resolver.errors import ConfigurationError, PackError
from resolver.gazetteer import Gazetteer
from resolver.importers import resolver_importers
from resolver.importers.changes import Changes
from resolver.importers.guards import guarded
from resolver.models import Document, Mention, Pack
from resolver.offsets import carry
from resolver.packs import check_together, parse_pack, read_pack
from resolver.packs.lint import lint_packs
from resolver.packs.merging import merged
from resolver.packs.pieces import pack_pieces
from resolver.packs.writing import pack_text
from resolver.pipeline import OVERLAPS, Resolver
from resolver.readers import BadInput, read_documents, resolver_readers
from resolver.writers import Options
from resolver.writers.jsonl import write
from resolver.writers.table import printable

Check = Callable[[bytes], str]
_IMPORTERS = {importer.name: importer for importer in resolver_importers()}
_TEXT = "Simon Garth left the MoD in London for Iran; Iran Air said nothing of Gass."


@cache
def _resolver(engine: str = "auto") -> Resolver:
    return Resolver([parse_pack(PACK)], engine=engine)


# Documents


def documents(name: str) -> Check:
    """Read a file of some name, and tag what is in it."""

    def check(data: bytes) -> str:
        Path(name).write_bytes(data)
        items = list(read_documents([name], resolver_readers()))
        for result in _resolver().resolve_many(i for i in items if isinstance(i, Document)):
            result.document.text.encode()  # holds no half character
            if result.document.origin:
                _assert_it_stands_there(result.document)
            line = "".join(write([result], Options()))
            assert line.count("\n") == 1
            json.loads(line.encode())
        return "\n".join(printable(str(item)) for item in items if isinstance(item, BadInput))

    return check


def records(data: bytes) -> str:
    """Read JSON Lines: every line gives a document or is named, and records come back whole."""
    said = documents("input.jsonl")(data)
    items = list(read_documents(["input.jsonl"], resolver_readers()))
    lines = [line for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]
    assert len(items) == len(lines)
    for item, line in zip(items, lines, strict=True):
        assert isinstance(item, BadInput) or item.fields == json.loads(line)
    return said


def plain_text(data: bytes) -> str:
    """Read a text: it is that of the file, but for a byte order mark."""
    said = documents("input.txt")(data)
    (item,) = read_documents(["input.txt"], resolver_readers())
    if isinstance(item, Document):
        utf16 = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
        assert item.text == data.decode("utf-16" if utf16 else "utf-8-sig")
    return said


def _assert_it_stands_there(document: Document) -> None:
    """Hold each character of a text that was made of a page against the page."""
    page, edits = document.origin.text, document.origin.edits
    assert all(before[1] <= after[0] and before[3] <= after[2] for before, after in pairwise(edits))
    done = 0
    for place, char in enumerate(document.text):
        start, end = carry(edits, place, place + 1)
        assert 0 <= start <= end <= len(page)
        if not char.isspace():
            assert start < end
            assert done <= start or char in html.unescape(page[start:end])
            assert page[start:end] == char or char in html.unescape(page[start:end])
        done = max(done, end)


def compressed(data: bytes) -> str:
    """Read a compressed text; the first byte says how it is compressed."""
    suffixes = sorted(compression.COMPRESSED)
    suffix = suffixes[data[0] % len(suffixes)] if data else suffixes[0]
    with mock.patch.object(compression, "UNSUSPICIOUS", 1 << 20):
        return documents(f"input.txt{suffix}")(data[1:])


# Packs


def pack(data: bytes) -> str:
    """Read a pack, lint it, write it and read that, and run its examples."""
    path = Path("input.yaml")
    path.write_bytes(data)
    read = read_pack(path)
    check_together([read])
    for finding in lint_packs([read]):
        assert printable(str(finding))
    again = _made(pack_text(read))
    assert pack_text(again) == pack_text(read)
    resolver = Resolver([read])
    for example in read.examples:
        _assert_valid(example.text, resolver.resolve(example.text, date=example.date).mentions)
    return ""


def update(data: bytes) -> str:
    """Add what a table has to a pack: what comes out is a pack with all that was in it."""
    text = data.decode("utf-8", "replace").replace("\ufeff", "")
    before = parse_pack(text, "input.yaml")
    after = _made(merged(text, "input.yaml", parse_pack(PACK).owners))
    names = {alias.text for owner in after.owners for alias in owner.aliases}
    assert {alias.text for owner in before.owners for alias in owner.aliases} <= names
    return ""


def imported(format_: str, name: str, *others: Path) -> Check:
    """Make a pack of a table, others beside it; whatever is made can be read.

    What is left out of it is said.
    """

    def check(data: bytes) -> str:
        files = [Path(name), *(Path(other.name) for other in others)]
        files[0].write_bytes(data)
        for file, other in zip(files[1:], others, strict=True):
            file.write_bytes(other.read_bytes())
        changes = Changes()
        shelf = _collected(_IMPORTERS[format_], files, {}, changes)
        head = Pack("made", "", (), sources=(name,))
        try:
            made = "".join(pack_pieces(head, guarded(shelf, changes), shelf.usual_type))
        except PackError as error:
            raise BrokenPromiseError("what was made of the table is no pack") from error
        _made(made)
        return "\n".join(f"{c.what} ({c.times})" for c in changes if "left out" in c.what)

    return check


def _made(text: str) -> Pack:
    """Return the pack of a text that we wrote ourselves."""
    try:
        return parse_pack(text, "made.yaml")
    except PackError as error:
        raise BrokenPromiseError("what was written is no pack") from error


# Settings, cache, HTTP


def settings(data: bytes) -> str:
    """Read settings, and give them to the commands; each wrong key is a line."""
    Path("resolver.toml").write_bytes(data)
    try:
        found = read_settings()
    except ConfigurationError as error:
        lines = str(error).split("\n")
        assert len(lines) == 1 or all(line.startswith("resolver.toml: ") for line in lines)
        return str(error)
    said = ""
    for name, arguments in (("tag", ["a.txt"]), ("import", ["csv", "a.csv"]), ("serve", [])):
        command = cli.get_command(click.Context(cli), name)
        assert command
        try:
            command.make_context(name, [*arguments], default_map=defaults(command, found))
        except click.UsageError as error:
            said = error.format_message()
    assert "\n" not in said
    return said


@cache
def _compiled() -> tuple[Gazetteer, bytes, tuple[Mention, ...]]:
    """Return a gazetteer, the file that it is compiled to, and what it finds."""
    gazetteer = Gazetteer([parse_pack(PACK)])
    path = Path("compiled.sqlite")
    write_compiled(gazetteer, path)
    return gazetteer, path.read_bytes(), Resolver(gazetteer).resolve(_TEXT).mentions


def cache_file(data: bytes) -> str:
    """Damage a compiled gazetteer: four bytes say where another one stands.

    It finds what it found before, or is read from the packs.
    """
    gazetteer, content, mentions = _compiled()
    damaged = bytearray(content)
    for at in range(0, len(data) - 3, 4):
        damaged[int.from_bytes(data[at : at + 3]) % len(damaged)] = data[at + 3]
    path = Path("input.sqlite").absolute()
    # The bytes that are left over cut it short.
    path.write_bytes(damaged[: len(damaged) - 99 * sum(data[len(data) & ~3 :])])
    read = read_compiled(path, lambda: gazetteer)
    if read is None:
        return "not read"
    assert Resolver(read).resolve(_TEXT).mentions == mentions
    return ""


@cache
def _application():
    from resolver.playground.application import application
    from resolver.playground.editions import Loading
    from resolver.playground.pack_files import scratch_pack
    from resolver.playground.workspace import Workspace
    from resolver.plugins import load_plugins

    plugins = load_plugins(installed=False)
    loading = Loading((), bundled=False, plugins=plugins, engine="auto", without_rules=())
    return application(Workspace(loading, [scratch_pack()]), "localhost")


def http(data: bytes) -> str:
    """Ask the playground; the first line is method and path, what follows is the body."""
    line, _, body = data.partition(b"\n")
    method, _, target = line.partition(b" ")
    status, content = asyncio.run(_asked(method.decode("latin-1"), target, body))
    if method == b"HEAD" or not target.startswith((b"/resolve", b"/draft", b"/lookup")):
        return ""
    answered = json.loads(content)
    assert status == 200 or "\n" not in answered["error"]
    assert status < 500, answered
    return "" if status == 200 else f"{status}: {answered['error']}"


async def _asked(method: str, target: bytes, body: bytes) -> tuple[int, bytes]:
    path, _, query = target.partition(b"?")
    headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
    scope = {
        "type": "http", "http_version": "1.1", "scheme": "http", "method": method,
        "path": unquote_to_bytes(path).decode("utf-8", "replace"), "raw_path": path,
        "root_path": "", "query_string": query, "headers": headers,
        "server": ("localhost", 80), "client": ("localhost", 9),
    }  # fmt: skip
    sent = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        sent.append(message)

    await _application()(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)


# Matching

_PIECES = (
    *("Simon Gass", "Simon Garth", "Gass", "Simon", "MoD", "Ministry of Defence", "Iran", "IRAN"),
    *("Ministry of Defence (MoD)", "Iran Air", "Air", "London", "Delhi", "the ", "’s", "'s", "s"),
    *(
        "Foreign Secretary",
        "Office",
        "Board",
        "Ana Lima",
        "Lima",
        "Mr ",
        "Sir ",
        "(",
        ")",
        "[",
        "]",
    ),
    *(
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        ". ",
        ", ",
        ".",
        "-",
        "–",
        "“",
        "”",
        "\u00ad",
        "\u200d",
    ),
    *("\u0301", "İ", "ß", "ﬁ", "👍", "頭", "\ud800", "\x00", "a", "A", "1", "x", "X"),
)
_OFFICES = f"""{PACK.partition("suppress:")[0]}\
  - {{id: person/ana-lima, name: Ana Lima, type: person, aliases: [{{text: Lima, strength: weak}}]}}
roles:
  - id: role/fs
    name: Foreign Secretary
    aliases: [{{text: Secretary, strength: weak}}]
    holders:
      - {{entity: person/simon-gass, from: 2020, until: 2021-06-01}}
      - {{entity: person/ana-lima, from: 2021-06-01}}
suppress: [Iran Air]
"""


@cache
def _engines() -> Sequence[Resolver]:
    read = parse_pack(_OFFICES)
    return [Resolver([read], engine=engine) for engine in ("flashtext", "ahocorasick")]


def tagging(data: bytes) -> str:
    """Tag a text made of names and what stands around them, with all rules and both engines.

    The length of the input says how.
    """
    text = "".join(_PIECES[byte % len(_PIECES)] for byte in data[:60])
    date = (None, "2020-05-01", "2021-07", "2022")[len(data) % 4]
    overlaps = OVERLAPS[len(data) % len(OVERLAPS)]
    slow, fast = (each.resolve(text, date=date, overlaps=overlaps) for each in _engines())
    assert slow.mentions == fast.mentions
    assert [m.why for m in slow.mentions] == [m.why for m in fast.mentions]
    _assert_valid(text, fast.mentions, disjoint=overlaps == "none")
    *_, batched = _engines()[1].resolve_many([text] * 2, date=date, overlaps=overlaps)
    assert batched.mentions == fast.mentions
    return ""


def _assert_valid(text: str, mentions: Sequence[Mention], *, disjoint: bool = True) -> None:
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.surface != ""
        assert all("\n" not in printable(step) for step in mention.why)
        if mention.antecedent:
            start, end = mention.antecedent
            assert 0 <= start < end <= len(text)
    for before, after in pairwise(mentions):
        assert before.end <= after.start if disjoint else before.start <= after.start


def matching(data: bytes) -> str:
    """Find nasty aliases in nasty texts as the naive reference does.

    A zero byte parts the text from the aliases and these from each other.
    """
    from alphabet import NASTY
    from test_matching_properties import (
        is_listable,
        test_engines_find_what_the_naive_reference_finds,
    )

    text, *aliases = (
        "".join(NASTY[byte % len(NASTY)] for byte in part) for part in data[:80].split(b"\x00")[:6]
    )
    listed = [(a[:8], ("word", "none")[len(a) % 2]) for a in aliases if is_listable(a[:8])]
    if listed:
        for engine in ("flashtext", "ahocorasick"):
            test_engines_find_what_the_naive_reference_finds.hypothesis.inner_test(
                engine, drawn=(text, listed)
            )
    return ""
