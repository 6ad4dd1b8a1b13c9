"""``resolver lint``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from resolver.cli.completing import PATH
from resolver.cli.counting import counted
from resolver.cli.options import loading_options
from resolver.cli.rewriting import rewrite
from resolver.errors import PackError
from resolver.loading import load_packs, pack_places
from resolver.models import Pack
from resolver.packs.lint import Finding, find_hints, lint_packs
from resolver.packs.lint.frequency import is_installed
from resolver.packs.lint.mending import findings_of, mended
from resolver.plugins import Plugins
from resolver.writers.table import printable

_GITHUB = {"error": "error", "warning": "warning", "hint": "notice"}
_UNFOUND = 'common words were not looked up, for that install "alias-resolver[lint]"'


@click.command("lint", short_help="Check packs for what goes wrong later.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=PATH)
@click.option("--hints", is_flag=True, help="Show hints too.")
@click.option("--fix", is_flag=True, help="Mend what is mechanical, in the files.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    help="Lines for people, annotations for GitHub Actions, or a JSON list.",
)
@loading_options
def command(
    paths: tuple[str, ...],
    packs: tuple[str, ...],
    bundled: bool,
    plugins: Plugins,
    hints: bool,
    fix: bool,
    format_name: str,
    **_loading: Any,
) -> None:
    """Check packs. Exits with 1 if there are findings.

    Checked are the packs at PATH; without any those named by --packs, --plugin and --plugin-file;
    if none is named at all, the bundled ones. The named ones are held against all others that are
    loaded, too. Errors and warnings are findings; hints are only worth knowing.
    """
    own = pack_places((*paths, *packs, *plugins.named_packs()))
    wanted = pack_places(paths) or own
    if fix and not own:
        raise click.UsageError("name the packs to mend")
    read = partial(load_packs, (*packs, *paths), bundled=bundled, plugins=plugins)
    if not own and bundled:
        read = partial(load_packs, bundled=True)
    number, findings = _check(read, own, wanted)
    while fix and (mechanical := _mechanical(findings, wanted, hints=hints)):
        _mend(mechanical)
        number, findings = _check(read, own, wanted)
    shown = [f for f in findings if hints or f.severity != "hint"]
    click.echo(_FORMATS[format_name](shown), nl=False)
    serious = sum(finding.severity != "hint" for finding in findings)
    unshown = len(findings) - len(shown)
    more = f", {counted(unshown, 'hint')} (--hints shows them)" if unshown else ""
    counts = f"{counted(number, 'pack')} checked, {counted(serious, 'finding')}"
    click.echo(counts + more, err=True)
    if not is_installed():
        click.echo(_UNFOUND, err=True)
    sys.exit(1 if serious else 0)


def _check(
    read: Callable[[], Sequence[Pack]], own: set[Path], wanted: set[Path]
) -> tuple[int, list[Finding]]:
    """Return how many packs were checked, and the findings in them.

    Args:
        read: Reads all packs.
        own: Those of the user, all if it is empty.
        wanted: Those of them to check.
    """
    try:
        packs = read()
    except PackError as error:
        found = findings_of(error)
        return len({finding.location.path for finding in found}), found
    places = {pack: Path(pack.path).resolve() for pack in packs}
    mine = [pack for pack in packs if not own or places[pack] in own]
    beside = [pack for pack in packs if pack not in mine]
    checked = {pack.path for pack in mine if not wanted or places[pack] in wanted}
    found = [*lint_packs(mine, beside), *find_hints(mine, beside)]
    return len(checked), sorted(
        (finding for finding in found if finding.location.path in checked),
        key=lambda finding: finding[:4],
    )


def _mechanical(findings: Sequence[Finding], own: set[Path], *, hints: bool) -> list[Finding]:
    """Return what can be mended at once in some files: of several at one place the first."""
    shown = (f for f in reversed(findings) if hints or f.severity != "hint")
    by_place = {f.location: f for f in shown if f.replacement is not None}
    return [by_place[at] for at in sorted(by_place) if Path(at.path).resolve() in own]


def _mend(findings: Sequence[Finding]) -> None:
    for path in sorted({finding.location.path for finding in findings}):
        inside = [finding for finding in findings if finding.location.path == path]
        rewrite(path, partial(mended, findings=inside))
        for finding in inside:
            click.echo(f"mended {finding}", err=True)


def _text(findings: Sequence[Finding]) -> str:
    return "".join(f"{printable(str(finding))}\n" for finding in findings)


def _github(findings: Sequence[Finding]) -> str:
    lines = []
    for (path, line, column), severity, check, message, _ in findings:
        escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        place = f"file={path},line={line},col={column},title={check}"
        lines.append(f"::{_GITHUB[severity]} {place}::{escaped}\n")
    return "".join(lines)


def _json(findings: Sequence[Finding]) -> str:
    records = [
        {
            **finding.location._asdict(),
            "severity": finding.severity,
            "check": finding.check,
            "message": finding.message,
            "mechanical": finding.replacement is not None,
        }
        for finding in findings
    ]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


_FORMATS = {"text": _text, "github": _github, "json": _json}
