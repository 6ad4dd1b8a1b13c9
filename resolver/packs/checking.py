"""Check YAML nodes against the pack format and turn them into plain values."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any

from resolver.dates import is_iso_date
from resolver.errors import Problem
from resolver.models import NOWHERE, Location
from resolver.packs.schema import MAX_TEXT, Choice, Date, Flag, ListOf, MapOf, Spec, Table, Text
from resolver.packs.strict_yaml import Mapping, Node, Scalar, Sequence, quoted


class Checker:
    """Check nodes against specs, collecting problems."""

    def __init__(self) -> None:
        """Begin without problems."""
        self.problems: list[Problem] = []

    def check(self, node: Node, spec: Spec, noun: str) -> Any:
        """Return the value of a node, or ``None`` after reporting what is wrong with it.

        Tables come back as dicts in which ``@`` holds the `Location` of the table and ``@key``
        that of the value of ``key``; lists as lists; everything else as `str` or `bool`.
        """
        match spec:
            case Table():
                return self._table(node, spec)
            case ListOf():
                return self._list(node, spec, noun)
            case MapOf():
                return self._map(node, noun)
            case _:
                return self._scalar(node, spec, noun)

    def report(self, location: Location, message: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(location, message))

    def _table(self, node: Node, table: Table) -> dict[str, Any] | None:
        if table.shorthand and isinstance(node, Scalar):
            spec = table.by_name[table.shorthand].spec
            text = self._scalar(node, spec, table.noun)
            return {"@": node.location, table.shorthand: text}
        if not isinstance(node, Mapping):
            wanted = "a text or a mapping" if table.shorthand else "a mapping"
            self.report(node.location, f"{table.noun} must be {wanted}, not {_shape(node)}")
            return None
        if table.shorthand and self._is_split_text(node, table):
            return None
        values: dict[str, Any] = {"@": node.location}
        for name, value in node.pairs:
            key = table.by_name.get(name.value)
            if key is None:
                self.report(name.location, _unknown_key(name.value, table))
                continue
            values[name.value] = self.check(value, key.spec, f"{table.noun} {name.value}")
            values["@" + name.value] = value.location
        self._require(values, node, table)
        return values

    def _require(self, values: dict[str, Any], node: Mapping, table: Table) -> None:
        for key in table.keys:
            if key.required and key.name not in values:
                self.report(node.location, f"{table.noun} has no {key.name}, add {key.name}: ...")

    def _is_split_text(self, node: Mapping, table: Table) -> bool:
        """Report a bare text that YAML split at its colon (``- Mission: Impossible``)."""
        if node.flow or len(node.pairs) != 1:
            return False
        key, value = node.pairs[0]
        if not isinstance(value, Scalar):
            return False
        if key.value in table.by_name or _nearest(key.value, table):
            return False
        text = f"{key.value}: {value.value}".strip()
        self.report(node.location, f"{table.noun} is read as a mapping, quote it: {quoted(text)}")
        return True

    def _list(self, node: Node, spec: ListOf, noun: str) -> list[Any] | None:
        if not isinstance(node, Sequence):
            self.report(node.location, f"{noun} must be a list, not {_shape(node)}")
            return None
        values = [self.check(item, spec.item, noun) for item in node.items]
        return [value for value in values if value is not None]

    def _map(self, node: Node, noun: str) -> dict[str, str] | None:
        if not isinstance(node, Mapping):
            self.report(node.location, f"{noun} must be a mapping, not {_shape(node)}")
            return None
        checked = ((key.value, self._scalar(value, Text(), noun)) for key, value in node.pairs)
        return {key: str(value) for key, value in checked if value is not None}

    def _scalar(self, node: Node, spec: Spec, noun: str) -> str | bool | None:
        if not isinstance(node, Scalar):
            remedy = ", quote it if it is a name" if isinstance(spec, Text) else ""
            self.report(node.location, f"{noun} must be one value, not {_shape(node)}{remedy}")
            return None
        message = _complaint(node, spec, noun)
        if message:
            self.report(node.location, message)
            return None
        return node.value == "true" if isinstance(spec, Flag) else node.value


def complaint_about(text: str, spec: Spec, noun: str = "it") -> str | None:
    """Return what the pack format has against a text as such a value, if anything."""
    return _complaint(Scalar(text, NOWHERE, plain=False), spec, noun)


def _complaint(node: Scalar, spec: Spec, noun: str) -> str | None:
    value = node.value
    match spec:
        case Flag() if value not in {"true", "false"}:
            return f"{noun} must be true or false, not {value or 'empty'}"
        case Choice(values) if value not in values:
            near = difflib.get_close_matches(value, values)
            meant = f", did you mean {near[0]}?" if near else f", use {_or(values)}"
            return f"{noun} {value or 'empty'} is unknown{meant}"
        case Date() if not is_iso_date(value):
            return f"{noun} {value or 'empty'} is not a date, write 2022-09-06, 2022-09 or 2022"
        case Text():
            return _text_complaint(node, spec, noun)
    return None


def _text_complaint(node: Scalar, spec: Text, noun: str) -> str | None:
    # First of all, since other messages show the text.
    if not spec.long and len(node.value) > MAX_TEXT:
        return f"{noun} has {len(node.value)} characters, shorten it to {MAX_TEXT}"
    return _written_wrongly(node, noun) or _unfit(node.value, spec, noun)


def _written_wrongly(node: Scalar, noun: str) -> str | None:
    value = node.value
    if not value:
        return f"{noun} is empty, write a text (quote it if it begins with #)"
    read_as = node.read_as
    if read_as:
        return f"{noun} {value} is read as {read_as}, quote it: {quoted(value)}"
    if node.comment_follows:
        return f"{noun} ends at {quoted(value)} because a comment follows, quote all of the text"
    return None


def _unfit(value: str, spec: Text, noun: str) -> str | None:
    if not value.strip():
        return f"{noun} holds only spaces, write a text"
    if value != value.strip() and not spec.long:
        return f"{noun} begins or ends with a space, remove it: {quoted(value.strip())}"
    if any((c < " " and c not in "\n\t") or c == "\x7f" for c in value):
        return f"{noun} holds a control character, remove it"
    if spec.pattern and not re.fullmatch(spec.pattern, value):
        return f"{noun} {value} must be {spec.pattern_means}"
    return None


def _unknown_key(name: str, table: Table) -> str:
    near = _nearest(name, table)
    meant = f"did you mean {near}?" if near else f"it can have {_or(table.by_name, 'and')}"
    return f"{table.noun} has no key {name}, {meant}"


def _nearest(name: str, table: Table) -> str | None:
    near = difflib.get_close_matches(name, table.by_name)
    return near[0] if near else None


def _or(values: Iterable[str], word: str = "or") -> str:
    *rest, last = values
    return f"{', '.join(rest)} {word} {last}"


def _shape(node: Node) -> str:
    match node:
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping"
        case Scalar(value=""):
            return "empty"
    return "a single value"
