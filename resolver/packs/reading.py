"""Read packs: YAML nodes → checked values → `Pack`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from resolver.characters import is_word
from resolver.dates import day_after, first_day
from resolver.errors import PackError, Problem
from resolver.folding import fold
from resolver.models import Alias, Context, Entity, Example, Holder, Location, Pack, Role
from resolver.packs.checking import Checker
from resolver.packs.finding import bundled_folder
from resolver.packs.schema import PACK
from resolver.packs.strict_yaml import parse_nodes, read_text

Values = dict[str, Any]

# What a suppression cannot say, and so does not take from the defaults of its pack either.
_NOT_OF_SUPPRESSIONS: Values = {"kind": "full", "strength": "strong", "ambiguous": False} | (
    dict.fromkeys(("valid_from", "valid_until", "source"))
)
_ALIAS_DEFAULTS = (
    "kind",
    "case",
    "strength",
    "boundary",
    "ambiguous",
    "default",
    "context",
    "from",
    "until",
)


def read_pack(path: Path, shown_as: str | None = None) -> Pack:
    """Read one pack from a file.

    Args:
        path: The YAML file.
        shown_as: How messages name the file; the default is the path itself.

    Raises:
        PackError: With all problems of the file, each with line and column.
    """
    name = shown_as or str(path)
    return parse_pack(read_text(path, name), name)


def parse_pack(text: str, shown_as: str = "<pack>") -> Pack:
    """Read one pack from YAML text; see `read_pack`."""
    node, problems = parse_nodes(text, shown_as)
    if node is None:
        raise PackError(problems)
    checker = Checker()
    values = checker.check(node, PACK, PACK.noun)
    if problems or checker.problems:
        raise PackError([*problems, *checker.problems])
    builder = _PackBuilder(values, shown_as)
    pack = builder.pack()
    if builder.problems:
        raise PackError(builder.problems)
    return pack


class _PackBuilder:
    """Build the frozen values of one pack; what YAML cannot show wrong is found here."""

    def __init__(self, values: Values, path: str) -> None:
        self.values = values
        self.path = path
        self.name: str = values["pack"]
        self.defaults: Values = values.get("defaults") or {}
        self.tags = tuple(self.defaults.get("tags") or ())
        self.problems: list[Problem] = []
        self.alias_base = self._alias_base()

    def report(self, location: Location, message: str) -> None:
        self.problems.append(Problem(location, message))

    def pack(self) -> Pack:
        values = self.values
        return Pack(
            name=self.name,
            path=self.path,
            entities=tuple(self._entity(entity) for entity in values.get("entities", ())),
            roles=tuple(self._role(role) for role in values.get("roles", ())),
            suppressions=tuple(
                replace(self._alias(a, ""), **_NOT_OF_SUPPRESSIONS)
                for a in values.get("suppress", ())
            ),
            examples=tuple(self._example(example) for example in values.get("examples", ())),
            version=values.get("version"),
            title=values.get("title"),
            description=values.get("description"),
            license=values.get("license"),
            sources=tuple(values.get("sources") or ()),
            left_out=tuple(values.get("left_out") or ()),
            location=values["@"],
        )

    def _entity(self, values: Values) -> Entity:
        type_ = values.get("type") or self.defaults.get("type")
        if not type_:
            self.report(
                values["@"], f"entity {values['id']} has no type, add type: or defaults: {{type: }}"
            )
        surnames = values.get("surnames")
        return Entity(
            id=values["id"],
            name=values["name"],
            type=type_ or "",
            aliases=self._aliases(values),
            tags=self._tags(values),
            same_as=tuple((values.get("same_as") or {}).items()),
            surnames=None if surnames is None else tuple(surnames),
            source=values.get("source"),
            note=values.get("note"),
            pack=self.name,
            location=values["@"],
        )

    def _role(self, values: Values) -> Role:
        role = Role(
            id=values["id"],
            name=values["name"],
            aliases=self._aliases(values),
            holders=tuple(self._holder(holder) for holder in values.get("holders") or ()),
            of=tuple(values.get("of") or ()),
            shared=bool(values.get("shared")),
            tags=self._tags(values),
            same_as=tuple((values.get("same_as") or {}).items()),
            source=values.get("source"),
            note=values.get("note"),
            pack=self.name,
            location=values["@"],
        )
        if not role.shared:
            self._check_turns(role)
        return role

    def _tags(self, values: Values) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.tags, *(values.get("tags") or ()))))

    def _holder(self, values: Values) -> Holder:
        holder = Holder(values["entity"], values.get("from"), values.get("until"), values["@"])
        self._check_dates(holder.valid_from, holder.valid_until, values)
        return holder

    def _check_turns(self, role: Role) -> None:
        """Report holders of one office whose times certainly overlap.

        A date that is only known to the year or month may lie anywhere in it; where two turns
        meet in it, a document of that time gets no holder.
        """
        turns = sorted(role.holders, key=lambda holder: first_day(holder.valid_from or "0001"))
        for before, after in pairwise(turns):
            end, begin = before.valid_until, after.valid_from
            earliest_end = first_day(end) if end else "9999"
            latest_begin = day_after(begin) if begin else "0001"
            if latest_begin < earliest_end:
                self.report(
                    after.location,
                    f"{after.entity_id} holds {role.id} from {begin or 'the beginning'} while "
                    f"{before.entity_id} holds it until {end or 'today'}, correct a date or add "
                    "shared: true to the role",
                )

    def _aliases(self, values: Values) -> tuple[Alias, ...]:
        """Return the listed aliases, and the name unless they say more about it or it is none."""
        listed = [self._alias(alias, values["id"]) for alias in values.get("aliases") or ()]
        if not values.get("name_is_alias", self.defaults.get("name_is_alias", True)):
            return tuple(listed)
        name = self._alias({"@": values["@name"], "text": values["name"]}, values["id"])
        if all(alias.text != name.text for alias in listed):
            listed.insert(0, name)
        return tuple(listed)

    def _alias_base(self) -> Alias:
        base = Alias(text="", entity_id="", pack=self.name)
        return self._with_values(base, self.defaults)

    def _alias(self, values: Values, entity_id: str) -> Alias:
        alias = Alias(
            values["text"],
            entity_id,
            self.alias_base.kind,
            self.alias_base.case,
            self.alias_base.strength,
            self.alias_base.boundary,
            self.alias_base.ambiguous,
            self.alias_base.default,
            self.alias_base.context,
            self.alias_base.valid_from,
            self.alias_base.valid_until,
            self.alias_base.source,
            self.alias_base.note,
            self.name,
            values.get("@text") or values["@"],
        )
        if not any(map(is_word, fold(alias.text).text)):
            self.report(alias.location, f"alias {alias.text} has no letter or digit, remove it")
        return alias if len(values) <= 2 else self._with_values(alias, values)

    def _with_values(self, alias: Alias, values: Values) -> Alias:
        changes = {
            _FIELD_OF_KEY.get(key, key): values[key]
            for key in (*_ALIAS_DEFAULTS, "source", "note")
            if key in values
        }
        if "context" in changes:
            changes["context"] = _context(changes["context"])
        self._check_dates(values.get("from"), values.get("until"), values)
        return replace(alias, **changes)

    def _check_dates(self, begin: str | None, end: str | None, values: Values) -> None:
        if begin and end and day_after(end) <= first_day(begin):
            self.report(values["@until"], f"until {end} is not after from {begin}, correct a date")

    def _example(self, values: Values) -> Example:
        return Example(
            values["text"],
            values.get("date"),
            bool(values.get("todo")),
            self.name,
            values["@text"],
        )


_FIELD_OF_KEY = {"from": "valid_from", "until": "valid_until"}


def _context(values: Values) -> Context:
    return Context(
        any=tuple(values.get("any") or ()),
        all=tuple(values.get("all") or ()),
        none=tuple(values.get("none") or ()),
        entities=tuple(values.get("entities") or ()),
        within=values.get("within", "document"),
        none_within=values.get("none_within"),
    )


def check_together(packs: Iterable[Pack]) -> None:
    """Check what packs say of each other: names and ids are unique, every reference exists.

    Raises:
        PackError: With the place of every clash and of every reference that leads nowhere.
    """
    packs = tuple(packs)
    problems = [*_clashes(packs)]
    known = {item.id for pack in packs for item in pack.owners}
    problems += [
        Problem(location, f"{noun} {id_} is unknown, correct the id or load the pack that has it")
        for pack in packs
        for noun, id_, location in _references(pack)
        if id_ not in known
    ]
    if problems:
        raise PackError(problems)


def _clashes(packs: Iterable[Pack]) -> Iterable[Problem]:
    names: dict[str, Location] = {}
    ids: dict[str, Location] = {}
    for pack in packs:
        first = names.setdefault(pack.name, pack.location)
        if first is not pack.location:
            yield Problem(pack.location, _same_name(pack, first.path))
        for item in pack.owners:
            first = ids.setdefault(item.id, item.location)
            if first is not item.location:
                message = f"id {item.id} is given twice, first at {first}, rename or merge them"
                yield Problem(item.location, message)


def _same_name(pack: Pack, other: str) -> str:
    bundled = bundled_folder().resolve()
    are_bundled = [bundled in Path(path).resolve().parents for path in (pack.path, other)]
    if are_bundled == [False, True]:
        taken = f"pack {pack.name} is also the name of the bundled {other}"
        return f"{taken}, rename yours, or leave the bundled ones out with --no-bundled"
    return f"pack {pack.name} is also the name of {other}, rename one of them"


def _references(pack: Pack) -> Iterable[tuple[str, str, Location]]:
    for role in pack.roles:
        yield from (("holder", holder.entity_id, holder.location) for holder in role.holders)
        yield from ((f"of {role.id}:", owner, role.location) for owner in role.of)
    aliases = (alias for owner in pack.owners for alias in owner.aliases)
    for alias in chain(aliases, pack.suppressions):
        if alias.context:
            for entity_id in alias.context.entities:
                yield "context entity", entity_id, alias.location
