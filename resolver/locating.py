"""Find where aliases stand in a document: fold, frame, match, and check spelling."""

from __future__ import annotations

from resolver.analysis import Analysis, Match
from resolver.findings import Span
from resolver.folding import Folded, fold
from resolver.framing import Framed, frame
from resolver.gazetteer import Form, Gazetteer
from resolver.matchers import Matcher
from resolver.models import Document
from resolver.readings import Reading
from resolver.spelling import is_spelled_as

MAX_SPELLINGS = 1_000


class Locator:
    """Locates aliases in documents, with one gazetteer and one engine."""

    def __init__(self, gazetteer: Gazetteer, matcher: Matcher) -> None:
        """Keep both."""
        self.gazetteer = gazetteer
        self.matcher = matcher

    def analyse(self, document: Document) -> Analysis:
        """Return an analysis in which the matches are filled in."""
        folded = fold(document.text)
        framed = frame(folded.text)
        matches = self._matches(document.text, folded, framed)
        return Analysis(document, self.gazetteer, folded, framed, matches)

    def _matches(self, text: str, folded: Folded, framed: Framed) -> list[Match]:
        forms = self.gazetteer.forms
        comparable = folded.text
        matches: list[Match] = []
        for start, number in self.matcher.find(framed.text):
            for form in forms[number]:
                begin = framed.folded_place(start + form.lead)
                end = begin + len(form.folded)
                if not form.is_word and comparable[begin:end] != form.folded:
                    continue
                span = (begin, end) if folded.is_aligned else folded.span(begin, end)
                reading = self._reading(text, span, form) if span else None
                if span and reading:
                    matches.append(Match(span, reading))
        matches.sort(key=_place)
        return matches

    def _reading(self, text: str, span: Span, form: Form) -> Reading | None:
        """Return what a surface may be, remembered, since surfaces repeat."""
        surface = text[span[0] : span[1]]
        try:
            return form.readings[surface]
        except KeyError:
            pass
        aliases = tuple(a for a in form.aliases if is_spelled_as(surface, a.text, a.case))
        reading = Reading(aliases, self.gazetteer.owners) if aliases else None
        if len(form.readings) < MAX_SPELLINGS:  # a name has few spellings, an attacker many
            form.readings[surface] = reading
        return reading


def _place(match: Match) -> Span:
    start, end = match.span
    return start, -end
