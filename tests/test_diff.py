"""What an edit changes, and that the right edit is blamed."""

from __future__ import annotations

import subprocess

import pytest

from resolver.errors import ConfigurationError, PackError
from resolver.models import Document
from resolver.packs import parse_pack
from resolver.pipeline import Resolver
from resolver.workbench.comparison import Comparison, said_of
from resolver.workbench.edits import edits_between
from resolver.workbench.versions import read_version, read_versions

PACK = """\
pack: p
entities:
  - {id: iran, name: Iran, type: place, aliases: [{text: Iranian, kind: demonym}]}
  - {id: gass, name: Simon Gass, type: person}
  - {id: clark, name: Ken Clark, type: person}
  - {id: gb-mod, name: UK MoD, type: org, aliases: [{text: Network, strength: weak}]}
  - {id: council, name: New Iran Council, type: org}
roles:
  - id: envoy
    name: special envoy
    holders: [{entity: gass, from: 2020, until: 2022}]
suppress: [Iran Street]
"""
UNEDITED = [
    pytest.param("", "", "Iran, Simon Gass", [], id="nothing"),
    pytest.param(
        "Ken Clark, type", "Kenneth Clark, type", "Iran", [], id="what is not in the text"
    ),
    pytest.param("roles:", "# a line more\nroles:", "Iran Street, Iran", [], id="places"),
]
EDITED = [
    pytest.param(
        "name: Simon Gass, type: person",
        "name: Simon Gass, type: person, aliases: [Simon Garth]",
        "Simon Garth met us. Garth left.",
        [
            ("added", "Simon Garth", "gass", 'alias "Simon Garth" of gass added', None),
            ("added", "Garth", "gass", 'alias "Simon Garth" of gass added', "surname"),
        ],
        id="an alias more, and what follows from it",
    ),
    pytest.param(
        "name: Simon Gass, type: person",
        "name: Simon Gass, name_is_alias: false, type: person",
        "Simon Gass met us. Gass left.",
        [
            ("lost", "Simon Gass", "gass", 'alias "Simon Gass" of gass removed', None),
            ("lost", "Gass", "gass", 'alias "Simon Gass" of gass removed', "surname"),
        ],
        id="an alias less, and what followed from it",
    ),
    pytest.param(
        "{text: Iranian, kind: demonym}",
        "{text: Iranian, kind: demonym, ambiguous: true}",
        "an Iranian ship",
        [("re-resolved", "Iranian", "ambiguous (iran)", 'alias "Iranian" of iran changed: ambiguous', None)],
        id="an alias that became ambiguous",
    ),
    pytest.param(
        "kind: demonym}",
        "kind: demonym, case: any, context: {none: [ship]}, until: 2030}",
        "an Iranian ship",
        [("lost", "Iranian", "iran", 'alias "Iranian" of iran changed: case, context, until', None)],
        id="several keys of an alias",
    ),
    pytest.param(
        "name: Iran, type: place",
        "name: Iran, type: place, aliases: [{text: Islamic Republic of Iran}]",
        "the Islamic Republic of Iran",
        [("moved", "Islamic Republic of Iran", "iran", 'alias "Islamic Republic of Iran" of iran added', None)],
        id="a longer alias",
    ),
    pytest.param(
        "\nroles:",
        "\n  - {id: air, name: Iran Air, type: org}\nroles:",
        "Iran Air",
        [
            ("lost", "Iran", "iran", 'alias "Iran Air" of air added', None),
            ("added", "Iran Air", "air", 'alias "Iran Air" of air added', None),
        ],
        id="a longer alias of something else",
    ),
    pytest.param(
        "suppress: [Iran Street]",
        "suppress: [Tehran Street]",
        "Iran Street",
        [("added", "Iran", "iran", 'suppression "Iran Street" removed', None)],
        id="a suppression less",
    ),
    pytest.param(
        "suppress: [Iran Street]",
        "suppress: [head of the New]",
        "the head of the New Iran Council",
        [
            ("lost", "New Iran Council", "council", 'suppression "head of the New" added', None),
            ("added", "Iran", "iran", 'suppression "head of the New" added', None),
        ],
        id="what comes to light when something longer goes",
    ),
    pytest.param(
        "from: 2020, until: 2022",
        "from: 2019, until: 2020",
        "The special envoy met us.",
        [("re-resolved", "special envoy", "envoy", "role envoy changed: holders", None)],
        id="other holders",
    ),
    pytest.param(
        "\nroles:",
        "\n  - {id: lee, name: Ann Lee, type: person}\nroles:",
        "The special envoy Ann Lee met us.",
        [
            ("re-resolved", "special envoy", "envoy", 'alias "Ann Lee" of lee added', "elsewhere"),
            ("added", "Ann Lee", "lee", 'alias "Ann Lee" of lee added', None),
        ],
        id="somebody beside an office",
    ),
    pytest.param(
        "name: Simon Gass, type: person",
        "name: Simon Gass, type: person, surnames: []",
        "Simon Gass met us. Gass left.",
        [("lost", "Gass", "gass", "entity gass changed: surnames", None)],
        id="other surnames",
    ),
    pytest.param(
        "name: UK MoD, type: org",
        "name: Ministry of Defence, type: org",
        "UK MoD. The Network met us.",
        [
            ("lost", "UK MoD", "gb-mod", 'alias "UK MoD" of gb-mod removed', None),
            ("lost", "Network", "gb-mod", 'alias "UK MoD" of gb-mod removed', "support"),
        ],
        id="what supported a weak alias",
    ),
    pytest.param(
        "name: Ken Clark",
        "name: Ken Clark, aliases: [Henry Gass], surnames: [Gass]",
        "Simon Gass and Henry Gass. Gass left.",
        [
            ("added", "Henry Gass", "clark", 'alias "Henry Gass" of clark added', None),
            ("re-resolved", "Gass", "ambiguous (clark, gass)", 'alias "Henry Gass" of clark added', "surname"),
        ],
        id="another bearer of a surname",
    ),
]  # fmt: skip


