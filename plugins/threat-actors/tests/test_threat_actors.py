"""The pack, the spellings of its names, and their being one actor with those of other packs."""

import pytest
from resolver_threat_actors.spelling import spellings

from resolver import Resolver
from resolver.models import Alias
from resolver.packs import parse_pack
from resolver.plugins import load_plugins


def test_packs(pack_test):
    pack_test()


@pytest.mark.parametrize(
    ("listed", "others"),
    [
        ("APT40", ["APT 40", "APT-40"]),
        ("Storm-0501", ["Storm0501", "Storm 0501"]),
        ("Group5", []),
        ("JSS Loader", ["JSSLoader", "Jssloader"]),
        ("TrickBot", ["Trickbot"]),
        ("NETWIRE", ["Netwire"]),
        ("Emotet", []),
    ],
)
def test_spellings_that_are_certain_keep_the_conditions(listed, others):
    found = list(spellings(Alias(listed, "tool/x", strength="strong")))
    assert [alias.text for alias in found if alias.strength == "strong"] == others


@pytest.mark.parametrize(
    ("listed", "others"),
    [
        ("Winnti Group", ["Winnti"]),
        ("The Gorgon Group", ["Gorgon"]),
        ("QuasarRAT", ["Quasar RAT", "Quasar"]),
        ("SmokeLoader", ["Smoke Loader"]),
        ("Hacking Team", []),  # hacking is a word
        ("JSS Loader", []),
        ("PlugX", []),
    ],
)
def test_spellings_that_leave_something_out_are_weak(listed, others):
    found = [a for a in spellings(Alias(listed, "malware/x")) if a.strength == "weak"]
    assert [alias.text for alias in found] == others
    assert all(alias.context and "malware" in alias.context.any for alias in found)


def test_only_names_of_actors_and_software_are_varied():
    assert list(spellings(Alias("Winnti Group", "org/x"))) == []
    assert list(spellings(Alias("Net", "tool/net", case="exact"))) == []


NEWS = """
pack: news
entities:
  - {id: org/fancy-bear, name: Fancy Bear, type: organisation, aliases: [APT28, Unit Bear]}
  - {id: org/pioneer, name: Pioneer, type: organisation}
  - {id: place/cuba, name: Cuba, type: place}
  - {id: org/x, name: Xyzzy, type: organisation, aliases: [{text: XYZ, ambiguous: true}]}
"""


@pytest.fixture(scope="module")
def beside_news(tmp_path_factory):
    """A resolver of this plugin beside a pack that knows one of its actors."""
    path = tmp_path_factory.mktemp("packs") / "news.yaml"
    path.write_text(NEWS, "utf-8")
    plugins = load_plugins(only=["threat-actors"])
    return Resolver.load([path], bundled=False, plugins=plugins)


def test_an_actor_of_another_pack_is_that_of_this_one(beside_news):
    mentions = beside_news.resolve("APT28, Fancy Bear or Unit Bear.").mentions
    assert [(m.name, m.status, m.candidates) for m in mentions] == [("APT28", "resolved", ())] * 3


def test_others_that_share_a_word_with_an_actor_stay_what_they_are(beside_news):
    mentions = beside_news.resolve("Pioneer sold its shares in Cuba.").mentions
    assert [mention.entity_id for mention in mentions] == ["org/pioneer", "place/cuba"]


def test_the_word_beside_a_name_tells_it_from_a_place(beside_news):
    mentions = beside_news.resolve("Cuba ransomware spread. They sailed to Cuba.").mentions
    assert [mention.entity_id for mention in mentions] == ["malware/cuba", "place/cuba"]
    assert mentions[0].why[-2:] == (
        "word-beside: the words beside it say so",
        "not Cuba: a document rule does not overrule the tables",
    )


def test_an_ambiguous_name_with_one_candidate_stays_ambiguous(beside_news):
    (mention,) = beside_news.resolve("XYZ said nothing.").mentions
    assert (mention.status, len(mention.candidates)) == ("ambiguous", 1)


def test_without_other_packs_the_rule_changes_nothing(resolver):
    text = "APT28 and Carbanak"
    plugins = load_plugins(only=["threat-actors"])
    off = Resolver.load(bundled=False, plugins=plugins, without_rules=["same-actor"])
    assert resolver.resolve(text).mentions == off.resolve(text).mentions


def test_a_pack_of_ones_own_gets_the_spellings_too():
    pack = parse_pack("pack: mine\nentities: [{id: malware/x, name: XtraBot, type: malware}]")
    plugins = load_plugins(only=["threat-actors"])
    found = Resolver([pack], plugins=plugins).resolve("Xtrabot").mentions
    assert [mention.entity_id for mention in found] == ["malware/x"]


@pytest.mark.parametrize(
    ("listed", "id_", "others"),
    [
        ("Bazar", "malware/x", ["BazarRAT", "BazarLoader", "BazarBackdoor", "BazarRansomware"]),
        ("BazarLoader", "malware/x", []),
        ("Bazar Call", "malware/x", []),
        ("BAZAR", "malware/x", []),
        ("Bazar", "tool/x", []),
    ],
)
def test_malware_is_found_joined_with_its_kind_even_where_its_name_is_a_word(listed, id_, others):
    word = Alias(listed, id_, strength="weak")
    found = [a for a in spellings(word) if a.strength == "strong" and a.context is None]
    assert [alias.text for alias in found if "azar" in alias.text] == others


def test_a_bazaar_is_no_malware(assert_mentions):
    assert_mentions("They sell BazarStock at the Bazar, in bazarloader.")
    assert_mentions("[BazarLoader](malware/bazar) came. [Bazar](malware/bazar) went.")
