"""Write accepted suggestions into the text of a pack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from resolver.errors import ConfigurationError
from resolver.gazetteer import Gazetteer
from resolver.models import NOWHERE
from resolver.packs import parse_pack
from resolver.packs.editing import add_item
from resolver.packs.strict_yaml import Scalar, quoted
from resolver.workbench.suggestion import Suggestion

_SCHEMA_LINE = "# yaml-language-server: $schema=pack.schema.json"


def empty_pack(path: Path) -> str:
    """Return the text of a new pack, named after its file."""
    name = "-".join(path.stem.split())
    plain = Scalar(name, NOWHERE, plain=True).read_as is None
    return f"{_SCHEMA_LINE}\npack: {name if plain else quoted(name)}\n"


def accepted(
    text: str,
    path: str,
    suggestion: Suggestion,
    entity_id: str | None,
    kind: str | None,
    gazetteer: Gazetteer,
) -> str:
    """Return the text of a pack with a suggestion as an alias, or as a new entity.

    Args:
        text: The text of the pack.
        path: How messages name it.
        suggestion: What was accepted.
        entity_id: What it names; by default what the alias names that it is nearly. An id that no
            pack has becomes a new entity, of the type that ids of its beginning have.
        kind: The kind of the alias.
        gazetteer: The packs that are loaded.

    Raises:
        ConfigurationError: It is not said what it names, or another pack has the id.
        PackError: The text is no pack.
    """
    surface = suggestion.name.surface
    id_ = entity_id or (suggestion.alias.entity_id if suggestion.alias else None)
    if id_ is None:
        raise ConfigurationError(f"{surface} is near no alias, say what it names with --as ID")
    seen = {"source": f"seen in {suggestion.name.places[0].document}"}
    pack = parse_pack(text, path)
    own = next((owner for owner in pack.owners if owner.id == id_), None)
    if own:
        alias = {"text": surface, **({"kind": kind} if kind else {}), **seen}
        return add_item(text, own.location, "aliases", alias)
    other = gazetteer.owners.get(id_)
    if other:
        raise ConfigurationError(f"{id_} stands in {other.location.path}, give that file to --pack")
    entity = {"id": id_, "name": surface, "type": _type(id_, gazetteer), **seen}
    return add_item(text, pack.location, "entities", entity)


def _type(entity_id: str, gazetteer: Gazetteer) -> str:
    """Return the type that most entities have whose ids begin alike, or else that beginning."""
    beginning, slash, _ = entity_id.partition("/")
    if not slash:
        raise ConfigurationError(f"{entity_id} does not say what it is, write it as person/name")
    types: Mapping[str, int] = Counter(
        owner.type for id_, owner in gazetteer.owners.items() if id_.startswith(beginning + slash)
    )
    return max(types, key=lambda type_: (types[type_], type_), default=beginning)
