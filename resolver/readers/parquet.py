"""Parquet: one document a row, read a batch at a time."""

from __future__ import annotations

import datetime as dt
import math
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any

from resolver.extras import library
from resolver.models import Document
from resolver.readers.records import doubled_column, from_record, missing_column
from resolver.readers.sources import BadInput, Source

_BATCH = 500


def read(source: Source) -> Iterator[Document | BadInput]:
    """Read rows; one without an id gets ``path:row``, counted from 1.

    Values that JSON does not have come as text: days and times in ISO form, bytes as UTF-8.
    """
    parquet = library("pyarrow.parquet", "arrow")
    arrow = library("pyarrow", "arrow")
    # The directory of a Parquet file stands at its end, so it must be a file to seek in.
    with source.open() as file, tempfile.TemporaryFile() as copy:
        if not file.seekable() or source.is_compressed:
            shutil.copyfileobj(file, copy)
        try:
            table = parquet.ParquetFile(copy if copy.tell() else file)
            columns = table.schema_arrow.names
            if source.fields.text not in columns:
                yield missing_column(source.name, source, columns)
                return
            if doubled := doubled_column(source.name, columns):
                yield doubled
                return
            number = 0
            for batch in table.iter_batches(_BATCH):
                for record in batch.to_pylist():
                    number += 1
                    plain = {name: _plain(value) for name, value in record.items()}
                    yield from from_record(plain, f"{source.name}:{number}", source.fields)
        except (arrow.ArrowException, UnicodeDecodeError, OSError) as error:
            first = str(error).partition("\n")[0]
            yield BadInput(source.name, f"is no whole Parquet file, write it again ({first})")


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)
