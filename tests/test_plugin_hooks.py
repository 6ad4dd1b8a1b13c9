"""What each hook is given, what it may return, and whose fault it is when that does not fit."""

from __future__ import annotations

import json
import pickle
import re
from dataclasses import replace
from pathlib import Path

import click
import pytest

from resolver import Document, Resolver, hookimpl
from resolver.errors import PluginError
from resolver.findings import CONTEXT, DEFINITION, STAGES, Derived, Evidence, Refusal, Rule
from resolver.importers import Importer
from resolver.models import Alias, Entity, Pack
from resolver.packs import parse_pack
from resolver.plugins import Plugins, load_plugins
from resolver.plugins.conformance import HOOKS
from resolver.plugins.plugin import shown
from resolver.readers import BadInput, Reader, read_documents
from resolver.writers import Options, Writer

HERE = __file__
PACK = parse_pack("""
pack: demo
entities:
  - {id: person/gass, name: Simon Gass, type: person}
  - {id: place/iran, name: Iran, type: place, aliases: [{text: Twin, ambiguous: true}]}
  - {id: place/iraq, name: Iraq, type: place, aliases: [{text: Twin, ambiguous: true}]}
suppress: [{text: Iran Air}]
""")


def plugin(name: str = "Test", **hooks) -> object:
    """A plugin of this module that implements some hooks."""
    methods = {hook: hookimpl(function) for hook, function in hooks.items()}
    return type(name, (), {**methods, "__module__": __name__})()


def contributing(**values) -> object:
    """A plugin whose hooks return what is given, whatever they are asked."""
    return plugin(**{hook: lambda self, value=value: value for hook, value in values.items()})


def with_rule(stage: str, apply, **options) -> Resolver:
    """A resolver with one more rule."""
    one = contributing(resolver_rules=[Rule("test", stage, apply)])
    return Resolver([PACK], plugins=load_plugins(installed=False, objects=[one], **options))


def found(resolver: Resolver, text: str) -> list[tuple[str, str | None]]:
    return [(m.surface, m.entity_id) for m in resolver.resolve(text).mentions]


class Everything:
    """Implements every hook once, and notes what it was called with."""

    def __init__(self) -> None:
        self.calls = []

    def note(self, *call):
        self.calls.append(call)

    @hookimpl
    def resolver_packs(self):
        self.note("resolver_packs")
        kabul = Entity("place/kabul", "Kabul", "city", (Alias("Kabul", ""),))
        return [Pack("cities", "", entities=(kabul,))]

    @hookimpl
    def resolver_variants(self, alias):
        self.note("resolver_variants", alias.text)
        return [replace(alias, text="Cabul")] if alias.text == "Kabul" else None

    @hookimpl
    def resolver_rules(self, analyse):
        self.note("resolver_rules", analyse(Document("From Kabul")).matches[0].span)

        def noting(stage):
            def apply(*given):
                self.note(stage, type(given[0]).__name__, len(given))
                return given[1] if stage == "annotate" else []

            return apply

        return [Rule("all", stage, noting(stage)) for stage in reversed(STAGES)]

    @hookimpl
    def resolver_readers(self):
        self.note("resolver_readers")

        def read(source):
            self.note("read", type(source).__name__, source.suffix)
            yield Document("Kabul", id=source.name)

        return [Reader("all", (".all",), read)]

    @hookimpl
    def resolver_writers(self):
        self.note("resolver_writers")

        def write(results, options):
            self.note("write", options)
            for result in results:
                yield f"{result.document.id}: {result.mentions[0].name}"

        return [Writer("all", write)]

    @hookimpl
    def resolver_importers(self):
        self.note("resolver_importers")

        def read(files, options):
            self.note("import", files, options)
            return [Entity("x", "X", "thing", ())]

        return [Importer("all", "everything", read)]

    @hookimpl
    def resolver_commands(self):
        self.note("resolver_commands")
        return [click.Command("all")]


