"""Find where aliases stand in documents: fold, frame, match, and check spelling.

Documents of plain characters are done together, as one text with empty lines between: a hundred
short texts then cost little more than a long one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import itemgetter

from resolver.analysis import Analysis, Match
from resolver.findings import Span
from resolver.folding import fold, plain
from resolver.framing import frame
from resolver.gazetteer import Form, Gazetteer
from resolver.matchers import Matcher
from resolver.models import Document
from resolver.pages import Sheet
from resolver.readings import Reading, together
from resolver.spelling import is_spelled_as

MAX_SPELLINGS = 1_000
BATCH_DOCUMENTS = 16  # more are no faster together: what they look up no longer fits caches
BATCH_CHARACTERS = 200_000
_BETWEEN = "\n\n"  # ends a paragraph, so that nothing is found across it


class Locator:
    """Locates aliases in documents, with one gazetteer and one engine."""

    def __init__(self, gazetteer: Gazetteer, matcher: Matcher) -> None:
        """Keep both."""
        self.gazetteer = gazetteer
        self.matcher = matcher

    def analyse(self, document: Document) -> Analysis:
        """Return an analysis in which the matches are filled in."""
        (analysis,) = self._analyse_sheet([document], document.text)
        return analysis

    def analyse_batch(self, documents: Sequence[Document]) -> Sequence[Analysis]:
        """Return the analyses of documents, in their order; the same as one by one."""
        plains = [plain(document.text) for document in documents]
        joined = [number for number, text in enumerate(plains) if text.isascii()]
        sheet = _BETWEEN.join([plains[number] for number in joined])
        analysed = self._analyse_sheet([documents[number] for number in joined], sheet)
        found = dict(zip(joined, analysed, strict=True))
        return [
            found.get(number) or self.analyse(document) for number, document in enumerate(documents)
        ]

    def _analyse_sheet(self, documents: Sequence[Document], text: str) -> Iterator[Analysis]:
        folded = fold(text)
        sheet = Sheet(folded, frame(folded.text))
        lengths = (len(document.text) + len(_BETWEEN) for document in documents)
        begins = [0, *accumulate(lengths)]
        found = self._find(sheet)
        at, count = 0, len(found)
        for document, begin, behind in zip(documents, begins, begins[1:], strict=False):
            first = at
            while at < count and found[at][0][0] < behind:
                at += 1
            matches = self._matches(document.text, begin, found[first:at])
            yield Analysis(document, self.gazetteer, matches, sheet, begin)

    def _find(self, sheet: Sheet) -> list[tuple[Span, Form]]:
        """Return the span on the sheet and the form of all that is found, ordered by place."""
        folded, framed = sheet
        forms, text = self.gazetteer.forms, folded.text
        place = framed.folded_place
        found = [
            (begin, begin + form.length, form)
            for number, start, _ in self.matcher.find(framed.text)
            for form in forms[number]
            for begin in (place(start + form.lead),)
            if form.is_word or text.startswith(form.folded, begin)
        ]
        # By start, and of those the longest first: two sorts that need no function of ours.
        found.sort(key=itemgetter(1), reverse=True)
        found.sort(key=itemgetter(0))
        spans = folded.spans(found)
        return [(span, form) for span, (_, _, form) in zip(spans, found, strict=True) if span]

    def _matches(self, text: str, offset: int, found: Sequence[tuple[Span, Form]]) -> list[Match]:
        matches: list[Match] = []
        make = tuple.__new__  # what `Match(span, reading)` comes to, in a third of the time
        last = (-1, -1)
        for (begin, behind), form in found:
            span = begin - offset, behind - offset
            surface = text[span[0] : span[1]]
            try:
                reading = form.readings[surface]
            except KeyError:
                reading = self._reading(surface, form)
            if reading is None:
                continue
            if span == last:  # one surface may be written as two forms
                reading = together(matches.pop().reading, reading, self.gazetteer.owners)
            matches.append(make(Match, (span, reading)))
            last = span
        return matches

    def _reading(self, surface: str, form: Form) -> Reading | None:
        """Return what a surface may be, and remember it, since surfaces repeat."""
        aliases = tuple(a for a in form.aliases if is_spelled_as(surface, a.text, a.case))
        reading = Reading(aliases, self.gazetteer.owners) if aliases else None
        if len(form.readings) < MAX_SPELLINGS:  # a name has few spellings, an attacker many
            form.readings[surface] = reading
        return reading


def in_batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Cut a stream into batches, each twice as long as the last, up to a point."""
    batch: list[Document] = []
    characters = 0
    limit = 1
    for document in documents:
        batch.append(document)
        characters += len(document.text)
        if len(batch) == limit or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
            limit = min(2 * limit, BATCH_DOCUMENTS)
    if batch:
        yield batch
