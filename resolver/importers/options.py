"""Options of a format, as ``--option key=value`` gives them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from resolver.errors import ConfigurationError


def with_defaults(given: Mapping[str, str], defaults: Mapping[str, str]) -> dict[str, str]:
    """Return what a user gave, and for the rest the defaults of a format.

    Raises:
        ConfigurationError: The format has no such option.
    """
    for key in given:
        if key not in defaults:
            near = difflib.get_close_matches(key, defaults, 1)
            has = f"it has {', '.join(sorted(defaults))}" if defaults else "it has none"
            meant = f"did you mean {near[0]}?" if near else has
            raise ConfigurationError(f"--option {key}: the format has no such option, {meant}")
    return {**defaults, **given}
