"""What every engine offers."""

from __future__ import annotations

from typing import Protocol


class Matcher(Protocol):
    """Finds every occurrence of every pattern."""

    def find(self, framed: str) -> list[tuple[int, int, int]]:
        """Return ``(pattern number, start, end)`` of all occurrences, overlapping ones too.

        Args:
            framed: A framed text; offsets are code points of it.

        Returns:
            In no particular order; each occurrence once.
        """
