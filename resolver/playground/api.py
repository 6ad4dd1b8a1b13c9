"""The interface for other programs: resolve a text, look a name up. The packs are those on disk."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from resolver.gazetteer import Gazetteer
from resolver.models import Alias, Document
from resolver.nearest import nearest_aliases
from resolver.offsets import UNITS, OffsetConverter
from resolver.pipeline import OVERLAPS, Resolver
from resolver.playground.bodies import DATE, Field, answer, read_fields
from resolver.playground.openapi import description
from resolver.playground.workspace import Workspace
from resolver.writers.jsonl import mention_record

MAX_NAME = 1_000

_RESOLVE = (
    Field("text"),
    Field("id", usual=None),
    DATE,
    Field("overlaps", usual="none", values=OVERLAPS),
    Field("offsets", usual="codepoint", values=UNITS),
    Field("why", bool, usual=False),
)


class Api:
    """Answers other programs."""

    def __init__(self, workspace: Workspace) -> None:
        """Take what is loaded."""
        self._workspace = workspace

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/resolve", self.resolve, methods=["POST"]),
            Route("/lookup", self.lookup, methods=["GET"]),
            Route("/health", self.health, methods=["GET"]),
            Route("/openapi.json", self.openapi, methods=["GET"]),
        ]

    async def resolve(self, request: Request) -> Response:
        """Return the mentions in a text, as ``resolver tag --format jsonl`` writes them."""
        fields = await read_fields(request, *_RESOLVE)
        function = partial(resolved, self._workspace.saved.resolver)
        return answer(await self._workspace.work(function, fields))

    async def lookup(self, request: Request) -> Response:
        """Return what a name may be."""
        name = request.query_params.get("name", "")
        if not name.strip():
            raise HTTPException(400, "give a name, as in /lookup?name=MoD")
        if len(name) > MAX_NAME:
            raise HTTPException(400, f"the name has more than {MAX_NAME} characters")
        gazetteer = self._workspace.saved.resolver.gazetteer
        return answer(await self._workspace.work(looked_up, gazetteer, name))

    async def health(self, _: Request) -> Response:
        """Say that all is well."""
        return answer({"status": "ok", "version": version("alias-resolver")})

    async def openapi(self, _: Request) -> Response:
        """Describe this interface."""
        return answer(description())


def resolved(resolver: Resolver, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the record of a text with its mentions."""
    document = Document(fields["text"], id=fields["id"], date=fields["date"])
    result = resolver.resolve(document, overlaps=fields["overlaps"])
    convert = OffsetConverter(document.text, fields["offsets"])
    records = [mention_record(m, convert, why=fields["why"]) for m in result.mentions]
    return {"id": document.id, "mentions": records}


def looked_up(gazetteer: Gazetteer, name: str) -> dict[str, Any]:
    """Return every entity and office that is known by a name or an id."""
    found = gazetteer.lookup(name)
    ids = dict.fromkeys(alias.entity_id for alias in found)
    if name in gazetteer.owners:
        ids.setdefault(name)
    entities = [_entity(gazetteer, id_, [a for a in found if a.entity_id == id_]) for id_ in ids]
    near = [] if entities else nearest_aliases(gazetteer, name)
    return {"name": name, "entities": entities, "nearest": near}


def _entity(gazetteer: Gazetteer, entity_id: str, matched: list[Alias]) -> dict[str, Any]:
    owner = gazetteer.owners[entity_id]
    return {
        "entity_id": owner.id,
        "name": owner.name,
        "type": owner.type,
        "pack": owner.pack,
        "same_as": dict(owner.same_as),
        "matched": [_alias(alias) for alias in matched],
        "aliases": [alias.text for alias in owner.aliases],
    }


def _alias(alias: Alias) -> dict[str, Any]:
    return {
        "text": alias.text,
        "kind": alias.kind,
        "strength": alias.strength,
        "ambiguous": alias.ambiguous,
        "has_context": alias.context is not None,
        "from": alias.valid_from,
        "until": alias.valid_until,
        "pack": alias.pack,
        "line": alias.location.line,
    }
