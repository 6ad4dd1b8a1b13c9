"""Engines that walk framed text. They find the same places; only speed and size differ.

``flashtext`` walks the trie of the FlashText package in pure Python and is the reference;
``ahocorasick`` is a compiled automaton.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Protocol

from resolver.errors import ConfigurationError

ENGINES = ("ahocorasick", "flashtext")


class Matcher(Protocol):
    """Finds every occurrence of every pattern."""

    def find(self, framed: str) -> list[tuple[int, int]]:
        """Return ``(start, pattern number)`` of all occurrences, overlapping ones too.

        Args:
            framed: A framed text; offsets are code points of it.

        Returns:
            In no particular order; each occurrence once.
        """


def build_matcher(patterns: Sequence[str], engine: str = "auto") -> Matcher:
    """Compile patterns for an engine.

    Args:
        patterns: Framed patterns, each once.
        engine: ``ahocorasick``, ``flashtext``, or ``auto`` for the fastest that is installed.

    Raises:
        ConfigurationError: The engine is unknown or not installed.
    """
    if engine not in {"auto", *ENGINES}:
        known = ", ".join(ENGINES)
        raise ConfigurationError(f"engine {engine} is unknown, use auto or one of {known}")
    for name in ENGINES if engine == "auto" else (engine,):
        try:
            module = importlib.import_module(f"resolver.matchers.{name}")
        except ModuleNotFoundError as error:
            missing = error.name
            continue
        matcher: Matcher = module.build(patterns)
        return matcher
    raise ConfigurationError(f"engine {engine} needs {missing}, install it with pip")
