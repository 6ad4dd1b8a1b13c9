"""The work for a text grows as its length does, whatever stands in it again and again.

Counted are calls of functions, which are the same on every machine, and not seconds.
"""

from __future__ import annotations

import sys

import pytest

from resolver import Resolver

UNITS = [
    "Foreign Secretary ",
    "aA",
    "IranMoD ",
    "IRGC (Islamic Revolutionary Guard Corps) ",
    "Simon Gass met Gass. ",
    "President Ghani and the president. ",
    "Bush Bush Kabul, the network. ",
    "Tehran (MoD)  ",
    "the network, Kabul, ",
]
SMALL, LARGE = 4_000, 16_000  # characters


def calls(resolver, text: str) -> int:
    """Return how many functions are called, ours and those of the interpreter."""
    counted = 0

    def count(_frame, event: str, _argument) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        resolver.resolve(text)
    finally:
        sys.setprofile(before)
    return counted


@pytest.fixture(scope="module")
def built(bundled) -> Resolver:
    """A resolver that does not come to build its engine while calls are counted."""
    return Resolver(bundled.gazetteer, engine="ahocorasick")


@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_text_takes_four_times_the_work(built, unit):
    texts = [unit * (length // len(unit)) for length in (SMALL, LARGE)]
    for text in texts:
        built.resolve(text)  # what is remembered of surfaces and packs is so by now
    small, large = (calls(built, text) for text in texts)
    assert large < 5 * small
