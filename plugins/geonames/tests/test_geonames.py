"""Cities where something speaks for them, restraint where nothing does, beside other packs too."""

import pytest
from resolver_geonames import cities
from resolver_geonames.cities import City, city_of

from resolver import Resolver
from resolver.errors import PluginError
from resolver.packs import parse_pack
from resolver.plugins import load_plugins

NEWS = """
pack: news
defaults: {type: place}
entities:
  - {id: place/france, name: France, aliases: [Gaul]}
  - {id: place/paris, name: Paris}
  - {id: place/leeds, name: Leeds}
"""


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """Keep the cities of this run apart from those of others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RESOLVER_CACHE", str(tmp_path_factory.mktemp("cache", numbered=False)))
        yield


@pytest.fixture(scope="session")
def resolver():
    """A resolver of the cities alone."""
    return Resolver.load(bundled=False, plugins=load_plugins(only=["geonames"]))


@pytest.fixture(scope="session")
def beside_news(tmp_path_factory):
    """A resolver of the cities beside a pack that lists some of them."""
    path = tmp_path_factory.mktemp("packs") / "news.yaml"
    path.write_text(NEWS, "utf-8")
    return Resolver.load([path], bundled=False, plugins=load_plugins(only=["geonames"]))


def found(resolver, text):
    return [(mention.surface, mention.name) for mention in resolver.resolve(text).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the region directly behind the name
        ("Paris, Texas, and Paris, France.", ["Paris (Texas)", "Paris (France)"]),
        ("Springfield, Illinois", ["Springfield (Illinois)"]),
        ("He flew to London, Ontario.", ["London (Canada)"]),
        ("Hurghada (Egypt)", ["Hurghada"]),
        ("Reading, England", ["Reading (United Kingdom)"]),
        # the state in the paragraph, the country or its adjective in the sentence
        ("The Illinois governor spoke in Springfield.", ["Springfield (Illinois)"]),
        ("French police searched Grenoble.", ["Grenoble"]),
        ("Grenoble and Besançon lie in France.", ["Grenoble", "Besançon"]),
        # farther off, behind a preposition
        ("France is tired. It rained. They met in Grenoble.", ["Grenoble"]),
        # another city of the country
        ("In Besançon, France, it rained.\n\nIt rained in Grenoble.", ["Besançon", "Grenoble"]),
        # the nearer country, then the much larger city
        ("In Chile they like Valencia. Spaniards live in Valencia.", ["Valencia (Spain)"]),
        ("The American lives in Philadelphia.", ["Philadelphia"]),
        # a name that is a word as well
        ("In England they live in Reading.", ["Reading (United Kingdom)"]),
        ("The mayor of Bolton, England, spoke.", ["Bolton (United Kingdom)"]),
    ],
)
def test_a_city_is_found_where_something_speaks_for_it(resolver, text, expected):
    assert [name for _, name in found(resolver, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "They met in Grenoble.",
        "Grenoble is large. Iran is too.",
        "France is tired. It rained. Grenoble slept.",
        "The English like Reading. Reading is good for England.",
        "Bolton said that Britain should act.",
        "In March the British left.",
        "In England Victoria Derbyshire and David Lyon spoke.",
        "New Mexico is no place for Guadalajara.",
        "The French of Nice people.",
    ],
)
def test_nothing_is_found_without_evidence(resolver, text):
    assert found(resolver, text) == []


def test_namesakes_that_nothing_tells_apart_are_ambiguous(resolver):
    (mention,) = resolver.resolve("Many Americans live in Springfield.").mentions
    assert mention.status == "ambiguous"
    assert len(mention.candidates) >= 5


def test_the_reason_is_given(resolver):
    (mention,) = resolver.resolve("Springfield, Illinois").mentions
    assert 'geonames: "Illinois" at 13 speaks for Springfield (Illinois)' in mention.why


def test_what_another_pack_lists_stays_what_it_is(beside_news):
    text = "Paris, France, and Leeds in England. They met in Paris."
    entities = {m.surface: m.entity_id for m in beside_news.resolve(text).mentions}
    assert entities == {"Paris": "place/paris", "France": "place/france", "Leeds": "place/leeds"}


def test_a_namesake_of_what_another_pack_lists_needs_its_region_behind_it(beside_news):
    assert found(beside_news, "Paris, Texas")[0] == ("Paris", "Paris (Texas)")
    assert found(beside_news, "The Texans live in Paris.") == [("Paris", "Paris")]


def test_countries_of_other_packs_speak_for_cities_in_every_word(beside_news):
    assert found(beside_news, "Grenoble is in Gaul.")[0] == ("Grenoble", "Grenoble")


def test_cities_of_other_packs_speak_for_cities(beside_news):
    assert ("Grenoble", "Grenoble") in found(beside_news, "From Paris they went to Grenoble.")


def test_every_city_is_weak_and_known_to_the_rules(resolver):
    gazetteer = resolver.gazetteer
    aliases = [alias for owner in gazetteer.owners.values() for alias in owner.aliases]
    assert len(aliases) > 30_000
    assert {(alias.strength, alias.ambiguous) for alias in aliases} == {("weak", True)}
    assert all(city_of(alias, gazetteer).population >= 15_000 for alias in aliases[::100])
    springfield = gazetteer.owners["geonames/4250542"].aliases[0]
    city = city_of(springfield, gazetteer)
    assert (city.country, city.state, city.is_largest) == ("US", "US-IL", False)
    assert isinstance(city, City)


def test_countries_and_months_are_no_cities(resolver):
    for name in ("Singapore", "Jordan", "Texas", "March"):
        assert resolver.gazetteer.lookup(name) == ()


def test_the_pack_is_written_once(monkeypatch):
    assert cities.city_pack() == cities.city_pack()
    monkeypatch.setattr(cities, "_lines", None)
    assert cities.city_pack().is_file()


def test_without_a_cache_the_pack_is_a_value(monkeypatch):
    monkeypatch.setenv("RESOLVER_CACHE", "off")
    monkeypatch.setenv("RESOLVER_GEONAMES_POPULATION", "5000000")
    pack = cities.city_pack()
    assert pack.name == "geonames"
    assert 20 < len(pack.entities) < 200


def test_a_wrong_setting_is_named(monkeypatch):
    monkeypatch.setenv("RESOLVER_GEONAMES_POPULATION", "many")
    with pytest.raises(PluginError, match="RESOLVER_GEONAMES_POPULATION=many is not a number"):
        Resolver.load(bundled=False, plugins=load_plugins(only=["geonames"]))


def test_a_pack_of_ones_own_is_not_disturbed():
    pack = parse_pack("pack: mine\nentities: [{id: x, name: Grenoble, type: club}]")
    resolver = Resolver([pack], plugins=load_plugins(only=["geonames"]))
    assert found(resolver, "Grenoble won in France.") == [("Grenoble", "Grenoble")]
