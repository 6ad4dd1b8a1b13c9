"""Find where aliases stand in a document: fold, frame, match, and check spelling."""

from __future__ import annotations

from functools import lru_cache

from resolver.analysis import Analysis, Match, Reading
from resolver.folding import fold
from resolver.framing import frame
from resolver.gazetteer import Form, Gazetteer
from resolver.matchers import Matcher
from resolver.models import Document
from resolver.spelling import is_spelled_as


class Locator:
    """Locates aliases in documents, with one gazetteer and one engine."""

    def __init__(self, gazetteer: Gazetteer, matcher: Matcher) -> None:
        """Keep both.

        Surfaces repeat, within a document and from one to the next, so what a surface may be is
        remembered for the most frequent ones.
        """
        self.gazetteer = gazetteer
        self.matcher = matcher
        self._spelled = lru_cache(maxsize=65_536)(_spelled)

    def analyse(self, document: Document) -> Analysis:
        """Return an analysis in which matches, misspelled matches and cues are filled in."""
        folded = fold(document.text)
        framed = frame(folded.text)
        analysis = Analysis(document, self.gazetteer, folded, framed)
        forms = self.gazetteer.forms
        comparable = folded.text
        for start, number in sorted(self.matcher.find(framed.text)):
            for form in forms[number]:
                begin = framed.folded_place(start + form.lead)
                end = begin + len(form.folded)
                if comparable[begin:end] == form.folded:
                    span = folded.span(begin, end)
                    if span is not None:
                        self._add(analysis, span, form)
        analysis.matches.sort(key=_place)
        return analysis

    def _add(self, analysis: Analysis, span: tuple[int, int], form: Form) -> None:
        surface = analysis.text[span[0] : span[1]]
        reading, misspelled, cues = self._spelled(surface, form)
        if reading:
            analysis.matches.append(Match(*span, reading))
        if misspelled:
            analysis.misspelled.append(Match(*span, misspelled))
        for cue in cues:
            analysis.cues.setdefault(cue, []).append(span)


def _place(match: Match) -> tuple[int, int]:
    return match.start, -match.end


def _spelled(surface: str, form: Form) -> tuple[Reading | None, Reading | None, tuple[str, ...]]:
    """Return what a surface may be, what it may be but for its case, and the cues it is."""
    right = tuple(a for a in form.aliases if is_spelled_as(surface, a.text, a.case))
    wrong = tuple(a for a in form.aliases if a not in right)
    cues = tuple(cue for cue in form.cues if is_spelled_as(surface, cue, "smart"))
    return (Reading(right) if right else None), (Reading(wrong) if wrong else None), cues
