"""The pack format, stated once: readers check against it, editors get it as JSON Schema.

A `Table` lists its keys with a value spec each. `resolver.packs.checking` checks YAML against the
specs; `json_schema` writes them as JSON Schema draft-07, which is what editors understand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

# Characters of a text that is not long: part of the format, so that a pack can be read by everybody
# or by nobody.
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

WINDOW = Text(
    r"sentence|paragraph|document|[1-9]\d{0,3} words?",
    "sentence, paragraph, document or a number of words (5 words)",
)

CONTEXT = Table(
    "context",
    (
        Key("any", ListOf(Text()), "at least one of these words or aliases stands near"),
        Key("all", ListOf(Text()), "each of these words or aliases stands near"),
        Key("none", ListOf(Text()), "none of these words or aliases stands near"),
        Key("entities", ListOf(ID), "at least one of these entities is mentioned near"),
        Key("within", WINDOW, "how near; the default is document"),
        Key("none_within", WINDOW, "how near none may stand; the default is that of within"),
    ),
)

ALIAS_KEYS = (
    Key("kind", Choice(KINDS), "what sort of name this is; the default is full"),
    Key("case", Choice(("smart", "exact", "any")), "how capitals are compared"),
    Key("strength", Choice(("strong", "weak")), "weak resolves only with support"),
    Key("boundary", Choice(("word", "none")), "none also matches inside words"),
    Key("ambiguous", Flag(), "others bear this name too, so it needs evidence"),
    Key("default", Flag(), "true where the table takes this one when nothing else decides"),
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
        Key("default", Flag(), "true where the table takes this one when nothing else decides"),
        Key("context", CONTEXT, "what must or must not stand near"),
        Key("note", Text(long=True), "a remark for other authors"),
    ),
    "text",
)

_NAME_IS_ALIAS = Key(
    "name_is_alias",
    Flag(),
    "false where the name as a whole is never a mention (President of Iran); the default is true",
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
        _NAME_IS_ALIAS,
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
        _NAME_IS_ALIAS,
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
        _NAME_IS_ALIAS,
        *ALIAS_KEYS,
    ),
)

PACK = Table(
    "file",
    (
        Key("pack", ID, "the name of the pack, unique among the loaded packs", required=True),
        Key("version", Text(), "version of the content"),
        Key("title", Text(), "a line for people"),
        Key("description", Text(long=True), "what belongs here"),
        Key("license", Text(), "licence of the content, an SPDX identifier"),
        Key("sources", ListOf(Text(long=True)), "where the facts come from"),
        Key("left_out", ListOf(Text()), "names and ids that an import is not to bring back"),
        Key("defaults", DEFAULTS, "inherited by every entity and alias below"),
        Key("entities", ListOf(ENTITY), "who and what can be named"),
        Key("roles", ListOf(ROLE), "offices that people hold in turn"),
        Key("suppress", ListOf(SUPPRESSION), "never a mention, and nothing inside it is one"),
        Key("examples", ListOf(EXAMPLE), "tests: every mention of a text is marked"),
    ),
)


def json_schema() -> dict[str, Any]:
    """Return the pack format as JSON Schema draft-07, for editors."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "resolver pack",
        **_schema(PACK),
    }


def _schema(spec: Spec) -> dict[str, Any]:
    match spec:
        case Text():
            return _text_schema(spec)
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


def _text_schema(text: Text) -> dict[str, Any]:
    filled = {"pattern": f"^(?:{text.pattern})$"} if text.pattern else {"minLength": 1}
    short = {} if text.long else {"maxLength": MAX_TEXT}
    return {"type": "string", **filled, **short}


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
