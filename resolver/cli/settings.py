"""Options that stand in a file: ``[tool.resolver]`` of pyproject.toml, or resolver.toml."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

from resolver.errors import ConfigurationError

_PATHS = frozenset({"packs", "plugin_file"})
_REPEATABLE = _PATHS | {"plugin", "without_rules"}


def read_settings(start: Path | None = None) -> dict[str, Any]:
    """Return the settings of the nearest folder, from the current one upwards, that has some.

    Keys are the long names of options; relative paths count from the folder of the file.

    Raises:
        ConfigurationError: The file is not valid TOML.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        own, project = folder / "resolver.toml", folder / "pyproject.toml"
        if own.is_file():
            return _options(_load(own), folder)
        if project.is_file():
            section = _load(project).get("tool", {}).get("resolver")
            if section is not None:
                return _options(section, folder)
    return {}


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: not valid TOML, {error}") from None


def _options(section: dict[str, Any], folder: Path) -> dict[str, Any]:
    options = {key.replace("-", "_"): value for key, value in section.items()}
    if "without_rule" in options:
        options["without_rules"] = options.pop("without_rule")
    for key in _REPEATABLE & options.keys():
        value = options[key]
        options[key] = [value] if isinstance(value, str) else value
    for key in _PATHS & options.keys():
        # As the user would name them here, since messages show them.
        options[key] = [os.path.relpath(folder / path) for path in options[key]]
    return options
