"""Packs: YAML tables of entities, offices, suppressions and examples.

The names below are imported from their modules when first used: whoever finds packs compiled needs
no YAML reader, which takes as long to import as all the rest.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from resolver.packs.finding import bundled_folder, pack_files
    from resolver.packs.reading import check_together, parse_pack, read_pack
    from resolver.packs.schema import json_schema

__all__ = [
    "bundled_folder",
    "check_together",
    "json_schema",
    "pack_files",
    "parse_pack",
    "read_pack",
]
_HOMES = {
    "bundled_folder": "finding",
    "check_together": "reading",
    "json_schema": "schema",
    "pack_files": "finding",
    "parse_pack": "reading",
    "read_pack": "reading",
}


def __getattr__(name: str) -> Any:
    """Import a name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
