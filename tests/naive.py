"""A slow and obvious statement of the matching rules, to hold the fast code against.

It knows nothing of frames, tries, automata or edits: it writes the folded text down as a list of
single characters with the place each came from, tries every alias at every place, and checks the
boundaries by looking at the neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from resolver.characters import fold_character, is_word

CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")
CLOSING = ")]}\"'>"


class Char(NamedTuple):
    """One folded character: its place, and whether it is the first or last of what that gave."""

    folded: str
    start: int
    end: int
    first: bool
    last: bool


def folded_characters(text: str) -> list[Char]:
    chars: list[Char] = []
    for at, char in enumerate(text):
        folded = fold_character(char)
        for number, part in enumerate(folded):
            first, last = number == 0, number == len(folded) - 1
            if part == " " and chars and chars[-1].folded == " ":
                chars[-1] = chars[-1]._replace(end=at + 1)
            else:
                chars.append(Char(part, at, at + 1, first, last))
    return [c._replace(folded="¶") if is_paragraph_end(text, c) else c for c in chars]


def is_paragraph_end(text: str, char: Char) -> bool:
    run = text[char.start : char.end]
    line_ends = re.findall("\r\n|[\n\r\x0b\x0c\x85\u2028]", run)
    return (
        char.folded == " " and char.end - char.start > 1 and (len(line_ends) > 1 or "\u2029" in run)
    )


def naive_fold(text: str) -> str:
    return "".join(char.folded for char in folded_characters(text)).strip(" ")


def naive_spans(text: str, alias: str, *, whole_words: bool) -> list[tuple[int, int]]:
    """Return where an alias stands, whatever its case."""
    chars = folded_characters(text)
    wanted = naive_fold(alias)
    spans = []
    for begin in range(len(chars) - len(wanted) + 1):
        end = begin + len(wanted)
        same = "".join(char.folded for char in chars[begin:end]) == wanted
        if same and chars[begin].first and chars[end - 1].last:
            before = chars[begin - 1].folded if begin else " "
            behind = chars[end].folded if end < len(chars) else " "
            span = with_marks(text, chars[begin].start, chars[end - 1].end)
            if span and (not whole_words or is_bounded(before, wanted, behind)):
                spans.append(span)
    return spans


def is_bounded(before: str, wanted: str, behind: str) -> bool:
    first, last = wanted[0], wanted[-1]
    left = not joins(before, first)
    if is_word(last):
        return left and not joins(last, behind)
    punctuated = last in CLOSING or not is_word(behind) or is_cjk(behind)
    return left and punctuated


def joins(left: str, right: str) -> bool:
    return is_word(left) and is_word(right) and not is_cjk(left) and not is_cjk(right)


def is_cjk(char: str) -> bool:
    return bool(CJK.match(char))


def with_marks(text: str, start: int, end: int) -> tuple[int, int] | None:
    position = end
    while position < len(text):
        is_mark = unicodedata.category(text[position])[0] == "M"
        if fold_character(text[position]):
            return None if is_mark else (start, end)
        position += 1
        if is_mark:
            end = position
    return start, end
