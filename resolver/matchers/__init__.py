"""Engines that walk framed text. They find the same places; only speed and size differ.

``flashtext`` walks the trie of the FlashText package in pure Python and is the reference;
``ahocorasick`` is a compiled automaton. ``auto`` searches the first few texts without building
anything and then takes the automaton, or the trie where that is all there is.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from resolver.errors import ConfigurationError
from resolver.matchers.bisection import GrowingMatcher
from resolver.matchers.protocol import Matcher

__all__ = ["ENGINES", "Matcher", "build_matcher"]

ENGINES = ("ahocorasick", "flashtext")


def build_matcher(patterns: Sequence[str], engine: str = "auto") -> Matcher:
    """Compile patterns for an engine.

    Args:
        patterns: Framed patterns, each once, sorted by `resolver.framing.pattern_order`.
        engine: ``ahocorasick``, ``flashtext``, or ``auto`` for the fastest that is installed.

    Raises:
        ConfigurationError: The engine is unknown or not installed.
    """
    if engine == "auto":
        return GrowingMatcher(patterns, _build_fastest)
    if engine not in ENGINES:
        known = ", ".join(ENGINES)
        raise ConfigurationError(f"engine {engine} is unknown, use auto or one of {known}")
    return _build(patterns, engine)


def _build_fastest(patterns: Sequence[str]) -> Matcher:
    for engine in ENGINES[:-1]:
        try:
            return _build(patterns, engine)
        except ConfigurationError:
            continue
    return _build(patterns, ENGINES[-1])


def _build(patterns: Sequence[str], engine: str) -> Matcher:
    try:
        module = importlib.import_module(f"resolver.matchers.{engine}")
    except ModuleNotFoundError as error:
        message = f"engine {engine} needs {error.name}, install it: pip install {error.name}"
        raise ConfigurationError(message) from None
    matcher: Matcher = module.build(patterns)
    return matcher
