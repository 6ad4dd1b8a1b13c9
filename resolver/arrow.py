"""Arrow record batches in, the same with mentions out: for data frames, Parquet and engines.

Offsets are code points of the text, end exclusive, as everywhere. A row that cannot be tagged has
no mentions and says why in a column of its own, so that one bad row never loses the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, NamedTuple

from resolver.dates import is_date_of_document
from resolver.errors import ConfigurationError, PluginError
from resolver.extras import library
from resolver.limits import SIZE_LIMIT, larger_texts, size_text
from resolver.mention_arrays import MENTION, mentions_array
from resolver.models import Document, Mention
from resolver.packs import bundled_folder, pack_files
from resolver.pipeline import Resolver

if TYPE_CHECKING:
    import pyarrow as pa
else:
    pa = library("pyarrow", "arrow")

__all__ = [
    "MENTION",
    "Columns",
    "load_once",
    "packs_digest",
    "tag_batches",
    "tag_table",
    "tagged_schema",
]

_KEPT = 2
_loaded: dict[str, Resolver] = {}


class Columns(NamedTuple):
    """The names of columns.

    Attributes:
        text: The texts.
        id: Ids, which messages name documents by; need not be there.
        date: ISO dates, days or timestamps; need not be there.
        mentions: Where mentions are written; a column of that name is replaced.
        error: Where it is written why a row was not tagged, or that its date is none; a column of
            that name is replaced.
    """

    text: str = "text"
    id: str = "id"
    date: str = "date"
    mentions: str = "mentions"
    error: str = "error"


def tag_batches(
    batches: Iterable[pa.RecordBatch],
    resolver: Resolver | Mapping[str, Any],
    *,
    text_column: str = "text",
    id_column: str = "id",
    date_column: str = "date",
    mentions_column: str = "mentions",
    error_column: str = "error",
    date: str | None = None,
    overlaps: str = "none",
    size_limit: int = SIZE_LIMIT,
) -> Iterator[pa.RecordBatch]:
    """Tag record batches one at a time.

    Args:
        batches: Any number of them; each must have the text column, as strings or as bytes of
            UTF-8.
        resolver: A resolver, or the arguments of `load_once`, which is then called here.
        text_column: The column of texts.
        id_column: The column of ids, if there is one of that name.
        date_column: The column of dates, if there is one of that name.
        mentions_column: The column to write mentions to, as lists of `MENTION`; null for a row
            that was not tagged.
        error_column: The column to write to why a row was not tagged, or that it was tagged as one
            without a date, since that is none; otherwise null.
        date: ISO date of rows that have none.
        overlaps: As for `Resolver.resolve`.
        size_limit: How many bytes of UTF-8 a text may have; a row with a larger one is not tagged.

    Returns:
        As many batches as came in, with the same rows in the same order; see `tagged_schema`.

    Raises:
        ConfigurationError: There is no text column, or the column of dates holds no dates.
    """
    if isinstance(resolver, Mapping):
        resolver = load_once(**resolver)
    columns = Columns(text_column, id_column, date_column, mentions_column, error_column)
    for batch in batches:
        rows = list(_rows(batch, columns, size_limit))
        mentions, errors = _resolve(resolver, rows, date=date, overlaps=overlaps)
        added = [mentions_array(mentions), pa.array(errors, pa.string())]
        schema = tagged_schema(batch.schema, columns.mentions, columns.error)
        kept = [
            column
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
            if name not in {columns.mentions, columns.error}
        ]
        yield pa.RecordBatch.from_arrays([*kept, *added], schema=schema)


def tag_table(table: pa.Table, resolver: Resolver | Mapping[str, Any], **options: Any) -> pa.Table:
    """Tag a table that fits into memory; the options are those of `tag_batches`."""
    batches = tag_batches(table.to_batches(), resolver, **options)
    names = {name: options[name] for name in ("mentions_column", "error_column") if name in options}
    return pa.Table.from_batches(batches, tagged_schema(table.schema, **names))


def tagged_schema(
    schema: pa.Schema, mentions_column: str = "mentions", error_column: str = "error"
) -> pa.Schema:
    """Return what a schema becomes: its columns, then mentions and error."""
    kept = [field for field in schema if field.name not in {mentions_column, error_column}]
    added = [(mentions_column, pa.list_(MENTION)), (error_column, pa.string())]
    return pa.schema([*kept, *(pa.field(*pair) for pair in added)], metadata=schema.metadata)


def load_once(
    packs: Iterable[str | Path] = (), *, bundled: bool = True, **options: Any
) -> Resolver:
    """Load a resolver, or return the one that this process has loaded from the same content.

    Engines call a function again and again in the same worker process; the last few resolvers are
    kept there.

    Args:
        packs: As for `Resolver.load`, and so are the others.
        bundled: Whether to load the packs that come with resolver.
        options: ``plugins``, ``engine``, ``without_rules``.
    """
    packs = list(packs)
    key = f"{packs_digest(packs, bundled=bundled)} {bundled} {sorted(options.items())!r}"
    if key not in _loaded:
        loaded = Resolver.load(packs, bundled=bundled, **options)
        for old in list(_loaded)[: 1 - _KEPT]:
            del _loaded[old]
        _loaded[key] = loaded
    return _loaded[key]


def packs_digest(packs: Iterable[str | Path], *, bundled: bool = True) -> str:
    """Return a digest of the content of packs, wherever they lie."""
    files = pack_files([*([bundled_folder()] if bundled else ()), *packs])
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


class _Row(NamedTuple):
    """The document of a row, if there is one, and what is wrong with the row, if anything."""

    document: Document | None
    error: str | None = None


def _rows(batch: pa.RecordBatch, columns: Columns, size_limit: int) -> Iterator[_Row]:
    names = batch.schema.names
    if columns.text not in names:
        has = ", ".join(names) or "none"
        raise ConfigurationError(
            f"there is no column {columns.text}, name the column of texts; the columns are {has}"
        )
    nothing = pa.nulls(batch.num_rows)
    ids = batch.column(columns.id) if columns.id in names else nothing
    dates = _dates(batch.column(columns.date)) if columns.date in names else nothing
    texts = batch.column(columns.text)
    large = larger_texts(texts, size_limit)
    for row, (text, id_, date) in enumerate(zip(texts, ids, dates, strict=True)):
        if row in large:
            message = f"the text is larger than {size_text(size_limit)}"
            yield _Row(None, f"{message}, split it or raise size_limit")
        else:
            yield _row(text, id_, date)


def _row(text: pa.Scalar, id_: pa.Scalar, date: pa.Scalar) -> _Row:
    # Arrow does not look whether strings are UTF-8; Python finds out on the way.
    try:
        value = text.as_py()
        value = value.decode("utf-8") if isinstance(value, bytes) else value
    except UnicodeDecodeError as error:
        return _Row(None, f"byte {error.start} of the text is not UTF-8, convert it")
    if value is None:
        return _Row(None, "the text is null")
    if not isinstance(value, str):
        return _Row(None, f"the text is {type(value).__name__}, convert it to a string")
    try:
        name = None if id_.as_py() is None else str(id_.as_py())
        day = date.as_py()
    except UnicodeDecodeError:
        return _Row(None, "the id or the date is not UTF-8, convert it")
    if not day or is_date_of_document(day):
        return _Row(Document(value, name, day))
    message = f"date {shorten(day, 60)} is no date, so the row counts as one without"
    return _Row(Document(value, name), f"{message}; write a day as 2020-01-21")


def _dates(column: pa.Array) -> pa.Array:
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return column.cast(pa.date32()).cast(pa.string())
    if pa.types.is_null(kind) or "string" in str(kind):
        return column
    raise ConfigurationError(f"the column of dates is {kind}, it must hold dates or ISO strings")


def _resolve(
    resolver: Resolver, rows: Sequence[_Row], **options: Any
) -> tuple[list[Sequence[Mention] | None], list[str | None]]:
    """Return the mentions of each row, and what is wrong with it."""
    documents = [row.document for row in rows if row.document]
    outcomes: Iterator[Sequence[Mention] | str]
    try:
        outcomes = iter([r.mentions for r in resolver.resolve_many(documents, **options)])
    except PluginError:
        # A plugin went wrong in one of them; the others are not to be lost.
        outcomes = (_outcome(resolver, document, options) for document in documents)
    tagged = [next(outcomes) if row.document else None for row in rows]
    return (
        [None if isinstance(outcome, str) else outcome for outcome in tagged],
        [
            outcome if isinstance(outcome, str) else row.error
            for row, outcome in zip(rows, tagged, strict=True)
        ],
    )


def _outcome(
    resolver: Resolver, document: Document, options: Mapping[str, Any]
) -> Sequence[Mention] | str:
    try:
        return resolver.resolve(document, **options).mentions
    except PluginError as error:
        return str(error)
