"""Capitalised sequences: what looks like a name in a document, whether listed or not.

Only scripts with capitals have them; in Arabic or Chinese nothing is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from resolver.analysis import Analysis
from resolver.findings import Decision, Span, overlap
from resolver.models import Role
from resolver.names import TITLES, is_headline, is_opener

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’&][^\W_]+)*")
_SPACE = re.compile(r"[ \u00a0-]|\n(?!\s)")
_JOINING = frozenset(
    "of the for al bin ibn de del della der di du la le van von ul ur ap e i es".split()
)
_POSSESSIVE = re.compile(r"['’]s?$")
_CALENDAR = frozenset(
    (
        "january february march april may june july august september october november december "
        "jan feb mar apr jun jul aug sep sept oct nov dec "
        "monday tuesday wednesday thursday friday saturday sunday"
    ).split()
)


def unlisted_names(analysis: Analysis, selected: Sequence[Decision]) -> list[Span]:
    """Return the capitalised sequences that no alias covers, ordered by place.

    A sequence that only begins or ends with a mention counts as a whole ("Tehran University"), but
    offices, persons and demonyms are cut off ("President Jones", "British Jones"). What stands in a
    headline, or alone at the beginning of a sentence, shows nothing by its capital.

    Args:
        analysis: The document.
        selected: What is decided in it, suppressions too.
    """
    known = {match.span for match in analysis.matches}
    cut = [decision.span for decision in selected if _is_cut_off(analysis, decision)]
    cut += [match.span for match in analysis.matches if match.reading.roles]
    mentions = [decision.span for decision in selected]
    found = []
    for words in _sequences(analysis):
        whole = (words[0][0], words[-1][1])
        inside = [span for span in mentions if overlap(span, whole)]
        cut_inside = [span for span in cut if overlap(span, whole)]
        for part in _parts(words, cut_inside, inside):
            kept = _trimmed(analysis.text, part)
            span = _span(analysis.text, kept)
            capitalised = [word for word in kept if analysis.text[word[0]].isupper()]
            is_new = not all(_touches(word, inside) for word in capitalised)
            if is_new and span not in known and _is_telling(analysis, span):
                found.append(span)
    return found


def _is_cut_off(analysis: Analysis, decision: Decision) -> bool:
    alias = decision.aliases[0]
    if not alias.entity_id:
        return True
    owner = analysis.owner(alias)
    return isinstance(owner, Role) or owner.type.casefold() == "person" or alias.kind == "demonym"


def _touches(word: Span, spans: Iterable[Span]) -> bool:
    return any(overlap(word, span) for span in spans)


def _sequences(analysis: Analysis) -> Iterator[list[Span]]:
    """Yield the words of each sequence: capitalised ones in a row, with joining words between."""
    text = analysis.text
    sequence: list[Span] = []
    joining: list[Span] = []
    for found in _WORD.finditer(text):
        end = (joining or sequence or [(0, 0)])[-1][1]
        if not _SPACE.fullmatch(text, end, found.start()):
            if sequence:
                yield sequence
            sequence, joining = [], []
        if found[0][0].isupper() and not _opens(analysis, found, behind=bool(sequence)):
            sequence += [*joining, found.span()]
            joining = []
        elif sequence and found[0] in _JOINING:
            joining.append(found.span())
        elif sequence:
            yield sequence
            sequence, joining = [], []
    if sequence:
        yield sequence


def _opens(analysis: Analysis, word: re.Match[str], *, behind: bool) -> bool:
    """Return whether a word only begins a sentence, or a part of one that has none before it."""
    return is_opener(word[0]) and (behind or analysis.segments.begins_sentence(word.start()))


def _parts(
    words: Sequence[Span], cut: Sequence[Span], mentions: Sequence[Span]
) -> Iterator[list[Span]]:
    """Yield what is left of a sequence between what is cut off, possessives of mentions too."""
    part: list[Span] = []
    for word in words:
        owning = any(start < word[1] and word[0] < end < word[1] for start, end in mentions)
        if not owning and not _touches(word, cut):
            part.append(word)
            continue
        if part:
            yield part
        part = []
    if part:
        yield part


def _trimmed(text: str, words: Sequence[Span]) -> list[Span]:
    """Leave out the words before and behind that belong to no name."""
    kept = list(words)
    while kept and _is_no_beginning(text[slice(*kept[0])]):
        kept.pop(0)
    while kept and text[slice(*kept[-1])] in _JOINING:
        kept.pop()
    return kept


def _span(text: str, words: Sequence[Span]) -> Span:
    if not words:
        return 0, 0
    start, end = words[0][0], words[-1][1]
    possessive = _POSSESSIVE.search(text, start, end)
    return start, possessive.start() if possessive else end


def _is_no_beginning(word: str) -> bool:
    folded = _POSSESSIVE.sub("", word).casefold()
    return (
        folded in TITLES
        or folded in _CALENDAR
        or folded in _JOINING
        or re.match(r"i['’]", folded) is not None
    )


def _is_telling(analysis: Analysis, span: Span) -> bool:
    """Return whether the capitals of a sequence show that it is a name."""
    start, end = span
    surface = analysis.text[start:end]
    if len(surface) < 2 or is_opener(surface) or is_headline(analysis.text, start):
        return False
    is_acronym = sum(map(str.isupper, surface)) > 1
    return " " in surface or is_acronym or not analysis.segments.begins_sentence(start)
