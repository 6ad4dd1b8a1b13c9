"""JSON Lines: the input record whole, or the id, with the mentions added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from resolver.models import Mention, Result
from resolver.offsets import OffsetConverter
from resolver.writers import Options
from resolver.writers.naming import encodable
from resolver.writers.spans import in_file


def write(results: Iterable[Result], options: Options) -> Iterator[str]:
    """Yield one line with its line end a document."""
    for result in results:
        yield _line(result, options)


def _line(result: Result, options: Options) -> str:
    document = result.document
    text, mentions = in_file(result)
    convert = OffsetConverter(text, options.offsets)
    record = dict(document.fields) or {"id": document.id}
    record[options.field] = [
        mention_record(mention, convert, why=options.why) for mention in mentions
    ]
    return encodable(json.dumps(record, ensure_ascii=False)) + "\n"


def mention_record(
    mention: Mention, convert: OffsetConverter, *, why: bool = False
) -> dict[str, Any]:
    """Return a mention as a record of plain values; parts that say nothing are left out."""
    record: dict[str, Any] = {
        "start": convert(mention.start),
        "end": convert(mention.end),
        "surface": mention.surface,
        "entity_id": mention.entity_id,
        "name": mention.name,
        "type": mention.type,
        "status": mention.status,
        "kind": mention.kind,
        "pack": mention.pack,
        "line": mention.line,
    }
    if mention.status == "ambiguous":
        record["candidates"] = [candidate._asdict() for candidate in mention.candidates]
    if mention.holder:
        record["holder"] = mention.holder._asdict()
    if mention.antecedent:
        record["antecedent"] = [convert(offset) for offset in mention.antecedent]
    if mention.glued:
        record["glued"] = True
    if mention.source:
        record["source"] = mention.source
    if why:
        record["why"] = list(mention.why)
    return record