def test_every_hook_is_called_in_its_turn_with_what_it_needs(tmp_path):
    everything = Everything()
    plugins = load_plugins(installed=False, objects=[everything])
    (mine,) = [p for p in plugins if p.name == "Everything"]
    assert mine.hooks == tuple(sorted(HOOKS))
    assert everything.calls == []

    resolver = Resolver.load(bundled=False, plugins=plugins)
    assert everything.calls == [
        ("resolver_packs",),
        ("resolver_variants", "Kabul"),
        ("resolver_rules", (5, 10)),
    ]
    everything.calls.clear()
    assert found(resolver, "Cabul") == [("Cabul", "place/kabul")]
    # Nothing is pending, so nothing is weighed; no hook is called for a document.
    assert everything.calls == [
        ("veto", "Analysis", 1),
        ("derive", "Analysis", 1),
        ("annotate", "Analysis", 2),
    ]
    everything.calls.clear()
    (tmp_path / "in.all").write_text("", "utf-8")
    (document,) = read_documents([str(tmp_path)], plugins.readers().values())
    pieces = list(plugins.writers()["all"].write([resolver.resolve(document)], Options()))
    assert pieces == [f"{tmp_path}/in.all: Kabul"]
    assert [o.id for o in plugins.importers()["all"].read([Path("t")], {"a": "b"})] == ["x"]
    assert list(plugins.commands()) == ["all"]
    assert [call for call in everything.calls if call[0] not in STAGES] == [
        ("resolver_readers",),
        ("read", "Source", ".all"),
        ("resolver_writers",),
        ("write", Options()),
        ("resolver_importers",),
        ("import", [Path("t")], {"a": "b"}),
        ("resolver_commands",),
    ]


def test_all_stages_are_called_where_something_is_pending():
    everything = Everything()
    plugins = load_plugins(installed=False, objects=[everything])
    resolver = Resolver([PACK, *plugins.packs()], plugins=plugins)
    everything.calls.clear()
    resolver.resolve("Twin")
    assert [stage for stage, *_ in everything.calls] == list(STAGES)


def test_a_hook_that_is_not_implemented_costs_a_document_nothing():
    plugins = load_plugins(installed=False)
    resolver = Resolver([PACK], plugins=plugins)
    calls = []
    plugins._manager.add_hookcall_monitoring(lambda name, *_: calls.append(name), lambda *_: None)
    resolver.resolve("Simon Gass in Iran. Gass said (Twin).")
    assert plugins.variants() is None
    assert calls == []


def test_the_order_of_registration_changes_nothing():
    def of(name: str) -> object:
        return plugin(
            name,
            resolver_variants=lambda self, alias: [
                replace(alias, text=f"{alias.text} {name}", note=name)
            ],
            resolver_rules=lambda self: [
                Rule(
                    name,
                    "annotate",
                    lambda _, mentions: [m._replace(kind=m.kind + name) for m in mentions],
                )
            ],
            resolver_writers=lambda self: [Writer(name.lower(), print)],
        )

    def outcome(plugins: Plugins):
        resolver = Resolver([PACK], plugins=plugins)
        kinds = [m.kind for m in resolver.resolve("Iran A Iran B Twin A").mentions]
        return kinds, list(plugins.writers()), [rule.name for rule in resolver.rules]

    loaded = list(load_plugins(installed=False, objects=[of("B"), of("A")]))
    assert outcome(Plugins(loaded)) == outcome(Plugins(reversed(loaded)))
    assert outcome(Plugins(loaded))[0] == ["fullAB"] * 3


# Rules


