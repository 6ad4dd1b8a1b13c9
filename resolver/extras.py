"""Libraries that not everybody needs: imported when used, and where missing said so in one line."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from resolver.errors import ConfigurationError


def library(name: str, extra: str) -> Any:
    """Import a library that an extra brings.

    Args:
        name: The module.
        extra: The extra of our distribution that installs it.

    Raises:
        ConfigurationError: It is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError:
        package = name.partition(".")[0] if name != "backports.zstd" else name
        message = f"this needs {package}, install it with: pip install 'alias-resolver[{extra}]'"
        raise ConfigurationError(message) from None
