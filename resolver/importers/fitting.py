"""What importers return, as packs can hold it: the rest is left out, and counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from resolver.importers.changes import Changes
from resolver.importers.shelf import Owner
from resolver.models import Alias
from resolver.packs.checking import complaint_about
from resolver.packs.schema import ID, Spec, Text

_SHOWN = 50
_HALF = re.compile("[\ud800-\udfff]")  # half a character, which no file can hold
_TEXT, _LONG = Text(), Text(long=True)


def fitted(owners: Iterable[Owner], changes: Changes) -> Iterator[Owner]:
    """Yield owners without what no pack can hold, such as control characters or very long values.

    One without a usable id, name or type is left out, and so are the aliases that are of no use.
    """
    for owner in owners:
        if owner.pack:  # it was checked when it was read
            yield owner
        elif _fits(owner.id, ID) and _fits(owner.name) and _fits(owner.type):
            yield _without_unfit(owner, changes)
        else:
            changes.add("left out, an id, name or type that no pack can hold", owner.name[:_SHOWN])


def _without_unfit(owner: Owner, changes: Changes) -> Owner:
    values: dict[str, Any] = {
        "aliases": tuple(_alias(alias) for alias in owner.aliases if _fits(alias.text)),
        "tags": tuple(tag for tag in owner.tags if _fits(tag)),
        "same_as": tuple(pair for pair in owner.same_as if _fits(pair[1])),
        "source": _text(owner.source),
        "note": _text(owner.note, _LONG),
    }
    changed = {name: value for name, value in values.items() if value != getattr(owner, name)}
    if not changed:
        return owner
    changes.add("values left out that no pack can hold", owner.name)
    return replace(owner, **changed)


def _alias(alias: Alias) -> Alias:
    source, note = _text(alias.source), _text(alias.note, _LONG)
    if (source, note) == (alias.source, alias.note):
        return alias
    return replace(alias, source=source, note=note)


def _text(text: str | None, spec: Spec = _TEXT) -> str | None:
    return text if text is not None and _fits(text, spec) else None


def _fits(text: str, spec: Spec = _TEXT) -> bool:
    return complaint_about(text, spec) is None and not _HALF.search(text)
