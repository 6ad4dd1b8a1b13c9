"""The engines, each brought to the same task: whole words, any case, spans in the text given.

An engine is made of aliases and called with texts. It returns for each text a list of
``(start, end, number of the alias)``, leftmost and longest, not overlapping. What an engine cannot
do by itself is added in the way its users do.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import work

Span = tuple[int, int, int | None]
Found = list[list[Span]]


class Engine(NamedTuple):
    """An engine that was built.

    Attributes:
        name: What tables call it.
        run: Finds the aliases in texts.
        clock: Seconds of processor time that count for it.
    """

    name: str
    run: Callable[[Sequence[str]], Found]
    clock: Callable[[], float] = time.process_time


def resolver(aliases: Sequence[str]) -> Engine:
    """Resolver with all its rules, `Mention` objects and all."""
    from resolver import Resolver

    with tempfile.TemporaryDirectory() as folder:
        pack = work.write_pack(aliases, Path(folder) / "cities.yaml")
        loaded = Resolver.load([pack], bundled=False, plugins=False)

    def run(texts: Sequence[str]) -> Found:
        return [
            [(m.start, m.end, int(m.entity_id[5:])) for m in r.mentions if not m.glued]
            for r in loaded.resolve_many(texts)
        ]

    return Engine("resolver", run)


def flashtext(aliases: Sequence[str]) -> Engine:
    """The FlashText package as it is."""
    from flashtext import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=False)
    for number, alias in enumerate(aliases):
        processor.add_keyword(alias, (number,))  # it takes a bare 0 for nothing

    def run(texts: Sequence[str]) -> Found:
        return [
            [(start, end, name[0]) for name, start, end in found]
            for found in (processor.extract_keywords(text, span_info=True) for text in texts)
        ]

    return Engine("flashtext", run)


def flashtext2(aliases: Sequence[str]) -> Engine:
    """FlashText written anew in Rust."""
    from flashtext2 import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=False)
    numbered = ((alias, str(number)) for number, alias in enumerate(aliases))
    processor.add_keywords_with_clean_word_from_iter(numbered)

    def run(texts: Sequence[str]) -> Found:
        return [
            [(start, end, int(name)) for name, start, end in found]
            for found in map(processor.extract_keywords_with_span, texts)
        ]

    return Engine("flashtext2", run)


def spacy(aliases: Sequence[str]) -> Engine:
    """SpaCy's PhraseMatcher over small letters; its words are those of the tokeniser."""
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    english = spacy.blank("en")
    english.max_length = 10**9
    matcher = PhraseMatcher(english.vocab, attr="LOWER")
    for number, alias in enumerate(aliases):
        matcher.add(str(number), [english.make_doc(alias)])

    def run(texts: Sequence[str]) -> Found:
        return [
            [
                (span.start_char, span.end_char, int(span.label_))
                for span in filter_spans(matcher(doc, as_spans=True))
            ]
            for doc in map(english.make_doc, texts)
        ]

    return Engine("spaCy PhraseMatcher", run)


