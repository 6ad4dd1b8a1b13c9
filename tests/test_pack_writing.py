"""Packs as text: reading what was written gives the same values, and the style is compact."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from resolver.characters import is_word
from resolver.folding import fold
from resolver.models import NOWHERE, Alias, Context, Entity, Holder, Pack, Role
from resolver.packs import parse_pack
from resolver.packs.schema import KINDS
from resolver.packs.writing import pack_text, scalar
from resolver.rows import owner_row

TRICKY = [
    "NO",
    "007",
    "null",
    "1:30",
    "a: b",
    "C # net",
    "- x",
    "'q'",
    '"q"',
    "x, y",
    "{z}",
    "~y",
    "=",
]
characters = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\ufffe\uffff"
)
texts = st.one_of(
    st.sampled_from(TRICKY),
    st.text(characters, min_size=1, max_size=12).filter(lambda t: t == t.strip()),
)
names = texts.filter(lambda t: any(map(is_word, fold(t).text)))
ids = st.from_regex(r"[a-z]{1,4}/[a-z0-9:'#-]{1,6}", fullmatch=True)
maybe = st.one_of(st.none(), texts)
dates = st.sampled_from([None, "2021", "2021-05", "2021-05-06"])
few = st.lists(texts, max_size=2, unique=True).map(tuple)
contexts = st.builds(
    Context, few, few, few, st.just(()), st.sampled_from(["document", "3 words"]), st.none()
).filter(lambda c: c != Context())
aliases = st.builds(
    Alias,
    names,
    st.just(""),
    st.sampled_from(KINDS),
    st.sampled_from(["smart", "exact", "any"]),
    st.sampled_from(["strong", "weak"]),
    st.sampled_from(["word", "none"]),
    st.booleans(),
    st.booleans(),
    st.one_of(st.none(), contexts),
    dates,
    st.none(),
    maybe,
    maybe,
)
same_as = st.dictionaries(texts, texts, max_size=2).map(lambda d: tuple(d.items()))
many = st.lists(aliases, max_size=3).map(tuple)
entities = st.builds(
    Entity, ids, names, texts, many, few, same_as, st.one_of(st.none(), few), maybe, maybe
)
roles = st.builds(Role, ids, names, many, st.just(()), st.just(()), st.booleans(), few, same_as)


def values(pack: Pack) -> list:
    """Return what a pack says, without the places."""
    rows = []
    for owner in pack.owners:
        bare = [replace(a, entity_id="", pack="", location=NOWHERE) for a in owner.aliases]
        rows.append(owner_row(replace(owner, aliases=tuple(bare), pack="", location=NOWHERE)))
    return rows


@settings(max_examples=50)
@given(st.lists(entities, max_size=4), st.lists(roles, max_size=2), maybe)
def test_reading_what_was_written_gives_the_same(entities, roles, title):
    pack = Pack(
        "p", "", tuple(entities), tuple(roles), title=title, sources=("a: b",), left_out=("NO",)
    )
    read = parse_pack(pack_text(pack, comments=["above"]))
    assert values(read) == values(pack)
    assert (read.title, read.sources) == (pack.title, pack.sources)
    assert read.left_out == pack.left_out
    assert pack_text(read, comments=["above"]) == pack_text(pack, comments=["above"])


def test_the_style_is_compact():
    def alias(text, **keys):
        return Alias(text, "", **keys)

    pack = Pack(
        "demo",
        "",
        (
            Entity("org/mod", "Ministry", "organisation", (alias("Ministry"), alias("NO"))),
            Entity("org/x", "X (Y)", "organisation", (alias("X", strength="weak"),)),
            Entity("person/a", "Ada", "person", (alias("Ada"), alias("Ada, Lady " + "of " * 20))),
        ),
        (
            Role(
                "role/r",
                "Head",
                (alias("Head"),),
                (Holder("person/a", "2021-05-06", None, NOWHERE),),
                of=("org/mod",),
            ),
        ),
    )
    pack = replace(pack, entities=(*pack.entities[:2], replace(pack.entities[2], note="x" * 40)))
    pack = replace(pack, entities=tuple(_stripped(e) for e in pack.entities))
    assert pack_text(pack, comments=["Written by hand"]) == (
        "# yaml-language-server: $schema=pack.schema.json\n"
        "# Written by hand\n"
        "pack: demo\n"
        "defaults: {type: organisation}\n"
        "entities:\n"
        '  - {id: org/mod, name: Ministry, aliases: ["NO"]}\n'
        "  - {id: org/x, name: X (Y), name_is_alias: false, aliases: [{text: X, strength: weak}]}\n"
        "  - id: person/a\n"
        "    name: Ada\n"
        "    type: person\n"
        f'    aliases: ["Ada, Lady {("of " * 20).strip()}"]\n'
        f"    note: {'x' * 40}\n"
        "roles:\n"
        "  - {id: role/r, name: Head, of: [org/mod], holders: [{entity: person/a, from: 2021-05-06}]}\n"
    )


def _stripped(entity: Entity) -> Entity:
    return replace(entity, aliases=tuple(replace(a, text=a.text.strip()) for a in entity.aliases))


def test_invisible_characters_are_written_so_that_they_show():
    assert scalar("a\u00a0b\u200e") == '"a\\u00A0b\\u200E"'
    assert scalar("می\u200cخواهم") == "می\u200cخواهم"