def test_a_rule_proposes_a_mention_that_no_table_lists():
    def propose(analysis):
        for anchor in analysis.anchors:
            if anchor.entity_id == "person/gass":
                begin = analysis.text.index("the envoy")
                alias = replace(anchor.aliases[0], text="the envoy", kind="short")
                span = (begin, begin + 9)
                yield Derived(span, alias, DEFINITION, "test", "said so", anchor.span)

    mentions = with_rule("derive", propose).resolve("Simon Gass, the envoy, left.").mentions
    assert [(m.surface, m.entity_id, m.antecedent) for m in mentions] == [
        ("Simon Gass", "person/gass", None),
        ("the envoy", "person/gass", (0, 10)),
    ]
    assert mentions[1].why[-1] == "test: said so"


def test_a_rule_refuses_what_a_table_lists():
    def refuse(analysis):
        for match in analysis.matches:
            yield Refusal(match.span, match.reading.aliases[0], "test", "not here")

    assert found(with_rule("veto", refuse), "Iran") == []
    assert found(Resolver([PACK]), "Iran") == [("Iran", "place/iran")]


def test_evidence_of_a_rule_ranks_candidates():
    def favour(analysis):
        for match in analysis.pending:
            for alias in match.reading.aliases:
                if alias.entity_id == "place/iraq":
                    yield Evidence(match.span, alias, CONTEXT, "test", "for Iraq")

    assert found(with_rule("evidence", favour), "Twin") == [("Twin", "place/iraq")]
    assert found(Resolver([PACK]), "Twin") == [("Twin", None)]


def test_a_rule_may_propose_an_entity_that_no_pack_has():
    def find_ships(analysis):
        for place in re.finditer(r"HMS [A-Z][a-z]+", analysis.text):
            alias = Alias(place[0], "ship/" + place[0][4:].lower(), pack="ships")
            ship = Entity(alias.entity_id, place[0], "ship", (alias,))
            yield Derived(place.span(), alias, DEFINITION, "ships", "has the form", owner=ship)

    resolver = with_rule("derive", find_ships)
    (mention,) = resolver.resolve("Aboard HMS Diamond.").mentions
    assert (mention.start, mention.end, mention.surface) == (7, 18, "HMS Diamond")
    assert (mention.entity_id, mention.name, mention.type) == (
        "ship/diamond",
        "HMS Diamond",
        "ship",
    )
    assert (mention.pack, mention.status, mention.kind) == ("ships", "resolved", "full")
    assert mention.why[-1] == "ships: has the form"
    assert not resolver.resolve("Aboard a diamond.").mentions
    assert "ship/diamond" not in resolver.gazetteer.owners


def of_atlantis(**changed) -> Derived:
    """A finding that brings its entity along, with something changed."""
    alias = Alias("Iran", "place/atlantis")
    owner = Entity(
        **{"id": "place/atlantis", "name": "A", "type": "place", "aliases": ()} | changed
    )
    return Derived((0, 4), alias, DEFINITION, "test", "x", owner=owner)


IRAN = PACK.entities[1].aliases[0]
ODD_FINDINGS = [
    pytest.param("span", "returned 'span', which is no Refusal, Evidence or Derived,", id="text"),
    pytest.param(
        Refusal((0, 99), IRAN, "test", "x"),
        "whose span is not inside the text of 4 characters,",
        id="span outside",
    ),
    pytest.param(
        Refusal((3, 3), IRAN, "test", "x"),
        "whose span is not inside the text of 4 characters,",
        id="empty span",
    ),
    pytest.param(
        Refusal(3, IRAN, "test", "x"),
        "whose span is not inside the text of 4 characters,",
        id="no span",
    ),
    pytest.param(Refusal((0, 4), "Iran", "test", "x"), "whose alias is no Alias,", id="no alias"),
    pytest.param(
        of_atlantis(id="place/other"),
        "whose alias names place/atlantis, and its owner is place/other,",
        id="alias of another",
    ),
    pytest.param(
        Derived((0, 4), IRAN, DEFINITION, "test", "x", owner=PACK.entities[1]),
        "whose owner place/iran a pack has already,",
        id="owner in a pack",
    ),
    pytest.param(
        of_atlantis(type="role"),
        "whose owner place/atlantis is of type role, which only offices of packs are,",
        id="owner an office",
    ),
    pytest.param(
        of_atlantis(name=" "),
        f"in which {shown(of_atlantis(name=' ').owner)} has no id or no name,",
        id="owner without a name",
    ),
    pytest.param(
        of_atlantis()._replace(owner="Atlantis"),
        "whose owner 'Atlantis' is no Entity,",
        id="owner no entity",
    ),
    pytest.param(
        Derived((0, 4), Alias("Iran", "place/atlantis"), DEFINITION, "test", "x"),
        "whose alias names place/atlantis, which no pack has,",
        id="unknown entity",
    ),
    pytest.param(
        Evidence((0, 4), IRAN, "strong", "test", "x"),
        "whose level is not one of definition, context, date, support, default,",
        id="unknown level",
    ),
    pytest.param(
        Evidence((0, 4), IRAN, CONTEXT, "test", "x", (2, 9)),
        "whose antecedent is not inside the text,",
        id="antecedent outside",
    ),
]


