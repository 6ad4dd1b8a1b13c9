"""What comes in and goes out over HTTP: JSON of a known shape, and one line where it is wrong."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from resolver.dates import is_iso_date
from resolver.limits import size_text

# What is larger than allowed is read on for so many times that.
_READ_ON = 16

_NAMES = {str: "a text", bool: "true or false", int: "a whole number", dict: "an object"}


class Field(NamedTuple):
    """A field of a request.

    Attributes:
        name: Its name.
        kind: What it must be.
        usual: Its value where it is not given; without one it has to be.
        values: The values that it may have, if only some.
    """

    name: str
    kind: type = str
    usual: Any = ...
    values: tuple[str, ...] = ()


DATE = Field("date", usual=None)


async def read_fields(request: Request, *fields: Field) -> dict[str, Any]:
    """Return the checked fields of a JSON body.

    Raises:
        HTTPException: The body is too large, no JSON, or of another shape.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, "the content type must be application/json")
    body = await _body(request)
    try:
        content = json.loads(body, object_pairs_hook=_object)
    except UnicodeDecodeError:
        raise HTTPException(400, "the body is not UTF-8") from None
    except (ValueError, RecursionError) as error:
        where = f": {error}" if isinstance(error, json.JSONDecodeError) else ""
        raise HTTPException(400, f"the body is not JSON{where}") from None
    return checked(content, fields)


async def _body(request: Request) -> bytes:
    """Return the body.

    One that is too large is read on for a while, and dropped: most clients look for an answer only
    when they have sent everything.
    """
    most: int = request.app.state.size_limit
    pieces: list[bytes] = []
    size = 0
    try:
        async for piece in request.stream():
            size += len(piece)
            if size <= most:
                pieces.append(piece)
            elif size > _READ_ON * most:
                break
    except ClientDisconnect:
        raise HTTPException(400, "the body ended early") from None
    if size > most:
        message = f"the body is larger than {size_text(most)}, send less or raise --size-limit"
        raise HTTPException(413, message, headers={"Connection": "close"})
    return b"".join(pieces)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose keys differ; otherwise a value would be lost without a word."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise HTTPException(400, f"the field {_shown(twice)} is given twice, leave one")
    return fields


def checked(content: object, fields: tuple[Field, ...]) -> dict[str, Any]:
    """Return fields with what they usually are where they are not given.

    Raises:
        HTTPException: A field is missing, unknown or not what it must be.
    """
    if not isinstance(content, dict):
        raise HTTPException(400, "the body must be a JSON object")
    known = [field.name for field in fields]
    for name in content:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            meant = f"did you mean {near[0]}?" if near else f"there is {', '.join(known)}"
            raise HTTPException(400, f"the field {_shown(name)} is unknown, {meant}")
    return {field.name: _value(content, field) for field in fields}


def _value(content: Mapping[str, Any], field: Field) -> Any:
    value: Any = content.get(field.name, field.usual)
    if value is ...:
        raise HTTPException(400, f"the field {field.name} is missing")
    if value is None and field.usual is None:
        return None
    if not _fits(value, field.kind):
        raise HTTPException(400, f"the field {field.name} must be {_NAMES[field.kind]}")
    if field.values and value not in field.values:
        raise HTTPException(400, f"the field {field.name} must be {', '.join(field.values)}")
    if field.name == DATE.name and not is_iso_date(value):
        raise HTTPException(400, f"the date {_shown(value)} is none, write 2022-09-06")
    return value


def _fits(value: Any, kind: type) -> bool:
    return type(value) is kind  # in Python true is a number, in JSON it is none


def _shown(text: str) -> str:
    return json.dumps(text[:40])


def answer(
    content: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a JSON response."""
    written = json.dumps(content, ensure_ascii=False, allow_nan=False)
    try:
        body = written.encode("utf-8")
    except UnicodeEncodeError:  # a text may hold half a character, which only escapes can write
        body = json.dumps(content).encode("ascii")
    return Response(body, status, headers, media_type="application/json")
