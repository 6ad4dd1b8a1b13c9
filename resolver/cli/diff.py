"""``resolver diff``."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import click

from resolver.cli.completing import PATH
from resolver.cli.counting import counted
from resolver.cli.options import (
    InputFormat,
    Inputs,
    date_option,
    dated,
    input_option,
    loading_options,
)
from resolver.models import Mention
from resolver.packs import bundled_folder
from resolver.pipeline import Resolver
from resolver.plugins import Plugins
from resolver.workbench.attribution import ELSEWHERE
from resolver.workbench.comparison import Comparison, Difference, said_of
from resolver.workbench.edits import PackEdit
from resolver.workbench.versions import read_versions
from resolver.writers.table import printable

_CHANGES = ("added", "lost", "re-resolved", "moved")


@click.command("diff", short_help="Show what an edit of packs changes in a corpus.")
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@click.argument("paths", nargs=-1, required=True, metavar="CORPUS...", type=PATH)
@click.option("--show", type=int, default=10, metavar="N", help="Surfaces to list for each edit.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Lines for people, or a JSON list with every place.",
)
@date_option
@input_option
@loading_options
def command(
    old: str,
    new: str,
    paths: tuple[str, ...],
    date: str | None,
    input_format: InputFormat,
    show: int,
    format_name: str,
    packs: tuple[str, ...],
    bundled: bool,
    plugins: Plugins,
    **settings: Any,
) -> None:
    """Tag CORPUS with the packs of OLD and of NEW, and show what differs, by the edit that did it.

    OLD and NEW are packs, folders of packs, or git revisions such as HEAD~1:rules/. All other packs
    that are loaded are the same on both sides; those with the name of a pack of OLD or NEW are left
    out. Exits with 1 if anything differs.
    """
    folders = [bundled_folder()] if bundled else []
    others = [*folders, *plugins.pack_paths(), *packs]
    versions = read_versions(old, new, others, plugins.packs())
    comparison = Comparison(*(Resolver(v, plugins=plugins, **settings) for v in versions))
    inputs = Inputs(plugins, paths, input_format)
    groups: dict[PackEdit | None, list[Difference]] = {}
    number = 0
    for document in dated(inputs, date):
        number += 1
        for difference in comparison.differences(document):
            groups.setdefault(difference.cause.edit, []).append(difference)
    ordered = sorted(groups.items(), key=_by_size)
    click.echo(_json(ordered) if format_name == "json" else _text(ordered, show), nl=False)
    counts = Counter[str](d.change for found in groups.values() for d in found)
    summary = ", ".join(f"{counts[change]} {change}" for change in _CHANGES)
    click.echo(f"{counted(number, 'document')} compared: {summary}", err=True)
    sys.exit(inputs.exit_code or int(bool(groups)))


def _by_size(group: tuple[PackEdit | None, list[Difference]]) -> tuple[int, str]:
    edit, differences = group
    return -len(differences), str(edit or "")


_Groups = Sequence[tuple[PackEdit | None, list[Difference]]]


class _Kind(NamedTuple):
    """What differences of one surface share."""

    change: str
    surface: str
    said: str
    rule: str | None


def _text(groups: _Groups, show: int) -> str:
    lines = []
    for edit, differences in groups:
        lines.append(str(edit) if edit else "no edit was found that explains these")
        kinds = Counter(map(_kind, differences))
        for kind, count in kinds.most_common(show):
            said = f"{kind.said}{_way(kind.rule)}"
            lines.append(f"  {count:6} {kind.change:12} {kind.surface}: {said}")
        if len(kinds) > show:
            lines.append(f"         and {counted(len(kinds) - show, 'more surface')}")
    return "".join(f"{printable(line)}\n" for line in lines)


def _way(rule: str | None) -> str:
    if rule is None:
        return ""
    return f"  (follows, {'elsewhere in the document' if rule == ELSEWHERE else f'by rule {rule}'})"


def _kind(difference: Difference) -> _Kind:
    mention, before = difference.mention, difference.before
    surface, said = mention.surface, said_of(mention)
    if difference.change == "re-resolved" and before:
        said = f"{said_of(before)} -> {said}"
    if difference.change == "moved" and before:
        surface = f"{before.surface} -> {surface}"
    return _Kind(difference.change, " ".join(surface.split()), said, difference.cause.rule)


def _json(groups: _Groups) -> str:
    records = [
        {
            "edit": _edit_record(edit),
            "differences": [_difference_record(difference) for difference in differences],
        }
        for edit, differences in groups
    ]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def _edit_record(edit: PackEdit | None) -> dict[str, Any] | None:
    if edit is None:
        return None
    record = edit._asdict()
    return {**record, "location": edit.location._asdict()}


def _difference_record(difference: Difference) -> dict[str, Any]:
    new = None if difference.change == "lost" else difference.mention
    return {
        "change": difference.change,
        "document": difference.document,
        "rule": difference.cause.rule,
        "old": difference.before and _mention_record(difference.before),
        "new": new and _mention_record(new),
    }


def _mention_record(mention: Mention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "said": said_of(mention),
    }
