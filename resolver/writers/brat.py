r"""brat standoff: a zip archive with a ``.txt`` and an ``.ann`` for every document.

Offsets are code points, as in brat. A mention that runs over a line end or a tab is written in
pieces, since an annotation of brat cannot. Each resolved mention has a reference (``N``) to its
entity, each ambiguous one a note with its candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from resolver.models import Mention, Result
from resolver.writers import Options
from resolver.writers.archive import zipped
from resolver.writers.naming import FileNames, label_of
from resolver.writers.spans import checked, only_in

# What stands between tabs, and between what a reader of lines may take for their end.
_PIECE = re.compile("[^\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_NOT_IN_LABELS = re.compile(r"[^\w-]+")


def write(results: Iterable[Result], options: Options) -> Iterator[bytes]:
    """Yield the archive, a document at a time, the configuration of its labels at the end."""
    only_in("codepoint", options, "brat")
    return zipped(_files(results))


def _files(results: Iterable[Result]) -> Iterator[tuple[str, bytes]]:
    labels: set[str] = set()
    names = FileNames()
    for result in checked(results):
        name = names(result.document.id)
        labels.update(map(_label, result.mentions))
        lines = "".join(
            line
            for number, mention in enumerate(result.mentions, 1)
            for line in _lines(number, mention)
        )
        yield f"{name}.txt", result.document.text.encode("utf-8")
        yield f"{name}.ann", lines.encode("utf-8")
    entities = "\n".join(sorted(labels))
    sections = f"[entities]\n{entities}\n[relations]\n[events]\n[attributes]\n"
    yield "annotation.conf", sections.encode("utf-8")


def _lines(number: int, mention: Mention) -> Iterator[str]:
    places = ";".join(
        f"{mention.start + found.start()} {mention.start + found.end()}"
        for found in _PIECE.finditer(mention.surface)
    )
    yield f"T{number}\t{_label(mention)} {places}\t{_on_one_line(mention.surface)}\n"
    if mention.entity_id:
        name = _on_one_line(mention.name or "")
        yield f"N{number}\tReference T{number} resolver:{mention.entity_id}\t{name}\n"
    else:
        candidates = " ".join(candidate.entity_id for candidate in mention.candidates)
        yield f"#{number}\tAnnotatorNotes T{number}\tambiguous: {candidates}\n"


def _label(mention: Mention) -> str:
    return _NOT_IN_LABELS.sub("_", label_of(mention))


def _on_one_line(text: str) -> str:
    return " ".join(found[0] for found in _PIECE.finditer(text))