@pytest.mark.parametrize(("finding", "complaint"), ODD_FINDINGS)
def test_a_finding_that_does_not_fit_is_an_error(finding, complaint):
    def find(analysis):
        return [finding]

    resolver = with_rule("veto", find)
    with pytest.raises(PluginError) as caught:
        resolver.resolve(Document("Iran", id="d7"))
    message = str(caught.value)
    line = find.__code__.co_firstlineno
    assert message.startswith(f"{HERE}:{line}: plugin Test (object) returned ")
    assert message.endswith(
        f"{complaint} in rule test, document d7; mend it or use --without-rule test"
    )


def test_a_rule_that_raises_is_an_error_with_its_place():
    def find(analysis):
        return json.loads("{")

    with pytest.raises(PluginError) as caught:
        with_rule("veto", find).resolve(Document("Iran", id="d7"))
    assert str(caught.value) == (
        f"{HERE}:{find.__code__.co_firstlineno + 1}: plugin Test (object) raised JSONDecodeError: "
        "Expecting property name enclosed in double quotes: line 1 column 2 (char 1) "
        "in rule test, document d7; mend it or use --without-rule test"
    )


@pytest.mark.parametrize(
    ("annotate", "complaint"),
    [
        (lambda analysis, mentions: [1], "returned mentions in which 1 is no Mention"),
        (
            lambda analysis, mentions: [mentions[0]._replace(start=1)],
            "returned mentions in which 'Iran' does not stand at (1, 4) in the text",
        ),
        (
            lambda analysis, mentions: mentions[::-1],
            "returned mentions which are not in the order of the text",
        ),
    ],
)
def test_annotated_mentions_that_do_not_fit_are_an_error(annotate, complaint):
    with pytest.raises(PluginError) as caught:
        with_rule("annotate", annotate).resolve("Iran, Iraq")
    assert str(caught.value) == (
        f"{HERE}:{annotate.__code__.co_firstlineno}: plugin Test (object) {complaint} in rule test, "
        "document without an id; mend it or use --without-rule test"
    )


class Stop(BaseException):
    """What no `except Exception` catches."""


def test_whatever_is_raised_is_an_error_but_an_interruption():
    def stop(*given):
        raise Stop("enough")

    def interrupt(*given):
        raise KeyboardInterrupt

    for stage in ("veto", "annotate"):
        with pytest.raises(PluginError, match="raised Stop: enough in rule test, document without"):
            with_rule(stage, stop).resolve("Iran")
        with pytest.raises(KeyboardInterrupt):
            with_rule(stage, interrupt).resolve("Iran")
    one = plugin(resolver_writers=lambda self: stop())
    with pytest.raises(PluginError, match="raised Stop: enough in resolver_writers; mend it"):
        load_plugins(installed=False, objects=[one]).writers()
    importer = contributing(resolver_importers=[Importer("odd", "x", stop)])
    with pytest.raises(PluginError, match="raised Stop: enough in importer odd; mend it"):
        list(load_plugins(installed=False, objects=[importer]).importers()["odd"].read([], {}))


