"""Patterns of spaCy's EntityRuler and SpanRuler, one JSON record a line.

The type is the label, the id of the entity the ``id``, which spaCy gives back as ``ent_id_``.
Patterns are compared letter for letter there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from resolver.exporters.selection import Selection


def write(selection: Selection) -> Iterator[str]:
    """Yield a line for each alias."""
    for owner, texts in selection.owners:
        for text in texts:
            record = {"label": owner.type, "pattern": text, "id": owner.id}
            yield json.dumps(record, ensure_ascii=False) + "\n"
