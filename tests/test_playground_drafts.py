"""Packs as they are being edited: checked, compiled, compared, explained and saved."""

from __future__ import annotations

import json
import stat

import pytest
import yaml
from conftest import ROOT, resolver_of
from serving import PACK, served

from resolver.gazetteer import Gazetteer
from resolver.models import Document
from resolver.packs import parse_pack, read_pack
from resolver.pipeline import Resolver
from resolver.playground.layers import LayeredGazetteer
from resolver.playground.pack_files import ConflictError, open_pack, save_pack, scratch_pack

PLAIN = ("--no-bundled", "--no-plugins")
OTHER = "pack: other\nentities:\n  - {id: place/leeds, name: Leeds, type: place}\n"
EDITED = PACK.replace("name: Iran\n", "name: Iran\n    aliases: [Persia]\n")
TEXT = "😀 Simon Garth left the MoD in Persia; Iran Air flew."


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drafts")
    (folder / "my.yaml").write_text(PACK, "utf-8")
    (folder / "other.yaml").write_text(OTHER, "utf-8")
    with served("my.yaml", "--packs", "other.yaml", *PLAIN, folder=folder) as server:
        yield server


def build(server, text=EDITED):
    return server.post("/draft/build", texts={"my.yaml": text}).json()


def place(text, surface):
    """Return where a surface stands, in UTF-16 units."""
    before = text[: text.index(surface)]
    start = len(before.encode("utf-16-le")) // 2
    return {"start": start, "end": start + len(surface.encode("utf-16-le")) // 2}


def test_only_what_was_named_is_open(server):
    packs = server.client.get("/draft/packs").json()
    assert [(file["name"], file["text"]) for file in packs["files"]] == [("my.yaml", PACK)]
    words = ["--no-bundled", "--packs", "other.yaml", "--packs", "my.yaml", "--no-plugins"]
    assert packs["words"] == words


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            PACK.replace("kind: garbled", "knd: garbled"),
            {
                "file": "my.yaml",
                "line": 20,
                "column": 29,
                "message": "alias has no key knd, did you mean kind?",
                "offset": PACK.index("kind: garbled"),
            },
        ),
        (
            "pack: my\ntitle: 😀😀\nentities: [{id: a, name: NO, type: x}]\n",
            {
                "file": "my.yaml",
                "line": 3,
                "column": 26,
                "message": 'entity name NO is read as a boolean, quote it: "NO"',
                "offset": 9 + 12 + 25,
            },
        ),
        (
            "pack: my\ntitle: [\n",
            {
                "file": "my.yaml",
                "line": 2,
                "column": 8,
                "message": "a bracket is opened and never closed",
                "offset": 16,
            },
        ),
        (
            "",
            {
                "file": "my.yaml",
                "line": 1,
                "column": 1,
                "message": "the file is empty",
                "offset": 0,
            },
        ),
    ],
    ids=["a key", "behind emoji", "an open bracket", "nothing"],
)
def test_errors_have_their_place(server, text, problem):
    assert server.post("/draft/check", texts={"my.yaml": text}).json() == {"problems": [problem]}


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("check", {"texts": {"my.yaml": "pack: \ud83d"}}),
        ("build", {"texts": {"my.yaml": "pack: \ud83d"}}),
        ("save", {"file": "my.yaml", "text": "pack: \ud83d", "digest": ""}),
        ("example", {"file": "my.yaml", "pack": PACK, "text": "Iran: \ud83d"}),
    ],
)
def test_half_characters_come_into_no_file(server, path, fields):
    body = json.dumps(fields)  # which httpx would not write
    headers = {"content-type": "application/json"}
    answer = server.client.post(f"/draft/{path}", content=body, headers=headers)
    assert (answer.status_code, answer.json()) == (
        400,
        {"error": "half a character stands at 6, remove it"},
    )


def test_packs_are_checked_together(server):
    build(server)  # from now on the others are read
    text = PACK.replace("place/iran", "place/leeds").replace("name: Iran", "name: Persia")
    problems = server.post("/draft/check", texts={"my.yaml": text}).json()["problems"]
    assert [problem["message"].split(",")[0] for problem in problems] == [
        "id place/leeds is given twice"
    ]


def test_an_edit_is_compiled_beside_the_packs_on_the_disk(server):
    built = build(server)
    assert (built["problems"], built["examples"]) == ([], {"passed": 1, "failed": [], "todo": 0})

    def surfaces(**fields):
        answer = server.post("/draft/resolve", text=TEXT, **fields).json()
        return [(m["surface"], m["start"]) for m in answer["mentions"]]

    assert surfaces() == [("Simon Garth", 3), ("MoD", 24)]
    assert surfaces(edition=built["edition"])[-1] == ("Persia", 31)
    assert surfaces(edition=built["edition"], offsets="codepoint")[-1] == ("Persia", 30)
    public = server.post("/resolve", text=TEXT).json()["mentions"]
    assert [m["surface"] for m in public] == ["Simon Garth", "MoD"]


