"""The commands as a user calls them: real processes, whole messages, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PACK = """\
pack: demo
defaults: {type: organisation}
entities:
  - {id: place/iran, name: Iran, type: place, aliases: [{text: Iranian, kind: demonym}]}
  - id: org/mod
    name: Ministry of Defence (United Kingdom)
    aliases: [{text: MoD, kind: acronym, ambiguous: true, context: {any: [London]}}]
  - id: org/in-mod
    name: Ministry of Defence (India)
    aliases: [{text: MoD, kind: acronym, ambiguous: true, context: {any: [Delhi]}}]
  - id: person/gass
    name: Simon Gass
    type: person
    aliases: [{text: Simon Garth, kind: garbled, source: wire copy}]
examples:
  - text: "[Simon Gass](person/gass) in [Iran](place/iran)"
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "demo.yaml").write_text(PACK, "utf-8")
    return tmp_path


def run(folder: Path, *args: str, stdin: str | bytes = "", **environment: str):
    """Run the command in a folder, with only the demo pack."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    result = subprocess.run(
        [sys.executable, "-m", "resolver", *args],
        cwd=folder,
        input=data,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )
    return result.returncode, result.stdout.decode(), result.stderr.decode()


DEMO = ("--no-bundled", "--no-plugins", "--packs", "demo.yaml")


def records(output: str) -> list[dict]:
    return [json.loads(line) for line in output.split("\n") if line]


def test_tag_writes_a_record_for_each_document(folder):
    (folder / "a.txt").write_text("Simon Garth of the MoD in London.", "utf-8")
    code, out, err = run(folder, "tag", "a.txt", *DEMO)
    assert (code, err) == (0, "")
    assert records(out) == [
        {
            "id": "a.txt",
            "mentions": [
                {
                    "start": 0,
                    "end": 11,
                    "surface": "Simon Garth",
                    "entity_id": "person/gass",
                    "name": "Simon Gass",
                    "type": "person",
                    "status": "resolved",
                    "kind": "garbled",
                    "pack": "demo",
                    "line": 14,
                    "source": "wire copy",
                },
                {
                    "start": 19,
                    "end": 22,
                    "surface": "MoD",
                    "entity_id": "org/mod",
                    "name": "Ministry of Defence (United Kingdom)",
                    "type": "organisation",
                    "status": "resolved",
                    "kind": "acronym",
                    "pack": "demo",
                    "line": 7,
                },
            ],
        }
    ]


def test_an_ambiguous_mention_lists_its_candidates(folder):
    code, out, _ = run(folder, "tag", "-", *DEMO, stdin="The MoD said")
    (mention,) = records(out)[0]["mentions"]
    assert code == 0
    assert (mention["status"], mention["entity_id"], mention["name"]) == ("ambiguous", None, None)
    assert mention["candidates"] == [
        {"entity_id": "org/in-mod", "name": "Ministry of Defence (India)"},
        {"entity_id": "org/mod", "name": "Ministry of Defence (United Kingdom)"},
    ]


def test_a_record_comes_back_whole(folder):
    record = {"id": 7, "text": "Iran", "mentions": "old", "nested": {"a": [1.5, None]}, "n": 10**30}
    code, out, _ = run(
        folder, "tag", "-", "--input-format", "jsonl", *DEMO, stdin=json.dumps(record)
    )
    (back,) = records(out)
    assert code == 0
    assert [m["surface"] for m in back.pop("mentions")] == ["Iran"]
    del record["mentions"]
    assert back == record


def test_mentions_go_to_another_field_on_request(folder):
    record = {"text": "Iran", "mentions": "kept"}
    _, out, _ = run(
        folder,
        "tag",
        "-",
        "--input-format",
        "jsonl",
        "--field",
        "names",
        *DEMO,
        stdin=json.dumps(record),
    )
    (back,) = records(out)
    assert (back["mentions"], back["names"][0]["surface"]) == ("kept", "Iran")


@pytest.mark.parametrize(
    ("unit", "span"), [("codepoint", [4, 8]), ("utf16", [5, 9]), ("byte", [8, 12])]
)
def test_units_of_offsets(folder, unit, span):
    text = "👍é: Iran"
    _, out, _ = run(folder, "tag", "-", "--offsets", unit, *DEMO, stdin=text)
    (mention,) = records(out)[0]["mentions"]
    assert [mention["start"], mention["end"]] == span


def test_a_table_for_people(folder):
    (folder / "a.txt").write_text("Iranian MoD, Simon Garth.", "utf-8")
    _, out, _ = run(folder, "tag", "a.txt", "--format", "table", *DEMO)
    assert out.splitlines() == [
        "a.txt",
        "  0-7         Iranian                        Iran                                   place, demonym",
        "  8-11        MoD                            ? Ministry of Defence (India) / Ministry of Defence "
        "(United Kingdom) organisation, acronym, ambiguous",
        "  13-24       Simon Garth                    Simon Gass                             person, garbled",
        "",
    ]


def test_control_characters_never_reach_the_terminal(folder):
    (folder / "demo.yaml").write_text(PACK.replace("Iranian,", '"Ira\u202enian",'), "utf-8")
    _, out, _ = run(folder, "tag", "-", "--format", "table", *DEMO, stdin="Ira\u202enian")
    assert "\u202e" not in out
    assert "Ira\\u202enian" in out


def test_folders_globs_and_standard_input(folder):
    (folder / "in/deep").mkdir(parents=True)
    for name in ("in/b.txt", "in/a.md", "in/deep/c.txt", "in/skipped.png"):
        (folder / name).write_text("Iran", "utf-8")
    (folder / "in/loop").symlink_to(folder / "in")
    (folder / "in/z.txt").symlink_to(folder / "in/b.txt")
    _, out, err = run(folder, "tag", "in", "in/*.txt", "-", *DEMO, stdin="Iran")
    assert err == ""
    assert [record["id"] for record in records(out)] == [
        "in/a.md",
        "in/b.txt",
        "in/deep/c.txt",
        "-",
    ]


def test_what_cannot_be_read_is_named_and_the_rest_is_tagged(folder):
    (folder / "latin.txt").write_bytes(b"caf\xe9 Iran")
    (folder / "binary.txt").write_bytes(b"\x7fELF\x00\x00")
    (folder / "empty").mkdir()
    (folder / "utf16.txt").write_bytes("Iran é".encode("utf-16"))
    (folder / "bom.txt").write_bytes(b"\xef\xbb\xbfIran")
    lines = [
        b'\xef\xbb\xbf{"id": 1, "text": "Iran"}',
        b'{"id": 2, "text": "Ir',
        b'"Iran"',
        b'{"body": "Iran"}',
        b"",
        b'{"text": "\\ud800 Iran"}',
        b'{"text": "caf\xe9"}',
        b"[" * 100_000,
        '{"id": 3, "text": "Iran\u2028Iran"}'.encode(),
    ]
    (folder / "lines.jsonl").write_bytes(b"\r\n".join(lines))
    names = ["latin.txt", "binary.txt", "empty", "nowhere.txt", "*.none", "utf16.txt", "bom.txt"]
    code, out, err = run(folder, "tag", *names, "lines.jsonl", *DEMO)
    assert code == 2
    assert err.splitlines() == [
        "latin.txt: byte 3 is not UTF-8, convert the file to UTF-8",
        "binary.txt: is not text, a NUL byte stands near its beginning",
        "empty: no document in this folder, it has no file ending in .csv, .eml, .htm, .html, .jsonl, .md, .ndjson, .parquet, .text, .tsv, .txt, .xhtml",
        "nowhere.txt: no such file or folder, correct the path",
        "*.none: no file fits this pattern, correct it or quote it for the shell",
        "lines.jsonl:2:19: not valid JSON, unterminated string starting at",
        'lines.jsonl:3: the line holds no record, write {"text": ...}',
        "lines.jsonl:4: the record has no text, it has body; --text-field names another field",
        "lines.jsonl:6: the text holds half a character (a lone surrogate), mend it",
        "lines.jsonl:7: byte 13 of the line is not UTF-8, convert the file",
        "lines.jsonl:8: the record is nested too deeply, flatten it",
    ]
    found = [(r["id"], [(m["start"], m["end"]) for m in r["mentions"]]) for r in records(out)]
    assert found == [
        ("utf16.txt", [(0, 4)]),
        ("bom.txt", [(0, 4)]),
        (1, [(0, 4)]),
        (3, [(0, 4), (5, 9)]),
    ]


def test_on_error_stop_stops(folder):
    (folder / "a.txt").write_text("Iran", "utf-8")
    code, out, err = run(folder, "tag", "nowhere", "a.txt", "--on-error", "stop", *DEMO)
    assert (code, out, err) == (2, "", "nowhere: no such file or folder, correct the path\n")


def test_a_wrong_pack_tags_nothing(folder):
    (folder / "demo.yaml").write_text("pack: p\nentities:\n  - {id: a, name: NO, typ: x}\n")
    (folder / "a.txt").write_text("Iran", "utf-8")
    code, out, err = run(folder, "tag", "a.txt", *DEMO)
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        'demo.yaml:3:19: entity name NO is read as a boolean, quote it: "NO"',
        "demo.yaml:3:23: entity has no key typ, did you mean type?",
    ]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("tag", "-", "--no-bundled"), "there is no pack to tag with, name one with --packs"),
        (
            ("tag", "-", "--without-rule", "surnames", *DEMO),
            "rule surnames is unknown, the rules are acronym, context, dates, default, glued, namesake, "
            "office, support, "
            "surname",
        ),
        (
            ("tag", "demo.yaml", "-o", "demo.yaml", *DEMO),
            "demo.yaml: is also an input, write somewhere else",
        ),
        (
            ("tag", "-", "-o", "no/such/folder", *DEMO),
            "no/such/folder: the folder {folder}/no/such does not exist, make it first",
        ),
    ],
)
def test_wrong_usage_is_one_line(folder, args, message):
    code, out, err = run(folder, *args)
    assert (code, out, err.rstrip("\n")) == (2, "", message.format(folder=folder))


def test_a_wrong_date_is_wrong_usage(folder):
    code, _, err = run(folder, "tag", "-", "--date", "2022-13-01", *DEMO)
    assert code == 2
    assert "Invalid value for '--date': 2022-13-01 is not a day, write it as 2022-09-06" in err


def test_a_closed_pipe_is_quiet(folder):
    line = json.dumps({"text": "Iran " * 50}) + "\n"
    (folder / "many.jsonl").write_text(line * 20_000, "utf-8")
    command = f"{sys.executable} -m resolver tag many.jsonl {' '.join(DEMO)} | head -n 1 | wc -l"
    result = subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (result.stdout.strip(), result.stderr) == ("1", "")


def test_an_output_file_is_whole_or_not_there(folder):
    (folder / "a.txt").write_text("Iran", "utf-8")
    (folder / "out.jsonl").write_text("old", "utf-8")
    code, _, _ = run(folder, "tag", "a.txt", "-o", "out.jsonl", *DEMO)
    assert code == 0
    assert records((folder / "out.jsonl").read_text("utf-8"))[0]["id"] == "a.txt"
    (folder / "demo.yaml").write_text("pack: NO\n")
    code, _, _ = run(folder, "tag", "a.txt", "-o", "out.jsonl", *DEMO)
    assert code == 2
    assert records((folder / "out.jsonl").read_text("utf-8"))[0]["id"] == "a.txt"
    assert sorted(p.name for p in folder.iterdir()) == ["a.txt", "demo.yaml", "out.jsonl"]


def test_a_device_is_written_and_not_replaced(folder):
    (folder / "a.txt").write_text("Iran", "utf-8")
    assert run(folder, "tag", "a.txt", "-o", "/dev/null", *DEMO)[0] == 0
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize(
    ("finding", "text", "code"),
    [
        ("ambiguous", "MoD", 1),
        ("ambiguous", "Iran", 0),
        ("garbled", "Simon Garth", 1),
        ("nothing", "nobody", 1),
        ("nothing", "Iran", 0),
    ],
)
def test_findings_can_fail_a_run(folder, finding, text, code):
    assert run(folder, "tag", "-", "--fail-on", finding, *DEMO, stdin=text)[0] == code


def test_settings_come_from_a_file_above(folder):
    (folder / "deep").mkdir()
    (folder / "resolver.toml").write_text(
        'packs = ["demo.yaml"]\nbundled = false\nplugins = false\n'
    )
    code, out, err = run(folder / "deep", "tag", "-", stdin="Iran")
    assert (code, err) == (0, "")
    assert len(records(out)[0]["mentions"]) == 1


def test_a_settings_file_that_is_wrong(folder):
    (folder / "resolver.toml").write_text("packs = [\n")
    code, _, err = run(folder, "tag", "-", stdin="Iran")
    assert code == 2
    assert err.startswith("resolver.toml: not valid TOML, ")


def test_lookup_shows_what_a_name_may_be(folder):
    code, out, _ = run(folder, "lookup", "mod", *DEMO)
    assert code == 0
    assert out.splitlines() == [
        "Ministry of Defence (United Kingdom)  [org/mod, organisation]",
        "  as MoD: acronym, ambiguous, with context (demo.yaml:7)",
        "  also Ministry of Defence (United Kingdom)",
        "Ministry of Defence (India)  [org/in-mod, organisation]",
        "  as MoD: acronym, ambiguous, with context (demo.yaml:10)",
        "  also Ministry of Defence (India)",
    ]


def test_lookup_knows_ids_and_suggests(folder):
    assert run(folder, "lookup", "person/gass", *DEMO)[1].splitlines() == [
        "Simon Gass  [person/gass, person]",
        "  also Simon Gass; Simon Garth",
    ]
    assert run(folder, "lookup", "Simon Gess", *DEMO) == (
        1,
        "",
        "nothing is known as Simon Gess, near to it: Simon Gass\n",
    )


def test_explain_and_why_not(folder):
    code, out, _ = run(folder, "explain", "--text", "Simon  Garth met us.", *DEMO)
    assert code == 0
    assert out.splitlines() == [
        "(text)",
        '  0-12 "Simon  Garth" is Simon Gass (person)',
        '      the alias "Simon Garth" (garbled) of Simon Gass, pack demo, line 14',
        "      a garbled form, seen in wire copy",
        "      the surface differs from the alias in white space only",
        "",
    ]
    _, out, _ = run(folder, "explain", "--text", "Iran", "--surface", "Irna", *DEMO)
    assert out.splitlines() == ["(text)", '  "Irna" is no mention, ask --why-not', ""]
    _, out, _ = run(folder, "explain", "--text", "nothing", *DEMO)
    assert out.splitlines() == ["(text)", "  no mention", ""]
    _, out, _ = run(folder, "explain", "--text", "we met iran", "--why-not", "Iran", *DEMO)
    assert out.splitlines() == [
        "(text)",
        '  7-11 "iran": alias "Iran" of Iran (demo.yaml:4:28): the capitals do not fit, it is written '
        "Iran or IRAN",
        "",
    ]


def test_replace_writes_names_and_a_map(folder):
    code, out, _ = run(
        folder, "replace", "-", "--map", "map.jsonl", *DEMO, stdin="Simon Garth met an Iranian."
    )
    assert (code, out) == (0, "Simon Gass met an Iran.")
    assert json.loads((folder / "map.jsonl").read_text("utf-8")) == {
        "id": "-",
        "edits": [[0, 11, 0, 10], [19, 26, 18, 22]],
    }


def test_replace_keeps_records(folder):
    record = {"id": 1, "text": "Simon Garth", "by": "wire"}
    _, out, _ = run(
        folder,
        "replace",
        "-",
        "--with",
        "id",
        "--input-format",
        "jsonl",
        *DEMO,
        stdin=json.dumps(record),
    )
    assert json.loads(out) == {"id": 1, "text": "person/gass", "by": "wire"}


def test_test_runs_examples_and_shows_differences(folder):
    assert run(folder, "test", *DEMO) == (0, "", "1 example passed, 0 failed, 0 still to do\n")
    wrong = (
        '  - text: "[Simon](person/gass) Gass in Iran"\n  - {text: "[x](org/mod)", todo: true}\n'
    )
    (folder / "demo.yaml").write_text(PACK + wrong, "utf-8")
    code, out, err = run(folder, "test", *DEMO)
    assert code == 1
    assert out.splitlines() == [
        "demo.yaml:17:11: what is found differs from what is marked",
        "    Simon Gass in Iran",
        "    ^^^^^ marked, not found: person/gass",
        "    ^^^^^^^^^^ found, not marked: person/gass",
        "                  ^^^^ found, not marked: place/iran",
    ]
    assert err == "1 example passed, 1 failed, 1 still to do\n"


def test_lint_is_clean_or_exits_with_1(folder):
    summary = "1 pack checked, 0 findings, 1 hint (--hints shows them)\n"
    assert run(folder, "lint", *DEMO) == (0, "", summary)
    wrong = (
        "pack: q\nentities:\n"
        "  - {id: a, name: Anna Long, type: person, aliases: [Anna, Anna, XY, {text: MoD}]}\n"
        'examples: [{text: "[A](nobody)"}]\n'
    )
    (folder / "wrong.yaml").write_text(wrong, "utf-8")
    code, out, _ = run(folder, "lint", "wrong.yaml", *DEMO)
    assert code == 1
    assert out.splitlines() == [
        "wrong.yaml:3:54: warning: Anna alone names a person, say kind: short, nickname or weak "
        "(one-word-person)",
        "wrong.yaml:3:60: warning: Anna alone names a person, say kind: short, nickname or weak "
        "(one-word-person)",
        "wrong.yaml:3:60: warning: Anna is listed twice, first in line 3, remove one (repeated-alias)",
        "wrong.yaml:3:66: warning: XY alone names a person, say kind: short, nickname or weak "
        "(one-word-person)",
        "wrong.yaml:3:77: error: MoD of a is also an alias of org/in-mod (demo.yaml:10:22), org/mod "
        "(demo.yaml:7:22), declare ambiguous: true on each, or remove all but one (shared-alias)",
        "wrong.yaml:3:77: warning: MoD alone names a person, say kind: short, nickname or weak "
        "(one-word-person)",
        "wrong.yaml:4:19: error: the example marks nobody, which no loaded pack has, correct the id "
        "(unknown-id)",
    ]


def test_packs_lists_what_is_loaded(folder):
    assert (
        run(folder, "packs", *DEMO)[1] == "demo:  (4 entities, 0 offices, 8 aliases; demo.yaml)\n"
    )


def test_schema_is_json():
    code, out, _ = run(Path.cwd(), "schema")
    assert code == 0
    assert json.loads(out)["properties"]["entities"]["type"] == "array"


def test_no_documents_and_a_terminal_is_wrong_usage():
    import pty

    _, terminal = pty.openpty()
    result = subprocess.run(
        [sys.executable, "-m", "resolver", "tag"],
        stdin=terminal,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert result.stderr.endswith("Error: name a file or folder, or - to read standard input\n")


def test_bytes_are_not_for_a_terminal(folder):
    import pty

    ours, terminal = pty.openpty()
    result = subprocess.run(
        [sys.executable, "-m", "resolver", "tag", "-", "--format", "spacy", *DEMO],
        cwd=folder,
        input=b"Iran",
        stdout=terminal,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(terminal)
    os.close(ours)
    assert result.returncode == 2
    assert result.stderr.endswith(b"Error: spacy is not for a terminal, name a file with -o\n")


def test_many_jobs_write_the_same_bytes(folder):
    lines = [json.dumps({"id": n, "text": "Simon Gass of Iran. " * n}) for n in range(200)]
    (folder / "many.jsonl").write_text("\n".join(lines), "utf-8")
    one = run(folder, "tag", "many.jsonl", *DEMO)
    assert one[0] == 0
    assert run(folder, "tag", "many.jsonl", "--jobs", "2", *DEMO) == one
