"""Every format of output, read back by its own library where there is one: no span is lost."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser

import pytest
from conftest import resolver_of
from hypothesis import given
from hypothesis import strategies as st

from resolver.cells import inert, original
from resolver.errors import ConfigurationError
from resolver.models import Document, Mention, Result
from resolver.packs.examples import parse_marks
from resolver.writers import Options, resolver_writers
from resolver.writers.naming import FileNames

PACK = """\
pack: demo
defaults: {type: organisation}
entities:
  - {id: place/iran, name: Iran, type: place, aliases: [{text: ایران, kind: transliteration}]}
  - {id: org/mod, name: Ministry of Defence (United Kingdom), aliases: [{text: MoD, ambiguous: true}]}
  - {id: org/in-mod, name: Ministry of Defence (India), aliases: [{text: MoD, ambiguous: true}]}
  - {id: place/mod, name: Mod (village), type: place, aliases: [{text: Modd, ambiguous: true}]}
  - {id: org/modd, name: Modd, aliases: [{text: Modd, ambiguous: true}]}
  - {id: org/sum, name: "=SUM(A1)"}
  - {id: person/gass, name: Simon Gass, type: person, aliases: [Simon Garth]}
"""
TEXT = "👨‍👩‍👧 Simon\nGarth met the MoD [1]; ایران and \\Iran.\n\nTerrorismIran <b>& =SUM(A1) met Modd.\n"
WRITERS = {writer.name: writer for writer in resolver_writers()}


@pytest.fixture(scope="module")
def results() -> list[Result]:
    """Two documents with all that is difficult, and one without a mention."""
    resolver = resolver_of(PACK)
    documents = (
        Document(TEXT, "../a b.txt", "2022-11-17"),
        Document("nothing 👍", "b"),
        Document("Iran", "c"),
    )
    return list(resolver.resolve_many(documents))


def written(name: str, results: list[Result], **options) -> str | bytes:
    """Return what a writer makes of results."""
    writer = WRITERS[name]
    pieces = writer.write(iter(results), Options(**options))
    return (b"" if writer.binary else "").join(pieces)


def spans(mentions) -> list[tuple[int, int, str | None]]:
    """Return place and entity of mentions."""
    return [(m.start, m.end, m.entity_id) for m in mentions]


def test_the_text_has_what_is_difficult(results):
    first = results[0].mentions
    assert [m.surface for m in first] == [
        "Simon\nGarth", "MoD", "ایران", "Iran", "Iran", "=SUM(A1)", "Modd",
    ]  # fmt: skip
    assert [m.status for m in first] == ["resolved", "ambiguous", *["resolved"] * 4, "ambiguous"]


@pytest.mark.parametrize("name", sorted(set(WRITERS) - {"jsonl", "table"}))  # have it as it is
def test_a_mention_that_does_not_stand_there_is_never_written(name, results):
    wrong = results[0].mentions[0]._replace(start=1)
    with pytest.raises(ValueError, match="does not stand there"):
        written(name, [Result(results[0].document, (wrong,))])


@pytest.mark.parametrize("name", WRITERS)
def test_no_document_at_all(name):
    assert isinstance(written(name, []), bytes if WRITERS[name].binary else str)


@pytest.mark.parametrize("name", sorted(set(WRITERS) - {"spacy", "parquet"}))  # larger pieces
def test_documents_are_written_as_they_come(name, results):
    taken = []

    def incoming():
        for result in results:
            taken.append(result)
            yield result

    pieces = iter(WRITERS[name].write(incoming(), Options()))
    next(pieces)
    assert len(taken) < len(results)


@pytest.mark.parametrize(
    ("name", "unit"),
    [(name, "byte") for name in ("brat", "cas", "doccano", "labelstudio", "nif", "spacy", "w3c")],
)
def test_a_unit_that_a_format_does_not_have_is_refused(name, unit, results):
    with pytest.raises(ConfigurationError) as caught:
        written(name, results, offsets=unit)
    own = "utf16" if name == "cas" else "codepoint"
    assert str(caught.value) == f"offsets of {name} are in {own} units, leave out --offsets byte"


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [
        ("cas", "cassis", "cas"),
        ("nif", "rdflib", "rdf"),
        ("parquet", "pyarrow", "arrow"),
        ("spacy", "spacy", "spacy"),
    ],
)
def test_a_missing_library_is_named_with_its_extra(name, module, extra, tmp_path):
    (tmp_path / "p.yaml").write_text(PACK, "utf-8")
    code = (
        f"import sys; sys.modules[{module!r}] = None; sys.argv = ['resolver', 'tag', '-', "
        f"'--no-bundled', '--packs', 'p.yaml', '--format', {name!r}]; "
        "from resolver.cli import main; main()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, input=b"Iran", capture_output=True, check=False
    )
    message = f"this needs {module}, install it with: pip install 'alias-resolver[{extra}]'\n"
    assert (ran.returncode, ran.stderr.decode()) == (2, message)


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_csv_rows(name, delimiter, results):
    rows = list(csv.DictReader(io.StringIO(written(name, results)), delimiter=delimiter))
    first = [row for row in rows if row["document"] == "../a b.txt"]
    assert [
        (int(row["start"]), int(row["end"]), row["entity_id"] or None) for row in first
    ] == spans(results[0].mentions)
    assert [original(row["surface"]) for row in first] == [m.surface for m in results[0].mentions]
    assert first[5]["surface"] == "'=SUM(A1)"
    assert first[1]["candidates"] == "org/in-mod org/mod"
    assert [row["document"] for row in rows].count("b") == 0


def test_csv_offsets_and_reasons(results):
    (row,) = csv.DictReader(io.StringIO(written("csv", results[2:], why=True, offsets="byte")))
    assert (row["end"], row["why"]) == ("4", "the name of Iran, pack demo, line 4")
    rows = list(csv.DictReader(io.StringIO(written("csv", results, offsets="utf16"))))
    units = TEXT.encode("utf-16-le")
    for row, mention in zip(rows, results[0].mentions, strict=False):
        stretch = units[2 * int(row["start"]) : 2 * int(row["end"])]
        assert stretch.decode("utf-16-le") == mention.surface


@pytest.mark.parametrize("name", ["csv", "tsv"])
@pytest.mark.parametrize("gap", ["\r", "\r\n", "\n", "\t"])
def test_a_mention_over_any_line_end_stays_in_its_cell(name, gap):
    result = resolver_of(PACK).resolve(Document(f"Simon{gap}Gass", "a"))
    lines = io.StringIO(written(name, [result]), newline="")
    (row,) = csv.DictReader(lines, delimiter="," if name == "csv" else "\t")
    assert (row["surface"], row["entity_id"]) == (f"Simon{gap}Gass", "person/gass")


@given(st.text(alphabet="'=+-@\t\r|x", max_size=5))
def test_a_formula_is_made_inert_and_found_again(cell):
    assert original(inert(cell)) == cell
    assert inert(cell)[:1] not in {*"=+-@\t\r"}


def test_markdown_is_read_back_as_an_example(results):
    marked = parse_marks(written("markdown", results[:1]))
    assert marked.text == TEXT
    assert [(m.start, m.end, m.entity_id) for m in marked.expected] == [
        (start, end, entity or "?") for start, end, entity in spans(results[0].mentions)
    ]
    assert "\n<!-- b -->\n\nnothing 👍\n" in written("markdown", results)


class Page(HTMLParser):
    """Collects the texts of a page, what is marked, and the tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.marks: list[tuple[int, int, str | None]] = []
        self._inside = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "div":
            self.texts.append("")
            self._inside = 1
        elif tag == "mark":
            self._start = len(self.texts[-1])

    def handle_endtag(self, tag):
        if tag == "div":
            self._inside = 0
        elif tag == "mark":
            entity = self.tags[-1][1]["data-entity"] or None
            self.marks.append((self._start, len(self.texts[-1]), entity))

    def handle_data(self, data):
        if self._inside:
            self.texts[-1] += data


