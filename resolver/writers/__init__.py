"""Write results: one module a format."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from resolver.models import Result
from resolver.writers import jsonl, table


class Options(NamedTuple):
    """How mentions are written.

    Attributes:
        offsets: Unit of offsets: ``codepoint``, ``utf16`` or ``byte`` (of UTF-8).
        why: Whether to add the steps of each decision.
        field: Name of the field for the mentions, in formats that have fields.
    """

    offsets: str = "codepoint"
    why: bool = False
    field: str = "mentions"


Writer = Callable[[Result, Options], str]

WRITERS: dict[str, Writer] = {"jsonl": jsonl.write, "table": table.write}
