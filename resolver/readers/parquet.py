"""Parquet: one document a row, read a batch at a time."""

from __future__ import annotations

import datetime as dt
import math
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

from resolver.compression import MAX_RATIO, most_unpacked
from resolver.extras import library
from resolver.limits import larger_texts, too_large
from resolver.models import Document
from resolver.readers.records import doubled_column, from_record, missing_column
from resolver.readers.sources import BadInput, Source

# More are no faster, and a text that stands in the file once for all rows would be there so often.
_BATCH = 16


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
            if _unpacked(table.metadata) > most_unpacked(_packed(table.metadata)):
                message = f"unpacks to more than {MAX_RATIO} times its size"
                yield BadInput(source.name, f"{message}, write it uncompressed if you trust it")
                return
            columns = table.schema_arrow.names
            if source.fields.text not in columns:
                yield missing_column(source.name, source, columns)
                return
            if doubled := doubled_column(source.name, columns):
                yield doubled
                return
            number = 0
            for batch in table.iter_batches(_BATCH):
                for record in _records(batch, source):
                    number += 1
                    place = f"{source.name}:{number}"
                    if record is None:
                        large = f"{source.fields.text} of the row {too_large(source.size_limit)}"
                        yield BadInput(place, large)
                        continue
                    plain = {name: _plain(value) for name, value in record.items()}
                    yield from from_record(plain, place, source.fields)
        except (arrow.ArrowException, UnicodeDecodeError, OSError) as error:
            first = str(error).partition("\n")[0]
            yield BadInput(source.name, f"is no whole Parquet file, write it again ({first})")


def _unpacked(metadata: Any) -> int:
    return sum(metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups))


def _packed(metadata: Any) -> int:
    groups = (metadata.row_group(n) for n in range(metadata.num_row_groups))
    columns = (group.column(n) for group in groups for n in range(metadata.num_columns))
    return sum(column.total_compressed_size for column in columns)


def _records(batch: Any, source: Source) -> Iterable[dict[str, Any] | None]:
    """Return the rows of a batch, without those whose text is too large."""
    large = larger_texts(batch.column(source.fields.text), source.size_limit)
    if not large:
        rows: list[dict[str, Any] | None] = batch.to_pylist()
        return rows
    return (
        None if number in large else batch.slice(number, 1).to_pylist()[0]
        for number in range(batch.num_rows)
    )


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