def test_what_a_rule_is_given_it_cannot_change():
    """Neither for the rules after it nor for what is written."""

    def add(analysis, mentions):
        mentions.append(mentions[0])

    def rename(analysis):
        analysis.matches[0].reading.aliases[0].text = "Iraq"

    def empty(analysis):
        analysis.document.text = ""

    for stage, apply, raised in (
        ("annotate", add, "AttributeError: 'tuple' object has no attribute 'append'"),
        ("veto", rename, "FrozenInstanceError: cannot assign to field 'text'"),
        ("veto", empty, "FrozenInstanceError: cannot assign to field 'text'"),
    ):
        resolver = with_rule(stage, apply)
        with pytest.raises(PluginError) as caught:
            resolver.resolve("Iran")
        assert str(caught.value) == (
            f"{HERE}:{apply.__code__.co_firstlineno + 1}: plugin Test (object) raised {raised} "
            "in rule test, document without an id; mend it or use --without-rule test"
        )


def test_a_broken_rule_can_be_allowed():
    def fail(*given):
        raise ValueError("no")

    errors = []
    for stage in ("veto", "annotate"):
        resolver = with_rule(stage, fail, on_error=errors.append)
        assert found(resolver, "Iran") == [("Iran", "place/iran")]
    assert [fault.plugin for error in errors for fault in error.faults] == ["Test", "Test"]


def test_an_error_in_another_process_arrives_whole():
    def fail(analysis):
        raise ValueError(analysis.text)

    with pytest.raises(
        PluginError, match="raised ValueError: Iran in rule test, document d7; mend"
    ):
        list(with_rule("veto", fail).resolve_many([Document("Iran", id="d7")], jobs=2))


def test_plugins_travel_to_another_process_by_how_they_were_loaded(tmp_path):
    (tmp_path / "one.py").write_text(
        "from resolver import hookimpl\n\n\n@hookimpl\ndef resolver_packs():\n    return []\n"
    )
    plugins = load_plugins(installed=False, files=[tmp_path / "one.py"])
    again = pickle.loads(pickle.dumps(plugins))  # noqa: S301
    assert [(p.name, p.state) for p in again] == [(p.name, p.state) for p in plugins]
    with pytest.raises(TypeError, match="only plugins that load_plugins made"):
        pickle.dumps(Plugins(plugins))


# What hooks return


def a_function(*given):
    return []


