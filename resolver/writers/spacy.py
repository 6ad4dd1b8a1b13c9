"""spaCy: a DocBin, the binary form of documents that ``spacy train`` and `DocBin.from_disk` read.

Offsets are tokens, those of spaCy's tokenizer for any language, split where a mention begins or
ends inside one. ``doc.ents`` holds disjoint mentions, with the type as label and the id as
``kb_id_``; ``doc.spans["resolver"]`` holds all of them, and ``doc.spans["candidates"]`` one span
for each candidate of an ambiguous mention. The id of the document is in ``doc.user_data``. A DocBin
is written as a whole, so all documents are held in memory.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from resolver.extras import library
from resolver.models import Mention, Result
from resolver.writers import Options
from resolver.writers.naming import encodable, label_of
from resolver.writers.spans import checked, disjoint, only_in


def write(results: Iterable[Result], options: Options) -> Iterator[bytes]:
    """Yield the DocBin."""
    only_in("codepoint", options, "spacy")
    spacy = library("spacy", "spacy")
    tokenizer = spacy.blank("xx").tokenizer
    collected = library("spacy.tokens", "spacy").DocBin(store_user_data=True)
    for result in checked(results):
        collected.add(_doc(tokenizer(result.document.text), result))
    yield collected.to_bytes()


def _doc(doc: Any, result: Result) -> Any:
    mentions = result.mentions
    split_tokens(doc, {edge for m in mentions for edge in (m.start, m.end)})
    for name in ("id", "date"):
        value = getattr(result.document, name)
        doc.user_data[name] = None if value is None else encodable(value)
    doc.ents = [_span(doc, mention, mention.entity_id) for mention in disjoint(mentions)]
    doc.spans["resolver"] = [_span(doc, mention, mention.entity_id) for mention in mentions]
    doc.spans["candidates"] = [
        _span(doc, mention, candidate.entity_id)
        for mention in mentions
        for candidate in mention.candidates
    ]
    return doc


def _span(doc: Any, mention: Mention, entity_id: str | None) -> Any:
    label = label_of(mention)
    return doc.char_span(mention.start, mention.end, label=label, kb_id=entity_id or "")


def split_tokens(doc: Any, places: Iterable[int]) -> None:
    """Split the tokens of a `Doc` that have a place inside them; the first piece keeps the head.

    Args:
        doc: The document, whose tokens change.
        places: Offsets into its text.
    """
    begins = [token.idx for token in doc]
    cuts: defaultdict[int, set[int]] = defaultdict(set)
    for place in places:
        number = bisect_right(begins, place) - 1
        if 0 < place - begins[number] < len(doc[number]):
            cuts[number].add(place - begins[number])
    with doc.retokenize() as retokenizer:
        for number, inside in cuts.items():
            token = doc[number]
            pieces = [token.text[a:b] for a, b in pairwise((0, *sorted(inside), len(token)))]
            head = (token, 0) if token.head == token else token.head
            retokenizer.split(token, pieces, heads=[head, *[(token, 0)] * (len(pieces) - 1)])
