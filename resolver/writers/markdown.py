r"""Markdown: the text with ``[surface](id)`` in it, ``[surface](?)`` where that stayed ambiguous.

It is how the examples of packs are written, and `resolver.packs.examples.parse_marks` reads it
back. A bracket that is part of the text is written ``\[``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from resolver.models import Result
from resolver.packs.examples import AMBIGUOUS, Expected, write_marks
from resolver.writers import Options
from resolver.writers.spans import checked, disjoint


def write(results: Iterable[Result], options: Options) -> Iterator[str]:
    """Yield each text, under its id as a comment where there are several."""
    del options  # there are no offsets in it
    for number, result in enumerate(checked(results)):
        marks = (
            Expected(mention.start, mention.end, mention.entity_id or AMBIGUOUS)
            for mention in disjoint(result.mentions)
        )
        text = write_marks(result.document.text, marks)
        before = f"\n<!-- {_comment(result.document.id)} -->\n\n" if number else ""
        yield before + text + ("" if text.endswith("\n") else "\n")


def _comment(document_id: str | None) -> str:
    return (document_id or "text").replace("--", "- -").replace("\n", " ").replace(">", "")
