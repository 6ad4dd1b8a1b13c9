"""W3C Web Annotations: one JSON-LD page of annotations, one annotation a mention.

Offsets are code points, as the Web Annotation Data Model has it; what is quoted around a mention
lets it be found again where the text has changed. An ambiguous mention has a choice of bodies.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from resolver.models import Mention, Result
from resolver.writers import Options
from resolver.writers.naming import document_iri, entity_iri
from resolver.writers.spans import checked, only_in

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32


def write(results: Iterable[Result], options: Options) -> Iterator[str]:
    """Yield the page, an annotation a line."""
    only_in("codepoint", options, "w3c")
    yield f'{{"@context": "{CONTEXT}", "type": "AnnotationPage", "items": ['
    separator = "\n"
    for result in checked(results):
        for mention in result.mentions:
            annotation = json.dumps(_annotation(result, mention), ensure_ascii=False)
            yield f"{separator}{annotation}"
            separator = ",\n"
    yield "\n]}\n"


def _annotation(result: Result, mention: Mention) -> dict[str, Any]:
    text = result.document.text
    source = document_iri(result.document.id)
    entities = [mention.entity_id] if mention.entity_id else [c[0] for c in mention.candidates]
    bodies = [
        {"type": "SpecificResource", "purpose": "identifying", "source": entity_iri(entity)}
        for entity in entities
    ]
    return {
        "id": f"{source}#mention={mention.start},{mention.end}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": bodies[0] if mention.entity_id else {"type": "Choice", "items": bodies},
        "target": {
            "source": source,
            "selector": [
                {"type": "TextPositionSelector", "start": mention.start, "end": mention.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": mention.surface,
                    "prefix": text[max(0, mention.start - _AROUND) : mention.start],
                    "suffix": text[mention.end : mention.end + _AROUND],
                },
            ],
        },
    }
