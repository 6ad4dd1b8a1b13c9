"""Functions that are imported when they are first called."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Deferred:
    """A function known by its place, so that naming it costs no import.

    >>> Deferred("textwrap:dedent")("  text")
    'text'

    Attributes:
        place: ``package.module:function``.
    """

    place: str

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Import the function and call it."""
        module, _, name = self.place.partition(":")
        return getattr(import_module(module), name)(*args, **kwargs)
