"""The whole way of a document, and the only place that knows it.

1. fold the text and frame its words (`resolver.folding`, `resolver.framing`)
2. find every alias (`resolver.matchers`) and check how it is spelled (`resolver.locating`)
3. let rules veto, decide what needs no evidence, gather evidence, gather support, derive
   (`resolver.rules`, `resolver.decision`)
4. select the leftmost, then longest, of what is allowed, and write mentions
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from resolver.analysis import Analysis
from resolver.decision import decide_all, select, select_overlapping
from resolver.errors import ConfigurationError, PackError, Problem
from resolver.findings import STAGES, Decision, Derived, Evidence, Refusal, Rule, Stage
from resolver.gazetteer import Gazetteer
from resolver.locating import Locator
from resolver.matchers import build_matcher
from resolver.models import Candidate, Document, Mention, Pack, Result
from resolver.packs import bundled_folder, check_together, pack_files, read_pack
from resolver.plugin_manager import Plugins, load_plugins

OVERLAPS = ("none", "all", "nested")


class Resolver:
    """Finds names in texts and says which entity each one is.

    A resolver is built once and used for many documents; it holds no state between them.
    """

    def __init__(
        self,
        packs: Iterable[Pack],
        *,
        engine: str = "auto",
        plugins: Plugins | None = None,
        without_rules: Iterable[str] = (),
    ) -> None:
        """Compile packs.

        Args:
            packs: Packs that were checked together.
            engine: ``ahocorasick``, ``flashtext`` or ``auto``.
            plugins: The loaded plugins; the default is those that come with resolver.
            without_rules: Names of document rules to leave out.

        Raises:
            ConfigurationError: The engine or a rule is unknown.
        """
        self.plugins = plugins or load_plugins(installed=False)
        self.gazetteer = Gazetteer(packs, self.plugins.variants())
        self.locator = Locator(self.gazetteer, build_matcher(self.gazetteer.patterns, engine))
        rules = self.plugins.rules(self.locator.analyse)
        self.rules = _without(rules, without_rules)
        self._rules_of = {stage: [r for r in self.rules if r.stage == stage] for stage in STAGES}

    @classmethod
    def load(
        cls,
        packs: Iterable[str | Path] = (),
        *,
        bundled: bool = True,
        plugins: bool | Plugins = True,
        engine: str = "auto",
        without_rules: Iterable[str] = (),
    ) -> Resolver:
        """Load packs and plugins and compile them.

        Args:
            packs: Pack files, and folders with pack files.
            bundled: Whether to load the packs that come with resolver.
            plugins: Whether to load installed plugins, or the plugins to use.
            engine: ``ahocorasick``, ``flashtext`` or ``auto`` for the fastest installed one.
            without_rules: Names of document rules to leave out.

        Raises:
            PackError: A pack cannot be used; all problems of all packs are in it.
            PluginError: A plugin cannot be used.
            ConfigurationError: The engine or a rule is unknown, or there is no pack at all.
        """
        loaded = plugins if isinstance(plugins, Plugins) else load_plugins(installed=plugins)
        with _uncollected():
            return cls(
                load_packs(packs, bundled=bundled, plugins=loaded),
                engine=engine,
                plugins=loaded,
                without_rules=without_rules,
            )

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
        """
        if isinstance(document, str):
            document = Document(document, date=date)
        elif date is not None and document.date is None:
            document = Document(document.text, document.id, date, document.fields)
        analysis, decisions = self.analyse(document)
        return Result(document, self._mentions(analysis, _selected(decisions, overlaps)))

    def resolve_many(
        self,
        documents: Iterable[str | Document],
        *,
        date: str | None = None,
        overlaps: str = "none",
    ) -> Iterator[Result]:
        """Resolve documents one after the other, in order, holding one at a time.

        Args:
            documents: Texts or documents; may be endless.
            date: ISO date of those that have none.
            overlaps: As for `resolve`.
        """
        for document in documents:
            yield self.resolve(document, date=date, overlaps=overlaps)

    def analyse(self, document: Document) -> tuple[Analysis, list[Decision]]:
        """Return everything that is known of a document: for explanations and tools.

        Returns:
            The analysis, and what is allowed at every place, overlapping, ordered by place.
        """
        analysis = self.locator.analyse(document)
        self._collect(analysis, "veto")
        decisions = decide_all(analysis)
        analysis.settle(select(decisions))
        if analysis.pending:
            decisions = self._weigh(analysis)
        self._collect(analysis, "derive")
        if analysis.derived:
            decisions = self._weigh(analysis) if analysis.pending else decide_all(analysis)
        return analysis, decisions

    def _weigh(self, analysis: Analysis) -> list[Decision]:
        """Gather evidence, settle, gather support, and decide with both."""
        for stage in ("evidence", "support"):
            self._collect(analysis, stage)
            decisions = decide_all(analysis)
            analysis.settle(select(decisions))
        return decisions

    def _collect(self, analysis: Analysis, stage: Stage) -> None:
        """Call the rules of a stage, then record all that they found."""
        found = [
            finding
            for rule in self._rules_of[stage]
            for finding in self.plugins.findings(rule, analysis)
        ]
        analysis.refusals += [f for f in found if isinstance(f, Refusal)]
        analysis.evidence += [f for f in found if isinstance(f, Evidence)]
        analysis.derive(f for f in found if isinstance(f, Derived))

    def _mentions(self, analysis: Analysis, decisions: Iterable[Decision]) -> tuple[Mention, ...]:
        explain = _Explanation(self, analysis.document)
        mentions: Sequence[Mention] = [
            self._mention(analysis, decision, explain)
            for decision in decisions
            if decision.aliases[0].entity_id
        ]
        for rule in self._rules_of["annotate"]:
            mentions = self.plugins.annotate(rule, analysis, mentions)
        return tuple(mentions)

    def _mention(self, analysis: Analysis, decision: Decision, explain: _Explanation) -> Mention:
        (start, end), aliases, resolved, evidence = decision
        alias = aliases[0]
        owner = self.gazetteer.owners[alias.entity_id]
        owners = [self.gazetteer.owners[other.entity_id] for other in aliases]
        same_type = resolved or len({other.type for other in owners}) == 1
        return Mention(
            start,
            end,
            analysis.text[start:end],
            owner.id if resolved else None,
            owner.name if resolved else None,
            owner.type if same_type else None,
            "resolved" if resolved else "ambiguous",
            alias.kind,
            alias.pack,
            alias.location.line,
            () if resolved else tuple(Candidate(other.id, other.name) for other in owners),
            None,
            evidence.antecedent if evidence and resolved else None,
            isinstance(evidence, Derived) and evidence.glued,
            alias.source if alias.kind == "garbled" else None,
            explain,
        )


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