def test_html_marks(results):
    page = Page(written("html", results))
    assert page.texts == [result.document.text for result in results]
    assert page.marks == [span for result in results for span in spans(result.mentions)]
    described = [attributes["title"] for tag, attributes in page.tags if tag == "mark"]
    assert described[1] == (
        "Ministry of Defence (India) or Ministry of Defence (United Kingdom) (organisation, full)"
    )


def test_html_runs_nothing_and_fetches_nothing(results):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><style>*{}</style>"
    mention = Mention(0, len(evil), evil, evil, evil, evil, "resolved", evil, "p", 1)
    text = written("html", [*results, Result(Document(evil, evil, evil), (mention,))], why=True)
    page = Page(text)
    assert {tag for tag, _ in page.tags} == set(
        "html head meta title style body section h2 time div mark table tr td".split()
    )
    assert not [a for _, attributes in page.tags for a in attributes if a.startswith("on")]
    assert page.texts[-1] == evil
    policy = next(a for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[\w+/]+='", policy["content"])


def brat(content: bytes) -> dict[str, str]:
    """Return the files of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_brat_standoff(results):
    files = brat(written("brat", results))
    name = next(name for name in files if name.startswith("a_b.txt-") and name.endswith(".txt"))
    text = files[name]
    assert text == TEXT
    notes = {}
    places = []
    for line in files[name.replace(".txt", ".ann", 2).replace(".ann", ".txt", 1)].splitlines():
        key, what, surface = line.split("\t")
        if key.startswith("T"):
            pieces = [tuple(map(int, piece.split())) for piece in what.split(" ", 1)[1].split(";")]
            assert " ".join(text[start:end] for start, end in pieces) == surface
            places.append((pieces[0][0], pieces[-1][1]))
        else:
            notes[what.split()[1]] = (what.split(" ", 2)[-1], surface)
    assert places == [(m.start, m.end) for m in results[0].mentions]
    assert notes["T1"] == ("resolver:person/gass", "Simon Gass")
    assert notes["T2"] == ("T2", "ambiguous: org/in-mod org/mod") or notes["T2"][1].endswith("mod")
    assert files["annotation.conf"].split("\n")[:5] == [
        "[entities]", "ambiguous", "organisation", "person", "place",
    ]  # fmt: skip


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\t", "\u2028", "\x0b", "\x85"])
def test_brat_reads_back_a_mention_over_any_gap(gap):
    text = f"👍 Simon{gap}Gass"
    mention = Mention(
        2, len(text), text[2:], "p/g", "Simon Gass", "person", "resolved", "full", "p", 1
    )
    files = brat(written("brat", [Result(Document(text, "a"), (mention,))]))
    # As brat compares them: the pieces of the text with a space between each.
    line, note = (line.split("\t") for line in files["a.ann"].splitlines())
    places = [
        tuple(map(int, piece.split())) for piece in line[1].removeprefix("person ").split(";")
    ]
    assert " ".join(files["a.txt"][start:end] for start, end in places) == line[2] == "Simon Gass"
    assert note == ["N1", "Reference T1 resolver:p/g", "Simon Gass"]


def test_archives_are_the_same_whenever_they_are_written(results):
    assert written("brat", results) == written("brat", results)


def test_file_names_stay_inside_the_folder_and_apart():
    names = FileNames()
    given_ids = [
        "../../etc/x",
        "..",
        "/etc/passwd",
        "a",
        "A",
        "a",
        "ä",
        "ö",
        None,
        "x" * 300,
        "con/",
    ]
    made = [names(document_id) for document_id in given_ids]
    assert len({name.lower() for name in made}) == len(made)
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}", name) for name in made)
    assert made[3:6] == ["a", "A-2", "a-3"]


def test_doccano_and_label_studio(results):
    assert written("doccano", results).isascii()  # doccano guesses encodings
    lines = [json.loads(line) for line in written("doccano", results).splitlines()]
    for record, result in zip(lines, results, strict=True):
        found = [record["text"][start:end] for start, end, _ in record["label"]]
        assert found == [m.surface for m in result.mentions]
    assert [label for _, _, label in lines[0]["label"]][-1] == "ambiguous"
    tasks = json.loads(written("labelstudio", results))
    for task, result in zip(tasks, results, strict=True):
        (prediction,) = task["predictions"]
        regions = [region["value"] for region in prediction["result"]]
        assert [(r["start"], r["end"], r["text"]) for r in regions] == [
            (m.start, m.end, m.surface) for m in result.mentions
        ]
        assert task["data"]["text"] == result.document.text


def test_jsonl_of_a_document_from_a_page_counts_in_the_page(tmp_path):
    page = "<p>👍 AT&amp;T of <b>Ir</b>an</p>"
    (tmp_path / "a.html").write_text(page, "utf-8")
    (tmp_path / "p.yaml").write_text(PACK, "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "resolver", "tag", "a.html", "--no-bundled", "--packs", "p.yaml"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    (mention,) = json.loads(ran.stdout)["mentions"]
    assert page[mention["start"] : mention["end"]] == "Ir</b>an"
    assert mention["surface"] == "Iran"
