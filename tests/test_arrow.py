"""Record batches come back row for row, with what `Resolver.resolve` finds."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pyarrow as pa
import pytest
from conftest import resolver_of

from resolver.arrow import MENTION, load_once, tag_batches, tag_table, tagged_schema
from resolver.errors import ConfigurationError, Fault, PluginError

PACK = """\
pack: p
entities:
  - {id: person/gass, name: Simon Gass, type: person, aliases: [{text: Simon Garth, kind: garbled, source: wire}]}
  - {id: org/uk, name: MoD (UK), type: organisation, aliases: [{text: MoD, ambiguous: true}]}
  - {id: org/in, name: MoD (India), type: organisation, aliases: [{text: MoD, ambiguous: true}]}
  - {id: place/iran, name: Iran, type: place}
roles:
  - id: role/fs
    name: Foreign Secretary
    holders: [{entity: person/gass, from: 2021-01-01, until: 2022-01-01}]
"""
TEXTS = [
    "Simon Garth left. Gass 😀 was replaced.",
    "The MoD said nothing of TerrorismIran.",
    "",
    "The Foreign Secretary said nothing.",
]


@pytest.fixture(scope="module")
def resolver():
    return resolver_of(PACK)


def plain(mention) -> dict:
    """Return a mention as Arrow gives it back."""
    return {
        **{name: getattr(mention, name) for name in MENTION.names},
        "candidates": [candidate._asdict() for candidate in mention.candidates],
        "holder": mention.holder and mention.holder._asdict(),
        "antecedent": mention.antecedent and list(mention.antecedent),
    }


def test_mentions_are_those_of_resolve(resolver):
    table = pa.table({"text": TEXTS, "date": ["2021-06-01"] * 4})
    tagged = tag_table(table, resolver)
    tagged.validate(full=True)
    expected = [
        [plain(mention) for mention in resolver.resolve(text, date="2021-06-01").mentions]
        for text in TEXTS
    ]
    assert tagged["mentions"].to_pylist() == expected
    assert [len(mentions) for mentions in expected] == [2, 2, 0, 1]
    assert tagged["error"].null_count == 4
    assert tagged.schema == tagged_schema(table.schema)


def test_a_mention_has_the_fields_that_python_knows(resolver):
    mention = resolver.resolve("Iran").mentions[0]
    assert tuple(MENTION.names) == mention._fields[:-1]


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())],
    ids=str,
)
def test_every_kind_of_string_column_is_read(resolver, kind):
    tagged = tag_table(pa.table({"text": pa.array(["in Iran", None]).cast(kind)}), resolver)
    assert [m and m[0]["start"] for m in tagged["mentions"].to_pylist()] == [3, None]
    assert tagged.schema.field("text").type == kind


def undecodable() -> pa.Array:
    """Return strings as a careless writer leaves them: Arrow does not look into them."""
    offsets = pa.array([0, 4, 8, 12], pa.int32()).buffers()[1]
    return pa.StringArray.from_buffers(3, offsets, pa.py_buffer(b"IranIr\xffnIran"))


@pytest.mark.parametrize(
    ("texts", "errors"),
    [
        (pa.array(["Iran", None]), [None, "the text is null"]),
        (pa.nulls(1), ["the text is null"]),
        (pa.array([b"Iran", b"Ir\xff"]), [None, "byte 2 of the text is not UTF-8, convert it"]),
        (undecodable(), [None, "byte 2 of the text is not UTF-8, convert it", None]),
        (pa.array([7]), ["the text is int, convert it to a string"]),
        (pa.array([["Iran"]]), ["the text is list, convert it to a string"]),
    ],
    ids=["null", "only nulls", "bytes", "string", "number", "list"],
)
def test_a_bad_row_says_why_and_loses_no_other(resolver, texts, errors):
    (tagged,) = tag_batches([pa.record_batch([texts], ["text"])], resolver)
    assert tagged["error"].to_pylist() == errors
    found = [mentions and len(mentions) for mentions in tagged["mentions"].to_pylist()]
    assert found == [1 if error is None else None for error in errors]


def test_a_plugin_that_fails_at_a_document_makes_a_bad_row(resolver, monkeypatch):
    resolve = type(resolver).resolve

    def failing(self, document, **options):
        if "poison" in document.text:
            raise PluginError([Fault("bad", f"plugin bad broke at {document.id}")])
        return resolve(self, document, **options)

    def many(self, documents, **options):
        return (failing(self, document, **options) for document in documents)

    monkeypatch.setattr(type(resolver), "resolve", failing)
    monkeypatch.setattr(type(resolver), "resolve_many", many)
    table = pa.table({"text": ["Iran", "poison", "Iran"], "id": [1, 2, 3]})
    tagged = tag_table(table, resolver)
    assert tagged["error"].to_pylist() == [None, "plugin bad broke at 2", None]
    assert [m and len(m) for m in tagged["mentions"].to_pylist()] == [1, None, 1]


@pytest.mark.parametrize(
    "dates",
    [
        pa.array(["2021-06-01", None]),
        pa.array([dt.date(2021, 6, 1), None]),
        pa.array([dt.datetime(2021, 6, 1, 23, 59, 59, 7), None]),
        pa.array([1622505600 * 10**9 + 1, None], pa.timestamp("ns", tz="UTC")),
        pa.array(["2021-06-01", None]).dictionary_encode(),
    ],
    ids=["ISO", "day", "timestamp", "nanoseconds", "dictionary"],
)
def test_the_date_of_a_row_decides(resolver, dates):
    table = pa.table({"text": ["the Foreign Secretary"] * 2, "on": dates})
    tagged = tag_table(table, resolver, date_column="on")
    assert [bool(m[0]["holder"]) for m in tagged["mentions"].to_pylist()] == [True, False]


def test_options_reach_the_resolver(resolver):
    table = pa.table({"text": ["the Foreign Secretary", "Simon Gass"]})
    tagged = tag_table(table, resolver, date="2021-06-01", overlaps="all")
    assert [len(m) for m in tagged["mentions"].to_pylist()] == [1, 1]
    assert tagged["mentions"][0][0]["holder"]["name"].as_py() == "Simon Gass"


def test_batches_stream_and_keep_their_rows(resolver):
    def endless():
        while True:
            yield pa.record_batch({"text": ["Iran", None], "other": [1, 2]})

    batches = tag_batches(endless(), resolver)
    assert [next(batches).num_rows for _ in range(3)] == [2, 2, 2]


def test_columns_are_named_and_replaced(resolver):
    table = pa.table({"error": [1], "body": ["Iran"], "found": [2], "mentions": [3]})
    tagged = tag_table(table, resolver, text_column="body", mentions_column="found")
    assert tagged.column_names == ["body", "mentions", "found", "error"]
    assert tag_table(tagged, resolver, text_column="body", mentions_column="found") == tagged


def test_a_table_without_rows_has_the_columns(resolver):
    empty = pa.table({"text": pa.array([], pa.string())})
    assert tag_table(empty, resolver).schema == tagged_schema(empty.schema)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (
            {"body": ["Iran"], "n": [1]},
            "there is no column text, name the column of texts; the columns are body, n",
        ),
        (
            {"text": ["Iran"], "date": [2021]},
            "the column of dates is int64, it must hold dates or ISO strings",
        ),
    ],
)
def test_a_table_that_does_not_fit_is_refused(resolver, table, message):
    with pytest.raises(ConfigurationError) as error:
        tag_table(pa.table(table), resolver)
    assert str(error.value) == message


def test_a_process_loads_the_same_content_once(tmp_path):
    pack = tmp_path / "p.yaml"
    pack.write_text(PACK, "utf-8")
    twin = tmp_path / "twin.yaml"
    twin.write_text(PACK, "utf-8")
    first = load_once([pack], bundled=False)
    assert load_once([twin], bundled=False) is first
    assert load_once([pack], bundled=False, engine="flashtext") is not first
    pack.write_text(PACK.replace("Iran", "Iraq"), "utf-8")
    table = pa.table({"text": ["Iraq"]})
    tagged = tag_table(table, {"packs": [pack], "bundled": False})
    assert tagged["mentions"][0][0]["name"].as_py() == "Iraq"


def test_without_pyarrow_the_extra_is_named():
    code = "import sys; sys.modules['pyarrow'] = None; import resolver.arrow"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stderr.splitlines()[-1] == (
        "resolver.errors.ConfigurationError: "
        "this needs pyarrow, install it with: pip install 'alias-resolver[arrow]'"
    )


def test_a_date_that_is_none_is_said_and_the_row_is_tagged(resolver):
    dates = ["2021-06-01", "2021-02-31", "", None, "yesterday"]
    table = pa.table({"text": ["The Foreign Secretary spoke."] * 5, "date": dates})
    tagged = tag_table(table, resolver)
    holders = [
        [m["holder"] and m["holder"]["name"] for m in row] for row in tagged["mentions"].to_pylist()
    ]
    assert holders == [["Simon Gass"], [None], [None], [None], [None]]
    assert tagged["error"].to_pylist() == [
        None,
        "date 2021-02-31 is no date, so the row counts as one without; write a day as 2020-01-21",
        None,
        None,
        "date yesterday is no date, so the row counts as one without; write a day as 2020-01-21",
    ]
