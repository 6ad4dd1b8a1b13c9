"""One plugin: where it comes from, what became of it, and how a fault of it is put."""

from __future__ import annotations

import inspect
import reprlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from resolver.deferred import Deferred
from resolver.errors import Fault

State = Literal["ok", "failed", "incompatible", "disabled"]

DISABLED = "RESOLVER_DISABLED_PLUGINS"

_LONGEST = 300
_short = reprlib.Repr()
_short.maxstring = _short.maxother = 80


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """Where a plugin comes from.

    Attributes:
        name: What the plugin is called.
        kind: ``built in``, ``installed``, ``file``, or ``object`` for one given from Python.
        value: The module, object or file.
        package: The outermost package of its code.
        distribution: Name of the distribution that brings it, empty if none does.
        version: Version of that distribution.
    """

    name: str
    kind: Literal["built in", "installed", "file", "object"]
    value: str
    package: str
    distribution: str = ""
    version: str = ""

    def __str__(self) -> str:
        """Return how messages name the plugin."""
        match self.kind:
            case "installed":
                return f"plugin {self.name} ({self.distribution} {self.version})"
            case "file":
                return f"plugin {self.name} ({self.value})"
        return f"plugin {self.name} ({self.kind})"

    @property
    def way_out(self) -> str:
        """What a user can do about a fault."""
        if self.kind == "installed":
            return f"mend it or leave it out with {DISABLED}={self.name}"
        return "mend it"

    def fault(self, what: str, place: str = "", way_out: str = "") -> Fault:
        """Return a fault of this plugin as one line: place, plugin, what it does, what to do.

        Args:
            what: What it does wrong.
            place: ``file:line``, where known.
            way_out: What to do about it, if not the usual.
        """
        line = f"{self} {what}; {way_out or self.way_out}"
        return Fault(self.name, f"{place}: {line}" if place else line)

    def raised(self, error: BaseException, doing: str, way_out: str = "") -> Fault:
        """Return the fault of having raised something.

        Args:
            error: What was raised.
            doing: What was going on: ``in resolver_packs``.
            way_out: What to do about it, if not the usual.
        """
        place = place_of_error(error, self.package)
        return self.fault(f"raised {described(error)} {doing}", place, way_out)


@dataclass(frozen=True, slots=True, eq=False)
class Plugin:
    """A plugin and what became of it.

    Attributes:
        origin: Where it comes from.
        state: ``ok`` when it is in use; ``failed``; ``incompatible`` when it needs another version
            of the interface; ``disabled`` when it was not even loaded.
        hooks: The hooks that it implements, sorted.
        milliseconds: How long loading it took.
        error: What is wrong with it, one line.
        implementation: The module or object, where it is in use.
    """

    origin: Origin
    state: State
    hooks: tuple[str, ...] = ()
    milliseconds: float = 0.0
    error: str = ""
    implementation: object = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """What it is called."""
        return self.origin.name


def shown(value: object) -> str:
    """Return a value as a message may show it: short, on one line."""
    return " ".join(_short.repr(value).split())


def described(error: BaseException) -> str:
    """Return the type and the message of an error on one line."""
    message = " ".join(str(error).split())
    shown = message if len(message) <= _LONGEST else f"{message[:_LONGEST]}..."
    return f"{type(error).__name__}: {shown}" if shown else type(error).__name__


def place_of_error(error: BaseException, package: str) -> str:
    """Return ``file:line`` of the innermost code of a package that an error passed through.

    If it passed through none, as when the module does not exist, the place is empty.
    """
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).is_file():
        return f"{error.filename}:{error.lineno or 1}"
    place = ""
    step: TracebackType | None = error.__traceback__
    while step:
        frame = step.tb_frame
        if str(frame.f_globals.get("__name__", "")).partition(".")[0] == package:
            place = f"{frame.f_code.co_filename}:{step.tb_lineno}"
        step = step.tb_next
    return place


def place_of_function(function: Callable[..., Any]) -> str:
    """Return ``file:line`` of a function, or what is known of the place of another callable."""
    if isinstance(function, Deferred):
        return function.place
    plain = inspect.unwrap(getattr(function, "__func__", function))
    code = getattr(plain, "__code__", None)
    return f"{code.co_filename}:{code.co_firstlineno}" if code else ""
