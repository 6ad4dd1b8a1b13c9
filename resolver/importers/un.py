"""The consolidated sanctions list of the UN Security Council, in XML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from resolver.errors import InputError
from resolver.importers.capitals import restored
from resolver.importers.drafts import alias, entity, identifier, tidy
from resolver.importers.files import leave_out, read_elements
from resolver.importers.options import with_defaults
from resolver.models import Alias, Entity

_TYPES = {"INDIVIDUAL": "person", "ENTITY": "organisation"}
_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def read(files: Sequence[Path], options: Mapping[str, str]) -> Iterator[Entity]:
    """Yield a person or organisation for each entry; its id is made of the data id of the list."""
    with_defaults(options, {})
    for path in files:
        found = False
        for element in read_elements(path, frozenset(_TYPES)):
            found = True
            person = element.tag == "INDIVIDUAL"
            name = " ".join(filter(None, (_text(element, part) for part in _PARTS)))
            number = _text(element, "DATAID")
            if name and number:
                yield _entity(element, restored(name, person=person), number)
            else:
                leave_out(f"{path}, {number or name or element.tag}", "no name or no DATAID")
        if not found:
            raise InputError(f"{path}: is no UN list, it has neither INDIVIDUAL nor ENTITY")


def _entity(element: Element, name: str, number: str) -> Entity:
    person = element.tag == "INDIVIDUAL"
    type_ = _TYPES[str(element.tag)]
    reference = _text(element, "REFERENCE_NUMBER")
    return entity(
        identifier(type_, f"un-{number}"),
        name,
        type_,
        _aliases(element, name, person=person),
        same_as=[("un", reference)] if reference else (),
    )


def _aliases(element: Element, name: str, *, person: bool) -> Iterator[Alias]:
    script = _text(element, "NAME_ORIGINAL_SCRIPT")
    if script:
        yield alias(script, source="original script")
    for each in element.iterfind(f"{element.tag}_ALIAS"):
        quality = _text(each, "QUALITY")
        kind = "former" if quality == "f.k.a." else "full"
        for part in _text(each, "ALIAS_NAME").split(";"):
            text = restored(tidy(part), person=person)
            if text and text != name:
                weak = quality == "Low"
                yield alias(text, kind, weak=weak, source="low quality a.k.a." if weak else "")


def _text(element: Element, name: str) -> str:
    return " ".join((element.findtext(name) or "").split())
