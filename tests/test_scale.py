"""What a job hangs on, where it is in its input, and how far it says that it is."""

from __future__ import annotations

import pytest

from resolver.models import Document
from resolver.readers import BadInput, Source
from resolver.scale.job import difference
from resolver.scale.reading import Ledger, Place

JOB = {
    "versions": {"resolver": "1.0", "Python": "3.11"},
    "packs": {"uk.yaml": "a", "iran.yaml": "b"},
    "plugins": {"geonames": "1.2 c"},
    "options": {"--date": None, "--without-rule": [], "--field": "mentions"},
    "inputs": {"a.jsonl": {"files": 1}, "-": None},
}


@pytest.mark.parametrize(
    ("part", "change", "said"),
    [
        ("versions", {}, ""),
        ("versions", {"resolver": "1.1"}, "resolver was 1.0 and is 1.1"),
        ("packs", {"uk.yaml": "z"}, "pack uk.yaml has changed"),
        ("packs", {"uk.yaml": None}, "pack uk.yaml is gone"),
        ("packs", {"my.yaml": "z"}, "pack my.yaml is new"),
        ("plugins", {"geonames": "1.3 c"}, "plugin geonames has changed"),
        ("plugins", {"geonames": None, "x": "1 d"}, "plugin geonames is gone, plugin x is new"),
        ("options", {"--date": "2022-01-01"}, "--date was not given and is 2022-01-01"),
        (
            "options",
            {"--without-rule": ["surname", "office"]},
            "--without-rule was not given and is surname, office",
        ),
        ("inputs", {"a.jsonl": {"files": 2}}, "input a.jsonl has changed"),
        ("inputs", {"a.jsonl": None}, "input a.jsonl is gone"),
        (
            "packs",
            dict.fromkeys("abcde", "z"),
            "pack a is new, pack b is new, pack c is new, and 2 more",
        ),
    ],
)
def test_what_differs_is_said(part, change, said):
    changed = {key: value for key, value in (JOB[part] | change).items() if value is not None}
    kept = {key: None for key, value in JOB[part].items() if value is None and key not in change}
    assert difference(JOB, {**JOB, part: changed | kept}) == said


# What each of some files holds: documents by their number, and what cannot be read.
FILES: list[list[int | str]] = [
    [0, 1],
    [],
    ["bad", 2, "bad", 3, 4, "bad"],
    ["bad"],
    [5],
    [6, "bad"],
]


def read(ledger: Ledger) -> tuple[list[str], list[int]]:
    """Return what a run reads, and the files that it opens."""
    opened = []
    sources = (Source(str(number), None) for number in range(len(FILES)))

    def items():
        for source in ledger.sources(sources):
            opened.append(int(source.name))
            for item in FILES[int(source.name)]:
                bad = BadInput(source.name, "bad")
                yield bad if item == "bad" else Document("", id=str(item))

    read = ledger.items(items(), lambda: None)
    return [item.id if isinstance(item, Document) else "bad" for item in read], opened


@pytest.mark.parametrize("ahead", range(5))
@pytest.mark.parametrize("done", range(8))
def test_a_run_goes_on_behind_what_is_done(done, ahead):
    """However far the reader was ahead, what is done does not come again, and all else does."""
    first = Ledger(Place())
    everything, _ = read(Ledger(Place()))
    reading = first.items(
        (
            Document("", id=str(item)) if item != "bad" else BadInput("", "bad")
            for source in first.sources(Source(str(n), None) for n in range(len(FILES)))
            for item in FILES[int(source.name)]
        ),
        lambda: None,
    )
    documents = 0
    for item in reading:
        documents += isinstance(item, Document)
        if documents == min(done + ahead, 7):
            break
    place = first.place(done)
    second = Ledger(place)
    again, opened = read(second)
    assert [item for item in again if item != "bad"] == [str(n) for n in range(done, 7)]
    assert second.bad == everything.count("bad")
    assert opened == list(range(place.source, len(FILES)))
    if ahead:
        assert 0 not in opened or done < 2
