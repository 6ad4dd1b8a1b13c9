"""The look and the scripts that all views share, and how files of a package become one page.

A view is made of stylesheets and of JavaScript modules that browsers can load as they are. Where a
view has to be a single file, `join_modules` puts its modules into one script.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from importlib.resources import files

_IMPORT = re.compile(r"^import \{[^}]*\} from \"[^\"]+\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) )", re.MULTILINE)


def asset(name: str, package: str = "resolver.look") -> str:
    """Return the text of a file that lies in a package.

    Args:
        name: The file, such as ``look.css``.
        package: The package, by default this one, which holds what views share.
    """
    return files(package).joinpath(name).read_text("utf-8")


def join_modules(modules: Iterable[str]) -> str:
    """Return one script made of JavaScript modules, each standing behind those that it imports.

    Imports and the word ``export`` go; names at the top of modules must differ. All imports name
    what they import in braces, at the beginning of a line.
    """
    return "\n".join(
        _EXPORT.sub("", _IMPORT.sub("", module)).strip("\n") + "\n" for module in modules
    )


def policy_hash(content: str) -> str:
    """Return the source expression of a Content-Security-Policy that allows this content inline."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
