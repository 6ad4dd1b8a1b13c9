"""A thread that works through calls in their order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any, NamedTuple, TypeVar

Answer = TypeVar("Answer")


class StoppedError(Exception):
    """The server stops before the answer is there."""


class _Call(NamedTuple):
    answer: asyncio.Future[Any]
    function: Callable[..., Any]
    arguments: tuple[object, ...]


class Worker:
    """One thread. Unlike those of an executor it does not keep the process from ending.

    To read all packs takes seconds, and whoever stops the server does not want to wait for that.
    """

    def __init__(self, name: str) -> None:
        """Start it."""
        self._calls: SimpleQueue[_Call] = SimpleQueue()
        self._answers: set[asyncio.Future[Any]] = set()
        Thread(target=self._work, name=name, daemon=True).start()

    async def call(self, function: Callable[..., Answer], *arguments: object) -> Answer:
        """Return what a function returns, or raise what it raises.

        Raises:
            StoppedError: The server stops.
        """
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._answers.add(answer)
        self._calls.put(_Call(answer, function, arguments))
        try:
            return await answer
        finally:
            self._answers.discard(answer)

    def stop(self) -> None:
        """Let nobody wait any longer."""
        for answer in self._answers:
            if not answer.done():
                answer.set_exception(StoppedError())

    def _work(self) -> None:
        while True:
            answer, function, arguments = self._calls.get()
            if answer.done():
                continue
            outcome: tuple[Any, BaseException | None]
            try:
                outcome = function(*arguments), None
            except BaseException as error:  # noqa: BLE001 (whoever called gets it)
                outcome = None, error
            with suppress(RuntimeError):  # the server has stopped
                answer.get_loop().call_soon_threadsafe(_give, answer, *outcome)


def _give(answer: asyncio.Future[Any], result: object, error: BaseException | None) -> None:
    if answer.done():
        return
    if error is None:
        answer.set_result(result)
    else:
        answer.set_exception(error)
