"""What stands in a report: the same every time, whole, and nothing that a browser would run."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, resolver_of

from resolver.cli import cli
from resolver.look import asset, join_modules, policy_hash
from resolver.models import Document
from resolver.readers import BadInput
from resolver.report import Report, write
from resolver.report.tagged import take_mentions

PACK = """
pack: demo
defaults: {type: organisation}
entities:
  - {id: place/iran, name: Iran, type: place}
  - {id: org/a, name: Ministry A, aliases: [{text: MoD, ambiguous: true}]}
  - {id: org/b, name: Ministry B, aliases: [{text: MoD, ambiguous: true}]}
  - {id: person/simon-gass, name: Simon Gass, type: person}
"""
EVIL = '</script><!--<script>\u2028\u2029&"'


class Page(HTMLParser):
    """Collects elements, and the contents of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.contents: dict[str, str] = {}
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._inside = str(dict(attrs).get("type", tag)) if tag == "script" else tag

    def handle_data(self, data):
        self.contents[self._inside] = self.contents.get(self._inside, "") + data

    def handle_endtag(self, _tag):
        self._inside = ""

    @property
    def data(self) -> dict:
        return json.loads(self.contents["application/json"])


def page_of(*documents: Document, title: str = "A title", unread=()) -> Page:
    resolver = resolver_of(PACK)
    results = map(resolver.resolve, documents)
    return Page("".join(write(Report(title, results, unread, resolver.gazetteer))))


def test_data_are_compact_and_refer_to_tables():
    text = "👍 Iran, the MoD, Simon Gass. Gass; Iran"
    page = page_of(Document(text, "a", "2021-01-02", {"text": text, "paper": "P", "n": [1]}))
    data = page.data
    (document,) = data["documents"]
    assert document == {
        "id": "a",
        "date": "2021-01-02",
        "text": text,
        "fields": [["paper", "P"]],
        "mentions": [
            [3, 7, 0, 0],
            [13, 16, 1, 1],
            [18, 28, 2, 2],
            [30, 34, 3, 3, 18, 28],
            [36, 40, 0, 0],
        ],
    }
    assert data["entities"] == [
        ["place/iran", "Iran", "place"],
        ["org/a", "Ministry A", "organisation"],
        ["org/b", "Ministry B", "organisation"],
        ["person/simon-gass", "Simon Gass", "person"],
    ]
    assert data["verdicts"][:2] == [
        {
            "entity": 0,
            "type": "place",
            "status": "resolved",
            "kind": "full",
            "listings": [["place/iran", "Iran", "demo", "<pack>", 5]],
        },
        {
            "type": "organisation",
            "status": "ambiguous",
            "kind": "full",
            "candidates": [1, 2],
            "listings": [
                ["org/a", "MoD", "demo", "<pack>", 6],
                ["org/b", "MoD", "demo", "<pack>", 7],
            ],
        },
    ]
    assert data["verdicts"][3]["listings"] == [["person/simon-gass", None, "demo", "<pack>", 8]]
    assert data["steps"][data["reasons"][0][0]] == "the name of Iran, pack demo, line 5"


def test_the_same_report_gives_the_same_bytes():
    documents = [Document(f"Iran {n} MoD", str(n)) for n in range(50)]
    pages = []
    for _ in range(2):
        resolver = resolver_of(PACK)
        report = Report("t", resolver.resolve_many(documents), (), resolver.gazetteer)
        pages.append("".join(write(report)))
    assert pages[0] == pages[1]


def test_nothing_ends_the_data_or_begins_a_comment():
    evil = Document(f"{EVIL} Iran", EVIL, None, {"note": EVIL})  # a date could not be so
    page = page_of(evil, title=EVIL, unread=[BadInput(EVIL, EVIL)])
    assert [t for t, _ in page.tags].count("script") == 2
    raw = page.contents["application/json"]
    assert not set("<\u2028\u2029") & set(raw)
    data = page.data
    assert data["title"] == data["documents"][0]["id"] == EVIL
    assert data["documents"][0]["text"] == f"{EVIL} Iran"
    assert data["unread"] == [[EVIL, EVIL]]
    assert page.contents["title"] == EVIL