ODD_VALUES = [
    ("resolver_packs", "packs.yaml", "returned 'packs.yaml', which is no list, in"),
    ("resolver_packs", 7, "returned 7, which is no list, in"),
    ("resolver_packs", {"a.yaml": 1}, "returned {'a.yaml': 1}, which is no list, in"),
    ("resolver_packs", Path("a.yaml"), "returned PosixPath('a.yaml'), which is no list, in"),
    ("resolver_packs", [7], "returned 7, which is neither a path nor a Pack, in"),
    ("resolver_packs", ["no/such.yaml"], "returned 'no/such.yaml', which does not exist, in"),
    (
        "resolver_packs",
        [Pack("p", "", entities=(Entity("a", "A", "x", (Alias("A", "b"),)),))],
        ", in which the alias A of a names b, in",
    ),
    (
        "resolver_packs",
        [Pack("p", "", entities=(Entity("a", "A", "x", (Alias("A", "", case="none"),)),))],
        ", in which case of the alias A is 'none', not one of smart, exact, any, in",
    ),
    (
        "resolver_packs",
        [Pack("p", "", suppressions=(Alias("?", ""),))],
        ", in which the alias '?' has no letter or digit, in",
    ),
    (
        "resolver_packs",
        [Pack("p", "", entities=(Entity("", "A", "x", ()),))],
        " has no id or no name, in",
    ),
    ("resolver_packs", [Pack("p", "", entities=("A",))], "'A' is neither an Entity nor a Role, in"),
    ("resolver_variants", ["Persia"], "returned 'Persia', which is no Alias, in"),
    (
        "resolver_variants",
        [Alias("Persia", "place/persia")],
        ", which names place/persia, and not person/gass as the alias, in",
    ),
    (
        "resolver_variants",
        [Alias("Gass", "person/gass", kind="odd")],
        ", in which kind of the alias Gass is 'odd', not one of full, short, acronym, former, "
        "demonym, nickname, metonym, transliteration, garbled, in",
    ),
    ("resolver_rules", [a_function], ", which is no Rule, in"),
    (
        "resolver_rules",
        [Rule("a", "early", a_function)],
        ", whose stage is not one of veto, evidence, support, derive, annotate, in",
    ),
    (
        "resolver_rules",
        [Rule("a", "veto", a_function, needs="offices")],
        ", whose needs is not one of pending, answerable, titles, people, brackets, acronyms, seams, in",
    ),
    ("resolver_rules", [Rule("two words", "veto", a_function)], "'two words' is not one word, in"),
    ("resolver_rules", [Rule("a", "veto", None)], ", in which None cannot be called, in"),
    (
        "resolver_rules",
        [Rule("surname", "veto", a_function)],
        ", whose rule surname is already that of plugin surname (built in), in",
    ),
    (
        "resolver_rules",
        [Rule("acronym", "derive", a_function), Rule("b", "veto", a_function)],
        ", whose rule acronym is already that of plugin acronym (built in), in",
    ),
    ("resolver_readers", Reader("a", (".a",), a_function), ", which is no list, in"),
    ("resolver_readers", [a_function], ", which is no Reader, in"),
    ("resolver_readers", [Reader("a", ("a",), a_function)], "'a' is not like .txt, in"),
    ("resolver_readers", [Reader("a", ".a", a_function)], ", whose suffixes are one text, write a"),
    (
        "resolver_readers",
        [Reader("text", (".a",), a_function)],
        ", whose format text is already that of plugin readers (built in), in",
    ),
    (
        "resolver_readers",
        [Reader("a", (".txt",), a_function)],
        ", whose ending .txt is already that of plugin readers (built in), in",
    ),
    ("resolver_writers", [a_function], ", which is no Writer, in"),
    (
        "resolver_writers",
        [Writer("jsonl", a_function)],
        ", whose format jsonl is already that of plugin writers (built in), in",
    ),
    ("resolver_importers", [a_function], ", which is no Importer, in"),
    ("resolver_importers", [Importer("", "x", a_function)], ", whose name '' is not one word, in"),
    ("resolver_commands", [a_function], ", which is no click command, in"),
    ("resolver_commands", [click.Command(None)], ", which has no name, in"),
    (
        "resolver_commands",
        [click.Command("tag")],
        ", whose command tag is already that of resolver, in",
    ),
]


def call_all(plugins: Plugins) -> None:
    """Call every hook that is called while something is loaded."""
    plugins.packs()
    plugins.readers()
    plugins.writers()
    plugins.importers()
    plugins.commands(taken=["tag"])
    Resolver([PACK], plugins=plugins)


@pytest.mark.parametrize(("hook", "value", "complaint"), ODD_VALUES)
def test_a_value_that_does_not_fit_is_an_error(hook, value, complaint):
    plugins = load_plugins(installed=False, objects=[contributing(**{hook: value})])
    with pytest.raises(PluginError) as caught:
        call_all(plugins)
    message = str(caught.value)
    assert message.startswith(f"{HERE}:")
    assert ": plugin Test (object) returned " in message
    assert complaint in message
    assert message.endswith(f" in {hook}; mend it")


