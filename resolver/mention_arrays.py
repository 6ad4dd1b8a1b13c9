"""Mentions as Arrow arrays; the only place that knows their schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from resolver.extras import library
from resolver.models import Mention

if TYPE_CHECKING:
    import pyarrow as pa
else:
    pa = library("pyarrow", "arrow")

_CANDIDATE = pa.struct([("entity_id", pa.string()), ("name", pa.string())])
MENTION = pa.struct(
    [
        ("start", pa.int32()),
        ("end", pa.int32()),
        *((name, pa.string()) for name in Mention._fields[2:9]),
        ("line", pa.int32()),
        ("candidates", pa.list_(_CANDIDATE)),
        ("holder", _CANDIDATE),
        ("antecedent", pa.list_(pa.int32())),
        ("glued", pa.bool_()),
        ("source", pa.string()),
    ]
)
"""A mention as an Arrow type: the fields of `resolver.Mention`."""


def mentions_array(rows: Sequence[Sequence[Mention] | None]) -> pa.Array:
    """Return lists of mentions, made column by column: a record for each would take longer."""
    mentions = [mention for row in rows if row for mention in row]
    values: dict[str, Sequence[Any]] = dict.fromkeys(Mention._fields, ())
    values |= zip(Mention._fields, zip(*mentions, strict=True), strict=False)
    values["candidates"] = [[c._asdict() for c in found] for found in values["candidates"]]
    values["holder"] = [holder and holder._asdict() for holder in values["holder"]]
    fields = [MENTION.field(number) for number in range(MENTION.num_fields)]
    arrays = [pa.array(values[field.name], field.type) for field in fields]
    offsets: list[int | None] = []
    end = 0
    for row in rows:
        offsets.append(None if row is None else end)
        end += len(row or ())
    structs = pa.StructArray.from_arrays(arrays, fields=fields)
    starts = pa.array([*offsets, end], pa.int32())
    return pa.ListArray.from_arrays(starts, structs, type=pa.list_(MENTION))
