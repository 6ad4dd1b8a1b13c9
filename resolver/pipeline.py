"""The whole way of a document, and the only place that knows it.

1. fold the text and frame its words (`resolver.folding`, `resolver.framing`)
2. find every alias (`resolver.matchers`) and check how it is spelled (`resolver.locating`)
3. let rules veto, decide what needs no evidence, gather evidence, gather support, derive
   (`resolver.rules`, `resolver.decision`)
4. select the leftmost, then longest, of what is allowed, and write mentions
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from resolver.analysis import Analysis
from resolver.decision import Outcomes, select_overlapping
from resolver.documents import checked_date, dated, in_batches
from resolver.errors import ConfigurationError
from resolver.findings import NEEDS_OF_MATCHES, STAGES, Decision, Finding, Rule, Stage
from resolver.garbage import uncollected
from resolver.gazetteer import Gazetteer
from resolver.loading import load_gazetteer
from resolver.locating import Located, Locator
from resolver.matchers import build_matcher
from resolver.mentions import (
    Explain,
    flattened,
    make_mentions,
    plain_mentions,
    unflattened,
)
from resolver.models import Document, Mention, Pack, Result
from resolver.pages import Page
from resolver.plugins import Plugins, load_plugins

OVERLAPS = ("none", "all", "nested")


class Resolver:
    """Finds names in texts and says which entity each one is.

    A resolver is built once and used for many documents; it holds no state between them.
    """

    def __init__(
        self,
        packs: Iterable[Pack] | Gazetteer,
        *,
        engine: str = "auto",
        plugins: Plugins | None = None,
        without_rules: Iterable[str] = (),
    ) -> None:
        """Compile packs.

        Args:
            packs: Packs that were checked together, or a gazetteer of them.
            engine: ``ahocorasick``, ``flashtext`` or ``auto``.
            plugins: The loaded plugins; the default is those that come with resolver.
            without_rules: Names of document rules to leave out.

        Raises:
            ConfigurationError: The engine or a rule is unknown.
        """
        self.plugins = plugins or load_plugins(installed=False)
        self.gazetteer = (
            packs if isinstance(packs, Gazetteer) else Gazetteer(packs, self.plugins.variants())
        )
        self.locator = Locator(self.gazetteer, build_matcher(self.gazetteer.patterns, engine))
        rules = self.plugins.rules(self.locator.analyse)
        self.rules = _without(rules, without_rules)
        self._rules_of = {stage: [r for r in self.rules if r.stage == stage] for stage in STAGES}
        # What rules ask of a text in which nothing needs a decision; ``None`` asks nothing.
        self._needs_of_text = {rule.needs for rule in self.rules}.difference(NEEDS_OF_MATCHES)
        self.recipe: Callable[[], Resolver] | None = None

    @classmethod
    def load(
        cls,
        packs: str | Path | Iterable[str | Path] = (),
        *,
        bundled: bool = True,
        plugins: bool | Plugins = True,
        engine: str = "auto",
        without_rules: Iterable[str] = (),
    ) -> Resolver:
        """Load packs and plugins and compile them.

        Args:
            packs: Pack files, and folders with pack files; one, or several.
            bundled: Whether to load the packs that come with resolver.
            plugins: Whether to load installed plugins, or the plugins to use.
            engine: ``ahocorasick``, ``flashtext`` or ``auto`` for the fastest installed one.
            without_rules: Names of document rules to leave out.

        Raises:
            PackError: A pack cannot be used; all problems of all packs are in it.
            PluginError: A plugin cannot be used.
            ConfigurationError: The engine or a rule is unknown, or there is no pack at all.
        """
        packs = [packs] if isinstance(packs, str | Path) else list(packs)
        without_rules = list(without_rules)
        loaded = plugins if isinstance(plugins, Plugins) else load_plugins(installed=plugins)
        gazetteer = load_gazetteer(packs, bundled=bundled, plugins=loaded)
        resolver = cls(gazetteer, engine=engine, plugins=loaded, without_rules=without_rules)
        resolver.recipe = partial(
            cls.load,
            packs,
            bundled=bundled,
            plugins=plugins,
            engine=engine,
            without_rules=without_rules,
        )
        return resolver

    def resolve(
        self, document: str | Document, *, date: str | None = None, overlaps: str = "none"
    ) -> Result:
        """Resolve one document.

        Args:
            document: A text or a document.
            date: ISO date of the text; for a `Document` without one too.
            overlaps: ``none`` for the leftmost, then longest mentions, ``nested`` for those inside
                them too, ``all`` for everything that is allowed.

        Returns:
            The mentions, ordered by place; unless ``overlaps`` asks for it they do not overlap.

        Raises:
            ConfigurationError: There is no such date, or no such choice of overlaps.
        """
        located = self.locator.locate(dated(document, checked_date(date)))
        return self._result(located, _checked(overlaps))

    def resolve_many(
        self,
        documents: Iterable[str | Document],
        *,
        date: str | None = None,
        overlaps: str = "none",
        jobs: int = 1,
    ) -> Iterator[Result]:
        """Resolve documents, in order, holding a few batches at a time.

        Documents are read ahead for a batch; the first batches are small, so that the first
        results come at once.

        Args:
            documents: Texts or documents; may be endless.
            date: ISO date of those that have none.
            overlaps: As for `resolve`.
            jobs: How many processes share the work; see `resolver.scale.pool`.

        Raises:
            ResolverError: A worker process died.
            ConfigurationError: There is no such date, or no such choice of overlaps.
        """
        overlaps, date = _checked(overlaps), checked_date(date)
        if jobs == 1:
            for batch in in_batches(dated(document, date) for document in documents):
                yield from self._results(batch, overlaps)
            return
        from resolver.scale.pool import map_batches

        work = partial(_resolve_flatly, overlaps=overlaps)
        whole = (dated(document, date) for document in documents)
        for batch, results in map_batches(self, whole, jobs, work):
            for document, flat in zip(batch, results, strict=True):
                explain = _Explanation(self, document)
                yield Result(document, unflattened(flat, document.text, explain))

    def analyse(self, document: Document) -> tuple[Analysis, list[Decision]]:
        """Return everything that is known of a document: for explanations and tools.

        Returns:
            The analysis, and what is allowed at every place, overlapping, ordered by place.
        """
        analysis = self.locator.analyse(document)
        return analysis, self._decide(analysis).ordered

    def _results(self, batch: Sequence[Document], overlaps: str) -> Iterator[Result]:
        """Resolve a batch; where a document ends it with an error, yield those before first."""
        results: list[Result] = []
        try:
            with uncollected():
                located = self.locator.locate_batch(batch)
                results.extend(self._result(one, overlaps) for one in located)
        except Exception:
            yield from results
            raise
        yield from results

    def _result(self, located: Located, overlaps: str) -> Result:
        document = located.document
        explain = _Explanation(self, document)
        if overlaps == "none" and self._is_silent(located):
            mentions = plain_mentions(located, explain)
            if mentions is not None:
                return Result(document, tuple(mentions))
        analysis = self.locator.analysis_of(located)
        if overlaps != "none":
            decisions = select_overlapping(self._decide(analysis).ordered, overlaps)
            return Result(document, self._mentions(analysis, decisions, explain))
        if analysis.pending:
            analysis.narrow()
        selected = self._decide(analysis).selected
        if not analysis.covers <= {decision[0] for decision in selected}:
            # A rule has overruled what was certain by the tables: what stands inside it counts.
            analysis = self.locator.analysis_of(located)
            selected = self._decide(analysis).selected
        return Result(document, self._mentions(analysis, selected, explain))

    def _is_silent(self, located: Located) -> bool:
        """Return whether no rule has anything to say, unless something needs a decision."""
        if None in self._needs_of_text:
            return False
        page = Page(located.document.text, located.sheet, located.begin)
        return not any(getattr(page, need) for need in self._needs_of_text if need)

    def _decide(self, analysis: Analysis) -> Outcomes:
        """Take a document through the stages."""
        outcomes = Outcomes(analysis)
        analysis.settle(outcomes.selected)
        self._collect("veto", analysis, outcomes)
        if analysis.pending:
            self._weigh(analysis, outcomes)
        if self._collect("derive", analysis, outcomes) and analysis.pending:
            self._weigh(analysis, outcomes)
        return outcomes

    def _weigh(self, analysis: Analysis, outcomes: Outcomes) -> None:
        """Gather evidence, settle, gather support, and decide with both."""
        self._collect("evidence", analysis, outcomes)
        self._collect("support", analysis, outcomes)

    def _collect(self, stage: Stage, analysis: Analysis, outcomes: Outcomes) -> bool:
        """Call the rules of a stage, then record all that they found, if it is anything."""
        found: list[Finding] = []
        for rule in self._rules_of[stage]:
            if rule.needs is None or getattr(analysis, rule.needs):
                found += rule.apply(analysis)
        if found:
            analysis.record(found)
            outcomes.update(found)
            analysis.settle(outcomes.selected)
        return bool(found)

    def _mentions(
        self, analysis: Analysis, decisions: Iterable[Decision], explain: Explain
    ) -> tuple[Mention, ...]:
        mentions: Sequence[Mention] = make_mentions(analysis, decisions, explain)
        for rule in self._rules_of["annotate"]:
            if rule.needs is None or getattr(analysis, rule.needs):
                mentions = tuple(rule.apply(analysis, mentions))
        return tuple(mentions)


def _resolve_flatly(
    resolver: Resolver, documents: list[Document], *, overlaps: str
) -> list[list[Any]]:
    """Resolve in a worker."""
    return flattened(each.mentions for each in resolver.resolve_many(documents, overlaps=overlaps))


class _Explanation:
    """Makes the ``why`` of mentions when asked, by analysing their document once more."""

    __slots__ = ("__dict__", "document", "resolver")

    def __init__(self, resolver: Resolver, document: Document) -> None:
        self.resolver = resolver
        self.document = document

    def __call__(self, mention: Mention) -> tuple[str, ...]:
        from resolver.explanation import explain_mention

        return explain_mention(mention, *self._analysed)

    @cached_property
    def _analysed(self) -> tuple[Analysis, list[Decision]]:
        return self.resolver.analyse(self.document)


def _without(rules: Sequence[Rule], names: Iterable[str]) -> tuple[Rule, ...]:
    off = frozenset(names)
    known = {rule.name for rule in rules}
    unknown = sorted(off - known)
    if unknown:
        raise ConfigurationError(
            f"rule {unknown[0]} is unknown, the rules are {', '.join(sorted(known))}"
        )
    return tuple(rule for rule in rules if rule.name not in off)


def _checked(overlaps: str) -> str:
    if overlaps not in OVERLAPS:
        raise ConfigurationError(f"overlaps {overlaps} is unknown, use {', '.join(OVERLAPS)}")
    return overlaps
