"""Every message about a wrong pack, whole and with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from resolver.errors import PackError
from resolver.packs import bundled_folder, check_together, pack_files, parse_pack, read_pack
from resolver.pipeline import Resolver

CASES = yaml.safe_load((Path(__file__).parent / "cases/pack_errors.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_problems_of_a_wrong_pack(case):
    with pytest.raises(PackError) as error:
        parse_pack(case["pack"], "p.yaml")
    assert [str(p) for p in error.value.problems] == [f"p.yaml:{p}" for p in case["problems"]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            b"pack: caf\xe9\n", "1:10: byte 9 is not UTF-8, save the file as UTF-8", id="Latin-1"
        ),
        pytest.param(
            b"pack: p\ntitle: X\nlicense: caf\xe9\n",
            "3:13: byte 29 is not UTF-8, save the file as UTF-8",
            id="Latin-1 further down",
        ),
        pytest.param(
            b"\ncaf\xe9", "2:4: byte 4 is not UTF-8, save the file as UTF-8", id="behind a line end"
        ),
        pytest.param(
            b"pack: p\nlicense: X\ntitle: \x00\n",
            "3:8: the character U+0000 is not allowed, remove it",
            id="a NUL byte",
        ),
        pytest.param(
            b"\n\x00\x01",
            "2:1: the character U+0000 is not allowed, remove it",
            id="several such characters",
        ),
    ],
)
def test_a_file_that_is_no_text(tmp_path, content, message):
    path = tmp_path / "p.yaml"
    path.write_bytes(content)
    with pytest.raises(PackError) as error:
        read_pack(path, "p.yaml")
    assert str(error.value) == f"p.yaml:{message}"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_lines_are_counted_as_yaml_counts_them(line_end):
    with pytest.raises(PackError) as error:
        parse_pack(f"pack: p{line_end}title: &a x{line_end}", "p.yaml")
    assert str(error.value) == (
        'p.yaml:2:8: YAML anchors (&) are not allowed, quote the value: "&a x"'
    )


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(PackError) as error:
        read_pack(tmp_path / "missing.yaml", "missing.yaml")
    assert str(error.value) == "missing.yaml:1:1: cannot be read: No such file or directory"


def test_a_byte_order_mark_is_no_part_of_the_pack(tmp_path):
    path = tmp_path / "p.yaml"
    path.write_bytes(b"\xef\xbb\xbfpack: p\n")
    assert read_pack(path).name == "p"


def test_a_path_that_does_not_exist_and_a_folder_without_packs(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(PackError) as error:
        pack_files([tmp_path / "empty", tmp_path / "nowhere.yaml"])
    assert str(error.value).splitlines() == [
        f"{tmp_path}/empty:1:1: has no .yaml file in it, name a pack or a folder",
        f"{tmp_path}/nowhere.yaml:1:1: does not exist, name a pack or a folder",
    ]


FIRST = """\
pack: one
entities:
  - {id: a, name: A, type: person}
"""
SECOND = """\
pack: two
entities:
  - id: b
    name: B
    type: person
    aliases:
      - {text: C, context: {entities: [nobody]}}
  - {id: a, name: A, type: person}
roles:
  - {id: r, name: R, of: [nowhere], holders: [{entity: someone}]}
suppress:
  - {text: D, context: {entities: [nothing]}}
"""


def test_a_name_that_a_bundled_pack_has_can_be_had_without_it():
    bundled = parse_pack("pack: uk\n", str(bundled_folder() / "uk.yaml"))
    with pytest.raises(PackError) as error:
        check_together([bundled, parse_pack("pack: uk\n", "mine.yaml")])
    assert str(error.value) == (
        f"mine.yaml:1:1: pack uk is also the name of the bundled {bundled_folder() / 'uk.yaml'}, "
        "rename yours, or leave the bundled ones out with --no-bundled"
    )


def test_what_packs_say_of_each_other():
    with pytest.raises(PackError) as error:
        check_together([parse_pack(FIRST, "one.yaml"), parse_pack(SECOND, "two.yaml")])
    unknown = "is unknown, correct the id or load the pack that has it"
    assert str(error.value).splitlines() == [
        f"two.yaml:7:16: context entity nobody {unknown}",
        "two.yaml:8:5: id a is given twice, first at one.yaml:3:5, rename or merge them",
        f"two.yaml:10:5: of r: nowhere {unknown}",
        f"two.yaml:10:47: holder someone {unknown}",
        f"two.yaml:12:12: context entity nothing {unknown}",
    ]


def test_two_packs_of_one_name():
    with pytest.raises(PackError) as error:
        check_together([parse_pack("pack: p\n", "a.yaml"), parse_pack("pack: p\n", "b.yaml")])
    assert str(error.value) == "b.yaml:1:1: pack p is also the name of a.yaml, rename one of them"


def test_the_problems_of_all_packs_are_reported_together(tmp_path):
    (tmp_path / "a.yaml").write_text("pack: a\nversion: 1\n")
    (tmp_path / "b.yaml").write_text("pack: b\ntitle: NO\n")
    with pytest.raises(PackError) as error:
        Resolver.load([tmp_path], bundled=False, plugins=False)
    assert str(error.value).splitlines() == [
        f'{tmp_path}/a.yaml:2:10: file version 1 is read as a number, quote it: "1"',
        f'{tmp_path}/b.yaml:2:8: file title NO is read as a boolean, quote it: "NO"',
    ]


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param("[" * 100_000 + "]" * 100_000, id="nesting"),
        pytest.param(
            "a: &a [x, x]\n" + "\n".join(f"k{n}: &k{n} [*a, *a]" for n in range(9)), id="aliases"
        ),
    ],
)
def test_a_bomb_is_refused_at_once(bomb):
    with pytest.raises(PackError):
        parse_pack("pack: p\nentities: " + bomb if bomb[0] == "[" else bomb)
