"""Inputs changed token by token, as people and programs get them wrong.

libFuzzer changes bytes: most of what it makes of a table is refused at the first bracket. Here
words, quoted texts and all that stands in brackets are left out, doubled, exchanged, or replaced
by what is hard to read, so that what is behind the parsers is reached.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

_TOKEN = re.compile(rb'"(?:\\.|[^"\\\n])*"|[\w.-]+|[ \t]+|.', re.DOTALL)
_CLOSING = {b"[": b"]", b"{": b"}", b"(": b")", b"<": b">"}
_HARD = tuple(
    text.encode()
    for text in (
        *('""', "null", "true", "0", "-1", "1e999", "1" * 5_000, "[]", "{}", "[[]]", '[""]', "~"),
        *("2022-02-30", "0000", "9999-12", "0001-01-01", "+2022-00-00T00:00:00Z", "NaN", "...", "|"),
        *('"\\ud800"', '"\\u0000"', '"[1]"', '"\\n"', "\x00", "\x1b", "\x85", "\u2028", "\ufeff"),
        *("İ", "ß", "ﬁ", "\u0301", "\u200d", "\u00ad", "\u202e", "👍", "頭", "&#0;", "&#x110000;"),
        *("--", "=>", ",", ":", ": ", ";", "#", "\\", "'", '"', "\n", "\r", "\t", "- ", "<!", "]]>"),
        *("\ufffe", "\U0010ffff", "[" * 300, "x" * 1_001, "é" * 200, "١", "²", "a b", "()", "?"),
    )
)  # fmt: skip


def mutated(data: bytes, random: Random) -> bytes:
    """Return an input with a few stretches of tokens changed."""
    tokens = _TOKEN.findall(data)
    for _ in range(random.choice((1, 1, 2, 4))):
        begin, end = _stretch(tokens, random)
        other = tokens[slice(*_stretch(tokens, random))]
        same = tokens[begin:end]
        tokens[begin:end] = random.choice(
            ([], same * 2, other, [*same, *other], [random.choice(_HARD)], [random.choice(_HARD)])
        )
    return b"".join(tokens)


def _stretch(tokens: Sequence[bytes], random: Random) -> tuple[int, int]:
    """Return where a token, or all from one bracket to the one that closes it, begins and ends."""
    begin = random.randrange(len(tokens) + 1)
    if begin == len(tokens):
        return begin, begin
    opening, closing = tokens[begin], _CLOSING.get(tokens[begin])
    depth = 0
    for at in range(begin, len(tokens) if closing else 0):
        depth += (tokens[at] == opening) - (tokens[at] == closing)
        if depth == 0:
            return begin, at + 1
    return begin, begin + 1
