"""Find where aliases stand in documents: fold, frame, match, and check spelling.

Documents of plain characters are done together, as one text with empty lines between: a hundred
short texts then cost little more than a long one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from resolver.analysis import Analysis
from resolver.folding import plain
from resolver.gazetteer import Form, Gazetteer
from resolver.matchers import Matcher
from resolver.models import Document
from resolver.pages import Sheet
from resolver.readings import Match, Reading, together
from resolver.spelling import is_spelled_as

MAX_SPELLINGS = 1_000
_BETWEEN = "\n\n"  # ends a paragraph, so that nothing is found across it


class Located(NamedTuple):
    """A document, and what stands in it.

    Attributes:
        document: The document.
        matches: Places where aliases and suppressions were found, each once, overlapping, ordered
            by place.
        sheet: What its text stands on.
        begin: Where on the sheet it begins.
    """

    document: Document
    matches: list[Match]
    sheet: Sheet
    begin: int


class Locator:
    """Locates aliases in documents, with one gazetteer and one engine."""

    def __init__(self, gazetteer: Gazetteer, matcher: Matcher) -> None:
        """Keep both."""
        self.gazetteer = gazetteer
        self.matcher = matcher

    def analyse(self, document: Document) -> Analysis:
        """Return an analysis in which the matches are filled in."""
        return self.analysis_of(self.locate(document))

    def analysis_of(self, located: Located) -> Analysis:
        """Return an analysis that begins with what was found."""
        document, matches, sheet, begin = located
        return Analysis(document, self.gazetteer, matches, sheet, begin)

    def locate(self, document: Document) -> Located:
        """Find what stands in a document."""
        (located,) = self._on_sheet([document], document.text)
        return located

    def locate_batch(self, documents: Sequence[Document]) -> Sequence[Located]:
        """Find what stands in documents, in their order; the same as one by one."""
        plains = [plain(document.text) for document in documents]
        joined = [number for number, text in enumerate(plains) if text.isascii()]
        sheet = _BETWEEN.join([plains[number] for number in joined])
        located = self._on_sheet([documents[number] for number in joined], sheet)
        found = dict(zip(joined, located, strict=True))
        return [
            found.get(number) or self.locate(document) for number, document in enumerate(documents)
        ]

    def _on_sheet(self, documents: Sequence[Document], text: str) -> Iterator[Located]:
        sheet = Sheet(text)
        found = self._find(sheet)
        begin = at = 0
        for document in documents:
            behind = begin + len(document.text) + len(_BETWEEN)
            first, at = at, bisect_left(found, (behind,), at)
            matches = self._matches(document.text, begin, found[first:at])
            yield Located(document, matches, sheet, begin)
            begin = behind

    def _find(self, sheet: Sheet) -> list[tuple[int, int, Form]]:
        """Return start and end on the sheet and the form of all that is found, ordered by place."""
        folded, framed = sheet.folded, sheet.framed
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
        return folded.originals(found)

    def _matches(
        self, text: str, offset: int, found: Sequence[tuple[int, int, Form]]
    ) -> list[Match]:
        matches: list[Match] = []
        make = tuple.__new__  # what `Match(span, reading)` comes to, in a third of the time
        last = (-1, -1)
        for begin, behind, form in found:
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
