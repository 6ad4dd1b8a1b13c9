"""Put decisions into words: why something is a mention, and why not."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from resolver.analysis import Analysis
from resolver.decision import select
from resolver.findings import LEVELS, Decision, Span, overlap
from resolver.folding import fold, shape
from resolver.models import Alias, Mention, Role
from resolver.nearest import nearest_aliases
from resolver.readings import needs_evidence
from resolver.rules import context, holder
from resolver.spelling import is_spelled_as

_MOST_LOSERS = 6
# No surface is longer, in code points: what begins farther before a place does not reach it.
_LONGEST = 2_000


def explain_mention(
    mention: Mention, analysis: Analysis, decisions: Sequence[Decision]
) -> tuple[str, ...]:
    """Return the steps of the decision on a mention, one short sentence each."""
    span = (mention.start, mention.end)
    near = _overlapping(span, decisions)
    decision = next(d for d in near if d.span == span)
    steps = [
        *_alias_steps(analysis, mention, decision),
        *_evidence_steps(analysis, span, decision.aliases),
        *_outcome_steps(mention),
        *_holder_steps(analysis, mention),
        *_loser_steps(analysis, span, decision),
        *_overlap_steps(analysis, span, near),
    ]
    return tuple(dict.fromkeys(steps))


def _alias_steps(analysis: Analysis, mention: Mention, decision: Decision) -> Iterator[str]:
    for alias in decision.aliases[:_MOST_LOSERS]:
        name = analysis.owner(alias).name
        if alias.kind == "surname":
            full = f"the surname {alias.text} of {name}"
        elif alias.text == name:
            full = f"the name of {name}"
        else:
            full = f'the alias "{alias.text}" ({alias.kind}) of {name}'
        yield f"{full}, pack {alias.pack}, line {alias.location.line}"
        if alias.kind == "garbled" and alias.source:
            yield f"a garbled form, seen in {alias.source}"
    differences = foldings(mention.surface, decision.aliases[0].text)
    if differences:
        yield f"the surface differs from the alias in {_and(differences)} only"


def foldings(surface: str, alias: str) -> list[str]:
    """Return in what a surface differs from an alias that folds alike."""
    differences = []
    if any(char.isspace() and char != " " for char in surface) or "  " in surface:
        differences.append("white space")
    if shape(surface) != shape(alias) and fold(surface).text == fold(alias).text:
        differences.append("capitals")
    marks = {
        "apostrophes or quotation marks": "‘’‛′`´ʻʼʾʿ“”„«»",
        "dashes": "‐‑‒–—−",
    }
    for name, chars in marks.items():
        if any((char in surface) != (char in alias) for char in chars):
            differences.append(name)
    if any(unicodedata.category(char) == "Cf" for char in surface + alias):
        differences.append("invisible characters")
    if _accents(surface) != _accents(alias):
        differences.append("accents or letter forms")
    return differences


def _accents(text: str) -> str:
    return "".join(char for char in text.casefold() if char > "\x7f" and char.isalpha())


def _evidence_steps(analysis: Analysis, span: Span, aliases: Sequence[Alias]) -> Iterator[str]:
    proofs = [p for p in analysis.proofs if p.span == span and p.alias in aliases]
    for proof in sorted(proofs, key=lambda p: (LEVELS.index(p.level), aliases.index(p.alias))):
        about = f" for {analysis.owner(proof.alias).name}" if len(aliases) > 1 else ""
        yield f"{proof.rule}{about}: {proof.reason}"


def _outcome_steps(mention: Mention) -> Iterator[str]:
    if mention.status == "ambiguous":
        names = [candidate.name for candidate in mention.candidates]
        if len(names) == 1:
            yield f"ambiguous: others bear this name, and nothing shows that it is {names[0]}"
        else:
            yield f"ambiguous: nothing decides between {_and(names, 'or')}"


def _holder_steps(analysis: Analysis, mention: Mention) -> Iterator[str]:
    if not mention.holder or not mention.entity_id:
        return
    on_the_day = holder.holders_on(analysis, mention.entity_id)
    if mention.holder in on_the_day:
        yield f"office: {mention.holder.name} held it on {analysis.day}"
        return
    yield f"office: {mention.holder.name} is named beside it as its holder"
    if on_the_day:
        names = _and([candidate.name for candidate in on_the_day])
        yield f"office: by the tables {names} held it on {analysis.day}; the text is not overruled"
    role = analysis.gazetteer.owners[mention.entity_id]
    known = {h.entity_id for h in role.holders} if isinstance(role, Role) else set()
    if mention.holder.entity_id not in known:
        yield f"office: the tables do not know {mention.holder.name} as a holder"


def _loser_steps(analysis: Analysis, span: Span, decision: Decision) -> Iterator[str]:
    chosen = {alias.entity_id for alias in decision.aliases}
    losers = {a.entity_id: a for a in aliases_at(analysis, span) if a.entity_id not in chosen}
    for alias in list(losers.values())[:_MOST_LOSERS]:
        if alias.entity_id:
            yield f"not {analysis.owner(alias).name}: {why_lost(analysis, span, alias)}"
    if len(losers) > _MOST_LOSERS:
        yield f"nor any of {len(losers) - _MOST_LOSERS} more, for like reasons"


def aliases_at(analysis: Analysis, span: Span) -> list[Alias]:
    """Return every alias that was found at a place, suppressions too."""
    first = bisect_left(analysis.matches, span[0], key=lambda match: match.span[0])
    behind = bisect_left(analysis.matches, span[0] + 1, key=lambda match: match.span[0])
    here = [match for match in analysis.matches[first:behind] if match.span == span]
    return [alias for match in here for alias in match.reading.aliases]


def why_lost(analysis: Analysis, span: Span, alias: Alias) -> str:
    """Return what an alias that was found at a place failed."""
    for refusal in analysis.refusals:
        if refusal.span == span and refusal.alias is alias:
            return refusal.reason
    if any(p.span == span and p.alias is alias for p in analysis.evidence):
        return "more speaks for another"
    unmet = context.unmet(analysis, span, alias)
    support = "no strong mention of it stands elsewhere"
    if alias.strength == "weak":
        return f"the alias is weak, {unmet + ', and ' if unmet else ''}{support}"
    if needs_evidence(alias):
        return f"{unmet + ', and ' if unmet else ''}{support}"
    return "a document rule does not overrule the tables"


def _overlapping(span: Span, decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that share a character with a place, it among them."""
    first = bisect_left(decisions, span[0] - _LONGEST, key=lambda decision: decision.span[0])
    behind = bisect_left(decisions, span[1], key=lambda decision: decision.span[0])
    return [decision for decision in decisions[first:behind] if overlap(decision.span, span)]