def pyahocorasick(aliases: Sequence[str]) -> Engine:
    """All that the automaton finds in small letters; then word boundaries, then the longest."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for number, alias in enumerate(aliases):
        lowered = alias.lower()
        automaton.add_word(lowered, (len(lowered), number))
    automaton.make_automaton()

    def run(texts: Sequence[str]) -> Found:
        results = []
        for text in texts:
            lowered = text.lower()
            found = (
                (end - length + 1, end + 1, number)
                for end, (length, number) in automaton.iter(lowered)
            )
            results.append(_longest(_whole_words(lowered, found)))
        return results

    return Engine("pyahocorasick", run)


def ahocorasick_rs(aliases: Sequence[str]) -> Engine:
    """The same with the automaton in Rust."""
    return _ahocorasick_rs("ahocorasick_rs", aliases, overlapping=True)


def ahocorasick_rs_longest(aliases: Sequence[str]) -> Engine:
    """Its own leftmost-longest search, and the boundaries looked at afterwards."""
    return _ahocorasick_rs("ahocorasick_rs, longest", aliases, overlapping=False)


def _ahocorasick_rs(name: str, aliases: Sequence[str], *, overlapping: bool) -> Engine:
    from ahocorasick_rs import AhoCorasick, MatchKind

    kind = MatchKind.Standard if overlapping else MatchKind.LeftmostLongest
    lowered_aliases = [alias.lower() for alias in aliases]
    automaton = AhoCorasick(lowered_aliases, matchkind=kind, store_patterns=False)

    def run(texts: Sequence[str]) -> Found:
        results = []
        for text in texts:
            lowered = text.lower()
            matches = automaton.find_matches_as_indexes(lowered, overlapping=overlapping)
            found = ((start, end, number) for number, start, end in matches)
            results.append(_longest(_whole_words(lowered, found)))
        return results

    return Engine(name, run)


def ripgrep(aliases: Sequence[str]) -> Engine:
    """``rg --only-matching --word-regexp --ignore-case --fixed-strings``, one thread, no ids."""
    folder = tempfile.TemporaryDirectory()
    patterns = Path(folder.name) / "patterns"
    patterns.write_text("\n".join(aliases), "utf-8")
    options = "--no-config -j1 -N -b -o -w -i -F --text --no-filename".split()

    def run(texts: Sequence[str]) -> Found:
        file = Path(folder.name) / "texts"
        encoded = [text.replace("\n", " ").encode() for text in texts]
        file.write_bytes(b"\n".join(encoded) + b"\n")
        command = ["rg", *options, "-f", str(patterns), str(file)]
        out = subprocess.run(command, capture_output=True, check=False)
        if out.returncode > 1:
            raise MemoryError(out.stderr.decode()[:200])
        return _spans_of_bytes(out.stdout, encoded)

    return Engine("ripgrep", run, _child_seconds)


def _spans_of_bytes(lines: bytes, encoded: Sequence[bytes]) -> Found:
    results: Found = []
    found = [line.partition(b":")[::2] for line in lines.splitlines()]
    begin = at = 0
    for text in encoded:
        spans: list[Span] = []
        while at < len(found) and int(found[at][0]) <= begin + len(text):
            start = len(text[: int(found[at][0]) - begin].decode())
            spans.append((start, start + len(found[at][1].decode()), None))
            at += 1
        results.append(spans)
        begin += len(text) + 1
    return results


def _child_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _whole_words(text: str, found: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    last = len(text)
    return [
        (start, end, number)
        for start, end, number in found
        if not (start and _in_word(text[start - 1]) and _in_word(text[start]))
        and not (end < last and _in_word(text[end]) and _in_word(text[end - 1]))
    ]


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _longest(found: list[tuple[int, int, int]]) -> list[Span]:
    found.sort(key=lambda match: (match[0], -match[1]))
    kept: list[Span] = []
    behind = 0
    for match in found:
        if match[0] >= behind:
            kept.append(match)
            behind = match[1]
    return kept


ENGINES: dict[str, Callable[[Sequence[str]], Engine]] = {
    "resolver": resolver,
    "flashtext": flashtext,
    "flashtext2": flashtext2,
    "spacy": spacy,
    "pyahocorasick": pyahocorasick,
    "ahocorasick_rs": ahocorasick_rs,
    "ahocorasick_rs_longest": ahocorasick_rs_longest,
    "ripgrep": ripgrep,
}
MOST_ALIASES = {"spacy": 100_000, "ripgrep": 10_000}
"""Beyond that an engine takes minutes or gigabytes, and is left out."""


def chosen(names: Sequence[str], count: int) -> list[str]:
    """Return the engines that can take so many aliases and are installed."""
    return [
        name
        for name in names
        if count <= MOST_ALIASES.get(name, count) and (name != "ripgrep" or shutil.which("rg"))
    ]
