"""Spans on their way into a format: checked, made disjoint, counted where the format counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from resolver.errors import ConfigurationError
from resolver.models import Mention, Result
from resolver.offsets import OffsetConverter, carry
from resolver.writers import Options


def checked(results: Iterable[Result]) -> Iterator[Result]:
    """Yield results, each mention of which has been found to stand where it says.

    Raises:
        ValueError: One does not, which is a bug.
    """
    for result in results:
        for mention in result.mentions:
            if result.document.text[mention.start : mention.end] != mention.surface:
                raise ValueError(f"{result.document.id}: {mention} does not stand there")
        yield result


def disjoint(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the leftmost, then longest mentions, for formats in which spans cannot overlap."""
    end = 0
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.start >= end:
            yield mention
            end = mention.end


def counted(text: str, mentions: Iterable[Mention], unit: str) -> list[Mention]:
    """Return mentions whose offsets count in a unit.

    Args:
        text: What the offsets count in.
        mentions: With offsets in code points.
        unit: One of `resolver.offsets.UNITS`.
    """
    convert = OffsetConverter(text, unit)
    return [
        mention._replace(
            start=convert(mention.start),
            end=convert(mention.end),
            antecedent=mention.antecedent
            and (convert(mention.antecedent[0]), convert(mention.antecedent[1])),
        )
        for mention in mentions
    ]


def in_file(result: Result) -> tuple[str, Sequence[Mention]]:
    """Return the text of the file that a document came from, and the mentions as placed in it.

    For formats that hold places and not the text. Where the document is all of its file, nothing
    changes.
    """
    origin = result.document.origin
    if origin is None:
        return result.document.text, result.mentions
    placed = []
    for mention in result.mentions:
        start, end = carry(origin.edits, mention.start, mention.end)
        before = mention.antecedent and carry(origin.edits, *mention.antecedent)
        placed.append(mention._replace(start=start, end=end, antecedent=before))
    return origin.text, placed


def only_in(unit: str, options: Options, format_name: str) -> None:
    """Refuse a unit of offsets that a format does not have.

    Raises:
        ConfigurationError: Another one than the format's was asked for.
    """
    if options.offsets not in {"codepoint", unit}:
        raise ConfigurationError(
            f"offsets of {format_name} are in {unit} units, leave out --offsets {options.offsets}"
        )