def test_a_failing_example_says_what_differs(server):
    text = PACK.replace("[Simon Garth](person/simon-gass)", "Simon Garth")
    assert build(server, text)["examples"]["failed"] == [
        {
            "file": "my.yaml",
            "line": 23,
            "column": 11,
            "difference": [
                "    Simon Garth left the MoD in London.",
                "    ^^^^^^^^^^^ found, not marked: person/simon-gass",
            ],
        }
    ]


def test_an_edition_that_is_gone_is_to_be_built_again(server):
    answer = server.post("/draft/resolve", text="", edition="none")
    assert (answer.status_code, answer.json()) == (
        410,
        {"error": "these packs are no longer compiled, build them again"},
    )


def test_a_pack_with_errors_is_left_out_and_the_others_stay(server):
    broken = build(server, "pack: [")
    assert broken["problems"]
    answer = server.post("/draft/resolve", text="Leeds, Iran", edition=broken["edition"]).json()
    assert [mention["surface"] for mention in answer["mentions"]] == ["Leeds"]


def test_a_mention_is_explained_by_its_candidates(server):
    text = "😀 The MoD in London"
    found = server.post("/draft/explain", text=text, **place(text, "MoD")).json()
    assert found["mention"]["entity_id"] == "org/gb-mod"
    assert found["steps"][1] == "context: London stands near (document)"
    chosen, lost = found["candidates"]
    alias = {
        "text": "MoD",
        "traits": ["acronym", "ambiguous", "with context"],
        "pack": "ministries",
        "file": "my.yaml",
    }
    assert chosen == {
        "entity_id": "org/gb-mod",
        "name": "Ministry of Defence (United Kingdom)",
        "type": "organisation",
        "chosen": True,
        "aliases": [{**alias, "line": 8, "column": 16}],
        "said": [
            {
                "rule": "context",
                "speaks": "for",
                "reason": "London stands near (document)",
                "level": "context",
            }
        ],
        "lost": [],
    }
    assert lost["lost"] == [
        "none of Delhi, India stands near (document), and no strong mention of it stands elsewhere"
    ]


@pytest.mark.parametrize(
    ("text", "surface", "reason", "candidates"),
    [
        (
            "😀 the mod spoke",
            "mod",
            'alias "MoD" of Ministry of Defence (United Kingdom) (my.yaml:8:16): '
            "the capitals do not fit, it is written MoD or MOD; "
            'alias "MoD" of Ministry of Defence (India) (my.yaml:12:16): '
            "the capitals do not fit, it is written MoD or MOD",
            [],
        ),
        (
            "on Iran Air",
            "Iran",
            'suppressed: "Iran Air" is never a mention (my.yaml:21:12)',
            ["place/iran"],
        ),
        ("Iranology", "Iran", '"Iran" stands only inside a longer word, and aliases match whole words', []),
        ("<b>hello</b>", "<b>", 'no pack lists it', []),
    ],
    ids=["capitals", "suppressed", "inside a word", "markup"],
)  # fmt: skip
def test_what_is_no_mention_is_explained_too(server, text, surface, reason, candidates):
    found = server.post("/draft/explain", text=text, **place(text, surface)).json()
    assert (found["mention"], found["reason"]) == (None, reason)
    assert [candidate["entity_id"] for candidate in found["candidates"]] == candidates


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-1, 2), (3, 2), (0, 99), (True, 2)])
def test_a_place_must_be_in_the_text(server, start, end):
    answer = server.post("/draft/explain", text="😀 Iran", start=start, end=end)
    assert answer.status_code == 400


def test_differences_name_the_edit(server):
    edition = build(server)["edition"]
    text = "😀 Persia and Iran"
    differences = server.post("/draft/compare", text=text, edition=edition).json()["differences"]
    assert [(d["change"], d["said"], d["before"], d["mention"]["start"]) for d in differences] == [
        ("added", "place/iran", None, 3)
    ]
    edit = 'my.yaml:15:15: alias "Persia" of place/iran added'
    assert differences[0]["edit"] == edit


def test_a_text_becomes_an_example(server):
    edition = build(server)["edition"]
    answer = server.post(
        "/draft/example",
        text="[x] Persia\nand the MoD.",
        date="2022-11-17",
        edition=edition,
        file="my.yaml",
        pack=EDITED,
    )
    added = answer.json()["pack"]
    assert added.startswith(EDITED)
    assert yaml.safe_load(added)["examples"][-1]["text"] == (
        "\\[x] [Persia](place/iran)\nand the [MoD](?)."
    )
    assert build(server, added)["examples"]["passed"] == 2


