"""Packs: YAML tables of entities, offices, suppressions and examples."""

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
