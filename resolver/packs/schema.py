"""The pack format, stated once: the reader checks against it, editors get it as JSON Schema.

A `Table` lists its keys with a value spec each. `check` turns a node into plain values (text stays
text, with its place) and collects every problem; `json_schema` writes the same specs as JSON
Schema draft-07, which is what editors understand.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import Any

from resolver.dates import is_iso_date
from resolver.errors import Problem
from resolver.models import Location
from resolver.packs.strict_yaml import Mapping, Node, Scalar, Sequence, quoted

MAX_TEXT = 1_000
KINDS = (
    "full",
    "short",
    "acronym",
    "former",
    "demonym",
    "nickname",
    "metonym",
    "transliteration",
    "garbled",
)


@dataclass(frozen=True)
class Text:
    """A text that is not empty; ``pattern`` narrows it and ``pattern_means`` says how."""

    pattern: str | None = None
    pattern_means: str = ""
    long: bool = False


@dataclass(frozen=True)
class Choice:
    """One of some words."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class Flag:
    """``true`` or ``false``."""


@dataclass(frozen=True)
class Date:
    """An ISO date, or only its year and month, or only its year."""


@dataclass(frozen=True)
class ListOf:
    """A list of values of one kind."""

    item: Spec


@dataclass(frozen=True)
class MapOf:
    """Free keys with a text each."""


