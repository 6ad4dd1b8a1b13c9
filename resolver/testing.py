"""Run the examples of packs; for `resolver test`, and for the tests of whoever writes packs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from resolver.models import Document, Example, Mention, Pack
from resolver.packs.examples import AMBIGUOUS, Expected, parse_marks
from resolver.pipeline import Resolver


class Outcome(NamedTuple):
    """What came of an example.

    Attributes:
        example: The example.
        text: Its text without marks.
        missing: What was marked and not found.
        unexpected: What was found and not marked.
    """

    example: Example
    text: str
    missing: tuple[Expected, ...]
    unexpected: tuple[Expected, ...]

    @property
    def passed(self) -> bool:
        """Whether exactly what is marked was found."""
        return not (self.missing or self.unexpected)


def run_examples(resolver: Resolver, packs: Iterable[Pack]) -> Iterator[Outcome]:
    """Run all examples of some packs, in the order of the files."""
    for pack in packs:
        for example in pack.examples:
            yield run_example(resolver, example)


def run_example(resolver: Resolver, example: Example) -> Outcome:
    """Run one example."""
    text, expected = parse_marks(example.text)
    result = resolver.resolve(Document(text, id=str(example.location), date=example.date))
    found = [_as_expected(mention) for mention in result.mentions]
    return Outcome(
        example,
        text,
        tuple(mark for mark in expected if mark not in found),
        tuple(mark for mark in found if mark not in expected),
    )


def _as_expected(mention: Mention) -> Expected:
    return Expected(mention.start, mention.end, mention.entity_id or AMBIGUOUS)


def describe(outcome: Outcome) -> str:
    """Return what differs, each difference under its place in the text."""
    lines = [f"{outcome.example.location}: what is found differs from what is marked"]
    text = " ".join(outcome.text.split("\n"))
    lines.append(f"    {text}")
    differences = [("marked, not found", mark) for mark in outcome.missing]
    differences += [("found, not marked", mark) for mark in outcome.unexpected]
    for what, (start, end, entity_id) in sorted(differences, key=lambda d: d[1]):
        lines.append(f"    {' ' * start}{'^' * (end - start)} {what}: {entity_id}")
    return "\n".join(lines)
