"""The component in real pipelines."""

import pickle

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from resolver import Resolver
from resolver.errors import ConfigurationError, PackError

PACK = """
pack: league
defaults: {type: place}
entities:
  - {id: place/iran, name: Iran, aliases: [{text: Iranian, kind: demonym}]}
  - {id: place/us, name: United States, aliases: [US]}
  - {id: org/irgc, name: Islamic Revolutionary Guard Corps, type: organisation, aliases: [IRGC]}
  - {id: person/a, name: Ada Gass, type: person}
  - {id: person/b, name: Bob Gass, type: person}
roles:
  - id: role/president
    name: President of Iran
    aliases: [Iranian President]
    holders: [{entity: person/a, from: 2020-01-01, until: 2022-01-01}]
"""
TEXT = "Iran's IRGC met Ada Gass in the United States."


@pytest.fixture
def pack(tmp_path):
    path = tmp_path / "league.yaml"
    path.write_text(PACK, "utf-8")
    return path


@pytest.fixture
def pipeline(pack):
    """Make a pipeline of the component alone."""

    def make(**config):
        nlp = spacy.blank("en")
        nlp.add_pipe(
            "resolver",
            config={"packs": [str(pack)], "bundled": False, "plugins": False, **config},
        )
        return nlp

    return make


def described(spans):
    return [(span.text, span.label_, span.kb_id_) for span in spans]


def test_mentions_become_entities_and_spans(pipeline):
    doc = pipeline()(TEXT)
    expected = [
        ("Iran", "place", "place/iran"),
        ("IRGC", "organisation", "org/irgc"),
        ("Ada Gass", "person", "person/a"),
        ("United States", "place", "place/us"),
    ]
    assert described(doc.ents) == described(doc.spans["resolver"]) == expected


def test_offsets_are_those_of_resolver(pipeline, pack):
    text = "Iran’s 🇮🇷 “IRGC”—met\nAda Gass\u00a0in the United\nStates."
    doc = pipeline(alignment_mode="retokenize")(text)
    mentions = Resolver.load([pack], bundled=False, plugins=False).resolve(text).mentions
    assert [(ent.start_char, ent.end_char) for ent in doc.ents] == [
        (mention.start, mention.end) for mention in mentions
    ]


def test_an_ambiguous_mention_is_a_span_with_candidates_and_no_entity(pipeline):
    doc = pipeline()("Ada Gass met Bob Gass. Gass left.")
    last = doc.spans["resolver"][-1]
    assert (last.text, last.label_, last.kb_id_) == ("Gass", "person", "")
    assert [c["entity_id"] for c in last._.resolver["candidates"]] == ["person/a", "person/b"]
    assert [ent.text for ent in doc.ents] == ["Ada Gass", "Bob Gass"]


def test_a_role_has_the_holder_on_the_date_of_the_document(pipeline):
    nlp = pipeline()
    doc = nlp.make_doc("The Iranian President spoke.")
    doc._.resolver_date = "2021-06-01"
    (role,) = nlp(doc).ents
    assert (role.label_, role._.resolver["holder"]["entity_id"]) == ("role", "person/a")


@pytest.mark.parametrize(
    ("mode", "spans"),
    [
        ("expand", ["TerrorismIran", "US"]),
        ("contract", ["US"]),
        ("strict", ["US"]),
        ("retokenize", ["Iran", "US"]),
    ],
)
def test_mentions_that_cut_tokens(pipeline, mode, spans):
    doc = pipeline(alignment_mode=mode)("TerrorismIran hit the US.")
    assert [span.text for span in doc.spans["resolver"]] == spans
    assert doc.text == "TerrorismIran hit the US."


def test_an_expanded_mention_keeps_its_own_offsets(pipeline):
    doc = pipeline()("TerrorismIran")
    (span,) = doc.spans["resolver"]
    assert (span._.resolver["start"], span._.resolver["end"]) == (9, 13)


