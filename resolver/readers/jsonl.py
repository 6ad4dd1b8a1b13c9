"""JSON Lines: one record a line, with a text and, where known, an id and a date."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from textwrap import shorten
from typing import IO, Any

from resolver.errors import InputError
from resolver.limits import too_large
from resolver.models import Document
from resolver.readers.records import from_record
from resolver.readers.sources import BadInput, Fields, Source

BOM = b"\xef\xbb\xbf"
# Deeper than any record of people, and far from what cannot be passed to another process.
MAX_NESTING = 200
_PIECE = 1 << 20


def read(source: Source) -> Iterator[Document | BadInput]:
    """Read records line by line; a record without an id gets ``path:line``."""
    with source.open() as file:
        for number, raw in enumerate(_lines(file, source.size_limit), start=1):
            place = f"{source.name}:{number}"
            if raw is None:
                yield BadInput(place, f"the line {too_large(source.size_limit)}")
                continue
            line = raw.removeprefix(BOM) if number == 1 else raw
            if line.strip():
                record = _record(line, place, source.fields)
                if isinstance(record, BadInput):
                    yield record
                else:
                    yield from from_record(record, place, source.fields)


def _lines(file: IO[bytes], most: int) -> Iterator[bytes | None]:
    """Yield lines without their ends; for one of more than so many bytes, passed over, nothing."""
    while raw := file.readline(most + 2):  # room for its end
        line = raw.rstrip(b"\r\n")
        is_cut = len(raw) > most and not raw.endswith(b"\n")
        yield None if is_cut or len(line) > most else line
        while is_cut and raw and not raw.endswith(b"\n"):
            raw = file.readline(_PIECE)


def _record(line: bytes, place: str, fields: Fields) -> dict[str, Any] | BadInput:
    try:
        record = _decoder.decode(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return BadInput(place, f"byte {error.start} of the line is not UTF-8, convert the file")
    except json.JSONDecodeError as error:
        return BadInput(f"{place}:{error.colno}", f"not valid JSON, {_lower(error.msg)}")
    except RecursionError:
        return BadInput(place, "the record is nested too deeply, flatten it")
    except InputError as error:
        return BadInput(place, str(error))
    except ValueError:
        return BadInput(place, "a number of the record has too many digits, write it as text")
    if line.count(b"[") + line.count(b"{") > MAX_NESTING and _depth(record) > MAX_NESTING:
        return BadInput(place, "the record is nested too deeply, flatten it")
    if not isinstance(record, dict):
        return BadInput(place, f'the line holds no record, write {{"{fields.text}": ...}}')
    return record


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose keys differ; otherwise a value would be lost without a word."""
    record = dict(pairs)
    if len(record) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise InputError(f"the record has {twice} twice, leave one")
    return record


def _no_number(written: str) -> Any:
    raise InputError(f"{written} is no number of JSON, write null")


def _fraction(written: str) -> float:
    """Return a number that is no whole one; what is too large would come back as none of JSON."""
    number = float(written)
    if math.isinf(number):
        raise InputError(f"the number {shorten(written, 40)} is too large, write it as text")
    return number


_decoder = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_no_number, parse_float=_fraction
)


def _depth(value: Any) -> int:
    """Return how many levels of objects and lists there are."""
    depth, level = -1, [value]
    while level:
        depth += 1
        lists = [each for each in level if isinstance(each, list)]
        lists += [list(each.values()) for each in level if isinstance(each, dict)]
        level = [each for held in lists for each in held]
    return depth


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
