"""How large a document may be as it comes in, and how people write such a size.

What counts is what holds the document, unpacked: a file, a line of JSONL, a row of CSV, the body of
a request; in tables by column (Parquet, Arrow) its text. So it is known before it is read.
"""

from __future__ import annotations

import re
from typing import Any

# In bytes. More is a mistake, or would not fit into memory with all that is found in it.
SIZE_LIMIT = 256_000_000

_UNITS = {"GB": 1_000_000_000, "MB": 1_000_000, "kB": 1_000, "bytes": 1}
_FACTORS = {"": 1, "b": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000}
_SIZE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?([kMG]?B)?", re.IGNORECASE)


def size_from(written: str) -> int | None:
    """Return the bytes that a size means, or ``None`` if it is none.

    >>> size_from("256MB"), size_from("1.5 kB"), size_from("100"), size_from("much")
    (256000000, 1500, 100, None)
    """
    found = _SIZE.fullmatch(written.strip())
    if not found:
        return None
    return int(float(found[1]) * _FACTORS[(found[2] or "").lower()])


def size_text(size: int) -> str:
    """Return a size as people write it.

    >>> size_text(256_000_000), size_text(1_500), size_text(40)
    ('256 MB', '1.5 kB', '40 bytes')
    """
    unit = next(unit for unit, factor in _UNITS.items() if size >= factor)
    return "1 byte" if size == 1 else f"{size / _UNITS[unit]:.12g} {unit}"


def too_large(size_limit: int) -> str:
    """Return what is said of a document that is larger than so many bytes."""
    return f"is larger than {size_text(size_limit)}, split it or raise --size-limit"


def larger_texts(column: Any, size_limit: int) -> frozenset[int]:
    """Return which rows of an Arrow array hold a text of more bytes, without making texts of them.

    Args:
        column: Strings or bytes, also as a dictionary; of other kinds no row counts as larger.
        size_limit: How many bytes of UTF-8 a text may have.
    """
    if column.nbytes <= size_limit:  # as nearly always
        return frozenset()
    return frozenset(row for row, value in enumerate(column) if _bytes(value) > size_limit)


def _bytes(value: Any) -> int:
    held = getattr(value, "dictionary", None) is not None and value.is_valid
    text = value.value if held else value
    buffer = text.as_buffer() if hasattr(text, "as_buffer") else None
    return 0 if buffer is None else int(buffer.size)
