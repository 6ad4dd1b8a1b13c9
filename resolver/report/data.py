"""What a report shows, as compact JSON: documents as they come, then the tables they refer to.

A mention is its place and three numbers: what was decided about it (a verdict), why (reasons), and
what it follows from. Verdicts, reasons and entities stand in tables, each once, since the same few
thousand of them make up the mentions of any number of documents.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Generic, NamedTuple, TypeVar

from resolver.gazetteer import Gazetteer
from resolver.models import Candidate, Document, Mention, Result
from resolver.readers.sources import BadInput
from resolver.writers.spans import checked, counted, disjoint

Item = TypeVar("Item", bound=Hashable)
_LONGEST_FIELD = 500
_MOST_FIELDS = 20


@dataclass(frozen=True)
class Report:
    """What a report is made of.

    Attributes:
        title: Its heading.
        results: Documents and their mentions, read once, one at a time.
        unread: What could not be read; asked for when all results have been read.
        gazetteer: The packs; ``None`` where the mentions were found elsewhere.
        own_fields: Fields of records that are not shown as fields: text, id, date, mentions.
    """

    title: str
    results: Iterable[Result]
    unread: Sequence[BadInput] = ()
    gazetteer: Gazetteer | None = None
    own_fields: frozenset[str] = frozenset({"text", "id", "date", "mentions"})


class Listing(NamedTuple):
    """A line of a pack, where an author decides what a name means."""

    entity_id: str
    alias: str | None
    pack: str
    file: str
    line: int


class Verdict(NamedTuple):
    """All that is said of a mention apart from its place and the why."""

    entity: Candidate | None
    type: str | None
    status: str
    kind: str
    candidates: tuple[Candidate, ...]
    holder: Candidate | None
    glued: bool
    source: str | None
    listings: tuple[Listing, ...]


class Table(Generic[Item]):
    """Values that are each kept once, numbered in the order in which they come."""

    def __init__(self) -> None:
        """Begin empty."""
        self._numbers: dict[Item, int] = {}

    def number(self, item: Item) -> int:
        """Return the number of a value."""
        return self._numbers.setdefault(item, len(self._numbers))

    def __iter__(self) -> Iterator[Item]:
        """Yield the values in order."""
        return iter(self._numbers)


def encode(report: Report) -> Iterator[str]:
    """Yield the pieces of a JSON object that can stand in a script element of a page.

    Offsets in it count UTF-16 units, as JavaScript does. Of overlapping mentions the leftmost, then
    longest is kept.
    """
    encoder = _Encoder(report)
    yield f'{{"title":{_json(report.title)},"documents":['
    comma = ""
    for result in checked(report.results):
        yield f"{comma}\n{_json(encoder.document(result))}"
        comma = ","
    yield "\n]"
    for name, value in encoder.tables():
        yield f",\n{_json(name)}:{_json(value)}"
    yield "}\n"


def _json(value: Any) -> str:
    # Neither an end of the script element nor a comment can begin without "<"; half a character
    # cannot be written as UTF-8.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


class _Encoder:
    """Turns results into plain values, and keeps the tables that these refer to."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._listings = _Listings(report.gazetteer)
        self._entities: Table[Candidate] = Table()
        self._types: dict[str, str | None] = {}
        self._verdicts: Table[Verdict] = Table()
        self._steps: Table[str] = Table()
        self._reasons: Table[tuple[int, ...]] = Table()

    def document(self, result: Result) -> dict[str, Any]:
        """Return a document with its mentions."""
        document = result.document
        kept = list(disjoint(result.mentions))
        placed = counted(document.text, kept, "utf16")
        return {
            "id": document.id or "text",
            "date": document.date,
            "text": document.text,
            "fields": self._fields(document),
            "mentions": [self._mention(*pair) for pair in zip(kept, placed, strict=True)],
        }

    def tables(self) -> Iterator[tuple[str, Any]]:
        """Yield the tables by name."""
        yield "verdicts", [self._verdict(verdict) for verdict in self._verdicts]
        yield "entities", [[id_, name, self._type(id_)] for id_, name in self._entities]
        yield "reasons", list(self._reasons)
        yield "steps", list(self._steps)
        yield "unread", [[bad.place, bad.message] for bad in self._report.unread]
        packs = self._report.gazetteer.packs if self._report.gazetteer else ()
        yield "packs", [[pack.name, pack.title, pack.version, pack.license] for pack in packs]

    def _fields(self, document: Document) -> list[tuple[str, str]]:
        """Return what else a record says, as far as it is short enough to be read."""
        plain = (
            (str(name), str(value))
            for name, value in document.fields.items()
            if name not in self._report.own_fields and isinstance(value, str | int | float)
        )
        fields = [(name, value) for name, value in plain if 0 < len(value) <= _LONGEST_FIELD]
        return fields[:_MOST_FIELDS]

    def _mention(self, mention: Mention, placed: Mention) -> list[int]:
        entity = (
            Candidate(mention.entity_id, mention.name or mention.entity_id)
            if mention.entity_id
            else None
        )
        if entity:
            self._types.setdefault(entity.entity_id, mention.type)
        verdict = Verdict(
            entity,
            mention.type,
            mention.status,
            mention.kind,
            mention.candidates,
            mention.holder,
            mention.glued,
            mention.source,
            self._listings.of(mention),
        )
        reasons = tuple(self._steps.number(step) for step in mention.why)
        numbers = [self._verdicts.number(verdict), self._reasons.number(reasons)]
        return [placed.start, placed.end, *numbers, *(placed.antecedent or ())]

    def _verdict(self, verdict: Verdict) -> dict[str, Any]:
        number = self._entities.number
        record: dict[str, Any] = {
            "entity": number(verdict.entity) if verdict.entity else None,
            "type": verdict.type,
            "status": verdict.status,
            "kind": verdict.kind,
            "candidates": [number(candidate) for candidate in verdict.candidates],
            "holder": number(verdict.holder) if verdict.holder else None,
            "glued": verdict.glued,
            "source": verdict.source,
            "listings": [list(listing) for listing in verdict.listings],
        }
        return {name: value for name, value in record.items() if value or type(value) is int}

    def _type(self, entity_id: str) -> str | None:
        known = self._report.gazetteer.owners if self._report.gazetteer else {}
        return known[entity_id].type if entity_id in known else self._types.get(entity_id)


