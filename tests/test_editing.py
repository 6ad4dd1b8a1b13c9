"""Packs are changed in place: what is not meant stays letter for letter."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from resolver.models import Location
from resolver.packs import parse_pack
from resolver.packs.editing import add_item, remove_item, replace_value

PACK = """\
# first line
pack: p   # its name
entities:
  - id: a
    name: 'Ann''s'   # quoted
    type: person
    aliases:
      - "Annie"
      # in between
      - {text: Ann, kind: short}

      - Anna
  - {id: b, name: Bob Lee, type: person, aliases: [Bobby,  {text: Rob}, Bert]}
examples:
  - text: >-
      [Annie](a) met
      somebody.

    note: |
      two
      lines
"""


def place(text: str, of: str) -> Location:
    """Return where a string first stands in a text."""
    before = text[: text.index(of)]
    return Location("p.yaml", before.count("\n") + 1, len(before) - before.rfind("\n"))


@pytest.mark.parametrize(
    ("of", "value", "old", "new"),
    [
        pytest.param("Anna", "Anne", "- Anna\n", "- Anne\n", id="plain stays plain"),
        pytest.param("Anna", "NO", "- Anna\n", '- "NO"\n', id="quoted where it must be"),
        pytest.param("Anna", "a: b", "- Anna\n", '- "a: b"\n', id="a colon"),
        pytest.param("Anna", 'say "a"', "- Anna\n", "- say \"a\"\n", id="quotation marks inside"),
        pytest.param("Anna", '"', "- Anna\n", "- '\"'\n", id="a quotation mark"),
        pytest.param("Anna", "a\nb", "- Anna\n", '- "a\\nb"\n', id="a line end"),
        pytest.param("Bobby", "a, b", "[Bobby, ", '["a, b", ', id="in brackets"),
        pytest.param("'Ann''s'", "Ann", "'Ann''s'   #", '"Ann"   #', id="a quoted one"),
        pytest.param(
            ">-", "Nobody [x] met\nyou.", "[Annie](a) met\n      somebody.\n",
            "Nobody [x] met\n\n      you.\n", id="a folded block",
        ),
        pytest.param("|", "one\n\n  three\n", "two\n      lines", "one\n\n        three", id="a literal block"),
    ],
)  # fmt: skip
def test_a_value_is_replaced(of, value, old, new):
    assert replace_value(PACK, place(PACK, of), value) == PACK.replace(old, new)


@pytest.mark.parametrize(
    ("of", "old", "new"),
    [
        pytest.param('"Annie"', '      - "Annie"\n', "", id="of a list of lines"),
        pytest.param("Ann, kind", "      - {text: Ann, kind: short}\n", "", id="a mapping"),
        pytest.param("Anna", "      - Anna\n", "", id="the last line"),
        pytest.param("Bobby", "Bobby,  {", "{", id="the first in brackets"),
        pytest.param("Rob}", "{text: Rob}, ", "", id="one in brackets"),
        pytest.param("Bert", ", Bert]", "]", id="the last in brackets"),
    ],
)
def test_an_item_is_removed(of, old, new):
    assert remove_item(PACK, place(PACK, of)) == PACK.replace(old, new)


def test_the_last_item_leaves_an_empty_list():
    text = "pack: p\nsuppress:\n  # why\n  - Times Square\n  # more\ntitle: x\n"
    emptied = remove_item(text, place(text, "Times"))
    assert emptied == "pack: p\nsuppress: []\n  # more\ntitle: x\n"
    assert parse_pack(emptied).suppressions == ()
    flow = "pack: p\nsuppress: [ Times Square ]\n"
    assert remove_item(flow, place(flow, "Times")) == "pack: p\nsuppress: [  ]\n"


@pytest.mark.parametrize(
    ("of", "key", "old", "new"),
    [
        pytest.param("id: a", "aliases", "- Anna\n", "- Anna\n      - {text: 'New: 1', kind: short}\n", id="a list of lines"),
        pytest.param("{id: b", "aliases", "Bert]", "Bert, {text: 'New: 1', kind: short}]", id="brackets"),
        pytest.param("id: a", "tags", "- Anna\n", "- Anna\n    tags:\n      - {text: 'New: 1', kind: short}\n", id="a new key"),
        pytest.param("{id: b", "tags", "Bert]}", "Bert], tags: [{text: 'New: 1', kind: short}]}", id="a new key in braces"),
        pytest.param("pack: p", "entities", "Bert]}\n", "Bert]}\n  - {text: 'New: 1', kind: short}\n", id="the file"),
        pytest.param("pack: p", "suppress", "      lines\n", "      lines\nsuppress:\n  - {text: 'New: 1', kind: short}\n", id="a new key of the file"),
    ],
)  # fmt: skip
def test_an_item_is_added(of, key, old, new):
    item = {"text": "New: 1", "kind": "short"}
    assert add_item(PACK, place(PACK, of), key, item) == PACK.replace(old, new)


def test_an_empty_list_is_filled():
    text = "pack: p\nentities: []"
    added = add_item(text, place(text, "pack"), "entities", {"id": "a", "name": "A b", "type": "x"})
    assert added == "pack: p\nentities: [{id: a, name: A b, type: x}]"
    text = "pack: p"
    added = add_item(text, place(text, "pack"), "entities", {"id": "a", "name": "A b", "type": "x"})
    assert added == "pack: p\nentities:\n  - {id: a, name: A b, type: x}\n"


def test_line_ends_of_windows_stay():
    text = PACK.replace("\n", "\r\n")
    added = add_item(text, place(text, "id: a"), "aliases", {"text": "Anne"})
    assert added == text.replace("- Anna\r\n", "- Anna\r\n      - {text: Anne}\r\n")
    assert replace_value(text, place(text, "|"), "one\ntwo\n") == text.replace(
        "two\r\n      lines", "one\r\n      two"
    )


@pytest.mark.parametrize("change", [remove_item, lambda t, at: replace_value(t, at, "x")])
def test_a_place_where_nothing_is(change):
    with pytest.raises(LookupError, match=r"^p\.yaml:2:20: no "):
        change(PACK, Location("p.yaml", 2, 20))
    with pytest.raises(LookupError, match=r"^p\.yaml:5:5: no mapping begins here$"):
        add_item(PACK, Location("p.yaml", 5, 5), "aliases", {})


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
STYLES = ["plain", "'quoted'", '"double"', ">-\n      folded\n      text", "|\n      literal\n"]


@given(TEXTS, st.sampled_from(STYLES), st.sampled_from(["\n", "\r\n"]))
def test_any_value_can_be_written_in_any_style(value, style, line_end):
    text = f"pack: p\nexamples:\n  - text: {style}\n    note: after  # all\ntitle: end\n"
    text = text.replace("\n", line_end)
    changed = replace_value(text, Location("p.yaml", 3, 11), value)
    loaded = yaml.safe_load(text)
    loaded["examples"][0]["text"] = value
    assert yaml.safe_load(changed) == loaded
    assert changed.endswith(f"note: after  # all{line_end}title: end{line_end}")
