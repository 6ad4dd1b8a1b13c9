"""Score mentions against gold annotations.

A mention is right when its span is a gold span and it names the gold entity: by id where the gold
file gives ``entity_id``, otherwise by name, compared without case, accents, punctuation, a
leading "the" and a bracketed addition. An ambiguous mention claims nothing: it counts for neither
precision nor recall, but is counted as abstained if a candidate is right.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from resolver.findings import Span
from resolver.folding import fold
from resolver.models import Mention, Result

_CONTEXT = 30


class Gold(NamedTuple):
    """An annotated mention: what it is called, in every acceptable form, and how it is sorted."""

    entity_id: str | None
    name: str
    accepted: frozenset[str]
    groups: Mapping[str, str]


class Error(NamedTuple):
    """Something that went wrong: what, at which surface, and where it stands.

    Attributes:
        what: ``missed``, ``spurious`` or ``wrong entity``.
        surface: The surface.
        expected: What the gold file says, if anything.
        found: What was said, if anything.
        context: The surface with some text around it.
        document: The id of the document.
    """

    what: str
    surface: str
    expected: str | None
    found: str | None
    context: str
    document: str


@dataclass
class Score:
    """Counts over documents, and the errors."""

    gold: int = 0
    right: int = 0
    wrong: int = 0
    spurious: int = 0
    missed: int = 0
    abstained: int = 0
    errors: list[Error] = field(default_factory=list)
    by_group: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def precision(self) -> float:
        """The share of what was said that is right."""
        return _share(self.right, self.right + self.wrong + self.spurious)

    @property
    def recall(self) -> float:
        """The share of gold mentions that were found and named rightly."""
        return _share(self.right, self.gold)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.precision * self.recall, self.precision + self.recall)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def name_key(name: str) -> str:
    """Return a name reduced to what has to be the same."""
    bare = re.sub(r"\s*\([^)]*\)$", "", name)
    words = re.sub(r"[\W_]+", " ", fold(bare).text).strip()
    return words.removeprefix("the ")


def gold_of(record: Mapping[str, Any]) -> dict[Span, Gold]:
    """Return the annotated mentions of a gold record by span."""
    found = {}
    for mention in record.get("mentions", ()):
        names = [
            mention.get("canonical") or mention.get("name") or "",
            *mention.get("also_accept", ()),
        ]
        found[mention["start"], mention["end"]] = Gold(
            mention.get("entity_id"),
            names[0] or mention.get("entity_id") or "",
            frozenset(name_key(name) for name in names if name),
            {key: value for key, value in mention.items() if isinstance(value, str)},
        )
    return found


def score_result(result: Result, score: Score, by: str) -> None:
    """Add one document, whose fields hold its gold mentions, to a score.

    Args:
        result: The document and what was found in it.
        score: Where to count.
        by: The key of gold mentions to break recall down by.
    """
    gold = gold_of(result.document.fields)
    has_roles = any(g.groups.get("type") == "role" for g in gold.values())
    nested = {
        (inner["start"], inner["end"])
        for mention in result.document.fields.get("mentions", ())
        for inner in mention.get("nested", ())
    }
    score.gold += len(gold)
    for annotated in gold.values():
        score.by_group[annotated.groups.get(by, "")]["gold"] += 1
    for mention in result.mentions:
        span = (mention.start, mention.end)
        if span not in nested and (mention.type != "role" or has_roles):
            _score_mention(result, mention, gold.get(span), score, by)
    found = {(mention.start, mention.end) for mention in result.mentions}
    for span, annotated in gold.items():
        if span not in found:
            score.missed += 1
            score.errors.append(_error("missed", result, span, annotated.name, None))


def _score_mention(
    result: Result, mention: Mention, gold: Gold | None, score: Score, by: str
) -> None:
    span = (mention.start, mention.end)
    if gold is None:
        if mention.status == "resolved":
            score.spurious += 1
            score.errors.append(_error("spurious", result, span, None, mention.name))
    elif mention.status == "ambiguous":
        score.abstained += any(_is_same(c.entity_id, c.name, gold) for c in mention.candidates)
    elif _is_same(mention.entity_id, mention.name, gold):
        score.right += 1
        score.by_group[gold.groups.get(by, "")]["right"] += 1
    else:
        score.wrong += 1
        score.errors.append(_error("wrong entity", result, span, gold.name, mention.name))


def _is_same(entity_id: str | None, name: str | None, gold: Gold) -> bool:
    if gold.entity_id:
        return entity_id == gold.entity_id
    return name_key(name or "") in gold.accepted


def _error(what: str, result: Result, span: Span, expected: str | None, found: str | None) -> Error:
    text = result.document.text
    start, end = span
    before = text[max(0, start - _CONTEXT) : start]
    around = f"{before}[{text[start:end]}]{text[end : end + _CONTEXT]}"
    context = " ".join(around.split())
    return Error(what, text[start:end], expected, found, context, result.document.id or "")


def most_frequent(errors: Iterable[Error], count: int) -> Sequence[tuple[int, Error]]:
    """Return the most frequent errors with their counts, each with its first occurrence."""
    counted: Counter[tuple[str, str, str | None, str | None]] = Counter()
    first: dict[tuple[str, str, str | None, str | None], Error] = {}
    for error in errors:
        key = error[:4]
        counted[key] += 1
        first.setdefault(key, error)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0][0], item[0][1]))
    return [(number, first[key]) for key, number in ordered[:count]]
