"""What a user of the Python interface may write: type checkers must accept all of it, strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from resolver import Candidate, Document, Mention, Resolver, Result, hookimpl
from resolver.analysis import Analysis
from resolver.arrow import load_once, packs_digest, tag_batches, tag_table, tagged_schema
from resolver.errors import ConfigurationError, InputError, PackError, PluginError, ResolverError
from resolver.findings import CONTEXT, DEFINITION, Derived, Evidence, Refusal, Rule
from resolver.importers import Importer
from resolver.models import Alias, Context, Entity, Holder, Pack, Role
from resolver.packs import parse_pack, read_pack
from resolver.plugins import load_plugins
from resolver.readers import BadInput, Reader, Source
from resolver.replacing import Replaced, replace_mentions
from resolver.spark import tag
from resolver.testing import Outcome, describe, run_example, run_examples
from resolver.writers import Options, Writer

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

resolver_api = 1


# Resolving


def shown(resolver: Resolver) -> list[str]:
    document = Document("The MoD said ...", id="1", date="2025-08-01", fields={"source": "wire"})
    result: Result = resolver.resolve(document)
    mentions: tuple[Mention, ...] = result.mentions
    lines = [line_of(mention) for mention in mentions]
    for further in resolver.resolve_many(["Iran", document], jobs=2):
        lines += [f"{further.document.id}: {len(further.mentions)}"]
    return lines


def line_of(mention: Mention) -> str:
    start: int = mention.start
    end: int = mention.end
    surface: str = mention.surface
    entity_id: str | None = mention.entity_id
    name: str | None = mention.name
    type_: str | None = mention.type
    candidates: tuple[Candidate, ...] = mention.candidates
    ids: list[str] = [candidate.entity_id for candidate in candidates]
    holder: str | None = mention.holder.name if mention.holder else None
    antecedent: tuple[int, int] | None = mention.antecedent
    why: tuple[str, ...] = mention.why
    words = [surface, mention.status, mention.kind, mention.pack, mention.source, *ids, *why]
    facts = [start, end, entity_id, name, type_, holder, antecedent, mention.line, mention.glued]
    return " ".join(map(str, [*words, *facts]))


def loaded() -> Resolver:
    packs: list[Pack] = [parse_pack("pack: p"), read_pack(Path("p.yaml"))]
    try:
        resolver = Resolver(packs, engine="flashtext", without_rules=("surname",))
        return resolver or Resolver.load(packs=["a.yaml"], bundled=False, plugins=False)
    except (PackError, InputError, ConfigurationError, PluginError) as error:
        raise SystemExit(str(error)) from error
    except ResolverError:
        plugins = load_plugins(installed=False, objects=[Cities()])
        print([(plugin.name, plugin.state) for plugin in plugins])
        return Resolver.load("packs/", engine="auto", plugins=plugins)


def rewritten(result: Result) -> tuple[int, int]:
    replaced: Replaced = replace_mentions(result, by="id")
    start, end = replaced.to_original(0, len(replaced.text))
    return replaced.to_replaced(start, end)


def tried(resolver: Resolver, packs: list[Pack]) -> bool:
    outcomes: list[Outcome] = list(run_examples(resolver, packs))
    outcomes += [run_example(resolver, example) for pack in packs for example in pack.examples]
    print(*map(describe, outcomes))
    return all(outcome.passed for outcome in outcomes)


def tables(resolver: Resolver, dataframe: DataFrame) -> DataFrame:
    import pyarrow as pa  # type: ignore[import-untyped]

    table = tag_table(pa.table({"text": ["Iran"]}), resolver, text_column="text")
    schema = tagged_schema(table.schema)
    print(schema, list(tag_batches(table.to_batches(), load_once(["a.yaml"], bundled=False))))
    digest: str = packs_digest(["a.yaml"])
    print(digest)
    return tag(dataframe, ["a.yaml"], bundled=False, text_column="body")


# A plugin


class Cities:
    """Brings a pack that is built in Python."""

    @hookimpl
    def resolver_packs(self) -> list[Pack]:
        aliases = (Alias("Kabul", "place/kabul", context=Context(any=("Afghanistan",))),)
        city = Entity("place/kabul", "Kabul", "city", aliases, tags=("asia",))
        return [Pack("cities", path="", entities=(city,))]


@hookimpl
def resolver_variants(alias: Alias) -> list[Alias]:
    return [Alias(alias.text.replace("q", "k"), alias.entity_id)]


@hookimpl
def resolver_rules() -> list[Rule]:
    return [
        Rule("initials", "derive", find_initials),
        Rule("quoted", "veto", refuse_quoted),
        Rule("desk", "evidence", favour_desk),
    ]


def find_initials(analysis: Analysis) -> Iterator[Derived]:
    for anchor in analysis.anchors:
        alias = anchor.aliases[0]
        for found in re.finditer(re.escape(alias.text[0]), analysis.text):
            yield Derived(found.span(), alias, DEFINITION, "initials", "initials", anchor.span)


def refuse_quoted(analysis: Analysis) -> Iterator[Refusal]:
    for match in analysis.matches:
        for alias in match.reading.aliases:
            yield Refusal(match.span, alias, "quoted", "stands in a quoted line")


def favour_desk(analysis: Analysis) -> Iterator[Evidence]:
    for match in analysis.matches:
        for alias in match.reading.aliases:
            if isinstance(analysis.owner(alias), Role) and analysis.document.fields.get("desk"):
                yield Evidence(match.span, alias, CONTEXT, "desk", "the desk says so")


@hookimpl
def resolver_readers() -> list[Reader]:
    return [Reader("wire", (".wire",), read_wire)]


def read_wire(source: Source) -> Iterator[Document | BadInput]:
    with source.open() as file:
        text = file.read().decode("utf-8")
        yield Document(text, id=source.name) if text else BadInput(source.name, "is empty")


@hookimpl
def resolver_writers() -> list[Writer]:
    return [Writer("names", write_names)]


def write_names(results: Iterable[Result], options: Options) -> Iterator[str]:
    for result in results:
        yield f"{result.document.id}: {options.offsets} {[m.name for m in result.mentions]}\n"


@hookimpl
def resolver_importers() -> list[Importer]:
    def read(files: object, options: object) -> list[Entity | Role]:
        return [Role("role/x", "X", (), holders=(Holder("person/y", None, None, location),))]

    location = Alias("X", "role/x").location
    return [Importer("list", "one name a line", read)]


@hookimpl
def resolver_commands() -> list[click.Command]:
    return [greet]


@click.command(short_help="Say hello.")
@click.argument("name")
def greet(name: str) -> None:
    click.echo(f"Hello {name}")
