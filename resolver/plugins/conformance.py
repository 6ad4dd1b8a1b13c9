"""Check that a module or object fits the hooks: names, parameters, version of the interface.

pluggy by itself would take a misspelt hook, or one that is not marked, without a word.
"""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

import pluggy

from resolver import hookspecs
from resolver.plugins.fingerprint import CACHEABLE
from resolver.plugins.plugin import place_of_function

HOOKS = tuple(name for name in vars(hookspecs) if name.startswith("resolver_"))
_MARK = f"{hookspecs.PROJECT}_impl"
_VERSIONS = "resolver_api"
_SETTINGS = (_VERSIONS, CACHEABLE)
_VALUES = (bool, int, str, range, list, tuple, dict)


class Misfit(NamedTuple):
    """What does not fit, in words that can follow the name of the plugin, and where it stands."""

    complaint: str
    place: str = ""


def needed_versions(implementation: object) -> range | None:
    """Return the versions of the interface that a plugin needs, ``None`` if it does not say.

    Raises:
        ValueError: It says so in a way that cannot be understood.
    """
    needed = getattr(implementation, _VERSIONS, None)
    if isinstance(needed, int) and not isinstance(needed, bool):
        return range(needed, needed + 1)
    if needed is None or (isinstance(needed, range) and needed):
        return needed
    raise ValueError(f"{_VERSIONS} is {needed!r}, write 1, or range(1, 3) for 1 and 2")


def hooks_of(implementation: object) -> tuple[str, ...]:
    """Return the names of the hooks that a plugin implements, sorted."""
    names = (_hook_of(name, function) for name, function in _functions(implementation))
    return tuple(sorted(name for name in names if name in HOOKS))


def misfits(implementation: object) -> list[Misfit]:
    """Return everything that does not fit the hooks."""
    if inspect.isclass(implementation):
        return [Misfit("is a class, let its entry point name an instance or a module")]
    if not isinstance(implementation, Hashable):
        return [Misfit(f"is of {type(implementation).__name__}, which cannot be hashed")]
    functions = list(_functions(implementation))
    found = [
        Misfit(complaint, place_of_function(function))
        for name, function in functions
        for complaint in _complaints(name, function)
    ]
    found += [Misfit(complaint) for complaint in _odd_values(implementation)]
    if not functions and not found:
        found = [Misfit("implements no hook")]
    return found or list(_rest(implementation))


def _functions(implementation: object) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield what is marked as a hook, or named like one."""
    for name, member in _members(implementation):
        function = member.__func__ if isinstance(member, staticmethod | classmethod) else member
        if inspect.isfunction(function) and (name.startswith("resolver_") or _marks(function)):
            yield name, function


def _members(implementation: object) -> list[tuple[str, Any]]:
    """Return what a plugin consists of, sorted, without running any code of it."""
    members: dict[str, Any] = {}
    for holder in (*reversed(type(implementation).__mro__), implementation):
        members.update(getattr(holder, "__dict__", {}))
    return sorted(members.items())


def _odd_values(implementation: object) -> Iterator[str]:
    """Yield what is wrong with values that are named as hooks and settings are."""
    for name, member in _members(implementation):
        if _is_function(member):
            continue
        kind = type(member).__name__
        if name in HOOKS:
            yield f"has {name}, which is of {kind}, write a function that returns what it brings"
        elif name.startswith("resolver_") and name not in _SETTINGS and isinstance(member, _VALUES):
            yield f"has {name} of {kind}, which nobody asks for ({_suggestion(name, _SETTINGS)})"


def _is_function(member: object) -> bool:
    if isinstance(member, partial):  # a routine as well since Python 3.14
        return False
    return inspect.isroutine(member) or isinstance(member, staticmethod | classmethod)


def _marks(function: Callable[..., Any]) -> dict[str, Any]:
    marks: dict[str, Any] = getattr(function, _MARK, {})
    return marks


def _hook_of(name: str, function: Callable[..., Any]) -> str | None:
    """Return the hook that a function implements, ``None`` if it is not marked."""
    marks = _marks(function)
    return (marks["specname"] or name) if marks else None


def _complaints(name: str, function: Callable[..., Any]) -> Iterator[str]:
    hook = _hook_of(name, function)
    if _marks(function).get("optionalhook") and hook not in HOOKS:
        return
    if (hook or name) not in HOOKS:
        yield f"has {hook or name}, which is no hook ({_suggestion(hook or name, HOOKS)})"
    elif hook is None:
        yield f"has {name} without @resolver.hookimpl above it"
    else:
        if _marks(function)["wrapper"] or _marks(function)["hookwrapper"]:
            yield f"wraps {hook}, but hooks only return data"
        known = list(inspect.signature(getattr(hookspecs, hook)).parameters)
        for parameter in inspect.signature(function).parameters.values():
            if parameter.default is parameter.empty and parameter.name not in {*known, "self"}:
                meant = _suggestion(parameter.name, known) if known else "it has none"
                yield f"asks for the parameter {parameter.name} of {hook} ({meant})"


def _suggestion(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else f"use {', '.join(known)}"


def _rest(implementation: object) -> Iterator[Misfit]:
    """Yield what pluggy still finds wrong."""
    trial = pluggy.PluginManager(hookspecs.PROJECT)
    trial.add_hookspecs(hookspecs)
    try:
        trial.register(implementation, name="trial")
        trial.check_pending()
    except pluggy.PluginValidationError as error:
        yield Misfit(" ".join(str(error).split()))