@pytest.mark.parametrize(
    ("text", "pack", "error"),
    [
        (" ", PACK, "there is no text to make an example of"),
        ("a" * 2001, PACK, "an example has at most 2000 characters, select the passage that matters"),
        ("Iran", "pack: [", "mend the pack first: my.yaml:1:7: a bracket is opened and never closed"),
    ],
)  # fmt: skip
def test_what_cannot_be_an_example_is_said(server, text, pack, error):
    answer = server.post("/draft/example", text=text, file="my.yaml", pack=pack)
    assert (answer.status_code, answer.json()) == (422, {"error": error})


@pytest.mark.parametrize("path", ["save", "example"])
@pytest.mark.parametrize("name", ["other.yaml", "/etc/passwd", "../my.yaml", "my.yaml.bak", ""])
def test_no_other_file_is_touched(server, path, name):
    fields = {"save": {"digest": ""}, "example": {"pack": PACK}}[path]
    answer = server.post(f"/draft/{path}", file=name, text="x", **fields)
    assert (answer.status_code, answer.json()) == (
        403,
        {"error": "this pack is not open, name it when you start resolver serve"},
    )


def test_saving_and_what_others_see_of_it(tmp_path):
    file = tmp_path / "my.yaml"
    file.write_text(PACK, "utf-8")
    with served("my.yaml", *PLAIN, folder=tmp_path) as server:

        def save(text, digest):
            answer = server.post("/draft/save", file="my.yaml", text=text, digest=digest)
            return answer.status_code, answer.json()

        (before,) = server.client.get("/draft/packs").json()["files"]
        assert save(PACK.replace("kind", "knd"), before["digest"]) == (
            422,
            {"error": "not saved: my.yaml:8:21: alias has no key knd, did you mean kind?"},
        )
        status, after = save(EDITED, before["digest"])
        assert status == 200
        assert file.read_text("utf-8") == EDITED
        assert (tmp_path / "my.yaml.bak").read_text("utf-8") == PACK
        mentions = server.post("/resolve", text="Persia").json()["mentions"]
        assert [mention["entity_id"] for mention in mentions] == ["place/iran"]
        message = "was changed on the disk meanwhile, load it again and repeat your edit"
        assert save(PACK, before["digest"]) == (409, {"error": f"not saved: my.yaml: {message}"})
        file.write_text(PACK.replace("Iran\n", "Eran\n"), "utf-8")
        assert save(PACK, after["digest"])[0] == 409
        (now,) = server.client.get("/draft/packs").json()["files"]
        assert "Eran" in now["text"]
        assert server.post("/resolve", text="Eran").json()["mentions"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["my.yaml", "my.yaml.bak"]


def test_a_pack_with_errors_can_be_opened_to_mend_it(tmp_path):
    (tmp_path / "bad.yaml").write_text("packs: bad\n", "utf-8")
    (tmp_path / "odd.yaml").write_bytes(b"pack: \xff\n")
    (tmp_path / "other.yaml").write_text(OTHER, "utf-8")
    with served("bad.yaml", "odd.yaml", "other.yaml", *PLAIN, folder=tmp_path) as server:
        files = server.client.get("/draft/packs").json()["files"]
        assert [file["unreadable"] for file in files] == [
            None,
            "odd.yaml:1:7: byte 6 is not UTF-8, save the file as UTF-8",
            None,
        ]
        mentions = server.post("/resolve", text="in Leeds").json()["mentions"]
        assert [mention["surface"] for mention in mentions] == ["Leeds"]
        texts = {file["name"]: file["text"] for file in files}
        problems = server.post("/draft/check", texts=texts).json()["problems"]
        assert [(problem["file"], problem["line"]) for problem in problems] == [
            ("bad.yaml", 1),
            ("bad.yaml", 1),
            ("odd.yaml", 1),
        ]
        answer = server.post(
            "/draft/save", file="odd.yaml", text="pack: odd\n", digest=files[1]["digest"]
        )
        assert answer.status_code == 409
    assert (tmp_path / "odd.yaml").read_bytes() == b"pack: \xff\n"


def test_without_a_pack_there_is_one_to_try_things_out_in(tmp_path):
    with served(*PLAIN, folder=tmp_path) as server:
        (file,) = server.client.get("/draft/packs").json()["files"]
        assert (file["name"], file["on_disk"]) == ("scratch.yaml", False)
        assert server.post("/resolve", text="ExOrg").json()["mentions"] == []
        built = server.post("/draft/build", texts={"scratch.yaml": file["text"]}).json()
        answer = server.post("/draft/resolve", text="ExOrg", edition=built["edition"]).json()
        assert [mention["surface"] for mention in answer["mentions"]] == ["ExOrg"]
        fields = {"file": "scratch.yaml", "text": file["text"], "digest": file["digest"]}
        refused = server.post("/draft/save", **fields)
        assert refused.status_code == 409
    assert list(tmp_path.iterdir()) == []


def test_a_bundled_pack_can_be_open(tmp_path):
    path = ROOT / "rules/sites.yaml"
    text = path.read_text("utf-8")
    with served(path, "--no-plugins", folder=tmp_path) as server:
        name = str(path)
        built = server.post("/draft/build", texts={name: text}).json()
        assert (built["problems"], built["examples"]["failed"]) == ([], [])
        fields = {"text": "Times Square", "edition": built["edition"], "start": 0, "end": 12}
        found = server.post("/draft/explain", **fields).json()
        assert found["candidates"][0]["aliases"][0]["file"] == name


def test_a_saved_file_keeps_line_ends_and_rights(tmp_path):
    path = tmp_path / "crlf.yaml"
    path.write_bytes(b"pack: a\r\ntitle: b\r\n")
    path.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    file = open_pack(link)
    assert file.text == "pack: a\ntitle: b\n"
    save_pack(file, "pack: a\ntitle: c\n", file.digest)
    assert path.read_bytes() == b"pack: a\r\ntitle: c\r\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert (tmp_path / "crlf.yaml.bak").read_bytes() == b"pack: a\r\ntitle: b\r\n"


def test_without_a_backup_nothing_is_written(tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text(PACK, "utf-8")
    (tmp_path / "my.yaml.bak").mkdir()
    with served("my.yaml", *PLAIN, folder=tmp_path) as server:
        (file,) = server.client.get("/draft/packs").json()["files"]
        fields = {"file": "my.yaml", "text": EDITED, "digest": file["digest"]}
        answer = server.post("/draft/save", **fields)
        assert answer.status_code == 500
        assert answer.json() == {"error": "not saved: my.yaml: Is a directory"}
    assert path.read_text("utf-8") == PACK
    assert sorted(path.name for path in tmp_path.iterdir()) == ["my.yaml", "my.yaml.bak"]


def test_a_file_that_is_gone_is_not_written():
    with pytest.raises(ConflictError, match=r"^scratch.yaml: is on no disk, download it instead$"):
        save_pack(scratch_pack(), PACK, "")


LAYERS = [
    ("pack: a\nentities: [{id: a, name: U.S. Army, type: x, aliases: [US]}]", "pack: b\nentities: [{id: b, name: U.S., type: x}, {id: c, name: us army, type: x}]"),
    ("pack: a\nentities: [{id: a, name: Iran, type: x}]", "pack: b\nsuppress: [Iran Air]"),
    ("pack: a\nsuppress: [{text: Iran}]", "pack: b\nentities: [{id: b, name: Iran, type: x}]"),
    ("pack: a\nentities: [{id: a, name: MoD, type: x, aliases: [{text: MoD, ambiguous: true}]}]", "pack: b\nentities: [{id: b, name: MOD, type: x, aliases: [{text: MoD, ambiguous: true}]}]"),
    ("pack: b\n", "pack: a\nroles: [{id: r, name: Chief, holders: [{entity: p}]}]\nentities: [{id: p, name: Ann Oak, type: person}]"),
]  # fmt: skip


@pytest.mark.parametrize(("below", "above"), LAYERS)
def test_layers_find_what_all_packs_together_do(below, above, engine):
    packs = [parse_pack(below), parse_pack(above)]
    layered = LayeredGazetteer(*(Gazetteer([pack]) for pack in packs))
    text = "The U.S. Army, us army, US, U.S. and Iran Air, Iran; MoD, MOD. Chief Ann Oak. Oak"
    wanted = Resolver(packs, engine=engine).resolve(text, overlaps="all")
    assert Resolver(layered, engine=engine).resolve(text, overlaps="all") == wanted
    assert layered.packs == Gazetteer(packs).packs
    assert layered.folded_aliases() == Gazetteer(packs).folded_aliases()
    assert layered.lookup("mod") == Gazetteer(packs).lookup("mod")


def test_layers_find_in_the_seeds_what_all_packs_together_do():
    packs = [read_pack(path) for path in sorted((ROOT / "rules").glob("*.yaml"))]
    together = Resolver(packs)
    for at in range(0, len(packs), 9):
        others = Gazetteer([*packs[:at], *packs[at + 1 :]])
        layered = Resolver(LayeredGazetteer(others, Gazetteer([packs[at]])))
        for path in sorted((ROOT / "seeds").glob("*.txt")):
            document = Document(path.read_text("utf-8"), date="2022-09-10")
            assert layered.resolve(document) == together.resolve(document)


def test_an_empty_layer_changes_nothing():
    one = resolver_of(OTHER)
    layered = Resolver(LayeredGazetteer(Gazetteer(()), one.gazetteer))
    assert layered.resolve("London") == one.resolve("London")