class _Listings:
    """Finds the lines of packs that a mention comes from."""

    def __init__(self, gazetteer: Gazetteer | None) -> None:
        self._gazetteer = gazetteer
        packs = gazetteer.packs if gazetteer else ()
        self._files = {pack.name: PurePath(pack.path).name for pack in packs}
        self._by_surface: dict[str, tuple[Listing, ...]] = {}

    def of(self, mention: Mention) -> tuple[Listing, ...]:
        """Return the line of the alias; of an ambiguous mention that of each candidate."""
        found = self._known(mention.surface)
        if mention.entity_id is None:
            ids = {candidate.entity_id for candidate in mention.candidates}
            listings = tuple(listing for listing in found if listing.entity_id in ids)
        else:
            place = (mention.entity_id, mention.pack, mention.line)
            listings = tuple(x for x in found if (x.entity_id, x.pack, x.line) == place)
        file = self._files.get(mention.pack, "")
        own = Listing(mention.entity_id or "", None, mention.pack, file, mention.line)
        return listings or (own,)

    def _known(self, surface: str) -> tuple[Listing, ...]:
        if surface not in self._by_surface:
            aliases = self._gazetteer.lookup(surface) if self._gazetteer else ()
            self._by_surface[surface] = tuple(
                Listing(a.entity_id, a.text, a.pack, self._files.get(a.pack, ""), a.location.line)
                for a in aliases
            )
        return self._by_surface[surface]
