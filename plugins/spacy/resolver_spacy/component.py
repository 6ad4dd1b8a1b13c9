"""The component: what it loads, what it writes into a `Doc`, and how it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import srsly
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from resolver import Mention, Resolver, hookimpl
from resolver.errors import ConfigurationError
from resolver.models import Pack
from resolver.packs import pack_files, parse_pack
from resolver.plugins import load_plugins
from resolver.writers.spacy import split_tokens
from resolver_spacy.tokens import ALIGNMENT_MODES, aligned

# What the component reads and writes beside spaCy's own attributes.
Doc.set_extension("resolver_date", default=None, force=True)
Span.set_extension("resolver", default=None, force=True)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The configuration of a component.

    Attributes:
        packs: Pack files, and folders with pack files.
        bundled: Whether to load the packs that come with resolver.
        plugins: Whether to load the installed plugins of resolver.
        engine: ``auto``, ``flashtext`` or ``ahocorasick``.
        without_rules: Names of document rules to leave out.
        alignment_mode: What to do about a mention that cuts a token: ``expand`` it to all of the
            token, ``contract`` it to whole tokens or nothing, ``strict`` to leave it out, or
            ``retokenize`` to split the token.
        overwrite_ents: Whether a mention takes the place of entities that it overlaps; otherwise
            those that are in the document stay.
        spans_key: Key of ``doc.spans`` to write all mentions to.
        labels: Labels to use in place of the types of entities, such as ``{"place": "GPE"}``.
    """

    packs: Sequence[str] = ()
    bundled: bool = True
    plugins: bool = True
    engine: str = "auto"
    without_rules: Sequence[str] = ()
    alignment_mode: str = "expand"
    overwrite_ents: bool = False
    spans_key: str = "resolver"
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what the component would stumble over later."""
        if self.alignment_mode not in ALIGNMENT_MODES:
            raise ConfigurationError(
                f"alignment_mode {self.alignment_mode} is unknown, use {', '.join(ALIGNMENT_MODES)}"
            )


class ResolverComponent:
    """Sets ``doc.ents`` and ``doc.spans`` to what resolver finds.

    Every mention becomes a span of ``doc.spans[spans_key]``: its label is the type of the entity,
    its ``kb_id_`` the id, and ``span._.resolver`` a dictionary with the exact offsets and, of an
    ambiguous mention, the candidates. Those that are resolved also become entities, the longest
    first where they overlap. The date of a document is read from ``doc._.resolver_date``.

    Packs are loaded when the first document comes, so that a pipeline can be read from disk where
    the files are missing that it was made from.
    """

    def __init__(
        self, settings: Settings, name: str = "resolver", saved: Mapping[str, str] | None = None
    ) -> None:
        """Keep the settings.

        Args:
            settings: What to load, and how to write what was found.
            name: Name of the component in its pipeline.
            saved: The content of pack files, used instead of the files that the settings name.
        """
        self.settings = settings
        self.name = name
        self.saved = saved

    @cached_property
    def resolver(self) -> Resolver:
        """The resolver, loaded when first asked for."""
        return _load(self.settings, self.saved)

    def __call__(self, doc: Doc) -> Doc:
        """Resolve a document and write what was found into it."""
        mentions = self.resolver.resolve(doc.text, date=doc._.resolver_date).mentions
        if self.settings.alignment_mode == "retokenize":
            split_tokens(doc, (place for m in mentions for place in (m.start, m.end)))
        spans: dict[tuple[int, int], Span] = {}
        for mention in mentions:
            span = aligned(doc, mention, self.settings.alignment_mode, self._label(mention))
            if span and (span.start, span.end) not in spans:
                span._.resolver = _described(mention)
                spans[span.start, span.end] = span
        doc.spans[self.settings.spans_key] = list(spans.values())
        doc.ents = self._with_ents(doc, [span for span in spans.values() if span.kb_id_])
        return doc

    def _label(self, mention: Mention) -> str:
        type_ = mention.type or mention.status
        return self.settings.labels.get(type_, type_)

    def _with_ents(self, doc: Doc, found: Iterable[Span]) -> list[Span]:
        own = filter_spans(found)
        first, second = (own, doc.ents) if self.settings.overwrite_ents else (doc.ents, own)
        taken = {token for span in first for token in range(span.start, span.end)}
        free = [span for span in second if taken.isdisjoint(range(span.start, span.end))]
        return [*first, *free]

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002
        """Return the settings and the content of the packs that they name."""
        return srsly.msgpack_dumps(self._content())

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> ResolverComponent:  # noqa: ARG002
        """Take settings and packs from what `to_bytes` returned."""
        return self._restore(srsly.msgpack_loads(data))

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write the settings and the content of the packs that they name to a file."""
        srsly.write_json(path, self._content())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> ResolverComponent:  # noqa: ARG002
        """Take settings and packs from a file that `to_disk` wrote."""
        return self._restore(srsly.read_json(path))

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.name, self.to_bytes())

    def _content(self) -> dict[str, Any]:
        saved = self.saved
        if saved is None:
            files = pack_files(self.settings.packs)
            saved = {str(file): file.read_text("utf-8") for file in files}
        return {"settings": asdict(self.settings), "packs": dict(saved)}

    def _restore(self, content: Mapping[str, Any]) -> ResolverComponent:
        self.settings = Settings(**content["settings"])
        self.saved = content["packs"]
        self.__dict__.pop("resolver", None)
        return self


def _restored(name: str, data: bytes) -> ResolverComponent:
    return ResolverComponent(Settings(), name).from_bytes(data)


class _SavedPacks:
    """A plugin of resolver that brings the packs that were saved with a component."""

    def __init__(self, saved: Mapping[str, str]) -> None:
        self.saved = saved

    @hookimpl
    def resolver_packs(self) -> list[Pack]:
        return [parse_pack(text, name) for name, text in self.saved.items()]


def _load(settings: Settings, saved: Mapping[str, str] | None) -> Resolver:
    objects = [] if saved is None else [_SavedPacks(saved)]
    return Resolver.load(
        settings.packs if saved is None else (),
        bundled=settings.bundled,
        plugins=load_plugins(installed=settings.plugins, objects=objects),
        engine=settings.engine,
        without_rules=settings.without_rules,
    )


def _described(mention: Mention) -> dict[str, Any]:
    """Return what spaCy has no place for, as plain values that it can save."""
    described = {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "name": mention.name,
        "status": mention.status,
        "kind": mention.kind,
        "candidates": tuple(candidate._asdict() for candidate in mention.candidates),
    }
    if mention.holder:
        described["holder"] = mention.holder._asdict()
    return described