def test_the_policy_allows_what_is_in_the_page_and_nothing_else():
    page = page_of(Document("Iran"))
    policy = next(a["content"] for t, a in page.tags if a.get("http-equiv"))
    assert policy == (
        f"default-src 'none'; style-src {policy_hash(page.contents['style'])}; "
        f"script-src {policy_hash(page.contents['module'])}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    attributes = {name for _, attrs in page.tags for name in attrs}
    assert (
        not {name for name in attributes if name.startswith("on")} | {"style", "src"} & attributes
    )
    assert not re.search(r"url\(|@import", page.contents["style"])


SCRIPTS = sorted((ROOT / "resolver").rglob("*.js"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_stay_small_and_make_no_markup(path):
    script = path.read_text("utf-8")
    assert script.count("\n") <= 300
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", script)


def test_names_at_the_top_of_joined_modules_differ():
    script = page_of().contents["module"]
    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", script, re.MULTILINE)
    assert len(names) > 100
    assert sorted({name for name in names if names.count(name) > 1}) == []
    assert not re.search(r"^(?:import|export)\b", script, re.MULTILINE)


def test_modules_are_joined_without_imports():
    modules = [
        "export const A = 1;\n",
        'import { A } from "./a.js";\n\nexport function f() {\n  return A;\n}\n',
    ]
    assert join_modules(modules) == "const A = 1;\n\nfunction f() {\n  return A;\n}\n"


def test_every_type_of_the_look_has_a_colour_in_light_and_dark():
    style = asset("look.css")
    light, dark = style.split("@media screen and (prefers-color-scheme: dark)", 1)
    for type_ in re.findall(r'data-type="([\w-]+)"', style):
        for part in (light, dark):
            assert f"--{type_}:" in part
            assert f"--{type_}-tint:" in part


# The command


def run(folder: Path, *args: str) -> Result:
    (folder / "demo.yaml").write_text(PACK, "utf-8")
    options = ["--no-bundled", "--no-plugins", "--packs", str(folder / "demo.yaml")]
    return CliRunner().invoke(cli, ["report", *args, *options])


def lines(folder: Path, *records: dict | str) -> str:
    path = folder / "in.jsonl"
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in records), "utf-8")
    return str(path)


def test_what_cannot_be_read_is_named_in_the_report_and_beside_it(tmp_path):
    source = lines(tmp_path, {"text": "Iran"}, "{", {"text": "MoD"})
    result = run(tmp_path, source, "-o", str(tmp_path / "out.html"))
    assert result.exit_code == 2
    fault = "not valid JSON, expecting property name enclosed in double quotes"
    assert result.stderr == f"{source}:2:2: {fault}\n"
    data = Page((tmp_path / "out.html").read_text("utf-8")).data
    assert data["unread"] == [[f"{source}:2:2", fault]]
    assert [d["text"] for d in data["documents"]] == ["Iran", "MoD"]
    stopped = run(tmp_path, source, "-o", str(tmp_path / "out.html"), "--on-error", "stop")
    assert stopped.exit_code == 2
    assert len(Page((tmp_path / "out.html").read_text("utf-8")).data["documents"]) == 1


def test_a_report_that_fails_leaves_the_last_one_alone(tmp_path):
    out = tmp_path / "out.html"
    out.write_text("the last one", "utf-8")
    result = run(
        tmp_path, lines(tmp_path, {"text": "Iran"}), "-o", str(out), "--without-rule", "no"
    )
    assert result.exit_code != 0
    assert out.read_text("utf-8") == "the last one"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["demo.yaml", "in.jsonl", "out.html"]


def test_title_and_date(tmp_path):
    source = lines(tmp_path, {"text": "Iran"}, {"text": "Iran", "date": "2020"})
    named = Page(run(tmp_path, source, "--title", "A <b>", "--date", "2021-01-01").stdout)
    assert named.data["title"] == named.contents["title"] == "A <b>"
    assert [d["date"] for d in named.data["documents"]] == ["2021-01-01", "2020"]
    assert Page(run(tmp_path, source).stdout).data["title"] == "Mentions in in.jsonl"


def test_processes_change_nothing(tmp_path):
    source = lines(tmp_path, *({"text": f"Iran {n} MoD"} for n in range(40)))
    assert run(tmp_path, source).stdout == run(tmp_path, source, "--jobs", "2").stdout


def test_a_tagged_file_is_shown_as_it_was_tagged(tmp_path):
    source = lines(tmp_path, {"id": "a", "text": "👍 Iran and the MoD. Simon Gass. Gass"})
    fresh = Page(run(tmp_path, source).stdout).data
    options = ["--no-bundled", "--no-plugins", "--packs", str(tmp_path / "demo.yaml")]
    tagged = CliRunner().invoke(cli, ["tag", source, "--why", "--field", "found", *options])
    (tmp_path / "in.jsonl").write_text(tagged.stdout, "utf-8")
    again = Page(run(tmp_path, source, "--tagged", "--field", "found").stdout).data
    assert again["documents"] == fresh["documents"]
    assert again["steps"] == fresh["steps"]
    assert again["verdicts"][0]["listings"] == [["place/iran", None, "demo", "", 5]]


MENTION = {
    "start": 0, "end": 4, "surface": "Iran", "entity_id": "place/iran", "name": "Iran",
    "type": "place", "status": "resolved", "kind": "full", "pack": "demo", "line": 5,
}  # fmt: skip
MISTAKES = {
    "is no record, write what resolver tag writes": "x",
    "does not stand where it says, write offsets in code points": {**MENTION, "start": 1},
    "is resolved but has no entity_id, add it": {**MENTION, "entity_id": None},
    "has another status than resolver tag writes, mend it": {**MENTION, "status": ["x"]},
    "has another candidates than resolver tag writes, mend it": {**MENTION, "candidates": [1]},
    "has another holder than resolver tag writes, mend it": {**MENTION, "holder": "x"},
    "has another antecedent than resolver tag writes, mend it": {
        **MENTION,
        "antecedent": [9, 99],
    },
    "has another line than resolver tag writes, mend it": {**MENTION, "line": "5"},
    "has another why than resolver tag writes, mend it": {**MENTION, "why": [None]},
}


@pytest.mark.parametrize(("fault", "record"), MISTAKES.items())
def test_a_mistaken_mention_is_named(fault, record):
    document = Document("Iran", "a", None, {"mentions": [MENTION, record]})
    assert list(take_mentions([document], "mentions")) == [
        BadInput("a", f"mention 2 of mentions {fault}")
    ]


def test_a_record_that_was_not_tagged_is_named(tmp_path):
    source = lines(tmp_path, {"id": "a", "text": "Iran"}, {"text": "Iran", "mentions": [MENTION]})
    result = run(tmp_path, source, "--tagged")
    assert result.exit_code == 2
    assert result.stderr == (
        "a: the record has no list mentions, leave out --tagged to tag it now\n"
    )
    assert len(Page(result.stdout).data["documents"]) == 1
