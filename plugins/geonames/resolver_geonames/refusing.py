"""Where a city is refused, whatever speaks for it.

That is where another pack lists the name, unless its region stands directly behind it and rules out
the largest city of that name, which the other pack must mean; where it seems to be part of a longer
name; and where a name that is also a word, a given name or a surname has neither its region behind
it nor a word before it that places stand behind ("in Reading").
"""

from __future__ import annotations

from collections.abc import Iterator

from resolver.analysis import Analysis
from resolver.findings import Refusal
from resolver.models import Alias
from resolver.readings import Match
from resolver_geonames.beside import BEFORE_PLACES, is_part_of_name, region_behind, stands_behind
from resolver_geonames.cities import PACK, city_of
from resolver_geonames.regions import Region, named_regions


def refuse(analysis: Analysis) -> Iterator[Refusal]:
    """Refuse what others list, parts of longer names, and words."""
    for match in analysis.pending:
        for alias in match.reading.aliases:
            objection = _objection(analysis, match, alias)
            if objection:
                yield Refusal(match.span, alias, PACK, objection)


def _objection(analysis: Analysis, match: Match, alias: Alias) -> str | None:
    city = city_of(alias, analysis.gazetteer)
    if city is None:
        return None
    if is_part_of_name(analysis.text, match.span):
        return "seems to be part of a longer name"
    regions = (region for region in named_regions(analysis) if region.is_of(city))
    told = region_behind(analysis.text, match.span, regions)
    others = {other.entity_id for other in match.reading.aliases if other.pack != PACK}
    if others and not (len(others) == 1 and told and _rules_out_largest(told, analysis, match)):
        return f"{min(others)} is listed by this name"
    if (
        city.is_word
        and told is None
        and not stands_behind(BEFORE_PLACES, analysis.text, match.span)
    ):
        return "nothing beside this word says that it is a place"
    return None


def _rules_out_largest(told: Region, analysis: Analysis, match: Match) -> bool:
    cities = (city_of(alias, analysis.gazetteer) for alias in match.reading.aliases)
    return not any(city and city.is_largest and told.is_of(city) for city in cities)
