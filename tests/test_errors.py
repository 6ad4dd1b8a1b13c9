"""Errors reach whoever started the work as they were, from worker processes too."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from resolver import errors
from resolver.errors import Fault, PackError, PluginError, Problem
from resolver.models import Location

PROBLEMS = [
    Problem(Location("b.yaml", 2, 1), "is wrong, mend it"),
    Problem(Location("a.yaml", 1, 1), "is wrong\ttoo"),
]
FAULTS = [Fault("two", "x.py:2: plugin two raised"), Fault("one", "plugin one is broken")]
ARGUMENTS = {PackError: PROBLEMS, PluginError: FAULTS}
KINDS = sorted(
    (k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, Exception)),
    key=lambda kind: kind.__name__,
)


def made(kind: type[Exception]) -> Exception:
    return kind(ARGUMENTS.get(kind, "x.yaml: is wrong, mend it"))


def fail(kind: type[Exception]) -> None:
    raise made(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_survives_pickling_and_copying(kind):
    error = made(kind)
    again = [
        *(
            pickle.loads(pickle.dumps(error, protocol))  # noqa: S301
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
        ),
        copy.copy(error),
        copy.deepcopy(error),
    ]
    for each in again:
        assert type(each) is kind
        assert (str(each), vars(each), each.args) == (str(error), vars(error), error.args)


def test_an_error_comes_out_of_another_process():
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        for kind in KINDS:
            with pytest.raises(kind) as caught:
                executor.submit(fail, kind).result(60)
            assert str(caught.value) == str(made(kind))


def test_all_kinds_are_tried():
    assert [kind.__name__ for kind in KINDS] == [
        "ConfigurationError",
        "InputError",
        "PackError",
        "PluginError",
        "ResolverError",
    ]
