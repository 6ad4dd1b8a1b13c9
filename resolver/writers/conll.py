"""CoNLL: one token a line with entity and IOB2 tag, an empty line behind each sentence.

The columns are token, id of the entity (``-`` outside of mentions; the candidates with ``|``
between them where it stayed ambiguous) and tag. There are no offsets: tokens are words and single
other characters, split where a mention begins or ends inside one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from resolver.characters import is_word
from resolver.models import Mention, Result
from resolver.segments import Segments
from resolver.writers import Options
from resolver.writers.naming import label_of
from resolver.writers.spans import checked, disjoint

Span = tuple[int, int]

_JOINERS = "\u200c\u200d"


def write(results: Iterable[Result], options: Options) -> Iterator[str]:
    """Yield the lines of each document, a line ``-DOCSTART-`` with its id before them."""
    del options
    for result in checked(results):
        name = "_".join((result.document.id or "text").split())
        lines = "".join(_lines(result.document.text, list(disjoint(result.mentions))))
        yield f"-DOCSTART-\t{name}\tO\n\n{lines}"


def _lines(text: str, mentions: Sequence[Mention]) -> Iterator[str]:
    waiting = iter(mentions)
    mention = next(waiting, None)
    for start, end in _sentences(text):
        inside = False  # whether the token before belongs to the same mention
        for token_start, token_end in _tokens(text, start, end, mentions):
            while mention and mention.end <= token_start:
                mention, inside = next(waiting, None), False
            covered = mention if mention and mention.start <= token_start else None
            tag = _tag(covered, inside=inside)
            yield f"{text[token_start:token_end]}\t{_entity(covered)}\t{tag}\n"
            inside = covered is not None
        yield "\n"


def _sentences(text: str) -> Iterator[Span]:
    segments = Segments(text)
    end = 0
    while end < len(text):
        start, end = segments.sentence(end, end + 1)
        if text[start:end].strip():
            yield start, end


def _tokens(text: str, start: int, end: int, mentions: Sequence[Mention]) -> Iterator[Span]:
    first = bisect_right(mentions, start, key=lambda mention: mention.end)
    last = bisect_left(mentions, end, key=lambda mention: mention.start)
    edges = sorted({edge for m in mentions[first:last] for edge in (m.start, m.end)})
    edges = [edge for edge in edges if start < edge < end]
    for begin, stop in pairwise([start, *edges, end]):
        for sort, places in groupby(range(begin, stop), key=lambda place: _sort(text, place)):
            if sort != "space":
                first, *others = places
                yield first, (others or [first])[-1] + 1


def _sort(text: str, place: int) -> str | int:
    """Return what a character is part of; what is no word is a token of its own."""
    char = text[place]
    if is_word(char) or char in _JOINERS:
        return "word"
    return "space" if char.isspace() else place


def _tag(mention: Mention | None, *, inside: bool) -> str:
    return "O" if mention is None else f"{'I' if inside else 'B'}-{label_of(mention)}"


def _entity(mention: Mention | None) -> str:
    if mention is None:
        return "-"
    return mention.entity_id or "|".join(candidate.entity_id for candidate in mention.candidates)
