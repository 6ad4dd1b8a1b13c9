"""The description of the interface for other programs, in the words of OpenAPI 3.1."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from resolver.offsets import UNITS
from resolver.pipeline import OVERLAPS

Schema = dict[str, Any]


def description() -> Schema:
    """Return the OpenAPI document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "resolver",
            "version": version("alias-resolver"),
            "summary": "Finds names in text and says which entity each one is.",
        },
        "paths": {
            "/resolve": {"post": _resolve()},
            "/lookup": {"get": _lookup()},
            "/health": {"get": _health()},
        },
        "components": {
            "schemas": {
                "Request": _request(),
                "Result": _object({"id": _text(null=True), "mentions": _list("Mention")}),
                "Mention": _mention(),
                "Candidate": _object({"entity_id": _text(), "name": _text()}),
                "Looked": _object(
                    {"name": _text(), "entities": _list("Entity"), "nearest": _texts()}
                ),
                "Entity": _entity(),
                "Alias": _alias(),
                "Error": _object({"error": _text("One line: what is wrong, and what to do.")}),
            }
        },
    }


def _resolve() -> Schema:
    return {
        "operationId": "resolve",
        "summary": "Find the mentions in a text.",
        "requestBody": {"required": True, "content": _json("Request")},
        "responses": {
            "200": _response("The mentions, ordered by place.", "Result"),
            **_errors(
                {
                    "400": "The body is not JSON of this shape.",
                    "413": "The body is too large.",
                    "415": "The content type is not application/json.",
                    "503": "Too many requests wait; try again in a second.",
                }
            ),
        },
    }


def _lookup() -> Schema:
    name = {"name": "name", "in": "query", "required": True, "schema": {"type": "string"}}
    return {
        "operationId": "lookup",
        "summary": "Find the entities and offices that are known by a name or an id.",
        "parameters": [{**name, "description": "A name in any case, or an id."}],
        "responses": {
            "200": _response("What it may be; the nearest names if it is nothing.", "Looked"),
            **_errors({"400": "There is no name.", "503": "Too many requests wait."}),
        },
    }


def _health() -> Schema:
    content = _object({"status": {"const": "ok"}, "version": _text()})
    return {
        "operationId": "health",
        "summary": "Say that the server runs.",
        "responses": {
            "200": {
                "description": "It runs.",
                "content": {"application/json": {"schema": content}},
            }
        },
    }


def _request() -> Schema:
    properties = {
        "text": _text("The text."),
        "id": _text("Comes back as it is.", null=True),
        "date": _text("ISO date of the text, as exact as it is known.", null=True),
        "overlaps": {"enum": list(OVERLAPS), "default": "none"},
        "offsets": {
            "enum": list(UNITS),
            "default": "codepoint",
            "description": "What start and end count.",
        },
        "why": {"type": "boolean", "default": False, "description": "Add the steps of decisions."},
    }
    return {**_object(properties), "required": ["text"], "additionalProperties": False}


def _mention() -> Schema:
    offset = {"type": "integer", "minimum": 0}
    always = {
        "start": offset,
        "end": {**offset, "description": "Behind the last character."},
        "surface": _text("The characters as they stand in the text."),
        "entity_id": _text("Null where it stayed ambiguous.", null=True),
        "name": _text(null=True),
        "type": _text(null=True),
        "status": {"enum": ["resolved", "ambiguous"]},
        "kind": _text("Kind of the alias, or the rule that derived the mention."),
        "pack": _text("The pack that lists the alias."),
        "line": {"type": "integer", "description": "The line of the alias in it."},
    }
    sometimes = {
        "candidates": _list("Candidate"),
        "holder": {"$ref": "#/components/schemas/Candidate"},
        "antecedent": {"type": "array", "items": offset, "minItems": 2, "maxItems": 2},
        "glued": {"const": True},
        "source": _text("Where a garbled form was seen."),
        "why": _texts(),
    }
    return {**_object(always), "properties": {**always, **sometimes}}


def _entity() -> Schema:
    properties = {
        "entity_id": _text(),
        "name": _text(),
        "type": _text(),
        "pack": _text(),
        "same_as": {"type": "object", "additionalProperties": {"type": "string"}},
        "matched": _list("Alias"),
        "aliases": _texts(),
    }
    return _object(properties)


def _alias() -> Schema:
    properties = {
        "text": _text(),
        "kind": _text(),
        "strength": {"enum": ["strong", "weak"]},
        "ambiguous": {"type": "boolean"},
        "has_context": {"type": "boolean"},
        "from": _text(null=True),
        "until": _text(null=True),
        "pack": _text(),
        "line": {"type": "integer"},
    }
    return _object(properties)


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(item: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{item}"}}


def _texts() -> Schema:
    return {"type": "array", "items": {"type": "string"}}


def _text(meaning: str = "", *, null: bool = False) -> Schema:
    schema: Schema = {"type": ["string", "null"] if null else "string"}
    return {**schema, "description": meaning} if meaning else schema


def _json(schema: str) -> Schema:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _response(meaning: str, schema: str) -> Schema:
    return {"description": meaning, "content": _json(schema)}


def _errors(meanings: dict[str, str]) -> Schema:
    return {status: _response(meaning, "Error") for status, meaning in meanings.items()}
