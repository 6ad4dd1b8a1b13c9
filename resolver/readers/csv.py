"""CSV and TSV with a header line: one document a row, its columns named by the header.

Fields may be quoted, and then hold separators, quotes written twice, and line ends.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import IO

from resolver.limits import too_large
from resolver.models import Document
from resolver.readers.lines import Lines, RowTooLargeError
from resolver.readers.records import doubled_column, from_record, missing_column
from resolver.readers.sources import BadInput, Source

# Of a field, as much as Python can; how large a row may be is seen to here.
_MAX_FIELD = 2**31 - 1
_NO_UTF_8 = re.compile("[\udc80-\udcff]")


def read(source: Source) -> Iterator[Document | BadInput]:
    """Read rows separated by commas, or by semicolons where only these give a column of texts."""
    return _read(source, ",;")


def read_tabs(source: Source) -> Iterator[Document | BadInput]:
    """Read rows separated by tabs."""
    return _read(source, "\t")


def _read(source: Source, delimiters: str) -> Iterator[Document | BadInput]:
    csv.field_size_limit(_MAX_FIELD)  # for all of Python, which allows 128 kB otherwise
    with source.open() as file, _decoded(file) as text:
        lines = Lines(text, source.size_limit)
        try:
            header = next(lines, "")
            by_delimiter = {each: _columns(header, each) for each in delimiters}
            for delimiter, columns in by_delimiter.items():
                if source.fields.text in columns:
                    doubled = doubled_column(f"{source.name}:1", columns)
                    lines.delimiter = delimiter
                    yield from [doubled] if doubled else _documents(lines, columns, source)
                    return
        except UnicodeDecodeError:
            yield BadInput(source.name, "is not UTF-16 to its end, convert the file to UTF-8")
            return
        except RowTooLargeError:
            yield BadInput(f"{source.name}:1", f"the header {too_large(source.size_limit)}")
            return
        columns = by_delimiter[delimiters[0]]
        yield missing_column(f"{source.name}:1", source, columns)


def _decoded(file: IO[bytes]) -> io.TextIOWrapper:
    """Decode a file; a byte that is not UTF-8 becomes a lone surrogate, which its row reports."""
    head = file.peek(2)[:2] if isinstance(file, io.BufferedReader) else b""
    if head in {b"\xff\xfe", b"\xfe\xff"}:
        return io.TextIOWrapper(file, "utf-16", newline="")
    return io.TextIOWrapper(file, "utf-8-sig", "surrogateescape", newline="")


def _columns(header: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([header], delimiter=delimiter), [])
    except csv.Error:
        return []


def _documents(lines: Lines, columns: list[str], source: Source) -> Iterator[Document | BadInput]:
    rows = csv.reader(lines, delimiter=lines.delimiter, strict=True)
    while True:
        place = f"{source.name}:{lines.number + 1}"
        lines.begin_row()
        try:
            row = next(rows)
        except StopIteration:
            return
        except RowTooLargeError:
            fault = (
                f"the row that begins here {too_large(source.size_limit)}; are its quotes closed?"
            )
            yield BadInput(place, fault)
            continue
        except csv.Error as error:
            yield BadInput(place, f"the row that begins here is no CSV, {error}; mend its quotes")
            continue
        if not row:
            continue
        if len(row) > len(columns):
            surplus = f"the row has {len(row)} fields for {len(columns)} columns"
            yield BadInput(place, f"{surplus}, quote those that contain the separator")
            continue
        record = dict(zip(columns, row, strict=False))
        if any(not value.isascii() and _NO_UTF_8.search(value) for value in row):
            yield BadInput(place, "the row holds a byte that is not UTF-8, convert the file")
        else:
            yield from from_record(record, place, source.fields)
