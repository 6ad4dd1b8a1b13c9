"""Tasks for labelling tools: Label Studio and doccano.

Offsets are code points in both. An ambiguous mention is labelled with the type that its candidates
share, ``ambiguous`` if they share none; in Label Studio it carries its candidates.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from resolver.models import Mention, Result
from resolver.writers import Options
from resolver.writers.naming import label_of
from resolver.writers.spans import checked, only_in


def write_label_studio(results: Iterable[Result], options: Options) -> Iterator[str]:
    """Yield a JSON list of tasks, each with its mentions as predictions."""
    only_in("codepoint", options, "labelstudio")
    yield "["
    separator = "\n"
    for result in checked(results):
        yield separator + json.dumps(_task(result), ensure_ascii=False)
        separator = ",\n"
    yield "\n]\n"


def _task(result: Result) -> dict[str, Any]:
    document = result.document
    data = {"text": document.text, "id": document.id, "date": document.date}
    regions = [_region(number, mention) for number, mention in enumerate(result.mentions, 1)]
    return {
        "data": {key: value for key, value in data.items() if value is not None},
        "predictions": [{"model_version": "resolver", "result": regions}],
    }


def _region(number: int, mention: Mention) -> dict[str, Any]:
    described: dict[str, Any] = {"status": mention.status, "kind": mention.kind}
    if mention.entity_id:
        described |= {"entity_id": mention.entity_id, "name": mention.name}
    else:
        described["candidates"] = [candidate._asdict() for candidate in mention.candidates]
    return {
        "id": f"m{number}",
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {
            "start": mention.start,
            "end": mention.end,
            "text": mention.surface,
            "labels": [label_of(mention)],
        },
        "meta": described,
    }


def write_doccano(results: Iterable[Result], options: Options) -> Iterator[str]:
    """Yield one line a document with its labels; other fields become metadata in doccano."""
    only_in("codepoint", options, "doccano")
    for result in checked(results):
        document = result.document
        labels = [[m.start, m.end, label_of(m)] for m in result.mentions]
        entities = [mention.entity_id or "?" for mention in result.mentions]
        record = {"document": document.id, "text": document.text, "label": labels}
        # In ASCII: doccano guesses the encoding of a file.
        yield json.dumps({**record, "entities_of_labels": entities}) + "\n"
