"""Write results: one module a format."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from resolver.deferred import Deferred
from resolver.hookspecs import hookimpl
from resolver.models import Result

__all__ = ["Options", "Writer"]


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


class Writer(NamedTuple):
    """A format that results are written in.

    Attributes:
        name: What ``--format`` calls it.
        write: Called once with all results and the `Options`; returns the pieces to write, in
            order. Results come one at a time as it asks for them, so a writer that returns a
            generator holds one at a time.
        binary: Whether the pieces are `bytes`; otherwise they are `str`.
        by_document: Whether there is one piece for each result, and nothing else in it, so that
            documents can be written anywhere and put together later: what a long job needs to go
            on within a file, and several processes to share the writing.
        suffix: The ending of files in that format, dot included; a dot and the name if empty.
    """

    name: str
    write: Callable[[Iterable[Result], Options], Iterable[str | bytes]]
    binary: bool = False
    by_document: bool = False
    suffix: str = ""


@hookimpl
def resolver_writers() -> list[Writer]:
    """Return the writers that come with resolver."""
    return [
        Writer("brat", Deferred("resolver.writers.brat:write"), binary=True, suffix=".zip"),
        Writer("cas", Deferred("resolver.writers.cas:write"), binary=True, suffix=".zip"),
        Writer("conll", Deferred("resolver.writers.conll:write"), by_document=True),
        Writer("csv", Deferred("resolver.writers.csv:write")),
        Writer(
            "doccano",
            Deferred("resolver.writers.labelling:write_doccano"),
            by_document=True,
            suffix=".jsonl",
        ),
        Writer("html", Deferred("resolver.writers.html:write")),
        Writer("jsonl", Deferred("resolver.writers.jsonl:write"), by_document=True),
        Writer(
            "labelstudio",
            Deferred("resolver.writers.labelling:write_label_studio"),
            suffix=".json",
        ),
        Writer("markdown", Deferred("resolver.writers.markdown:write"), suffix=".md"),
        Writer("nif", Deferred("resolver.writers.nif:write"), by_document=True, suffix=".ttl"),
        Writer("parquet", Deferred("resolver.writers.parquet:write"), binary=True),
        Writer("spacy", Deferred("resolver.writers.spacy:write"), binary=True),
        Writer("table", Deferred("resolver.writers.table:write"), by_document=True, suffix=".txt"),
        Writer("tsv", Deferred("resolver.writers.csv:write_tabs")),
        Writer("w3c", Deferred("resolver.writers.w3c:write"), suffix=".jsonld"),
    ]
