"""Mentions and tokens: which tokens a mention is."""

from __future__ import annotations

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