def load_packs(
    paths: Iterable[str | Path] = (), *, bundled: bool = True, plugins: Plugins | None = None
) -> tuple[Pack, ...]:
    """Read packs and check them together.

    Args:
        paths: Pack files, and folders with pack files.
        bundled: Whether to load the packs that come with resolver.
        plugins: Plugins that may bring packs.

    Raises:
        PackError: All problems of all packs.
        ConfigurationError: There is no pack at all.
    """
    folders = [bundled_folder()] if bundled else []
    files = pack_files([*folders, *(plugins.pack_paths() if plugins else ()), *paths])
    packs: list[Pack] = []
    problems: list[Problem] = []
    for file in files:
        try:
            packs.append(read_pack(file))
        except PackError as error:
            problems += error.problems
    if problems:
        raise PackError(problems)
    if not packs:
        raise ConfigurationError("there is no pack to tag with, name one with --packs")
    check_together(packs)
    return tuple(packs)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the cyclic garbage collector.

    Loading builds hundreds of thousands of objects and no garbage cycles; looking for some again
    and again takes as long as the loading itself.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _without(rules: Sequence[Rule], names: Iterable[str]) -> tuple[Rule, ...]:
    off = frozenset(names)
    known = {rule.name for rule in rules}
    unknown = sorted(off - known)
    if unknown:
        raise ConfigurationError(
            f"rule {unknown[0]} is unknown, the rules are {', '.join(sorted(known))}"
        )
    return tuple(rule for rule in rules if rule.name not in off)


def _selected(decisions: Sequence[Decision], overlaps: str) -> Sequence[Decision]:
    if overlaps not in OVERLAPS:
        raise ConfigurationError(f"overlaps {overlaps} is unknown, use {', '.join(OVERLAPS)}")
    return select(decisions) if overlaps == "none" else select_overlapping(decisions, overlaps)
