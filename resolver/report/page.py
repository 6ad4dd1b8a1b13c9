"""The file of a report: everything that it needs is in it, and its policy forbids all else."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.metadata import version
from string import Template

from resolver.look import asset, join_modules, policy_hash
from resolver.report.data import Report, encode

_OWN = "resolver.report"
_HERE = "<!-- the data stand here -->"
_SHARED_MODULES = ("elements.js", "marking.js")
# Each stands behind those that it imports.
_MODULES = (
    "data.js",
    "selection.js",
    "shown.js",
    "details.js",
    "bars.js",
    "timeline.js",
    "layout.js",
    "graph.js",
    "overview.js",
    "articles.js",
    "entities.js",
    "worklist.js",
    "filters.js",
    "printing.js",
    "main.js",
)


def write(report: Report) -> Iterator[str]:
    """Yield the page in pieces, a document at a time. The same report gives the same bytes."""
    style = asset("look.css") + asset("report.css", _OWN)
    script = join_modules(
        [
            *(asset(name) for name in _SHARED_MODULES),
            *(asset(name, _OWN) for name in _MODULES),
        ]
    )
    page = Template(asset("page.html", _OWN)).substitute(
        title=escape(report.title),
        version=escape(version("alias-resolver")),
        style=style,
        script=script,
        style_hash=policy_hash(style),
        script_hash=policy_hash(script),
        data=_HERE,
    )
    before, _, behind = page.partition(_HERE)
    yield before
    yield from encode(report)
    yield behind