def differences(old: str, new: str, text: str):
    """Return the differences of two packs in a text of 2021."""
    if old not in PACK:
        raise ValueError(old)
    # A key given twice would be refused.
    edited = PACK.replace(old, new, 1) if old else PACK
    edited = edited.replace(
        "place, aliases: [{text: Islamic Republic of Iran}], aliases: [",
        "place, aliases: [{text: Islamic Republic of Iran}, ",
    )
    versions = (Resolver([parse_pack(version, "p.yaml")]) for version in (PACK, edited))
    return Comparison(*versions).differences(Document(text, "d", "2021-06-01"))


@pytest.mark.parametrize(("old", "new", "text", "expected"), [*UNEDITED, *EDITED])
def test_differences_and_their_causes(old, new, text, expected):
    found = [
        (
            d.change,
            d.mention.surface,
            said_of(d.mention).partition(", held")[0],
            str(d.cause.edit).partition(": ")[2],
            d.cause.rule,
        )
        for d in differences(old, new, text)
    ]
    assert found == expected


def test_the_holder_is_part_of_what_is_said():
    (difference,) = differences(
        "from: 2020, until: 2022", "from: 2019, until: 2020", "The special envoy met us."
    )
    assert difference.before is not None
    assert said_of(difference.before) == "envoy, held by gass"
    assert said_of(difference.mention) == "envoy"


def test_an_edit_has_its_place_in_the_version_that_has_it():
    (edit,) = edits_between(
        [parse_pack(PACK, "old.yaml")],
        [parse_pack(PACK.replace("suppress: [Iran Street]", ""), "new.yaml")],
    ).old.values()
    assert str(edit) == 'old.yaml:12:12: suppression "Iran Street" removed'