def test_a_value_that_does_not_fit_can_be_left_out():
    writers = [Writer("one", a_function), 7, Writer("table", a_function)]
    errors = []
    one = contributing(resolver_writers=writers)
    plugins = load_plugins(installed=False, objects=[one], on_error=errors.append)
    added = plugins.writers().keys() - load_plugins(installed=False).writers().keys()
    assert added == {"one"}
    assert [fault.plugin for error in errors for fault in error.faults] == ["Test", "Test"]


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_that_raises_is_an_error_with_its_place(hook):
    def fail(self):
        raise ValueError("no")
        yield

    plugins = load_plugins(installed=False, objects=[plugin(**{hook: fail})])
    with pytest.raises(PluginError) as caught:
        call_all(plugins)
    assert str(caught.value) == (
        f"{HERE}:{fail.__code__.co_firstlineno + 1}: plugin Test (object) raised ValueError: no "
        f"in {hook}; mend it"
    )


def test_two_plugins_that_use_one_name_are_told_apart_by_their_names():
    def of(name):
        return plugin(name, resolver_writers=lambda self: [Writer("same", a_function)])

    for objects in ([of("A"), of("B")], [of("B"), of("A")]):
        with pytest.raises(
            PluginError, match=r"plugin B .* is already that of plugin A \(object\),"
        ):
            load_plugins(installed=False, objects=objects).writers()


# Packs built in Python


def city(id_: str, name: str) -> Entity:
    return Entity(id_, name, "city", (Alias(name, ""),))


def test_a_pack_built_in_python_says_where_it_comes_from():
    one = contributing(
        resolver_packs=[
            Pack("cities", "", (city("a", "Herat"),), suppressions=(Alias("Herat Inn", ""),))
        ]
    )
    resolver = Resolver.load(bundled=False, plugins=load_plugins(installed=False, objects=[one]))
    (mention,) = resolver.resolve("Herat, not Herat Inn").mentions
    line = contributing.__code__.co_firstlineno + 2
    assert (mention.entity_id, mention.pack, mention.line) == ("a", "cities", line)
    (pack,) = resolver.gazetteer.packs
    assert (pack.path, pack.entities[0].aliases[0].location.line) == (HERE, line)


def test_ids_of_packs_built_in_python_are_checked_with_all_others():
    packs = [Pack("one", "", (city("a", "Herat"),)), Pack("two", "", (city("a", "Kabul"),))]
    plugins = load_plugins(installed=False, objects=[contributing(resolver_packs=packs)])
    line = contributing.__code__.co_firstlineno + 2
    with pytest.raises(PluginError) as caught:
        Resolver.load(bundled=False, plugins=plugins)
    assert str(caught.value) == (
        f"{HERE}:{line}:1: plugin Test (object) brings a pack that cannot be used: id a is given "
        f"twice, first at {HERE}:{line}:1, rename or merge them; mend it"
    )


def test_a_pack_that_was_read_stays_as_it_is():
    plugins = load_plugins(installed=False, objects=[contributing(resolver_packs=[PACK])])
    (pack,) = plugins.packs()
    assert [e.aliases for e in pack.entities] == [e.aliases for e in PACK.entities]
    assert pack.location == PACK.location


def test_a_variant_like_its_alias_is_left_out():
    one = plugin(resolver_variants=lambda self, alias: [alias, replace(alias, text="Gazz")])
    variants = load_plugins(installed=False, objects=[one]).variants()
    assert [v.text for v in variants(PACK.entities[0].aliases[0])] == ["Gazz"]


# What contributed functions do


def reading(read, tmp_path) -> list[str]:
    (tmp_path / "a.odd").write_text("", "utf-8")
    (tmp_path / "b.txt").write_text("fine", "utf-8")
    one = contributing(resolver_readers=[Reader("odd", (".odd",), read)])
    readers = load_plugins(installed=False, objects=[one]).readers()
    return [
        str(item) if isinstance(item, BadInput) else item.text
        for item in read_documents([str(tmp_path)], readers.values())
    ]


