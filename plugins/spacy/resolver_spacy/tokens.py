"""Mentions and tokens: spans of whole tokens, and tokens split where mentions begin and end."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from resolver import Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

ALIGNMENT_MODES = ("expand", "contract", "strict", "retokenize")


def aligned(doc: Doc, mention: Mention, mode: str, label: str) -> Span | None:
    """Return the tokens of a mention, or ``None`` where the mode allows none."""
    return doc.char_span(
        mention.start,
        mention.end,
        label=label,
        kb_id=mention.entity_id or "",
        alignment_mode="strict" if mode == "retokenize" else mode,
    )


def split_tokens(doc: Doc, places: Iterable[int]) -> None:
    """Split the tokens that have a place inside them.

    Args:
        doc: The document, whose tokens change.
        places: Offsets into its text.
    """
    begins = [token.idx for token in doc]
    cuts: defaultdict[int, set[int]] = defaultdict(set)
    for place in places:
        number = bisect_right(begins, place) - 1
        if 0 < place - begins[number] < len(doc[number]):
            cuts[number].add(place - begins[number])
    with doc.retokenize() as retokenizer:
        for number, inside in cuts.items():
            token = doc[number]
            pieces = [token.text[a:b] for a, b in pairwise((0, *sorted(inside), len(token)))]
            head = (token, 0) if token.head == token else token.head
            retokenizer.split(token, pieces, heads=[head, *[(token, 0)] * (len(pieces) - 1)])
