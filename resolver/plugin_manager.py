"""Build the plugin manager, and call what plugins contribute."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pluggy

from resolver import hookspecs
from resolver.analysis import Analysis
from resolver.errors import PluginError
from resolver.findings import Derived, Evidence, Finding, Refusal, Rule
from resolver.models import Alias, Document, Mention

BUILT_IN = (
    "resolver.rules.dates",
    "resolver.rules.context",
    "resolver.rules.support",
    "resolver.rules.surname",
    "resolver.rules.acronym",
    "resolver.rules.office",
    "resolver.rules.holder",
    "resolver.rules.glued",
)


class Plugins:
    """The registered plugins, behind typed functions."""

    def __init__(self, manager: pluggy.PluginManager) -> None:
        """Keep the manager, whose plugins are registered and checked."""
        self.manager = manager

    def pack_paths(self) -> list[str | Path]:
        """Return the packs that plugins bring, sorted."""
        return sorted(
            (path for paths in self.manager.hook.resolver_packs() for path in paths), key=str
        )

    def variants(self) -> Callable[[Alias], Iterable[Alias]] | None:
        """Return what gives further aliases for an alias, or ``None`` if no plugin does."""
        hook = self.manager.hook.resolver_variants
        if not hook.get_hookimpls():
            return None
        return lambda alias: [new for found in hook(alias=alias) for new in found]

    def rules(self, analyse: Callable[[Document], Analysis]) -> tuple[Rule, ...]:
        """Return the document rules of all plugins, sorted by name."""
        found = self.manager.hook.resolver_rules(analyse=analyse)
        rules = (rule for contributed in found for rule in contributed)
        return tuple(sorted(rules, key=lambda rule: (rule.name, rule.stage)))

    def findings(self, rule: Rule, analysis: Analysis) -> Sequence[Finding]:
        """Call a rule and check what it returns.

        Raises:
            PluginError: The rule raised, or found something outside the text.
        """
        try:
            findings = tuple(rule.apply(analysis))
        except Exception as error:
            raise _broken(rule, analysis, f"raised {type(error).__name__}: {error}") from error
        for finding in findings:
            if not isinstance(finding, Refusal | Evidence | Derived):
                raise _broken(rule, analysis, f"returned {finding!r}, which is no finding")
            start, end = finding.span
            if not 0 <= start < end <= len(analysis.text):
                raise _broken(rule, analysis, f"found [{start}, {end}), outside the text")
        return findings

    def annotate(
        self, rule: Rule, analysis: Analysis, mentions: Sequence[Mention]
    ) -> Sequence[Mention]:
        """Call a rule that annotates mentions.

        Raises:
            PluginError: The rule raised.
        """
        try:
            return tuple(rule.apply(analysis, mentions))
        except Exception as error:
            raise _broken(rule, analysis, f"raised {type(error).__name__}: {error}") from error


def _broken(rule: Rule, analysis: Analysis, what: str) -> PluginError:
    document = analysis.document.id or "a document"
    place = getattr(rule.apply, "__module__", "?")
    return PluginError(
        f"rule {rule.name} ({place}) {what}, in {document}: switch it off or mend it"
    )


class _BuiltInRules:
    """The document rules that come with resolver, contributed like those of any plugin."""

    def __init__(self, module: str) -> None:
        self._module = module

    @hookspecs.hookimpl
    def resolver_rules(self, analyse: Callable[[Document], Analysis]) -> Iterable[Rule]:
        module = importlib.import_module(self._module)
        made: tuple[Rule, ...] = module.rules(analyse) if hasattr(module, "rules") else module.RULES
        return made


def load_plugins(*, installed: bool = True) -> Plugins:
    """Register the built-in plugins and, unless told otherwise, the installed ones.

    Args:
        installed: Whether to load the entry points of the group ``resolver``.

    Raises:
        PluginError: A plugin cannot be imported or does not fit the hooks.
    """
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    for module in BUILT_IN:
        manager.register(_BuiltInRules(module), name=module.rpartition(".")[2])
    if installed:
        for entry_point in sorted(entry_points(group=hookspecs.PROJECT), key=lambda e: e.name):
            _register(manager, entry_point)
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise PluginError(f"{error}, correct the name of the hook") from None
    return Plugins(manager)


def _register(manager: pluggy.PluginManager, entry_point: EntryPoint) -> None:
    distribution = entry_point.dist
    origin = f"{distribution.name} {distribution.version}" if distribution else "unknown origin"
    try:
        manager.register(entry_point.load(), name=entry_point.name)
    except Exception as error:
        raise PluginError(
            f"plugin {entry_point.name} ({origin}) cannot be loaded: {type(error).__name__}: "
            f"{error}; mend or uninstall it, or use --no-plugins"
        ) from error
