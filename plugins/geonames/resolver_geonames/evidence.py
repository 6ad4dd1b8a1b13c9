"""What speaks for a city: its country or state, another city there, and its size.

The region directly behind a name ("Paris, Texas") says in so many words what is meant. The state
named in the same paragraph is context. The country named in the same sentence, or behind a
preposition ("in Lyon") somewhat farther off, is support; and so is another city of the country.
Where nothing else tells namesakes apart, the one that is several times as large is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from resolver.analysis import Analysis
from resolver.findings import CONTEXT, DEFAULT, DEFINITION, SUPPORT, Evidence, Level, Span, overlap
from resolver.models import Alias
from resolver_geonames.beside import PREPOSITION, region_behind, stands_behind
from resolver_geonames.cities import PACK, City, city_of
from resolver_geonames.regions import Region, named_regions, regions_of_mentions

# How many characters off a country may be named.
REACH = 2_000
# How many times as large as every namesake a city is that is taken for its size.
LARGER = 5


class Place(NamedTuple):
    """A city that may be meant somewhere."""

    span: Span
    alias: Alias
    city: City


def find_regions(analysis: Analysis) -> Iterator[Evidence]:
    """Find the regions that speak for cities."""
    places = list(_places(analysis))
    if places:
        regions = _by_country((*named_regions(analysis), *regions_of_mentions(analysis)))
        for place in places:
            yield from _spoken_for(analysis, place, regions)


def find_neighbours(analysis: Analysis) -> Iterator[Evidence]:
    """Find other cities of the country, and prefer much larger ones."""
    places = list(_places(analysis))
    regions = _by_country(regions_of_mentions(analysis)) if places else {}
    told = {(proof.span, proof.alias) for proof in analysis.evidence}
    supported: defaultdict[Span, list[Place]] = defaultdict(list)
    for place in places:
        found = list(_spoken_for(analysis, place, regions))
        if found or (place.span, place.alias) in told:
            supported[place.span].append(place)
        yield from found
    for namesakes in supported.values():
        yield from _largest(namesakes)


def _places(analysis: Analysis) -> Iterator[Place]:
    refused = {(refusal.span, refusal.alias) for refusal in analysis.refusals}
    for match in analysis.pending:
        for alias in match.reading.aliases:
            if alias.pack == PACK and (match.span, alias) not in refused:
                city = city_of(alias, analysis.gazetteer)
                if city:
                    yield Place(match.span, alias, city)


def _by_country(regions: Iterable[Region]) -> Mapping[str, Sequence[Region]]:
    by_country: defaultdict[str, list[Region]] = defaultdict(list)
    for region in regions:
        for country in region.countries:
            by_country[country].append(region)
    return by_country


def _spoken_for(
    analysis: Analysis, place: Place, regions: Mapping[str, Sequence[Region]]
) -> Iterator[Evidence]:
    """Yield what speaks for a city at a place: the nearest region of each kind."""
    span, _, city = place
    country = [r for r in regions.get(city.country, ()) if not overlap(r.span, span)]
    told = region_behind(analysis.text, span, (r for r in country if r.is_of(city)))
    if told:
        yield _evidence(analysis, place, DEFINITION, told)
        return
    state = (region for region in country if region.is_state_of(city))
    yield from _nearest(analysis, place, CONTEXT, state, "paragraph")
    is_led_in = stands_behind(PREPOSITION, analysis.text, span)
    yield from _nearest(analysis, place, SUPPORT, country, "document" if is_led_in else "sentence")


def _nearest(
    analysis: Analysis, place: Place, level: Level, regions: Iterable[Region], within: str
) -> Iterator[Evidence]:
    near = (
        region
        for region in regions
        if _distance(place.span, region) <= REACH
        and analysis.is_near(region.span, place.span, within)
    )
    nearest = min(near, key=lambda region: _distance(place.span, region), default=None)
    if nearest:
        yield _evidence(analysis, place, level, nearest)


def _distance(span: Span, region: Region) -> int:
    return max(region.span[0] - span[1], span[0] - region.span[1])


def _evidence(analysis: Analysis, place: Place, level: Level, region: Region) -> Evidence:
    surface = analysis.text[slice(*region.span)]
    reason = f'"{surface}" at {region.span[0]} speaks for {analysis.owner(place.alias).name}'
    reach = _distance(place.span, region)
    return Evidence(place.span, place.alias, level, PACK, reason, reach=reach)


def _largest(namesakes: Sequence[Place]) -> Iterator[Evidence]:
    """Speak for the largest of several cities that something else speaks for, if it is by far."""
    first, *others = sorted(namesakes, key=lambda place: -place.city.population)
    if others and first.city.population >= LARGER * others[0].city.population:
        reason = f"has {first.city.population} inhabitants, {LARGER} times as many as its namesakes"
        yield Evidence(first.span, first.alias, DEFAULT, PACK, reason)
