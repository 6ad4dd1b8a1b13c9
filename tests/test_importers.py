"""Each importer on a small file of its format: ids, names, and all that is said of them."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import flashtext  # noqa: TID251 (the library itself reads what we read)
import pytest

from resolver.errors import ConfigurationError, InputError
from resolver.importers import resolver_importers
from resolver.importers.drafts import tidy
from resolver.models import Role

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # theirs, when it is imported
    import spacy

DATA = Path(__file__).parent / "data/importers"
IMPORTERS = {importer.name: importer for importer in resolver_importers()}


def owners(name: str, *files: str, **options: str) -> list:
    return list(IMPORTERS[name].read([DATA / file for file in files], options))


def said(owner) -> dict[str, tuple[str, ...]]:
    """Return for each alias what is said of it beyond its text."""
    usual = {"full", "smart", "strong", None}
    keys = ("kind", "case", "strength", "valid_from", "valid_until", "source", "note")
    return {
        alias.text: tuple(v for key in keys if (v := getattr(alias, key)) not in usual)
        for alias in owner.aliases
    }


def test_misp_keeps_synonyms_and_who_uses_them():
    heron, plover = owners("misp", "misp.json")
    assert (heron.id, heron.type, heron.source) == (
        "threat-actor/11111111-1111-4111-8111-111111111111",
        "threat-actor",
        "Imaginary Actors",
    )
    assert said(heron) == {
        "Gilded Heron": (),
        "HRN-77": (),
        "BASALT MOTH": ("misp 99999999-9999-4999-8999-999999999999",),
        "Snow": (),
        "Shared Badger": (),
    }
    assert plover.name == "Quiet Plover Group"


def test_stix_leaves_out_what_is_revoked_deprecated_or_nameless():
    found = owners("stix", "stix.json")
    assert [(o.id, o.name, o.type) for o in found] == [
        ("threat-actor/G9040", "QPX40", "threat-actor"),
        ("malware/aaaaaaaa-0000-4000-8000-000000000002", "Zrkl Loader", "malware"),
        ("person/aaaaaaaa-0000-4000-8000-000000000005", "Ada Exampleton", "person"),
    ]
    assert said(found[0]) == {"QPX40": (), "Velvet Otter": ()}
    assert found[0].same_as == (("attack", "G9040"),)


def test_un_turns_quality_into_strength_and_restores_capitals():
    person, body = owners("un", "un.xml")
    assert (person.id, person.name) == ("person/un-900001", "Jamil al-Exampli")
    assert said(person) == {
        "Jamil al-Exampli": (),
        "جميل المثالي": ("original script",),
        "Jameel Exampli": (),
        "Abu Sample": ("weak", "low quality a.k.a."),
    }
    assert body.name == "Meridian Air Freight (MAF)"
    assert said(body)["Old Meridian"] == ("former",)


def test_ofac_turns_names_round_and_knows_weak_aliases():
    person, body = owners("ofac", "sdn.csv", "alt.csv")
    assert (person.id, person.name) == ("person/ofac-9001", "Paolo Maria Exampli Rossi")
    assert said(person) == {
        "Paolo Maria Exampli Rossi": (),
        "Paul Rossi": (),
        "Tinto": ("weak", "weak a.k.a."),
    }
    assert said(body) == {"Meridian Trade Co., Ltd.": (), "Old Meridian Trade": ("former",)}


def test_ftm_makes_holders_of_occupancies():
    person, body, office = owners("ftm", "ftm.jsonl")
    assert said(person) == {
        "Ada Exampleton": (),
        "Ada Sampler": ("former",),
        "Lady Ada": ("weak",),
    }
    assert said(body) == {"Meridian Air Freight": (), "MAFX": ("acronym",)}
    assert isinstance(office, Role)
    assert [h[:3] for h in map(_turn, office.holders)] == [("person/p1", "2020-01-05", "2022")]


def _turn(holder):
    return holder.entity_id, holder.valid_from, holder.valid_until


def test_popolo_makes_offices_of_posts_and_memberships():
    person, body, member, speaker = owners("popolo", "popolo.json")
    assert said(person) == {
        "Ada Exampleton": (),
        "Ada Sampler": ("former", "2019-05-01"),
        "Ада Экземплтон": ("language: ru",),
    }
    assert body.id == "organisation/house"
    assert (member.id, member.name) == ("role/member-of-house", "Member of House of Samples")
    assert [_turn(h) for h in member.holders] == [("person/p1", "2018-01-01", "2022-01-01")]
    assert (speaker.name, _turn(speaker.holders[0])) == (
        "Speaker of the House of Samples",
        ("person/p1", "2019-03-01", None),
    )


@pytest.mark.parametrize("file", ["skos.ttl", "skos.rdf", "skos.jsonld"])
def test_skos_is_the_same_in_every_syntax(file):
    (concept,) = owners("skos", file)
    assert (concept.id, concept.name) == ("http://example.org/c/1", "Exampletown")
    assert said(concept) == {
        "Exampletown": ("prefLabel", "language: en"),
        "Beispielstadt": ("prefLabel", "language: de"),
        "Sampleville": ("altLabel", "language: en"),
        "Exampeltown": ("garbled", "hiddenLabel", "language: en"),
    }


def test_skos_takes_the_name_in_the_language_asked_for():
    assert owners("skos", "skos.ttl", language="de")[0].name == "Beispielstadt"


def test_wikidata_knows_languages_former_names_and_positions():
    person, office = owners("wikidata", "wikidata.json")
    assert (person.id, person.type) == ("person/Q900001", "person")
    assert said(person) == {
        "Ada Exampleton": ("language: en",),
        "Ada E. Exampleton": ("language: en",),
        "Ada Sampler": ("former", "2019-05", "language: en"),
    }
    assert (office.id, office.name) == ("role/Q900002", "Minister of Samples")
    assert _turn(office.holders[0]) == ("person/Q900001", "2020-01-05", None)


def test_wikidata_takes_all_languages_when_asked():
    assert "Ada Beispiel" in said(owners("wikidata", "wikidata.json", language="all")[0])


def test_sparql_rows_of_one_item_are_one_entity():
    (person,) = owners("wikidata", "sparql.json", type="person")
    assert said(person) == {
        "Ada Exampleton": (),
        "Ada Sampler": ("language: en",),
        "Ada Beispiel": ("language: de",),
    }


def test_csv_rows_of_one_id_are_one_entity_and_formulas_are_text():
    ada, link = owners("csv", "table.csv")
    assert said(ada) == {
        "Ada Exampleton": (),
        "Ada Sampler": ("wire, 2021",),
        "Lady Ada": ("wire, 2021",),
        "Ada of Exampletown": ("weak", "2020-01"),
    }
    assert link.name == '=HYPERLINK("http://example.org")'


def test_solr_knows_both_kinds_of_line():
    found = {o.name: [*said(o)] for o in owners("solr", "synonyms.txt", type="place")}
    assert found == {
        "Exampletown": ["Exampletown", "Sampleville, North"],
        "Exminster": ["Exminster", "Little Ex", "Old Ex"],
        "Exmouthville": ["Exmouthville", "Little Ex", "Old Ex"],
    }


def test_spacy_takes_patterns_of_words_only():
    (ada,) = owners("spacy", "patterns.jsonl")
    assert (ada.id, ada.name) == ("person/ada", "Ada Exampleton")
    assert said(ada) == {"Ada Exampleton": ("exact",), "ada sampler": ("any",)}


def test_gate_reads_the_lists_of_a_definition():
    town, number = owners("gate", "lists.def")
    assert (town.id, town.tags, [*said(town)]) == (
        "location/ex1",
        ("city",),
        ["Exampletown", "Sampleville"],
    )
    assert number.name == "Nine: Ten"


def test_gate_does_not_leave_the_folder(tmp_path):
    (tmp_path / "secret.lst").write_text("x\n", "utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/lists.def").write_text("../secret.lst:a\n", "utf-8")
    with pytest.raises(InputError, match=r"lists\.def:1: \.\./secret\.lst is not there"):
        list(IMPORTERS["gate"].read([tmp_path / "in/lists.def"], {}))


def test_jrc_variants_of_one_number_are_one_entity():
    ada, body = owners("jrc", "names.tsv")
    assert said(ada) == {"Ada Exampleton": (), "Ada Beispiel": ("language: de",)}
    assert (body.id, body.type) == ("organisation/jrc-78", "organisation")
    assert [*said(owners("jrc", "names.tsv", language="u")[0])] == ["Ada Exampleton"]


@pytest.mark.parametrize("file", ["keywords.txt", "keywords.json"])
def test_flashtext_keywords_go_to_their_clean_name(file):
    town = owners("flashtext", file)[0]
    assert (town.id, [*said(town)]) == (
        "entity/exampletown",
        ["Exampletown", "sampleville", "exampletown"],
    )


def given(format_: str, tmp_path: Path, name: str, content: str, **options: str) -> list:
    """Return the owners of a file with some content."""
    (tmp_path / name).write_text(content, "utf-8")
    return list(IMPORTERS[format_].read([tmp_path / name], options))


def names_of(found: list) -> dict[str, list[str]]:
    return {owner.name: [*said(owner)] for owner in found}


def test_ofac_names_hold_apostrophes(tmp_path):
    remarks = (
        "DOB 1970; a.k.a. 'ABU DU'A'; a.k.a. ''ABD AL-RAHMAN'; f.k.a. ''FOOPIE''; a.k.a. 'ALI, A.'."
    )
    row = f'1,"EXAMPLI, Ada","individual",-0- ,,,,,,,,"{remarks}"\n'
    (owner,) = given("ofac", tmp_path, "sdn.csv", row)
    assert said(owner) == {
        "Ada Exampli": (),
        "Abu Du'a": ("weak", "weak a.k.a."),
        "'Abd al-Rahman": ("weak", "weak a.k.a."),
        "Foopie": ("former", "weak", "weak a.k.a."),
        "A. Ali": ("weak", "weak a.k.a."),
    }


def test_ftm_entities_may_stand_inside_others(tmp_path):
    post = {"id": "p", "schema": "Position", "properties": {"name": ["Minister"]}}
    turn = {"id": "o", "schema": "Occupancy", "properties": {"post": [post], "startDate": ["2020"]}}
    ada = {
        "id": "a",
        "schema": "Person",
        "properties": {"name": ["Ada"], "positionOccupancies": [turn]},
    }
    land = {"id": "t", "schema": "Territory", "properties": {"name": ["Exampland"]}}
    lines = "\n".join(json.dumps(record) for record in (ada, land))
    person, place, role = given("ftm", tmp_path, "nested.json", lines)
    assert (person.id, place.type, role.name) == ("person/a", "place", "Minister")
    assert [_turn(holder) for holder in role.holders] == [("person/a", "2020", None)]


def test_jrc_leaves_out_the_number_of_nobody_and_knows_places(tmp_path):
    lines = "0\tU\tu\tSome+Body\n0\tU\tu\tOther+Body\n5\tT\tu\tExampletown\n"
    (place,) = given("jrc", tmp_path, "entities.txt", lines)
    assert (place.id, place.type) == ("place/jrc-5", "place")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("a, b, a, b => a, b", {"a": ["a", "b"]}),  # all mean each other
        ("i-pod, i pod => ipod,", {"ipod": ["ipod", "i-pod", "i pod"]}),
        ("one\\,two\\=>three, x", {"one,two=>three": ["one,two=>three", "x"]}),
        ("back\\\\, slash", {"back\\": ["back\\", "slash"]}),
    ],
)
def test_solr_escapes_and_sides(line, found, tmp_path):
    assert names_of(given("solr", tmp_path, "x.txt", line + "\n")) == found


def test_spacy_patterns_of_tokens_are_the_text_that_spacy_splits(tmp_path):
    texts = [
        "al-Qaeda",
        "Yahoo! Inc.",
        "AT&T",
        "O'Brien's Pub",
        "Boko Haram (Nigeria)",
        "24/7 Media",
    ]
    nlp = spacy.blank("en")
    patterns = [
        {"label": "ORG", "pattern": [{"LOWER": token.lower_} for token in nlp(text)], "id": str(n)}
        for n, text in enumerate(texts)
    ]
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(patterns)
    ruler.to_disk(tmp_path / "patterns.jsonl")  # as spaCy writes them itself
    found = list(IMPORTERS["spacy"].read([tmp_path / "patterns.jsonl"], {}))
    assert [owner.name for owner in found] == [text.lower() for text in texts]
    assert [entity.text for entity in nlp(" and ".join(texts)).ents] == texts


@pytest.mark.parametrize("file", ["keywords.txt", "keywords.json"])
def test_flashtext_reads_the_same(file):
    processor = flashtext.KeywordProcessor()
    if file.endswith(".json"):
        processor.add_keywords_from_dict(json.loads((DATA / file).read_text("utf-8")))
    else:
        processor.add_keyword_from_file(str(DATA / file))
    ours = {alias: o.name for o in owners("flashtext", file) for alias in said(o)}
    theirs = processor.get_all_keywords()
    assert {text.lower(): name for text, name in ours.items()} == theirs


def test_gate_separates_features_by_a_tab_too(tmp_path):
    (tmp_path / "x.lst").write_text("Exampletown\tid=1\nSampleville\tid=1\n", "utf-8")
    definition = "x.lst:place:city:en:Lookup\n"  # with the type of annotations, as in GATE 8
    (town,) = given("gate", tmp_path, "lists.def", definition, separator="tab")
    assert (town.id, [*said(town)]) == ("place/1", ["Exampletown", "Sampleville"])


def test_wikidata_reads_dumps_and_what_is_missing(tmp_path):
    item = json.loads((DATA / "wikidata.json").read_text("utf-8"))["entities"]["Q900001"]
    gone = {"id": "Q900005", "missing": "", "labels": [], "aliases": [], "claims": []}
    dump = f"[\n{json.dumps(item)},\n{json.dumps(gone)}\n]\n"
    (person,) = given("wikidata", tmp_path, "dump.json", dump)
    assert person.name == "Ada Exampleton"


def test_csv_takes_lists_and_a_column_of_weak_names(tmp_path):
    records = [
        {"id": "Q1", "name": "Exampland", "type": "territory", "aliases": ["EX", "Exampl"], "weak": ["EX"]},
        {"id": "Q2", "name": "Sampleland", "aliases": [], "type": None, "ignored": {"a": 1}},
    ]  # fmt: skip
    lines = "".join(json.dumps(record) + "\n" for record in records)
    one, two = given("csv", tmp_path, "x.jsonl", lines)
    assert said(one) == {"Exampland": (), "EX": ("weak",), "Exampl": ()}
    assert (two.id, [*said(two)]) == ("entity/Q2", ["Sampleland"])


def test_csv_sees_semicolons_and_headers_in_capitals(tmp_path):
    (ada,) = given("csv", tmp_path, "x.csv", "ID;Name;Aliases\n1;Ada, Lady;Ada|Eda\n")
    assert (ada.id, [*said(ada)]) == ("entity/1", ["Ada, Lady", "Ada", "Eda"])


def test_csv_takes_a_column_for_what_it_is_said_to_be_alone(tmp_path):
    (ada,) = given("csv", tmp_path, "x.csv", "Name,Kind\nAda,Person\n", type="Kind")
    assert (ada.id, said(ada)) == ("person/ada", {"Ada": ()})


def test_names_that_differ_by_a_sign_stay_apart(tmp_path):
    found = given("flashtext", tmp_path, "x.txt", "cpp=>C++\ncsharp=>C#\nc lang=>C\n")
    assert [owner.id for owner in found] == ["entity/c-plus-plus", "entity/c-sharp", "entity/c"]


def test_an_option_that_a_format_does_not_have_is_refused():
    with pytest.raises(ConfigurationError) as error:
        owners("skos", "skos.ttl", langauge="de")
    assert str(error.value) == (
        "--option langauge: the format has no such option, did you mean language?"
    )


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><INDIVIDUAL>&a;</INDIVIDUAL>'
WRONG = [
    ("misp", "x.json", "{", "{}:1:2: not valid JSON, expecting property name enclosed"),
    ("misp", "x.json", "[]", "{}: is no MISP galaxy cluster, it has no values"),
    ("misp", "x.json", "[" * 100_000, "{}:1: nested too deeply, flatten it"),
    ("stix", "x.json", "1" * 5_000, "{}:1: not valid JSON, Exceeds the limit"),
    ("stix", "x.json", "{}", "{}: is no STIX bundle, it has no objects"),
    ("un", "x.xml", BOMB, "{}: has a document type or entities, which are not read, remove them"),
    ("un", "x.xml", EXTERNAL, "{}: has a document type or entities, which are not read"),
    ("un", "x.xml", "<INDIVIDUAL>", "{}:1:13: not valid XML, no element found"),
    ("un", "x.xml", "<a/>", "{}: is no UN list, it has neither INDIVIDUAL nor ENTITY"),
    ("ofac", "x.csv", "a,b\n", "{}:1: has 2 columns, SDN has 12, ALT 5"),
    ("ofac", "x.csv", '1,"a', "{}:1: not valid CSV, unexpected end of data"),
    ("ftm", "x.jsonl", '{"a": 1}', "{}:1: is no entity of FollowTheMoney"),
    ("ftm", "x.jsonl", "7", "{}:1: the line holds no record"),
    ("popolo", "x.json", "{}", "{}: is no Popolo"),
    ("skos", "x.rdf", BOMB, "{}: has a document type or entities"),
    (
        "skos",
        "x.jsonld",
        '{"@context": "http://example.org/c"}',
        "{}: its context stands elsewhere",
    ),
    ("skos", "x.ttl", "<a <b", "{}: not valid turtle, "),
    ("skos", "x.txt", "", "{}: which RDF this is, is told by the ending"),
    ("wikidata", "x.json", "{}", "{}: is no entity of Wikidata, it has no id"),
    ("csv", "x.csv", "a,b\n1,2\n", "{}: which column holds names? say --option name=COLUMN"),
    ("csv", "x.csv", "name\nx,y\n", "{}:2: has 2 columns, and the header 1, quote cells"),
    ("csv", "x.csv", "name,from\nx,soon\n", "{}:2: soon is not a date"),
    ("csv", "x.csv", b"name\n\xff\n", "{}:2: holds a byte that is not UTF-8, convert the file"),
    ("solr", "x.txt", "a => b => c\n", "{}:1: has more than one arrow"),
    ("solr", "x.txt", "s(100,1,'a',n,1,0).\n", "{}:1: is the format of WordNet, write a, b => c"),
    ("solr", "x.txt", "a\0b\n", "{}:1: is not text, it holds a NUL byte"),
    ("solr", "x.txt", "{}\n", "{}:1: is JSON or XML, and not of this format"),
    ("spacy", "x.jsonl", "{}\n", "{}:1: is no pattern of spaCy"),
    ("gate", "x.def", "x.lst\n", "{}:1: list.lst:majorType:minorType was expected"),
    ("jrc", "x.tsv", "a\tb\n", "{}:1: number, type, language and name were expected"),
    ("jrc", "x.tsv", b"1\tP\tu\t\xff\n", "{}:1: byte 6 of the line is not UTF-8, convert the file"),
    ("flashtext", "x.json", '["a"]', "{}: holds no keywords"),
]


@pytest.mark.parametrize(("name", "file", "content", "message"), WRONG)
def test_a_wrong_file_is_one_line_with_its_place(name, file, content, message, tmp_path):
    path = tmp_path / file
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as error:
        list(IMPORTERS[name].read([path], {}))
    assert str(error.value).startswith(message.replace("{}", str(path), 1))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", ["[1]" * 100_000 + "x", "x" + " [1]" * 100_000, "[" * 300_000])
def test_a_name_made_to_take_long_is_read_at_once(text):
    assert tidy(text) == ("x" if text.startswith("x") else text)
