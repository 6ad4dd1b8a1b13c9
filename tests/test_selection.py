"""Which of several overlapping places count: against a slow and obvious statement of it.

What is allowed at all is held against ``tests/naive.py`` elsewhere; here it is taken as given, and
what is left of it is worked out place by place.
"""

from __future__ import annotations

from itertools import permutations

import pytest
from alphabet import NASTY, share, texts
from hypothesis import given
from hypothesis import strategies as st

from resolver.decision import decide, select, select_overlapping
from resolver.findings import CONTEXT, DEFINITION, SUPPORT, Decision, Evidence, Span, overlap
from resolver.models import Alias, Entity, Pack
from resolver.pipeline import Resolver

ALIAS = Alias("Iran", "iran", ambiguous=True)
AT = (30, 34)


def speaking(level: str, rule: str, antecedent: Span | None = None) -> Evidence:
    return Evidence(AT, ALIAS, level, rule, "because", antecedent)


@pytest.mark.parametrize(
    "proofs",
    [
        [speaking(DEFINITION, "b"), speaking(CONTEXT, "a")],
        [speaking(CONTEXT, "b"), speaking(SUPPORT, "a")],
        [speaking(SUPPORT, "a", (9, 12)), speaking(SUPPORT, "b", (3, 6))],
        [speaking(SUPPORT, "a", (3, 6)), speaking(SUPPORT, "a", (9, 12))],
        [speaking(SUPPORT, "a"), speaking(SUPPORT, "a", (0, 6)), speaking(SUPPORT, "a", (9, 12))],
    ],
)
def test_of_what_speaks_for_an_alias_the_first_is_told_in_whatever_order_it_comes(proofs):
    for found in permutations(proofs):
        decision = decide(AT, [(ALIAS, found)], "Iran")
        assert decision == Decision(AT, (ALIAS,), resolved=True, evidence=proofs[0])


SPANS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda s: (s[0], s[0] + s[1])),
    unique=True,
    max_size=20,
)


def crosses(one: Span, other: Span) -> bool:
    """Return whether two places share a character."""
    return max(one[0], other[0]) < min(one[1], other[1])


def contains(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def naive_selection(allowed: list[Span]) -> list[Span]:
    """Take the leftmost, of those the longest; leave out what shares a character; and again."""
    left, taken = set(allowed), []
    while left:
        first = min(span[0] for span in left)
        longest = max((span for span in left if span[0] == first), key=lambda span: span[1])
        taken.append(longest)
        left = {span for span in left if not crosses(span, longest)}
    return taken


def naive_nested(allowed: list[Span]) -> list[Span]:
    taken = naive_selection(allowed)
    return [span for span in allowed if any(contains(outer, span) for outer in taken)]


def decided(spans: list[Span]) -> list[Decision]:
    by_place = sorted(spans, key=lambda span: (span[0], -span[1]))
    return [Decision(span, (), resolved=True) for span in by_place]


@given(SPANS)
def test_two_places_overlap_where_they_share_a_character(spans):
    for one in spans:
        for other in spans:
            assert overlap(one, other) == bool(set(range(*one)) & set(range(*other)))


@given(SPANS)
def test_leftmost_then_longest(spans):
    ordered = decided(spans)
    places = [decision.span for decision in ordered]
    assert [decision.span for decision in select(ordered)] == naive_selection(places)
    assert [d.span for d in select_overlapping(ordered, "nested")] == naive_nested(places)
    assert select_overlapping(ordered, "all") == ordered


def pack_of(names: list[str], suppressed: list[str]) -> Pack:
    entities = tuple(
        Entity(f"e/{n}", name, "x", (Alias(name, f"e/{n}", case="any", boundary="none"),))
        for n, name in enumerate(names)
    )
    never = tuple(Alias(name, "", case="any", boundary="none") for name in suppressed)
    return Pack("p", "p.yaml", entities, suppressions=never)


def places(names: list[str], suppressed: list[str], text: str, overlaps: str) -> list[Span]:
    """Return where mentions are found, with suppressions or without."""
    if not names:
        return []
    resolver = Resolver([pack_of(names, suppressed)], without_rules=("glued",))
    return [(m.start, m.end) for m in resolver.resolve(text, overlaps=overlaps).mentions]


# Few letters, so that names overlap; every name may stand inside a longer one, or across its end.
LETTERS = ["a", "b", "ß", "İ", "é", "e\u0301", " ", "頭"]
NAMES = st.lists(
    st.lists(st.sampled_from(LETTERS), min_size=1, max_size=4)
    .map("".join)
    .filter(lambda name: name.strip() == name and name),
    min_size=1,
    max_size=6,
    unique_by=str.casefold,
)


@share(0.5)
@given(
    names=NAMES,
    suppressed=st.lists(st.integers(0, 5), max_size=3),
    text=texts([*LETTERS, *LETTERS, *NASTY[:12]], 25),
)
def test_what_is_suppressed_takes_with_it_what_it_touches(names, suppressed, text):
    """Nothing inside it is a mention, nor what reaches into it; what contains all of it is."""
    never = [name for number, name in enumerate(names) if number in suppressed]
    others = [name for name in names if name not in never]
    allowed = places(others, [], text, "all")
    refused = places(never, [], text, "all")
    left = [
        span
        for span in allowed
        if not any(
            crosses(span, place) and (span == place or not contains(span, place))
            for place in refused
        )
    ]
    assert places(others, never, text, "all") == left
    both = sorted({*left, *refused}, key=lambda span: (span[0], -span[1]))
    for overlaps, naive in (("none", naive_selection), ("nested", naive_nested)):
        expected = [span for span in naive(both) if span in left]
        assert places(others, never, text, overlaps) == expected
