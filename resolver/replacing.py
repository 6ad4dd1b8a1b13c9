"""Rewrite a text with canonical names, and carry spans between both texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from resolver.findings import Span
from resolver.models import Mention, Result
from resolver.offsets import carry


class Edit(NamedTuple):
    """A stretch that was replaced: where it stood, and where its replacement stands."""

    start: int
    end: int
    new_start: int
    new_end: int


class Replaced:
    """A rewritten text and the map between it and the original, in both directions.

    Between two edits both texts are the same. An edit is one piece: a span that ends inside it is
    widened to all of it on the other side.

    Attributes:
        text: The rewritten text.
        edits: What was replaced, in order.
    """

    def __init__(self, text: str, edits: Sequence[Edit]) -> None:
        """Keep the text and the edits, which are disjoint and ascending."""
        self.text = text
        self.edits: tuple[Edit, ...] = tuple(edits)
        self._old = [(edit.start, edit.end, edit.new_start, edit.new_end) for edit in self.edits]
        self._new = [(edit.new_start, edit.new_end, edit.start, edit.end) for edit in self.edits]

    def to_original(self, start: int, end: int) -> Span:
        """Return the span of the original that a span of the rewritten text stands for."""
        return carry(self._new, start, end)

    def to_replaced(self, start: int, end: int) -> Span:
        """Return the span of the rewritten text that a span of the original became."""
        return carry(self._old, start, end)


def replace_mentions(result: Result, by: Literal["name", "id"] = "name") -> Replaced:
    """Put canonical names, or ids, in place of the surfaces of resolved mentions.

    Args:
        result: Mentions that do not overlap; ambiguous ones are left as they stand.
        by: What to write.
    """
    text = result.document.text
    pieces: list[str] = []
    edits: list[Edit] = []
    length = done = 0
    for mention in result.mentions:
        if mention.status != "resolved":
            continue
        new = _written(mention, by)
        pieces += text[done : mention.start], new
        length += mention.start - done
        edits.append(Edit(mention.start, mention.end, length, length + len(new)))
        length += len(new)
        done = mention.end
    pieces.append(text[done:])
    return Replaced("".join(pieces), edits)


def _written(mention: Mention, by: Literal["name", "id"]) -> str:
    return (mention.name if by == "name" else mention.entity_id) or mention.surface
