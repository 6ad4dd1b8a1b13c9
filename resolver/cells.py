"""Cells of tables that spreadsheets open: none of them runs as a formula."""

from __future__ import annotations

import re
from typing import Any

# What spreadsheets take for the beginning of a formula. Apostrophes before it count in, so that
# `original` knows which ones are ours.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def inert(cell: Any) -> Any:
    """Return a cell, with an apostrophe in front if it would be a formula."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def original(cell: str) -> str:
    """Return a cell as it was before `inert`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
