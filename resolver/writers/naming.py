"""What entities, documents and labels are called where a format has rules for names."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

from resolver.models import Mention

AMBIGUOUS = "ambiguous"
_IRI = re.compile(r"(?:https?|urn):[^\s<>\"{}|\\^`]+")
_SAFE_IN_IRI = "/:@!$&'()*+,;=~-._"
_NAME_LENGTH = 80


def label_of(mention: Mention) -> str:
    """Return the label of a mention, one word: its type, ``ambiguous`` where candidates differ."""
    return "_".join((mention.type or AMBIGUOUS).split())


def entity_iri(entity_id: str) -> str:
    """Return an id as an IRI: as it is where it is one, otherwise in a scheme of our own."""
    return _iri(entity_id, "resolver:")


def document_iri(document_id: str | None) -> str:
    """Return the IRI of a document, made in the same way."""
    return _iri(document_id or "text", "resolver:document/")


def encodable(name: str) -> str:
    r"""Return an id that UTF-8 can hold, or JSON.

    Half a character (a lone surrogate), as odd file names and JSON have it, becomes an escape such
    as ``\udcff``, which is JSON's as well.
    """
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _iri(name: str, scheme: str) -> str:
    name = encodable(name)
    return name if _IRI.fullmatch(name) else scheme + quote(name, safe=_SAFE_IN_IRI)


class FileNames:
    """Gives every document a file name of its own, which cannot lead out of a folder."""

    def __init__(self) -> None:
        """Begin with no name given."""
        self._given: set[str] = set()

    def __call__(self, document_id: str | None) -> str:
        """Return a name without an ending, of ASCII letters, digits, ``-``, ``_`` and dots."""
        wanted = re.sub(r"[^A-Za-z0-9._-]+", "_", document_id or "text").strip("._")
        name = wanted[-_NAME_LENGTH:].strip("._") or "text"
        if name != document_id:
            # Names that were alike before they were changed stay apart.
            digest = hashlib.sha256((document_id or "").encode("utf-8", "surrogatepass"))
            name = f"{name}-{digest.hexdigest()[:8]}" if wanted != document_id else name
        unique, number = name, 1
        while unique.lower() in self._given:
            number += 1
            unique = f"{name}-{number}"
        self._given.add(unique.lower())
        return unique
