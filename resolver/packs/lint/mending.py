"""Mend what is mechanical, in the text of packs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from resolver.errors import PackError
from resolver.models import Location
from resolver.packs.checking import Checker
from resolver.packs.editing import remove_item, replace_value
from resolver.packs.lint.finding import Finding
from resolver.packs.schema import PACK, Spec, Text
from resolver.packs.strict_yaml import Node, Scalar, parse_nodes, read_text


def mended(text: str, findings: Iterable[Finding]) -> str:
    """Return the text of a pack in which mechanical findings are mended; others are left.

    Args:
        text: The content of the file.
        findings: Findings in it, at most one mechanical one at each place.
    """
    # From the end, so that the places of what is still to be mended stay right.
    for finding in sorted(findings, reverse=True, key=lambda finding: finding.location):
        if finding.replacement == "":
            text = remove_item(text, finding.location)
        elif finding.replacement is not None:
            text = replace_value(text, finding.location, finding.replacement)
    return text


def findings_of(error: PackError) -> list[Finding]:
    """Return the problems of packs that cannot be read as findings."""
    replacements: dict[Location, str] = {}
    for path in sorted({problem.location.path for problem in error.problems}):
        if Path(path).is_file():
            replacements |= _replacements(path)
    return [
        Finding(location, "error", "format", message, replacements.get(location))
        for location, message in error.problems
    ]


def _replacements(path: str) -> dict[Location, str]:
    """Return what to write where a value only lacks quotation marks, or has spaces around it."""
    try:
        node, _ = parse_nodes(read_text(Path(path), path), path)
    except PackError:
        return {}
    collector = _Collector()
    if node is not None:
        collector.check(node, PACK, "file")
    return collector.found


class _Collector(Checker):
    """Checks a pack once more, and collects the texts that can be mended."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[Location, str] = {}

    def _scalar(self, node: Node, spec: Spec, noun: str) -> str | bool | None:
        if isinstance(node, Scalar) and isinstance(spec, Text):
            value = node.value.strip()
            if value and (node.read_as or (value != node.value and not spec.long)):
                self.found[node.location] = value
        return super()._scalar(node, spec, noun)
