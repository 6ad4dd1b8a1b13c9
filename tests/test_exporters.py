"""Tables of packs for other tools, read back by these."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace

import pytest
import rdflib
from click.testing import CliRunner

from resolver.cli import cli
from resolver.errors import InputError
from resolver.exporters import csv as csv_exporter
from resolver.exporters import skos, solr, spacy
from resolver.exporters.selection import unconditional
from resolver.importers.csv import read as read_csv
from resolver.importers.solr import read as read_solr
from resolver.models import NOWHERE, Role
from resolver.packs import parse_pack, read_pack
from resolver.rows import owner_row

PACK = """\
pack: demo
title: A demo
license: CC0-1.0
entities:
  - id: place/iran
    name: Iran
    type: place
    same_as: {wikidata: Q794, iso: IR}
    aliases: [ایران, {text: Iran, kind: full}, "a, b => c", {text: Persia, kind: former, until: 1935-03-21}]
  - id: org/mod
    name: Ministry of Defence (United Kingdom)
    type: organisation
    aliases:
      - {text: MoD, ambiguous: true, context: {any: [London, UK], within: sentence}}
      - {text: the Ministry, strength: weak}
      - {text: Minstry of Defence, kind: garbled, source: wire copy}
      - {text: Defence, context: {any: [London]}}
      - "=1+1"
roles:
  - {id: role/minister, name: Foreign Minister, aliases: [FM 👍]}
"""


@pytest.fixture(scope="module")
def packs():
    return [parse_pack(PACK.replace(", {text: Iran, kind: full}", ""))]


def test_only_what_needs_no_evidence_is_selected(packs):
    selection = unconditional(packs)
    assert {owner.id: list(texts) for owner, texts in selection.owners} == {
        "place/iran": ["Iran", "ایران", "a, b => c"],
        "org/mod": ["Ministry of Defence (United Kingdom)", "Minstry of Defence", "=1+1"],
        "role/minister": ["Foreign Minister", "FM 👍"],
    }
    assert selection.left_out == {"with dates": 1, "ambiguous": 1, "weak": 1, "with context": 1}


def test_what_two_share_is_left_out():
    one = parse_pack("pack: a\nentities: [{id: a, name: Straße, type: x}]")
    two = parse_pack("pack: b\nentities: [{id: b, name: STRASSE, type: x}]")
    assert unconditional([one, two]) == ([], {"ambiguous": 2})


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_spacy_finds_by_the_patterns(packs):
    import spacy as library

    nlp = library.blank("xx")
    lines = "".join(spacy.write(unconditional(packs))).splitlines()
    nlp.add_pipe("entity_ruler").add_patterns([json.loads(line) for line in lines])
    doc = nlp("👍 ایران and Iran, the MoD, FM 👍")
    assert [(e.text, e.label_, e.ent_id_) for e in doc.ents] == [
        ("ایران", "place", "place/iran"),
        ("Iran", "place", "place/iran"),
        ("FM 👍", "role", "role/minister"),
    ]


def test_solr_synonyms_are_read_back(packs, tmp_path):
    text = "".join(solr.write(unconditional(packs)))
    assert text.splitlines()[0] == r"Iran, ایران, a\, b \=\> c"
    path = tmp_path / "synonyms.txt"
    path.write_text(text, "utf-8")
    found = {e.name: {alias.text for alias in e.aliases} for e in read_solr([path], {})}
    assert found["Iran"] >= {"ایران", "a, b => c"}
    assert found["Foreign Minister"] >= {"FM 👍"}


def test_skos_is_read_back(packs):
    graph = rdflib.Graph().parse(data="".join(skos.write(packs)), format="turtle")
    concept = rdflib.URIRef("resolver:org/mod")
    labels = {
        name: {str(o) for o in graph.objects(concept, rdflib.SKOS[name])}
        for name in ("prefLabel", "altLabel", "hiddenLabel")
    }
    assert labels == {
        "prefLabel": {"Ministry of Defence (United Kingdom)"},
        "altLabel": {"MoD", "Defence", "=1+1"},
        "hiddenLabel": {"the Ministry", "Minstry of Defence"},
    }
    iran = rdflib.URIRef("resolver:place/iran")
    (match,) = graph.objects(iran, rdflib.SKOS.exactMatch)
    assert str(match) == "http://www.wikidata.org/entity/Q794"
    assert [str(o) for o in graph.objects(iran, rdflib.DCTERMS.identifier)] == ["iso:IR"]
    (scheme,) = graph.subjects(rdflib.RDF.type, rdflib.SKOS.ConceptScheme)
    assert str(graph.value(scheme, rdflib.DCTERMS.title)) == "A demo"


def test_csv_has_every_alias_with_all_that_is_said_of_it(packs):
    rows = list(csv.DictReader(io.StringIO("".join(csv_exporter.write(packs)))))
    assert len(rows) == sum(len(owner.aliases) for owner in packs[0].owners)
    by_text = {row["alias"]: row for row in rows}
    assert by_text["MoD"] == {
        "id": "org/mod", "name": "Ministry of Defence (United Kingdom)", "type": "organisation",
        "alias": "MoD", "kind": "full", "case": "smart", "strength": "strong", "boundary": "word",
        "ambiguous": "true", "default": "", "context": "{any: [London, UK], within: sentence}",
        "from": "", "until": "", "source": "", "note": "", "name_is_alias": "", "surnames": "",
        "of": "", "holders": "", "shared": "", "tags": "", "same_as": "", "owner_source": "",
        "owner_note": "",
        "pack": "demo", "line": "14",
    }  # fmt: skip
    assert by_text["Persia"]["until"] == "1935-03-21"
    assert by_text["'=1+1"]["id"] == "org/mod"


WHOLE = """\
pack: whole
entities:
  - id: org/formula
    name: =1+1
    type: organisation
    tags: ["a, b", "[c]"]
    aliases: ["@home", "+1 | -1", "'=quoted", {text: "-x", context: {any: ["a, b"], none: [c], within: 3 words}}]
    same_as: {wikidata: Q1}
    source: ours
    note: "two\\nlines"
  - {id: person/nobody, name: Nobody (A Person), name_is_alias: false, type: person, surnames: []}
  - id: person/a
    name: Ada
    type: person
    aliases:
      - {text: Ada L, ambiguous: true, default: true, case: exact, from: 2020-01, until: 2021, source: wire, note: x}
      - {text: Ада, boundary: none, strength: weak, kind: transliteration}