def test_a_reader_that_raises_loses_the_rest_of_its_file(tmp_path):
    def read(source):
        yield Document("first")
        raise ValueError("no")

    line = read.__code__.co_firstlineno + 2
    assert reading(read, tmp_path) == [
        "first",
        f"{tmp_path}/a.odd: {HERE}:{line}: plugin Test (object) raised ValueError: no in reader odd; "
        "mend it",
        "fine",
    ]


@pytest.mark.parametrize(
    ("item", "complaint"),
    [
        ("text", "'text', which is neither a Document nor a BadInput,"),
        (Document(None), f"{shown(Document(None))}, whose text is None,"),
    ],
)
def test_a_reader_that_returns_no_document_loses_its_file(item, complaint, tmp_path):
    def read(source):
        return [item]

    line = read.__code__.co_firstlineno
    assert reading(read, tmp_path) == [
        f"{tmp_path}/a.odd: {HERE}:{line}: plugin Test (object) returned {complaint} in reader odd; "
        "mend it",
        "fine",
    ]


def test_a_reader_that_ends_the_program_loses_its_file(tmp_path):
    def read(source):
        raise SystemExit(0)

    line = read.__code__.co_firstlineno + 1
    assert reading(read, tmp_path) == [
        f"{tmp_path}/a.odd: {HERE}:{line}: plugin Test (object) raised SystemExit: 0 in reader odd; "
        "mend it",
        "fine",
    ]


def test_a_reader_may_let_errors_of_files_and_input_pass(tmp_path):
    def read(source):
        raise PermissionError(13, "Permission denied")

    assert reading(read, tmp_path) == [
        f"{tmp_path}/a.odd: cannot be read: Permission denied",
        "fine",
    ]


def test_what_a_writer_does_wrong_is_its_fault():
    def write(results, options):
        for _ in results:
            yield b"bytes"

    writers = load_plugins(
        installed=False, objects=[contributing(resolver_writers=[Writer("odd", write)])]
    ).writers()
    results = Resolver([PACK]).resolve_many(["Iran"])
    with pytest.raises(PluginError) as caught:
        list(writers["odd"].write(results, Options()))
    assert str(caught.value) == (
        f"{HERE}:{write.__code__.co_firstlineno}: plugin Test (object) returned b'bytes', "
        "which is not str, in writer odd; mend it"
    )


def test_what_a_writer_raises_is_its_fault_and_what_it_is_given_is_not():
    def write(results, options):
        for result in results:
            yield str(1 / len(result.mentions))

    writer = load_plugins(
        installed=False, objects=[contributing(resolver_writers=[Writer("odd", write)])]
    ).writers()["odd"]
    resolver = Resolver([PACK])
    with pytest.raises(
        PluginError, match="raised ZeroDivisionError: division by zero in writer odd"
    ):
        list(writer.write(resolver.resolve_many(["nothing"]), Options()))

    def results():
        raise KeyError("a bug of ours")
        yield

    with pytest.raises(KeyError, match="a bug of ours"):
        list(writer.write(results(), Options()))


def test_what_an_importer_does_wrong_is_its_fault():
    def read(files, options):
        yield city("a", "Herat")
        yield from options["none"]

    importers = load_plugins(
        installed=False, objects=[contributing(resolver_importers=[Importer("odd", "x", read)])]
    ).importers()
    for options, complaint in [
        ({}, "raised KeyError: 'none' in importer odd; mend it"),
        (
            {"none": "x"},
            "returned 'x', in which 'x' is neither an Entity nor a Role, in importer odd",
        ),
    ]:
        with pytest.raises(PluginError) as caught:
            list(importers["odd"].read([], options))
        assert complaint in str(caught.value)
