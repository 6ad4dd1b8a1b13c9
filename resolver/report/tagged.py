"""Mentions that were found before, as ``resolver tag --format jsonl`` writes them into records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from resolver.models import Candidate, Document, Mention, Result
from resolver.readers.sources import BadInput


def take_mentions(documents: Iterable[Document], field: str) -> Iterator[Result | BadInput]:
    """Yield documents with the mentions that their records hold, in order.

    Args:
        documents: As read from JSONL; offsets of mentions count code points.
        field: The field of a record that holds its mentions.
    """
    for document in documents:
        listed = document.fields.get(field)
        if isinstance(listed, list):
            yield _result(document, listed, field)
        else:
            message = f"the record has no list {field}, leave out --tagged to tag it now"
            yield BadInput(document.id or "-", message)


def _result(document: Document, listed: Sequence[Any], field: str) -> Result | BadInput:
    mentions = []
    for number, record in enumerate(listed, 1):
        fault = _fault(record, document.text)
        if fault:
            return BadInput(document.id or "-", f"mention {number} of {field} {fault}")
        mentions.append(_mention(record))
    return Result(document, tuple(sorted(mentions, key=lambda m: (m.start, m.end))))


def _fault(record: Any, text: str) -> str | None:
    """Return what is wrong with the record of a mention."""
    if not isinstance(record, dict):
        return "is no record, write what resolver tag writes"
    span, surface = (record.get("start"), record.get("end")), record.get("surface")
    if not _is_span(span, text) or text[span[0] : span[1]] != surface:
        return "does not stand where it says, write offsets in code points"
    if record.get("status") == "resolved" and not isinstance(record.get("entity_id"), str):
        return "is resolved but has no entity_id, add it"
    wrong = next((name for name, fits in _FORMS.items() if not fits(record.get(name), text)), None)
    return f"has another {wrong} than resolver tag writes, mend it" if wrong else None


def _is_span(value: Any, text: str) -> bool:
    ints = isinstance(value, list | tuple) and len(value) == 2 and {*map(type, value)} == {int}
    return ints and 0 <= value[0] < value[1] <= len(text)


def _is_text(value: Any, _text: str) -> bool:
    return value is None or isinstance(value, str)


def _is_candidate(value: Any, _text: str) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(k), str) for k in Candidate._fields)


def _is_list_of(fits: Any) -> Any:
    return lambda value, text: (
        value is None
        or (
            isinstance(value, list) and all(item is not None and fits(item, text) for item in value)
        )
    )


_FORMS: Mapping[str, Any] = {
    "status": lambda value, _: value in ("resolved", "ambiguous"),
    "name": _is_text,
    "type": _is_text,
    "kind": _is_text,
    "pack": _is_text,
    "source": _is_text,
    "line": lambda value, _: value is None or type(value) is int,
    "candidates": _is_list_of(_is_candidate),
    "why": _is_list_of(_is_text),
    "holder": lambda value, text: value is None or _is_candidate(value, text),
    "antecedent": lambda value, text: value is None or _is_span(value, text),
}


def _candidate(record: Mapping[str, str]) -> Candidate:
    return Candidate(record["entity_id"], record["name"])


def _mention(record: Mapping[str, Any]) -> Mention:
    resolved = record["status"] == "resolved"
    why = tuple(record.get("why") or ())
    return Mention(
        record["start"],
        record["end"],
        record["surface"],
        record["entity_id"] if resolved else None,
        (record.get("name") or record["entity_id"]) if resolved else None,
        record.get("type"),
        record["status"],
        record.get("kind") or "full",
        record.get("pack") or "",
        record.get("line") or 0,
        () if resolved else tuple(map(_candidate, record.get("candidates") or ())),
        _candidate(record["holder"]) if record.get("holder") else None,
        tuple(record["antecedent"]) if record.get("antecedent") else None,
        bool(record.get("glued")),
        record.get("source"),
        lambda _mention: why,
    )