roles:
  - {id: role/r, name: Head, of: [org/formula], shared: true, holders: [{entity: person/a, from: 2021-05}]}
"""


def said_by(pack):
    """Return what a pack says, without the places."""
    bare = [
        replace(o, location=NOWHERE, aliases=tuple(replace(a, location=NOWHERE) for a in o.aliases))
        for o in pack.owners
    ]
    return [
        owner_row(replace(o, holders=tuple(replace(h, location=NOWHERE) for h in o.holders)))
        if isinstance(o, Role)
        else owner_row(o)
        for o in bare
    ]


def test_csv_comes_back_as_the_same_pack(tmp_path):
    source, table, back = (tmp_path / name for name in ("whole.yaml", "whole.csv", "back.yaml"))
    source.write_text(WHOLE, "utf-8")
    options = ["--no-bundled", "--no-plugins", "--packs", str(source)]
    for command in (
        ["export", "csv", *options, "-o", str(table)],
        ["import", "csv", str(table), "-o", str(back), "--pack", "whole", "--no-plugins"],
    ):
        ran = CliRunner().invoke(cli, command, catch_exceptions=False)
        assert ran.exit_code == 0, ran.output
    assert "\norg/formula,'=1+1,organisation,'=1+1," in table.read_text("utf-8")
    wanted, found = (said_by(read_pack(path)) for path in (source, back))
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_a_cell_that_no_pack_can_hold_is_refused_with_its_row(tmp_path):
    (tmp_path / "p.yaml").write_text(WHOLE, "utf-8")
    table = "".join(csv_exporter.write([read_pack(tmp_path / "p.yaml")]))
    path = tmp_path / "table.csv"
    path.write_text(table.replace("within: 3 words", "wihtin: 3 words"), "utf-8")
    with pytest.raises(InputError) as error:
        list(read_csv([path], {}))
    assert str(error.value) == f"{path}:2: context has no key wihtin, did you mean within?"


@pytest.mark.parametrize("name", ["csv", "skos", "solr", "spacy"])
def test_the_command_writes_a_file(name, tmp_path):
    (tmp_path / "p.yaml").write_text(PACK.replace(", {text: Iran, kind: full}", ""), "utf-8")
    command = ["export", name, "-o", "out", "--no-bundled", "--no-plugins", "--packs", "p.yaml"]
    ran = subprocess.run(
        [sys.executable, "-m", "resolver", *command], cwd=tmp_path, capture_output=True, check=False
    )
    left_out = (
        f"left out, since {name} knows no conditions: 1 with dates, 1 ambiguous, 1 weak, "
        "1 with context\n"
    )
    assert ran.returncode == 0
    assert ran.stderr.decode() == ("" if name in {"csv", "skos"} else left_out)
    assert "ایران" in (tmp_path / "out").read_text("utf-8")


def test_the_bundled_packs_are_exported_whole(bundled):
    packs = bundled.gazetteer.packs
    rows = csv.DictReader(io.StringIO("".join(csv_exporter.write(packs))))
    assert sum(1 for row in rows if row["alias"]) == sum(
        len(o.aliases) for pack in packs for o in pack.owners
    )
