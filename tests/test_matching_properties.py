"""Both engines against the naive reference, over an alphabet of everything that goes wrong."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from alphabet import ALIAS, NASTY, TEXT
from hypothesis import given
from hypothesis import strategies as st
from naive import naive_fold, naive_spans

from resolver.characters import is_word
from resolver.decision import select
from resolver.findings import Decision
from resolver.folding import fold
from resolver.models import Alias, Document, Entity, Pack
from resolver.pipeline import Resolver


def is_listable(alias: str) -> bool:
    """Whether the pack reader would accept it: something is left, and not only punctuation."""
    folded = naive_fold(alias)
    return any(map(is_word, folded)) and "¶" not in folded


def resolver_for(aliases: list[tuple[str, str]], engine: str) -> Resolver:
    entities = tuple(
        Entity(
            id=f"e/{number}",
            name=alias,
            type="thing",
            aliases=(Alias(alias, f"e/{number}", case="any", boundary=boundary),),
        )
        for number, (alias, boundary) in enumerate(aliases)
    )
    off = ("surname", "acronym", "glued", "office")
    return Resolver([Pack("p", "p.yaml", entities)], engine=engine, without_rules=off)


@st.composite
def texts_with_aliases(draw) -> tuple[str, list[tuple[str, str]]]:
    """A few aliases and a text in which they occur, varied, cut and glued to other things."""
    listed = st.tuples(ALIAS.filter(is_listable), st.sampled_from(["word", "none"]))
    aliases = draw(st.lists(listed, min_size=1, max_size=5))
    names = [alias for alias, _ in aliases]
    varied = [v for name in names for v in (name, name.upper(), name.lower(), name[:-1])]
    pieces = st.lists(st.sampled_from(varied + NASTY), max_size=20)
    return "".join(draw(pieces)), aliases


@pytest.mark.parametrize("engine", ["flashtext", "ahocorasick"])
@given(drawn=texts_with_aliases())
def test_engines_find_what_the_naive_reference_finds(engine, drawn):
    text, aliases = drawn
    resolver = resolver_for(aliases, engine)
    everything = {(m.start, m.end) for m in resolver.resolve(text, overlaps="all").mentions}
    expected = {
        span
        for alias, boundary in aliases
        for span in naive_spans(text, alias, whole_words=boundary == "word")
    }
    assert everything == expected

    mentions = resolver.resolve(text).mentions
    by_place = sorted(expected, key=lambda span: (span[0], -span[1]))
    longest = select(Decision(span, (), resolved=True) for span in by_place)
    assert [(m.start, m.end) for m in mentions] == [d.span for d in longest]
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.surface
    for before, after in pairwise(mentions):
        assert before.end <= after.start


@given(text=TEXT)
def test_folding_twice_changes_nothing_more(text):
    once = fold(text).text
    assert fold(once).text.split() == once.split()


@given(text=TEXT)
def test_folded_text_is_that_of_the_naive_reference(text):
    assert re.sub("  +", "¶", fold(text).text).strip(" ") == naive_fold(text)


def bare(folded: str) -> str:
    """A folded text without white space, whose meaning depends on what stands around it."""
    return "".join(folded.split())


@given(text=TEXT)
def test_every_span_of_a_folded_text_leads_back_inside_the_original(text):
    folded = fold(text)
    for start in range(len(folded.text)):
        for end in range(start + 1, min(start + 4, len(folded.text)) + 1):
            span = folded.span(start, end)
            if span is not None:
                assert 0 <= span[0] < span[1] <= len(text)
                assert bare(fold(text[span[0] : span[1]]).text) == bare(folded.text[start:end])


@st.composite
def batches_with_aliases(draw) -> tuple[list[str], list[tuple[str, str]]]:
    """Several texts, plain and nasty ones, in which a few aliases occur."""
    first, aliases = draw(texts_with_aliases())
    names = [alias for alias, _ in aliases]
    plain = [name for name in names if name.isascii()]
    pieces = st.lists(
        st.sampled_from([*plain, *names, *NASTY[:10], " ", "\n", "  ", "’"]), max_size=8
    )
    rest = draw(st.lists(st.builds("".join, pieces), max_size=6))
    return [first, *rest], aliases


@given(drawn=batches_with_aliases())
def test_a_batch_gives_what_its_texts_give_one_by_one(drawn):
    texts, aliases = drawn
    resolver = resolver_for(aliases, "ahocorasick")
    documents = [Document(text) for text in texts]
    locator = resolver.locator
    together = [locator.analysis_of(located) for located in locator.locate_batch(documents)]
    for document, batched in zip(documents, together, strict=True):
        alone = resolver.locator.analyse(document)
        assert [m.span for m in batched.matches] == [m.span for m in alone.matches]
        assert [m.reading.aliases for m in batched.matches] == [
            m.reading.aliases for m in alone.matches
        ]
        assert batched.words == alone.words
        assert batched.folded.split() == alone.folded.split()
        for alias, _ in aliases:
            assert list(batched.find(alias)) == list(alone.find(alias))
    everything = [list(r.mentions) for r in resolver.resolve_many(texts)]
    assert everything == [list(resolver.resolve(text).mentions) for text in texts]
