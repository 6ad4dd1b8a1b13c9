"""What two versions of packs find differently in a document, and by which edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from resolver.findings import overlap
from resolver.models import Document, Mention
from resolver.pipeline import Resolver
from resolver.workbench.attribution import Cause, Causes
from resolver.workbench.edits import edits_between

Change = Literal["added", "lost", "re-resolved", "moved"]


class Difference(NamedTuple):
    """A mention that one version finds and the other does not, or not as the same.

    Attributes:
        change: ``added`` and ``lost`` mentions; ``re-resolved`` ones name something else, or name
            it no longer for certain; ``moved`` ones name the same, with other ends.
        document: The id of the document.
        mention: The mention in the new version; the lost one.
        before: The mention in the old version, if there was one.
        cause: The edit that made the difference.
    """

    change: Change
    document: str
    mention: Mention
    before: Mention | None
    cause: Cause


class Comparison:
    """Compares what two versions find."""

    def __init__(self, old: Resolver, new: Resolver) -> None:
        """Take both versions, loaded."""
        self._old = old
        self._new = new
        self._edits = edits_between(old.gazetteer.packs, new.gazetteer.packs)

    def differences(self, document: Document) -> list[Difference]:
        """Return what differs in a document, ordered by place."""
        old = self._old.resolve(document).mentions
        new = self._new.resolve(document).mentions
        changes = sorted(_changes(old, new), key=_place)
        if not changes:
            return []
        causes = Causes(self._old.analyse(document), self._new.analyse(document), self._edits)
        return [
            Difference(change, document.id or "", mention, before, causes.of(mention, before))
            for change, mention, before in changes
        ]


_Changed = tuple[Change, Mention, Mention | None]


def _changes(old: Sequence[Mention], new: Sequence[Mention]) -> Iterator[_Changed]:
    by_span = {(mention.start, mention.end): mention for mention in new}
    lost: list[Mention] = []
    for mention in old:
        after = by_span.pop((mention.start, mention.end), None)
        if after is None:
            lost.append(mention)
        elif said_of(mention) != said_of(after):
            yield "re-resolved", after, mention
    added = list(by_span.values())
    for mention in lost:
        after = _moved(mention, added)
        if after is None:
            yield "lost", mention, mention
        else:
            added.remove(after)
            yield "moved", after, mention
    yield from (("added", mention, None) for mention in added)


def _moved(mention: Mention, added: Iterable[Mention]) -> Mention | None:
    span = (mention.start, mention.end)
    for other in added:
        if overlap(span, (other.start, other.end)) and said_of(mention) == said_of(other):
            return other
    return None


def said_of(mention: Mention) -> str:
    """Return in a few words what a mention is said to be; equal if nothing differs."""
    if mention.status == "ambiguous":
        return f"ambiguous ({', '.join(candidate.entity_id for candidate in mention.candidates)})"
    held = f", held by {mention.holder.entity_id}" if mention.holder else ""
    return f"{mention.entity_id}{held}"


def _place(changed: _Changed) -> tuple[int, int]:
    _, mention, before = changed
    return min((m.start, m.end) for m in (mention, before) if m)
