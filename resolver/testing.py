"""Run the examples of packs; for `resolver test`, and for the tests of whoever writes packs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from resolver.models import Document, Example, Mention, Pack
from resolver.packs.examples import AMBIGUOUS, Expected, parse_marks, write_marks
from resolver.pipeline import Resolver

_WIDTH = 92


class Outcome(NamedTuple):
    """What came of an example.

    Attributes:
        example: The example.
        text: Its text without marks.
        expected: What is marked.
        found: What was found.
    """

    example: Example
    text: str
    expected: tuple[Expected, ...]
    found: tuple[Expected, ...]

    @property
    def missing(self) -> tuple[Expected, ...]:
        """What was marked and not found."""
        return tuple(mark for mark in self.expected if mark not in self.found)

    @property
    def unexpected(self) -> tuple[Expected, ...]:
        """What was found and not marked."""
        return tuple(mark for mark in self.found if mark not in self.expected)

    @property
    def passed(self) -> bool:
        """Whether exactly what is marked was found."""
        return self.expected == self.found

    @property
    def marked_as_found(self) -> str:
        """The text with marks, as the example would have to be for it to pass."""
        return write_marks(self.text, self.found)


def run_examples(resolver: Resolver, packs: Iterable[Pack]) -> Iterator[Outcome]:
    """Run all examples of some packs, in the order of the files."""
    for pack in packs:
        for example in pack.examples:
            yield run_example(resolver, example)


def run_example(resolver: Resolver, example: Example) -> Outcome:
    """Run one example."""
    text, expected = parse_marks(example.text)
    result = resolver.resolve(Document(text, id=str(example.location), date=example.date))
    return Outcome(example, text, expected, tuple(map(_as_expected, result.mentions)))


def _as_expected(mention: Mention) -> Expected:
    return Expected(mention.start, mention.end, mention.entity_id or AMBIGUOUS)


def describe(outcome: Outcome) -> str:
    """Return what differs, each difference under its place in the text.

    Long texts are wrapped; of rows without a difference only an ellipsis is shown.
    """
    lines = [f"{outcome.example.location}: what is found differs from what is marked"]
    differences = _differences(outcome)
    for begin, end in _rows(outcome.text):
        inside = [d for d in differences if d.start < end and d.end > begin]
        if inside or end - begin == len(outcome.text):
            lines.append(f"    {_printed(outcome.text[begin:end])}")
        elif lines[-1] != "    ...":
            lines.append("    ...")
        for start, stop, what in inside:
            first, last = max(start, begin), min(stop, end)
            label = f" {what}" if stop <= end else ""
            lines.append(f"    {' ' * (first - begin)}{'^' * (last - first)}{label}")
    return "\n".join(lines)


class _Difference(NamedTuple):
    start: int
    end: int
    what: str


def _differences(outcome: Outcome) -> list[_Difference]:
    marked = {(start, end): entity_id for start, end, entity_id in outcome.missing}
    found = {(start, end): entity_id for start, end, entity_id in outcome.unexpected}
    differences = []
    for span in sorted(marked.keys() | found.keys()):
        if span not in found:
            what = f"marked, not found: {marked[span]}"
        elif span not in marked:
            what = f"found, not marked: {found[span]}"
        else:
            what = f"marked {marked[span]}, found {found[span]}"
        differences.append(_Difference(*span, what))
    return differences


def _rows(text: str) -> list[tuple[int, int]]:
    """Return the spans of the rows that a text is shown in, broken at spaces where it has some."""
    pattern = rf"[^\n]{{1,{_WIDTH}}}(?:[^\S\n]+|$|(?=\n))|[^\n]{{1,{_WIDTH}}}"
    return [found.span() for found in re.finditer(pattern, text, re.MULTILINE)]


def _printed(text: str) -> str:
    """Return a row in which each character takes one place, as carets have to stand under it."""
    return "".join(char if char.isprintable() else " " for char in text).rstrip()