def test_splitting_tokens_keeps_text_and_other_tokens(pipeline):
    doc = pipeline(alignment_mode="retokenize")("a TerrorismIran, b")
    assert [token.text_with_ws for token in doc] == ["a ", "Terrorism", "Iran", ", ", "b"]


def test_two_mentions_in_one_token_are_one_span(pipeline):
    nlp = pipeline()
    doc = Doc(nlp.vocab, words=["US/Iran", "talks"])
    assert described(nlp(doc).ents) == [("US/Iran", "place", "place/us")]


def test_ents_that_are_there_stay_unless_told_otherwise(pipeline):
    def with_ruler(nlp):
        ruler = nlp.add_pipe("entity_ruler", before="resolver")
        ruler.add_patterns([
            {"label": "NAME", "pattern": "Ada"},
            {"label": "VERB", "pattern": "met"},
        ])  # fmt: skip
        return nlp(TEXT)

    kept = [(ent.text, ent.label_) for ent in with_ruler(pipeline()).ents]
    assert kept[2:4] == [("met", "VERB"), ("Ada", "NAME")]
    taken = [(ent.text, ent.label_) for ent in with_ruler(pipeline(overwrite_ents=True)).ents]
    assert taken[2:4] == [("met", "VERB"), ("Ada Gass", "person")]


def test_labels_and_key_can_be_set(pipeline):
    doc = pipeline(labels={"place": "GPE"}, spans_key="names")("Iran and the IRGC")
    assert [ent.label_ for ent in doc.ents] == ["GPE", "organisation"]
    assert len(doc.spans["names"]) == 2


@pytest.mark.parametrize("way", ["disk", "bytes", "pickle"])
def test_a_saved_pipeline_works_without_the_files(pipeline, pack, tmp_path, way):
    nlp = pipeline()
    if way == "disk":
        nlp.to_disk(tmp_path / "model")
        pack.unlink()
        again = spacy.load(tmp_path / "model")
    elif way == "bytes":
        data, config = nlp.to_bytes(), nlp.config
        pack.unlink()
        again = spacy.util.load_model_from_config(config).from_bytes(data)
    else:
        data = pickle.dumps(nlp)
        pack.unlink()
        again = pickle.loads(data)  # noqa: S301
    assert described(again(TEXT).ents)[1] == ("IRGC", "organisation", "org/irgc")
    again.to_bytes()


def test_documents_are_saved_with_ids_and_candidates(pipeline):
    nlp = pipeline()
    doc = nlp("Ada Gass met Bob Gass. Gass left.")
    again = next(DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab))
    assert described(again.ents) == described(doc.ents)
    assert again.spans["resolver"][-1]._.resolver == doc.spans["resolver"][-1]._.resolver


def test_several_processes_find_the_same(pipeline):
    nlp = pipeline()
    texts = [TEXT, "nothing", "The IRGC", "TerrorismIran"] * 5
    alone = [described(doc.spans["resolver"]) for doc in nlp.pipe(texts)]
    together = nlp.pipe(texts, n_process=2, batch_size=3)
    assert [described(doc.spans["resolver"]) for doc in together] == alone
    assert alone[0]


def test_other_languages_are_tokenised_too(pack):
    nlp = spacy.blank("de")
    nlp.add_pipe("resolver", config={"packs": [str(pack)], "bundled": False, "plugins": False})
    assert described(nlp("Der Iran schweigt.").ents) == [("Iran", "place", "place/iran")]


def test_a_wrong_setting_is_named(pipeline):
    with pytest.raises(ConfigurationError) as error:
        pipeline(alignment_mode="loose")
    assert str(error.value) == (
        "alignment_mode loose is unknown, use expand, contract, strict, retokenize"
    )


def test_a_missing_pack_is_named_when_it_is_needed(pipeline, pack):
    nlp = pipeline()
    pack.unlink()
    with pytest.raises(PackError, match="does not exist"):
        nlp(TEXT)
