"""Write the pack of this plugin from MITRE ATT&CK and the MISP galaxy.

    python generator/generate.py ATTACK.json THREAT-ACTOR.json

writes it, and the ordinary words in its names, into the package. The first file is the STIX bundle
of ATT&CK, with groups and software (https://github.com/mitre-attack/attack-stix-data), the second
MISP's cluster of threat actors (https://github.com/MISP/misp-galaxy). How guarded a name has to be
follows from how frequent its words are in English, by the package wordfreq.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from names import cleaned, key, listed, ordinary_words

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "resolver_threat_actors"
TYPES = {"intrusion-set": "threat-actor", "malware": "malware", "tool": "tool"}


@dataclass(eq=False)
class Actor:
    """A group or a piece of software while it is put together.

    Attributes:
        type: ``threat-actor``, ``malware`` or ``tool``.
        name: The canonical name.
        names: Every name, the canonical one first, by its `key`.
        claimed: Keys of the names that ATT&CK itself gives it.
        same_as: Identifiers in the sources.
    """

    type: str
    name: str
    names: dict[str, str] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)
    same_as: dict[str, str] = field(default_factory=dict)

    def add(self, names: Iterable[str]) -> None:
        """Add names that are not there yet in another spelling."""
        for name in filter(None, map(cleaned, names)):
            self.names.setdefault(key(name), name)


def read_attack(path: Path) -> list[Actor]:
    """Return the groups and software of ATT&CK that are neither revoked nor deprecated."""
    actors = []
    for item in json.loads(path.read_text("utf-8"))["objects"]:
        gone = item.get("revoked") or item.get("x_mitre_deprecated")
        if item["type"] in TYPES and not gone:
            actor = Actor(TYPES[item["type"]], item["name"])
            actor.add([item["name"], *item.get("aliases", ()), *item.get("x_mitre_aliases", ())])
            actor.claimed = set(actor.names)
            references = item["external_references"]
            actor.same_as["attack"] = next(
                r["external_id"] for r in references if r["source_name"] == "mitre-attack"
            )
            actors.append(actor)
    return actors


def add_misp(path: Path, actors: list[Actor]) -> None:
    """Add MISP's threat actors: to the group of ATT&CK that shares a name, or as further ones.

    A cluster belongs to the group that bears its main name, or else to the only group that shares
    any name with it. A name that ATT&CK gives to another actor stays with that one.
    """
    groups = [actor for actor in actors if actor.type == "threat-actor"]
    owners: defaultdict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        for each in actor.claimed:
            owners[each].append(actor)
    for cluster in json.loads(path.read_text("utf-8"))["values"]:
        names = [cluster["value"], *cluster.get("meta", {}).get("synonyms", ())]
        keys = [key(cleaned(name)) for name in names if cleaned(name)]
        if not keys or not cleaned(cluster["value"]):
            continue
        namesakes = [group for group in groups if keys[0] in group.claimed]
        related = namesakes or [g for g in groups if not g.claimed.isdisjoint(keys)]
        if len(related) == 1:
            actor = related[0]
        else:
            actor = Actor("threat-actor", cleaned(cluster["value"]))
            actors.append(actor)
        actor.add(n for n in names if all(o is actor for o in owners[key(cleaned(n))]))
        actor.same_as.setdefault("misp", cluster["uuid"])


def finished(actors: Iterable[Actor]) -> list[dict[str, Any]]:
    """Return the entities of the pack, ordered by id; those without a name of their own go."""
    actors = [actor for actor in actors if actor.names]
    bearers: defaultdict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        for each in actor.names:
            bearers[each].append(actor)
    called = Counter(key(actor.name) for actor in actors)
    used: Counter[str] = Counter()
    entities = []
    for actor in actors:
        base = f"{actor.type}/{re.sub(r'[^a-z0-9]+', '-', actor.name.lower()).strip('-')}"
        used[base] += 1
        aliases = [
            alias
            for each, name in actor.names.items()
            for alias in listed(name, actor.type, shared=len(bearers[each]) > 1)
        ]
        shared_name = called[key(actor.name)] > 1
        entity: dict[str, Any] = {
            "id": base if used[base] == 1 else f"{base}-{used[base]}",
            "name": f"{actor.name} ({actor.type})" if shared_name else actor.name,
            "type": actor.type,
            "same_as": actor.same_as,
        }
        if entity["name"] not in (alias["text"] for alias in aliases):
            entity["name_is_alias"] = False
        entities.append({**entity, "aliases": aliases})
    return sorted(entities, key=lambda entity: entity["id"])


def written(entities: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of the entities: one a key, one an alias."""
    for entity in entities:
        for number, (name, value) in enumerate(entity.items()):
            if name != "aliases":
                yield f"  {'- ' if number == 0 else '  '}{name}: {_flow(value)}"
        plain = [a["text"] if list(a) == ["text"] else a for a in entity["aliases"]]
        rows = [alias for alias in plain if alias != entity["name"]]
        if rows:
            yield "    aliases:"
            yield from (f"      - {_flow(alias)}" for alias in rows)


def _flow(value: Any) -> str:
    text = yaml.safe_dump(
        value, default_flow_style=True, allow_unicode=True, width=100_000, sort_keys=False
    )
    return text.removesuffix("...\n").strip()


def main() -> None:
    """Write the pack and the words."""
    attack, misp = map(Path, sys.argv[1:])
    actors = read_attack(attack)
    add_misp(misp, actors)
    head, tail = ((HERE / name).read_text("utf-8") for name in ("head.yaml", "examples.yaml"))
    pack = head + "\n".join(written(finished(actors))) + "\n" + tail
    (PACKAGE / "threat-actors.yaml").write_text(pack, "utf-8")
    words = ordinary_words(name for actor in actors for name in actor.names.values())
    (PACKAGE / "ordinary-words.txt").write_text("\n".join(words) + "\n", "utf-8")


if __name__ == "__main__":
    main()