@dataclass(frozen=True)
class Key:
    """One key of a table: its value, whether it must be there, and what it means."""

    name: str
    spec: Spec
    means: str
    required: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Table:
    """A mapping with fixed keys; ``shorthand`` is the key that a bare text stands for."""

    noun: str
    keys: tuple[Key, ...]
    shorthand: str | None = None
    by_name: dict[str, Key] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Index the keys once; tables are checked a hundred thousand times."""
        object.__setattr__(self, "by_name", {key.name: key for key in self.keys})


Spec = Text | Choice | Flag | Date | ListOf | MapOf | Table

ID = Text(r"[^\s\[\]()]+", "an id without spaces or brackets, such as person/simon-gass")

CONTEXT = Table(
    "context",
    (
        Key("any", ListOf(Text()), "at least one of these words or aliases stands near"),
        Key("all", ListOf(Text()), "each of these words or aliases stands near"),
        Key("none", ListOf(Text()), "none of these words or aliases stands near"),
        Key("entities", ListOf(ID), "at least one of these entities is mentioned near"),
        Key(
            "within",
            Text(
                r"sentence|paragraph|document|[1-9]\d{0,3} words?",
                "sentence, paragraph, document or a number of words (5 words)",
            ),
            "how near; the default is document",
        ),
    ),
)

ALIAS_KEYS = (
    Key("kind", Choice(KINDS), "what sort of name this is; the default is full"),
    Key("case", Choice(("smart", "exact", "any")), "how capitals are compared"),
    Key("strength", Choice(("strong", "weak")), "weak resolves only with support"),
    Key("boundary", Choice(("word", "none")), "none also matches inside words"),
    Key("ambiguous", Flag(), "others bear this name too, so it needs evidence"),
    Key("context", CONTEXT, "what must or must not stand near"),
    Key("from", Date(), "first day on which the alias is valid"),
    Key("until", Date(), "day on which the alias is no longer valid"),
    Key("source", Text(), "where the alias comes from or was seen"),
    Key("note", Text(long=True), "a remark for other authors"),
)

ALIAS = Table(
    "alias", (Key("text", Text(), "the alias as it is written", required=True), *ALIAS_KEYS), "text"
)
SUPPRESSION = Table(
    "suppression",
    (
        Key("text", Text(), "what is never a mention", required=True),
        Key("case", Choice(("smart", "exact", "any")), "how capitals are compared"),
        Key("boundary", Choice(("word", "none")), "none also matches inside words"),
        Key("context", CONTEXT, "what must or must not stand near"),
        Key("note", Text(long=True), "a remark for other authors"),
    ),
    "text",
)

_COMMON_KEYS = (
    Key("tags", ListOf(Text()), "free labels"),
    Key("same_as", MapOf(), "identifiers elsewhere, such as wikidata: Q1234; only checked ones"),
    Key("source", Text(), "where the facts come from"),
    Key("note", Text(long=True), "a remark for other authors"),
)

ENTITY = Table(
    "entity",
    (
        Key("id", ID, "the identifier, unique among the loaded packs", required=True),
        Key("name", Text(), "the canonical name, itself an alias", required=True),
        Key("type", Text(), "person, organisation, place, event or a type of your own"),
        Key("aliases", ListOf(ALIAS), "other names; a bare text is {text: ...}"),
        Key("surnames", ListOf(Text()), "what a person is called later, [] for nothing"),
        *_COMMON_KEYS,
    ),
)

HOLDER = Table(
    "holder",
    (
        Key("entity", ID, "id of the person", required=True),
        Key("from", Date(), "first day in office"),
        Key("until", Date(), "day on which the office passed on"),
    ),
)

ROLE = Table(
    "role",
    (
        Key("id", ID, "the identifier, unique among the loaded packs", required=True),
        Key("name", Text(), "the canonical name, itself an alias", required=True),
        Key("aliases", ListOf(ALIAS), "other names; a bare text is {text: ...}"),
        Key("of", ListOf(ID), "ids of the countries or bodies that the office belongs to"),
        Key("holders", ListOf(HOLDER), "who held the office, and when"),
        Key("shared", Flag(), "several people hold the office at the same time"),
        *_COMMON_KEYS,
    ),
)

EXAMPLE = Table(
    "example",
    (
        Key(
            "text",
            Text(long=True),
            "every mention marked: [surface](id), [surface](?)",
            required=True,
        ),
        Key("date", Date(), "date of the text"),
        Key("todo", Flag(), "known not to pass yet, reported without failing"),
        Key("note", Text(long=True), "a remark for other authors"),
    ),
)

DEFAULTS = Table(
    "defaults",
    (
        Key("type", Text(), "type of every entity"),
        Key("tags", ListOf(Text()), "tags of every entity and role"),
        *ALIAS_KEYS,
    ),
)

PACK = Table(
    "pack",
    (
        Key("pack", ID, "the name of the pack, unique among the loaded packs", required=True),
        Key("version", Text(), "version of the content"),
        Key("title", Text(), "a line for people"),
        Key("description", Text(long=True), "what belongs here"),
        Key("license", Text(), "licence of the content, an SPDX identifier"),
        Key("sources", ListOf(Text(long=True)), "where the facts come from"),
        Key("defaults", DEFAULTS, "inherited by every entity and alias below"),
        Key("entities", ListOf(ENTITY), "who and what can be named"),
        Key("roles", ListOf(ROLE), "offices that people hold in turn"),
        Key("suppress", ListOf(SUPPRESSION), "never a mention, and nothing inside it is one"),
        Key("examples", ListOf(EXAMPLE), "tests: every mention of a text is marked"),
    ),
)


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
            return None if text is None else {"@": node.location, table.shorthand: text}
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
        singular = spec.item.noun if isinstance(spec.item, Table) else noun
        values = [self.check(item, spec.item, singular) for item in node.items]
        return [value for value in values if value is not None]

    def _map(self, node: Node, noun: str) -> dict[str, str] | None:
        if not isinstance(node, Mapping):
            self.report(node.location, f"{noun} must be a mapping, not {_shape(node)}")
            return None
        checked = ((key.value, self._scalar(value, Text(), noun)) for key, value in node.pairs)
        return {key: str(value) for key, value in checked if value is not None}

    def _scalar(self, node: Node, spec: Spec, noun: str) -> str | bool | None:
        if not isinstance(node, Scalar):
            remedy = ", quote it" if isinstance(spec, Text) else ""
            self.report(node.location, f"{noun} must be one value, not {_shape(node)}{remedy}")
            return None
        message = _complaint(node, spec, noun)
        if message:
            self.report(node.location, message)
            return None
        return node.value == "true" if isinstance(spec, Flag) else node.value


def _complaint(node: Scalar, spec: Spec, noun: str) -> str | None:
    value = node.value
    match spec:
        case Flag() if value not in {"true", "false"}:
            return f"{noun} must be true or false, not {value or 'empty'}"
        case Choice(values) if value not in values:
            near = difflib.get_close_matches(value, values, 1)
            meant = f", did you mean {near[0]}?" if near else f", use {_or(values)}"
            return f"{noun} {value or 'empty'} is unknown{meant}"
        case Date() if not is_iso_date(value):
            return f"{noun} {value or 'empty'} is not a date, write 2022-09-06, 2022-09 or 2022"
        case Text():
            return _text_complaint(node, spec, noun)
    return None


def _text_complaint(node: Scalar, spec: Text, noun: str) -> str | None:
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
    if not spec.long and len(value) > MAX_TEXT:
        return f"{noun} has {len(value)} characters, at most {MAX_TEXT} are allowed"
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
    near = difflib.get_close_matches(name, table.by_name, 1)
    return near[0] if near else None


def _or(values: Any, word: str = "or") -> str:
    *rest, last = values
    return f"{', '.join(rest)} {word} {last}" if rest else str(last)


def _shape(node: Node) -> str:
    match node:
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping"
        case Scalar(value=""):
            return "empty"
    return "a single value"


def json_schema() -> dict[str, Any]:
    """Return the pack format as JSON Schema draft-07, for editors."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "resolver pack",
        **_schema(PACK),
    }


def _schema(spec: Spec) -> dict[str, Any]:
    match spec:
        case Text(pattern=None):
            return {"type": "string", "minLength": 1}
        case Text(pattern=pattern):
            return {"type": "string", "pattern": f"^(?:{pattern})$"}
        case Choice(values):
            return {"enum": list(values)}
        case Flag():
            return {"type": "boolean"}
        case Date():
            return {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
        case ListOf(item):
            return {"type": "array", "items": _schema(item)}
        case MapOf():
            return {"type": "object", "additionalProperties": {"type": "string"}}
        case Table():
            return _table_schema(spec)


def _table_schema(table: Table) -> dict[str, Any]:
    properties = {key.name: {"description": key.means, **_schema(key.spec)} for key in table.keys}
    schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": [key.name for key in table.keys if key.required],
    }
    if not schema["required"]:
        del schema["required"]
    if table.shorthand:
        return {"oneOf": [_schema(table.by_name[table.shorthand].spec), schema]}
    return schema
