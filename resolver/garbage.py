"""When Python's cyclic garbage collector runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the cyclic garbage collector.

    For what makes many objects and hardly any cycles: loading packs, resolving a batch. The
    collector counts objects that are made and looks through the young ones every few hundred; what
    it would find there is next to nothing, and looking takes a third of the time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
