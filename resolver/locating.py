"""Find where aliases stand in documents: fold, frame, match, and check spelling.

Documents of plain characters are done together, as one text with empty lines between: a hundred
short texts then cost little more than a long one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from resolver.analysis import Analysis
from resolver.folding import plain
from resolver.framing import begins_anywhere
from resolver.gazetteer import Form, Gazetteer
from resolver.matchers import Matcher
from resolver.models import Document
from resolver.pages import Sheet
from resolver.readings import Match, Reading, together
from resolver.spelling import is_spelled_as

MAX_SPELLINGS = 1_000
_BETWEEN = "\n\n"  # ends a paragraph, so that nothing is found across it


Place = tuple[int, int, Reading]


class Located(NamedTuple):
    """A document, and what stands in it.

    Attributes:
        document: The document.
        found: Places where aliases and suppressions were found, each once, overlapping, ordered
            by start, and of those the longest first.
        sheet: What its text stands on, and where the places count from.
        begin: Where on the sheet it begins.
    """

    document: Document
    found: Sequence[Place]
    sheet: Sheet
    begin: int

    @property
    def matches(self) -> list[Match]:
        """The same with places in the text."""
        make = tuple.__new__  # what `Match(span, reading)` comes to, in a third of the time
        offset = self.begin
        return [
            make(Match, ((begin - offset, behind - offset), reading))
            for begin, behind, reading in self.found
        ]


class Locator:
    """Locates aliases in documents, with one gazetteer and one engine."""

    def __init__(self, gazetteer: Gazetteer, matcher: Matcher) -> None:
        """Keep both."""
        self.gazetteer = gazetteer
        self.matcher = matcher
        patterns = gazetteer.patterns
        # Those that may be found inside words come last.
        self._has_parts = bool(patterns) and begins_anywhere(patterns[-1])

    def analyse(self, document: Document) -> Analysis:
        """Return an analysis in which the matches are filled in."""
        return self.analysis_of(self.locate(document))

    def analysis_of(self, located: Located) -> Analysis:
        """Return an analysis that begins with what was found."""
        document, _, sheet, begin = located
        return Analysis(document, self.gazetteer, located.matches, sheet, begin)

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
            yield Located(document, found[first:at], sheet, begin)
            begin = behind

    def _find(self, sheet: Sheet) -> list[Place]:
        """Return what a sheet holds, ordered by start, and of those the longest first."""
        original = sheet.folded.original
        found: list[Place] = []
        for begin, behind, form in self._find_forms(sheet):
            surface = original[begin:behind]
            try:
                reading = form.readings[surface]
            except KeyError:
                reading = self._reading(surface, form)
            if reading is not None:
                found.append((begin, behind, reading))
        # Two sorts that need no function of ours.
        found.sort(key=itemgetter(1), reverse=True)
        found.sort(key=itemgetter(0))
        return self._united(found) if self._has_parts else found

    def _find_forms(self, sheet: Sheet) -> Iterable[tuple[int, int, Form]]:
        """Return start and end on the sheet and the form of all that folds alike."""
        forms, text = self.gazetteer.forms, sheet.folded.text
        framed, places = sheet.framed
        found = [
            (begin, begin + form.length, form)
            for number, start, _ in self.matcher.find(framed)
            for form in forms[number]
            for place in (start + form.lead,)
            for begin in (place - 1 if places is None else places[place],)
            if form.is_word or text.startswith(form.folded, begin)
        ]
        return sheet.folded.originals(found)

    def _united(self, found: Iterable[Place]) -> list[Place]:
        """Make one of places where a surface was found as a word and as a part of one."""
        united: list[Place] = []
        for begin, behind, reading in found:
            if united and united[-1][:2] == (begin, behind):
                both = together(united.pop()[2], reading, self.gazetteer.owners)
                united.append((begin, behind, both))
            else:
                united.append((begin, behind, reading))
        return united

    def _reading(self, surface: str, form: Form) -> Reading | None:
        """Return what a surface may be, and remember it, since surfaces repeat."""
        aliases = tuple(a for a in form.aliases if is_spelled_as(surface, a.text, a.case))
        reading = Reading(aliases, self.gazetteer.owners) if aliases else None
        if len(form.readings) < MAX_SPELLINGS:  # a name has few spellings, an attacker many
            form.readings[surface] = reading
        return reading