def test_the_same_text_under_several_conditions_is_paired_by_them():
    pack = """\
pack: p
entities:
  - id: a
    name: Fancy Bear
    type: org
    aliases: [{text: Bear, context: {any: [GRU]}}, {text: Bear, context: {any: [FSB]}}]
"""
    edits = edits_between(
        [parse_pack(pack)], [parse_pack(pack.replace("{text: Bear, context: {any: [GRU]}}, ", ""))]
    )
    assert [str(edit) for edit in edits.old.values()] == ['<pack>:6:22: alias "Bear" of a removed']
    assert edits.new == {}


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A git repository whose first commit has two packs, and which has one of them edited."""
    monkeypatch.chdir(tmp_path)
    rules = tmp_path / "rules/deep"
    rules.mkdir(parents=True)
    (tmp_path / "rules/a.yaml").write_text(PACK, "utf-8")
    (rules / "b.yml").write_text("pack: b\nsuppress: [Café]\n", "utf-8")
    (tmp_path / "rules/notes.txt").write_text("no pack", "utf-8")
    for arguments in (
        ("init", "--quiet"),
        ("add", "."),
        ("-c", "user.name=n", "-c", "user.email=e@x", "commit", "--quiet", "-m", "m"),
    ):
        subprocess.run(["git", *arguments], check=True)
    (tmp_path / "rules/a.yaml").write_text(PACK.replace("pack: p", "pack: q"), "utf-8")
    return tmp_path


def test_versions_come_from_files_and_from_git(repository, monkeypatch):
    assert [pack.path for pack in read_version("HEAD:rules/")] == [
        "HEAD:rules/a.yaml",
        "HEAD:rules/deep/b.yml",
    ]
    assert [pack.name for pack in read_version("HEAD:rules/a.yaml")] == ["p"]
    assert [pack.name for pack in read_version("HEAD:")] == ["p", "b"]
    assert [pack.name for pack in read_version("rules")] == ["q", "b"]
    monkeypatch.chdir(repository / "rules")
    assert [pack.name for pack in read_version("HEAD:rules")] == ["p", "b"]


@pytest.mark.parametrize(
    ("source", "error", "message"),
    [
        pytest.param(
            "HEAD~9:rules", ConfigurationError,
            "HEAD~9:rules: git has no such revision or path, name a file, a folder or REVISION:PATH",
            id="no such revision",
        ),
        pytest.param(
            "HEAD:none", ConfigurationError,
            "HEAD:none: git has no such revision or path, name a file, a folder or REVISION:PATH",
            id="no such path",
        ),
        pytest.param(
            "nowhere", PackError, "nowhere:1:1: does not exist, name a pack or a folder",
            id="no such file",
        ),
        pytest.param(
            "HEAD:rules/notes.txt", PackError,
            "HEAD:rules/notes.txt:1:1: file must be a mapping, not a single value", id="no pack",
        ),
    ],
)  # fmt: skip
def test_versions_that_cannot_be_read(repository, source, error, message):
    with pytest.raises(error) as raised:
        read_version(source)
    assert str(raised.value) == message


def test_outside_of_any_repository(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(ConfigurationError) as raised:
        read_version("HEAD:rules")
    fact = "this folder is in no git repository, name a file, a folder or REVISION:PATH"
    assert str(raised.value) == f"HEAD:rules: {fact}"
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ConfigurationError) as raised:
        read_version("HEAD:rules")
    assert str(raised.value) == "HEAD:rules: git is not installed, name a file or folder"


def test_a_revision_without_packs_or_with_one_that_is_no_text(repository):
    (repository / "empty").mkdir()
    (repository / "empty/latin.yaml").write_bytes(b"pack: caf\xe9\n")
    (repository / "other").mkdir()
    (repository / "other/notes.txt").write_text("no pack", "utf-8")
    subprocess.run(["git", "add", "empty", "other"], check=True)
    tree = subprocess.run(["git", "write-tree"], check=True, capture_output=True, text=True)
    revision = tree.stdout.strip()
    with pytest.raises(PackError, match=r"other:1:1: has no \.yaml file in it, name a pack"):
        read_version(f"{revision}:other")
    with pytest.raises(PackError, match=r"latin\.yaml:1:1: byte 9 is not UTF-8, save the file"):
        read_version(f"{revision}:empty")


def test_other_packs_are_the_same_on_both_sides_unless_a_version_has_them(repository):
    (repository / "other.yaml").write_text("pack: other\n", "utf-8")
    old, new = read_versions("HEAD:rules", "rules", ["rules/deep/b.yml", "other.yaml"])
    assert [pack.name for pack in old] == ["other", "p", "b"]
    assert [pack.name for pack in new] == ["other", "q", "b"]
