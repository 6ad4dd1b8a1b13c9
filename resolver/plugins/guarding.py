"""What plugins contribute, wrapped so that what goes wrong in it is theirs by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from resolver.analysis import Analysis
from resolver.errors import PluginError, ResolverError
from resolver.findings import Finding, Rule
from resolver.importers import Importer
from resolver.models import Document, Entity, Mention, Result, Role
from resolver.plugins import complaints
from resolver.plugins.plugin import Origin, place_of_function, shown
from resolver.plugins.watching import each_quietly, quiet
from resolver.readers import BadInput, Reader, Source
from resolver.writers import Options, Writer

# What is for the user already, and what somebody else stops a generator by.
_PASSING = (ResolverError, OSError, KeyboardInterrupt, GeneratorExit)

BUILT_IN = "built in"

OnError = Callable[[PluginError], None]


def rule(contributed: Rule, origin: Origin, on_error: OnError) -> Rule:
    """Return a rule whose findings are checked.

    If ``on_error`` returns, a rule that went wrong has found nothing in that document.
    """
    run = _annotate if contributed.stage == "annotate" else _find
    return contributed._replace(apply=partial(run, contributed, origin, on_error))


def _find(
    contributed: Rule, origin: Origin, on_error: OnError, analysis: Analysis
) -> Sequence[Finding]:
    try:
        findings = _all(contributed.apply, origin, analysis)
    except KeyboardInterrupt as interruption:
        _note(interruption, contributed, origin)
        raise
    except BaseException as error:
        on_error(_rule_error(contributed, origin, analysis, error))
        return ()
    if origin.kind == BUILT_IN:  # tests look at these, and nobody pays for looking again
        return findings
    for finding in findings:
        complaint = complaints.of_finding(finding, analysis)
        if complaint:
            wrong = f"returned {shown(finding)}, {complaint},"
            on_error(_rule_error(contributed, origin, analysis, wrong))
            return ()
    return findings


def _annotate(
    contributed: Rule,
    origin: Origin,
    on_error: OnError,
    analysis: Analysis,
    mentions: Sequence[Mention],
) -> Sequence[Mention]:
    try:
        annotated = _all(contributed.apply, origin, analysis, tuple(mentions))
    except KeyboardInterrupt as interruption:
        _note(interruption, contributed, origin)
        raise
    except BaseException as error:
        on_error(_rule_error(contributed, origin, analysis, error))
        return mentions
    complaint = complaints.of_mentions(annotated, mentions, analysis.text)
    if complaint:
        wrong = f"returned mentions {complaint}"
        on_error(_rule_error(contributed, origin, analysis, wrong))
        return mentions
    return annotated


def _all(apply: Callable[..., Iterable[Any]], origin: Origin, *given: Any) -> tuple[Any, ...]:
    if origin.kind == BUILT_IN:
        return tuple(apply(*given))
    with quiet():
        return tuple(apply(*given))


def _note(interruption: KeyboardInterrupt, contributed: Rule, origin: Origin) -> None:
    """Note what was interrupted, for whoever is asked why it took so long."""
    if origin.kind != BUILT_IN:
        rule = contributed.name
        interruption.add_note(f"{origin} was in rule {rule}; mend it or use --without-rule {rule}")


def _rule_error(
    contributed: Rule, origin: Origin, analysis: Analysis, wrong: BaseException | str
) -> PluginError:
    doing = f"in rule {contributed.name}, document {analysis.document.id or 'without an id'}"
    way_out = f"mend it or use --without-rule {contributed.name}"
    if isinstance(wrong, BaseException):
        fault = origin.raised(wrong, doing, way_out)
    else:
        fault = origin.fault(f"{wrong} {doing}", place_of_function(contributed.apply), way_out)
    return PluginError([fault])


def reader(contributed: Reader, origin: Origin) -> Reader:
    """Return a reader whose faults lose the rest of a file, and no other."""
    return contributed._replace(read=partial(_read, contributed, origin))


def _read(contributed: Reader, origin: Origin, source: Source) -> Iterator[Document | BadInput]:
    doing = f"in reader {contributed.name}"
    try:
        for item in each_quietly(origin, partial(contributed.read, source)):
            complaint = complaints.of_document(item)
            if complaint:
                place = place_of_function(contributed.read)
                fault = origin.fault(f"returned {shown(item)}, {complaint}, {doing}", place)
                yield BadInput(source.name, fault.message)
                return
            yield item
    except _PASSING:
        raise
    except BaseException as error:
        yield BadInput(source.name, origin.raised(error, doing).message)


def writer(contributed: Writer, origin: Origin) -> Writer:
    """Return a writer whose faults carry its name."""
    return contributed._replace(write=partial(_write, contributed, origin))


def _write(
    contributed: Writer, origin: Origin, results: Iterable[Result], options: Options
) -> Iterator[str | bytes]:
    doing = f"in writer {contributed.name}"
    wanted = bytes if contributed.binary else str
    incoming = _Incoming(results)
    try:
        for piece in each_quietly(origin, partial(contributed.write, incoming, options)):
            if not isinstance(piece, wanted):
                place = place_of_function(contributed.write)
                what = f"returned {shown(piece)}, which is not {wanted.__name__}, {doing}"
                raise PluginError([origin.fault(what, place)])
            yield piece
    except _PASSING:
        raise
    except BaseException as error:
        if error is incoming.error:
            raise
        raise PluginError([origin.raised(error, doing)]) from error


class _Incoming:
    """Results on their way to a writer, which is not to blame for what they raise."""

    def __init__(self, results: Iterable[Result]) -> None:
        self._results = iter(results)
        self.error: BaseException | None = None

    def __iter__(self) -> Iterator[Result]:
        return self

    def __next__(self) -> Result:
        try:
            return next(self._results)
        except BaseException as error:
            self.error = error
            raise


def importer(contributed: Importer, origin: Origin) -> Importer:
    """Return an importer whose faults carry its name."""
    return contributed._replace(read=partial(_import, contributed, origin))


def _import(
    contributed: Importer, origin: Origin, files: Sequence[Path], options: Mapping[str, str]
) -> Iterator[Entity | Role]:
    doing = f"in importer {contributed.name}"
    try:
        for owner in each_quietly(origin, partial(contributed.read, files, options)):
            complaint = complaints.of_imported(owner)
            if complaint:
                what = f"returned {shown(owner)}, {complaint}, {doing}"
                raise PluginError([origin.fault(what, place_of_function(contributed.read))])
            yield owner
    except _PASSING:
        raise
    except BaseException as error:
        raise PluginError([origin.raised(error, doing)]) from error
