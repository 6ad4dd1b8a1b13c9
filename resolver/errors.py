"""What can go wrong for reasons that the user can mend.

Each message says where, what, and what to do, in one line. Anything that is not a
`ResolverError` is a bug and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from resolver.models import Location


class Problem(NamedTuple):
    """Something wrong at a place in a pack, with its remedy."""

    location: Location
    message: str

    def __str__(self) -> str:
        """Return ``file:line:column: what, remedy``, in one line whatever is quoted in it."""
        return _in_one_line(f"{self.location}: {self.message}")


class Fault(NamedTuple):
    """Something that a plugin does wrong: its name, and one line that says what and where."""

    plugin: str
    message: str


class ResolverError(Exception):
    """The base of every error that is meant for the user."""


class PackError(ResolverError):
    """One or more packs cannot be used. All their problems are reported together."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order of files, lines and columns."""
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[PackError], tuple[tuple[Problem, ...]]]:
        """Come back from a worker process as it was."""
        return type(self), (self.problems,)


class InputError(ResolverError):
    """A document, or a file of documents, cannot be read."""

    def __str__(self) -> str:
        """Return the message, in one line whatever it quotes of the file."""
        return _in_one_line(super().__str__())


class ConfigurationError(ResolverError):
    """An option, a settings file or the environment asks for something impossible."""


class PluginError(ResolverError):
    """One or more plugins cannot be loaded, or did something that they must not do."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults in the order of plugins."""
        self.faults: tuple[Fault, ...] = tuple(sorted(faults))
        super().__init__("\n".join(fault.message for fault in self.faults))

    def __reduce__(self) -> tuple[type[PluginError], tuple[tuple[Fault, ...]]]:
        """Come back from a worker process as it was."""
        return type(self), (self.faults,)


def _in_one_line(message: str) -> str:
    return message.replace("\n", "\\n")