def _overlap_steps(analysis: Analysis, span: Span, near: Iterable[Decision]) -> Iterator[str]:
    for decision in near:
        if decision.span != span:
            surface = analysis.text[decision.span[0] : decision.span[1]]
            inside = span[0] <= decision.span[0] and decision.span[1] <= span[1]
            yield (
                f'longer than "{surface}", which stands inside it'
                if inside
                else f'preferred to "{surface}", which begins later or is shorter'
            )


def explain_absence(surface: str, analysis: Analysis, decisions: Sequence[Decision]) -> list[str]:
    """Return why a surface was not tagged: one line for each place where it stands, or one in all.

    Args:
        surface: What somebody expected to be a mention.
        analysis: The document.
        decisions: What is allowed in it.
    """
    selected = select(decisions)
    places = list(analysis.find(surface))
    if places:
        lines = [
            f"{_shown(analysis, span)}: {_absent_at(analysis, span, selected)}" for span in places
        ]
        return list(dict.fromkeys(lines))
    return [_no_word(analysis, surface)]


def explain_absence_at(span: Span, analysis: Analysis, decisions: Sequence[Decision]) -> str:
    """Return why what stands at one place was not tagged.

    Args:
        span: The place.
        analysis: The document.
        decisions: What is allowed in it.
    """
    surface = analysis.text[span[0] : span[1]]
    if span in analysis.find(surface):
        return _absent_at(analysis, span, select(decisions))
    return _no_word(analysis, surface)


def _no_word(analysis: Analysis, surface: str) -> str:
    if fold(surface).text.strip() not in analysis.folded:
        return f'"{surface}" does not stand in the document'
    what = f'"{surface}" stands only inside a longer word'
    if analysis.gazetteer.lookup(surface):
        return f"{what}, and aliases match whole words"
    return f"{what}; {_unknown(analysis, surface)}"


def _shown(analysis: Analysis, span: Span) -> str:
    return f'{span[0]}-{span[1]} "{analysis.text[span[0] : span[1]]}"'


def _absent_at(analysis: Analysis, span: Span, selected: Iterable[Decision]) -> str:
    surface = analysis.text[span[0] : span[1]]
    for decision in selected:
        if not overlap(decision.span, span):
            continue
        other = analysis.text[decision.span[0] : decision.span[1]]
        if not decision.aliases[0].entity_id:
            place = decision.aliases[0].location
            return f'suppressed: "{other}" is never a mention ({place})'
        names = " or ".join(analysis.owner(alias).name for alias in decision.aliases)
        if decision.span == span:
            return f"it is tagged: {names}{'' if decision.resolved else ' (ambiguous)'}"
        return f'covered by the mention "{other}" ({names}), which begins earlier or is longer'
    reasons = [
        f"{_listed(analysis, alias)}: {why_lost(analysis, span, alias)}"
        for alias in aliases_at(analysis, span)
    ]
    reasons += [
        f"{_listed(analysis, alias)}: {_case_reason(surface, alias)}"
        for alias in analysis.gazetteer.lookup(surface)
        if not is_spelled_as(surface, alias.text, alias.case)
    ]
    return "; ".join(dict.fromkeys(reasons)) or _unknown(analysis, surface)


def _listed(analysis: Analysis, alias: Alias) -> str:
    return f'alias "{alias.text}" of {analysis.owner(alias).name} ({alias.location})'


def _case_reason(surface: str, alias: Alias) -> str:
    if alias.case == "exact" or is_spelled_as(surface, alias.text, "smart"):
        return f"it must be written exactly {alias.text}, letter for letter"
    forms = dict.fromkeys((alias.text, alias.text.upper()))
    return f"the capitals do not fit, it is written {_and(list(forms), 'or')}"


def _unknown(analysis: Analysis, surface: str) -> str:
    near = nearest_aliases(analysis.gazetteer, surface)
    verb = "is" if len(near) == 1 else "are"
    nearest = f", the nearest {verb} {_and(near)}" if near else ""
    return f"no pack lists it{nearest}"


def _and(words: Sequence[str], word: str = "and") -> str:
    *rest, last = words
    return f"{', '.join(rest)} {word} {last}" if rest else last
