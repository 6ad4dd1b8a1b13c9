"""``--size-limit``, of every command that reads documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from resolver.limits import SIZE_LIMIT, size_from, size_text

Command = TypeVar("Command", bound=Callable[..., Any])


def size_option(
    default: int = SIZE_LIMIT, help_: str = "Leave out a document larger than this."
) -> Callable[[Command], Command]:
    """Return the option; the command gets bytes, as ``size_limit``."""
    return click.option(
        "--size-limit",
        metavar="SIZE",
        default=size_text(default).replace(" ", ""),
        callback=_size,
        help=help_,
    )


def _size(_ctx: click.Context, _param: click.Parameter, value: str) -> int:
    size = size_from(value)
    if size:
        return size
    raise click.BadParameter(f"{value} is no size, write one such as 500kB, 256MB or 2GB")
