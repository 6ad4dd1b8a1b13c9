"""The cities of GeoNames for resolver, where their country speaks for them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from resolver import hookimpl
from resolver.findings import Rule
from resolver.models import Pack
from resolver_geonames.cities import PACK, city_pack
from resolver_geonames.evidence import find_neighbours, find_regions
from resolver_geonames.refusing import refuse

resolver_api = 1


@hookimpl
def resolver_packs() -> Iterable[Path | Pack]:
    """Bring the cities."""
    return [city_pack()]


@hookimpl
def resolver_rules() -> Iterable[Rule]:
    """Bring the rules that speak for and against them."""
    return [
        Rule(PACK, "veto", refuse),
        Rule(PACK, "evidence", find_regions),
        Rule(PACK, "support", find_neighbours),
    ]
