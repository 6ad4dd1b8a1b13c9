"""Tell standard error which hooks are called, with what, and what they return."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Any

from resolver.plugins.plugin import described, shown

if TYPE_CHECKING:
    import pluggy


def trace(manager: pluggy.PluginManager) -> None:
    """Trace all calls of hooks from now on, one line each."""
    begun: list[float] = []

    def before(_name: str, _hooks: Sequence[pluggy.HookImpl], _given: Mapping[str, Any]) -> None:
        begun.append(perf_counter())

    def after(
        outcome: pluggy.Result[Any],
        name: str,
        hooks: Sequence[pluggy.HookImpl],
        arguments: Mapping[str, Any],
    ) -> None:
        milliseconds = 1000 * (perf_counter() - begun.pop())
        plugins = ", ".join(hook.plugin_name for hook in hooks)
        given = ", ".join(f"{key}={shown(value)}" for key, value in arguments.items())
        line = f"{plugins}: {name}({given}) {_outcome(outcome)} in {milliseconds:.2f} ms"
        print(f"resolver: {line}", file=sys.stderr)  # noqa: T201 (asked for)

    manager.add_hookcall_monitoring(before, after)


def _outcome(outcome: pluggy.Result[Any]) -> str:
    if outcome.exception:
        return f"raised {described(outcome.exception)}"
    return f"returned {', '.join(shown(value) for value in outcome.get_result()) or 'None'}"
