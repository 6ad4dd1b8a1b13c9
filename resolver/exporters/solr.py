"""Synonyms of Solr, Lucene, Elasticsearch and OpenSearch, one line an entity.

The first of a line is the name of the entity where that is among its aliases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from resolver.exporters.selection import Selection

# What separates, what begins a comment, and what escapes these.
_SPECIAL = re.compile(r"[,\\]|=>|^#")


def write(selection: Selection) -> Iterator[str]:
    """Yield a line for each entity with more than one alias."""
    for owner, texts in selection.owners:
        first = [owner.name] if owner.name in texts else []
        line = [_escaped(text) for text in dict.fromkeys([*first, *texts])]
        if len(line) > 1:
            yield ", ".join(line) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: "".join(f"\\{char}" for char in found[0]), text)
