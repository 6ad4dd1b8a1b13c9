"""Patterns of spaCy's EntityRuler and SpanRuler: https://spacy.io/usage/rule-based-matching."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from resolver.compression import inner_suffix
from resolver.errors import InputError
from resolver.importers.drafts import alias, entity, identifier, slug, tidy
from resolver.importers.files import leave_out, read_json, read_json_lines, text_of
from resolver.importers.options import with_defaults
from resolver.models import Alias, Entity

_TYPES = {
    "EVENT": "event",
    "FAC": "place",
    "GPE": "place",
    "LOC": "place",
    "NORP": "group",
    "ORG": "organisation",
    "PER": "person",
    "PERSON": "person",
}
_JOINING = re.compile(r" ([-‐–/]) ")
_OPENING = re.compile(r"([(\[«“]) ")
_CLOSING = re.compile(r" ([.,;:!?)\]»”]|['’](?:s|S)?(?!\S))")


def read(files: Sequence[Path], options: Mapping[str, str]) -> Iterator[Entity]:
    """Yield an entity for each id, or for each pattern that has none.

    A pattern of tokens is an alias if each token is given by ``LOWER``, ``ORTH`` or ``TEXT`` alone.
    """
    with_defaults(options, {})
    found: dict[str, tuple[str, str, list[Alias]]] = {}
    for path in files:
        for place, record in _records(path):
            label = text_of(record, "label")
            if not label or "pattern" not in record:
                raise InputError(f"{place}: is no pattern of spaCy, it has no label or no pattern")
            listed = _alias(record["pattern"])
            if listed is None:
                leave_out(place, "a pattern that is more than words")
                continue
            type_ = _TYPES.get(label, slug(label))
            key = identifier(type_, text_of(record, "id") or slug(listed.text))
            name = text_of(record, "id") if " " in text_of(record, "id") else listed.text
            found.setdefault(key, (name, type_, []))[2].append(listed)
    for id_, (name, type_, aliases) in found.items():
        yield entity(id_, name, type_, aliases)


def _records(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    if inner_suffix(path) != ".json":
        yield from read_json_lines(path)
        return
    records = read_json(path)
    if not isinstance(records, list) or not all(isinstance(r, dict) for r in records):
        raise InputError(f"{path}: is no list of patterns")
    for number, record in enumerate(records, start=1):
        yield f"{path}, pattern {number}", record


def _alias(pattern: Any) -> Alias | None:
    if isinstance(pattern, str):
        return alias(tidy(pattern), case="exact") if pattern.strip() else None
    if not isinstance(pattern, list) or not pattern:
        return None
    words: list[str] = []
    lower = True
    for token in pattern:
        if not isinstance(token, dict) or len(token) != 1:
            return None
        ((key, value),) = token.items()
        if key.upper() not in {"LOWER", "ORTH", "TEXT"} or not isinstance(value, str):
            return None
        lower = lower and key.upper() == "LOWER"
        words.append(value)
    return alias(tidy(_joined(words)), case="any" if lower else "exact")


def _joined(words: Sequence[str]) -> str:
    """Return the text of tokens: spaCy makes punctuation inside words tokens of its own.

    >>> _joined(["al", "-", "Qaeda"]), _joined(["Yahoo", "!", "Inc", "."])
    ('al-Qaeda', 'Yahoo! Inc.')
    >>> _joined(["A", "'s", "B"])
    "A's B"
    """
    text = _JOINING.sub(r"\1", " ".join(words))
    return _OPENING.sub(r"\1", _CLOSING.sub(r"\1", text))
