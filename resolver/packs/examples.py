r"""Examples in packs: a text in which every mention that is to be found is marked.

``[surface](id)`` marks a mention, ``[surface](?)`` one that stays ambiguous; a bracket that is part
of the text is written ``\[``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from resolver.models import Example

AMBIGUOUS = "?"
# What is marked is no longer than a name may be (with white space as it stands): else a text full
# of brackets that nothing closes takes time that grows with its square.
_MARK = re.compile(
    r"\\(?P<escaped>[\[\]\\])|\[(?P<surface>(?:\\.|[^\]\\]){1,2000})\]\((?P<id>[^()\s]+)\)"
)


class Expected(NamedTuple):
    """A mention that is to be found; ``entity_id`` is ``?`` where it is to stay ambiguous."""

    start: int
    end: int
    entity_id: str


class MarkedText(NamedTuple):
    """A text without its marks, and what they say."""

    text: str
    expected: tuple[Expected, ...]


def parse_marks(marked: str) -> MarkedText:
    """Return the text of an example and its expected mentions, ordered by place."""
    pieces: list[str] = []
    expected: list[Expected] = []
    length = done = 0
    for found in _MARK.finditer(marked):
        before = marked[done : found.start()]
        inside = found["escaped"] or re.sub(r"\\(.)", r"\1", found["surface"] or "")
        start = length + len(before)
        length = start + len(inside)
        pieces += before, inside
        if found["id"]:
            expected.append(Expected(start, length, found["id"]))
        done = found.end()
    pieces.append(marked[done:])
    return MarkedText("".join(pieces), tuple(expected))


def write_marks(text: str, expected: Iterable[Expected]) -> str:
    """Return a text with marks, which `parse_marks` reads back.

    Args:
        text: The text without marks.
        expected: What is to be marked, disjoint and ordered by place.
    """
    pieces: list[str] = []
    done = 0
    for start, end, entity_id in expected:
        surface = re.sub(r"[\]\\]", r"\\\g<0>", text[start:end])
        pieces += _escaped(text[done:start]), f"[{surface}]({entity_id})"
        done = end
    pieces.append(_escaped(text[done:]))
    return "".join(pieces)


def _escaped(text: str) -> str:
    # Behind the end of a piece a mark begins, whose bracket a backslash would escape.
    return re.sub(r"\[|\\(?=[\[\]\\]|\Z)", r"\\\g<0>", text)


def ids_in(example: Example) -> set[str]:
    """Return the ids that an example refers to."""
    return {mark.entity_id for mark in parse_marks(example.text).expected} - {AMBIGUOUS}
