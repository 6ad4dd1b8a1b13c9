"""Parquet: one row a document, with its mentions as a list of records.

The columns are ``id``, ``date``, ``text``, ``fields`` (the other fields of its record, as JSON) and
``mentions``, whose schema is `resolver.mention_arrays.MENTION`. Offsets count in ``text``, in the
unit that is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from resolver.extras import library
from resolver.models import Result
from resolver.writers import Options
from resolver.writers.archive import Sink
from resolver.writers.naming import encodable
from resolver.writers.spans import checked, counted

_ROWS = 2_000


def write(results: Iterable[Result], options: Options) -> Iterator[bytes]:
    """Yield the file, a group of rows at a time."""
    arrow, parquet = library("pyarrow", "arrow"), library("pyarrow.parquet", "arrow")
    from resolver.mention_arrays import MENTION

    texts = [(name, arrow.string()) for name in ("id", "date", "text", "fields")]
    schema = arrow.schema([*texts, (options.field, arrow.list_(MENTION))])
    sink = Sink()
    incoming = checked(results)
    with parquet.ParquetWriter(arrow.PythonFile(sink, mode="w"), schema) as file:
        while rows := list(islice(incoming, _ROWS)):
            file.write_batch(_batch(rows, schema, options.offsets))
            yield sink.taken()
    yield sink.taken()


def _batch(rows: Sequence[Result], schema: Any, unit: str) -> Any:
    from resolver.mention_arrays import mentions_array

    documents = [result.document for result in rows]
    texts = [
        [_encodable(document.id) for document in documents],
        [_encodable(document.date) for document in documents],
        [document.text for document in documents],
        [_other_fields(document.fields, document.text) for document in documents],
    ]
    arrow = library("pyarrow", "arrow")
    arrays = [arrow.array(column, arrow.string()) for column in texts]
    mentions = [counted(result.document.text, result.mentions, unit) for result in rows]
    return arrow.RecordBatch.from_arrays([*arrays, mentions_array(mentions)], schema=schema)


def _other_fields(fields: Any, text: str) -> str | None:
    others = {k: v for k, v in fields.items() if k not in {"id", "date"} and v is not text}
    return encodable(json.dumps(others, ensure_ascii=False)) if others else None


def _encodable(value: str | None) -> str | None:
    return None if value is None else encodable(value)
