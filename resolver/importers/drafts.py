"""Entities as importers return them: ids, names and aliases made of what a source says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from resolver.characters import is_word
from resolver.dates import is_iso_date
from resolver.folding import fold
from resolver.importers.files import leave_out
from resolver.models import Alias, Entity
from resolver.packs.schema import MAX_TEXT

_SIGNS = {"+": "-plus-", "#": "-sharp-", "&": "-and-", "@": "-at-"}  # that tell names apart
_JOINERS = "\u200c\u200d"  # invisible, and Persian cannot be written without them
_QUOTED = re.compile(r"""["“”„«‘'](?P<inner>[^"“”„«»‘’']+)["“”»’']""")


def alias(
    text: str,
    kind: str = "full",
    *,
    weak: bool = False,
    begin: str = "",
    end: str = "",
    language: str = "",
    source: str = "",
    case: str = "smart",
) -> Alias:
    """Return an alias; of what is no ISO date nothing is kept, of a date-time the day.

    Args:
        text: The name.
        kind: What sort of name it is, as packs say it.
        weak: Whether the source says that it is not to be trusted alone.
        begin: First day on which it was used.
        end: Day on which it was no longer used.
        language: Code of its language; goes into the note.
        source: Who uses it.
        case: How capitals are compared.
    """
    return Alias(
        text,
        "",
        kind,
        case,
        "weak" if weak else "strong",
        valid_from=iso_date(begin),
        valid_until=iso_date(end),
        source=source or None,
        note=f"language: {language}" if language else None,
    )


def entity(
    id_: str,
    name: str,
    type_: str,
    aliases: Iterable[Alias] = (),
    *,
    same_as: Iterable[tuple[str, str]] = (),
    source: str = "",
    tags: Iterable[str] = (),
) -> Entity:
    """Return an entity whose name is its first alias, unless it is listed with more to say.

    Aliases that no text can hold are left out. An entity with such a name goes by its id.
    """
    owned = usable(id_, name, aliases)
    shown = id_ if fault_of(name) else name
    return Entity(id_, shown, type_, owned, tuple(tags), tuple(same_as), source=source or None)


def usable(id_: str, name: str, aliases: Iterable[Alias]) -> tuple[Alias, ...]:
    """Return the name and the aliases of an owner that texts can hold, as aliases of it."""
    listed = tuple(aliases)
    if all(each.text != name for each in listed):
        listed = (alias(name), *listed)
    for each in listed:
        fault = fault_of(each.text)
        if fault:
            leave_out(f"{id_}, {each.text[:50]!r}", fault)
    return tuple(replace(each, entity_id=id_) for each in listed if not fault_of(each.text))


def fault_of(text: str) -> str | None:
    """Return why a text cannot be an alias, if it cannot."""
    if len(text) > MAX_TEXT:
        return f"a name of more than {MAX_TEXT} characters"
    if any(unicodedata.category(char) in {"Cc", "Cs", "Cn", "Co"} for char in text):
        return "a name with a character that no text has"
    if not any(map(str.isalnum, text)) or not any(map(is_word, fold(text).text)):
        return "a name without letter or digit"
    return None


def iso_date(text: str) -> str | None:
    """Return the date at the beginning of a text, as exact as it is, or nothing.

    >>> iso_date("2022-09-06T00:00:00Z"), iso_date("+1999-00-00T00:00:00Z"), iso_date("soon")
    ('2022-09-06', '1999', None)
    """
    found = re.match(r"\+?(\d{4}(?:-\d\d){0,2})(?![\d])", text.strip())
    date = found[1].removesuffix("-00").removesuffix("-00") if found else ""
    return date if is_iso_date(date) else None


def identifier(*parts: str) -> str:
    """Return an id of parts that identify something in its source.

    >>> identifier("person", "Élodie [Q1]"), identifier("org", "https://x.org/a#b")
    ('person/Élodie-Q1', 'org/https://x.org/a#b')
    """
    return "/".join(re.sub(r"[\s\[\]()]+", "-", part).strip("-") or "-" for part in parts)


def slug(text: str) -> str:
    """Return a name as part of an id: small letters and digits of any script, and hyphens.

    >>> slug("Ministry of Défense (UK)"), slug("وزارت دفاع"), slug("C++")
    ('ministry-of-defense-uk', 'وزارت-دفاع', 'c-plus-plus')
    """
    bare = "".join(
        _SIGNS.get(char, char)
        for char in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(char)
    )
    return re.sub(r"[\W_]+", "-", bare).strip("-") or "-"


def tidy(text: str) -> str:
    """Return a name with single plain spaces, without footnote marks or quotation marks around it.

    >>> tidy(' "The  Base" [3][4]'), tidy('Abu "The Base" Ali')
    ('The Base', 'Abu "The Base" Ali')
    """
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf" or c in _JOINERS)
    bare = _without_footnotes(" ".join(seen.split()))
    quoted = _QUOTED.fullmatch(bare)
    return quoted["inner"].strip() if quoted else bare


def _without_footnotes(text: str) -> str:
    """Return a text without the numbers in brackets that stand at its end."""
    end = len(text)
    while text.endswith("]", 0, end):
        begin = text.rfind("[", 0, end)
        if begin < 0 or not text[begin + 1 : end - 1].isdecimal():
            break
        end = begin - 1 if text.endswith(" ", 0, begin) else begin
    return text[:end]
