"""Threat actors, malware and tools for resolver: a pack, and the spellings of its names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from resolver import Document, hookimpl
from resolver.analysis import Analysis
from resolver.findings import Rule
from resolver.models import Alias
from resolver_threat_actors.beside import WORD_BESIDE
from resolver_threat_actors.identity import identity_rule
from resolver_threat_actors.spelling import spellings

resolver_api = 1


@hookimpl
def resolver_packs() -> Iterable[Path]:
    """Bring the pack."""
    return [Path(__file__).parent / "threat-actors.yaml"]


@hookimpl
def resolver_variants(alias: Alias) -> Iterable[Alias]:
    """Find names of threat actors, malware and tools in other spellings too."""
    return list(spellings(alias))


@hookimpl
def resolver_rules(analyse: Callable[[Document], Analysis]) -> Iterable[Rule]:
    """Let actors that other packs know too be those of this pack, and heed the word beside."""
    return [identity_rule(analyse), *WORD_BESIDE]
