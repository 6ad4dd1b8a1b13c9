"""Read YAML into nodes that know their place, refusing what YAML changes without a word.

PyYAML's event stream is the source: it is an order of magnitude faster than `yaml.safe_load`,
gives line and column of every scalar, and builds no objects, so that neither an alias bomb nor
deep nesting can hurt. Anchors, aliases, tags and merge keys are refused; a plain scalar that other
YAML tools would read as a boolean, a number or nothing is refused where a text is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from resolver.errors import PackError, Problem
from resolver.models import Location

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 12

_READ_AS = {
    "tag:yaml.org,2002:bool": "a boolean",
    "tag:yaml.org,2002:null": "nothing",
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:timestamp": "a date",
    "tag:yaml.org,2002:merge": "a merge key",
    "tag:yaml.org,2002:value": "a default key",
}
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # as YAML counts lines
_implicit = yaml.resolver.Resolver()


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value, always text; ``plain`` when it was written without quotes."""

    value: str
    location: Location
    plain: bool
    comment_follows: bool = False

    @property
    def read_as(self) -> str | None:
        """What other YAML tools take this for instead of a text, if anything."""
        if not self.plain:
            return None
        if self.value in {"y", "Y", "n", "N"}:  # booleans of YAML 1.1 that PyYAML leaves alone
            return "a boolean"
        tag = _implicit.resolve(yaml.ScalarNode, self.value, (True, False))
        return _READ_AS.get(tag)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; ``flow`` when written in braces."""

    pairs: tuple[tuple[Scalar, Node], ...]
    location: Location
    flow: bool


Node = Scalar | Sequence | Mapping


def quoted(text: str) -> str:
    """Return ``text`` as a quoted YAML scalar, for use in a remedy."""
    if "\\" not in text and '"' not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def parse_nodes(text: str, name: str) -> tuple[Node | None, list[Problem]]:
    """Parse YAML text.

    Args:
        text: The content of the file.
        name: The path as it is to be shown in messages.

    Returns:
        The root, ``None`` if there is none, and every problem up to the first syntax error.
    """
    builder = _Builder(text, name)
    node = None
    try:
        node = builder.document(yaml.parse(text, Loader=Loader))
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_syntax_problem(error, builder.lines, name))
    except yaml.reader.ReaderError:
        builder.problems.append(_character_problem(text, name))
    return node, builder.problems


def read_text(path: Path, name: str) -> str:
    """Return the text of a UTF-8 file.

    Raises:
        PackError: The file cannot be read, or is not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = Problem(Location(name, 1, 1), f"cannot be read: {error.strerror}")
        raise PackError([problem]) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        location = Location(name, before.count(b"\n") + 1, len(before) - before.rfind(b"\n"))
        message = f"byte {error.start} is not UTF-8, save the file as UTF-8"
        raise PackError([Problem(location, message)]) from None


class _Builder:
    """Turn one event stream into nodes, collecting problems instead of stopping at the first."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        # The last one is empty: what is missing at the end is missed in the line behind it.
        self.lines = [*_LINE_END.split(text), ""]
        self.problems: list[Problem] = []
        self.depth = 0

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        node: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.report(event, "a second document begins, keep one pack per file")
                    return node
                node = self.node(next(events), events)
        if node is None and not self.problems:
            self.problems.append(Problem(Location(self.name, 1, 1), "the file is empty"))
        return node

    def location(self, event: yaml.Event) -> Location:
        mark = event.start_mark
        return Location(self.name, mark.line + 1, mark.column + 1)

    def report(self, event: yaml.Event, message: str) -> None:
        self.problems.append(Problem(self.location(event), message))

    def node(self, event: yaml.Event, events: Iterator[yaml.Event]) -> Node | None:
        if self.is_refused(event) and isinstance(event, yaml.AliasEvent | yaml.ScalarEvent):
            # Go on with what was meant, so that nothing else is reported about it.
            return Scalar(self.rest_of_line(event), self.location(event), plain=False)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            # Nothing behind this can be trusted, and walking on would take quadratic time.
            location = self.location(event)
            message = f"nested more than {MAX_DEPTH} levels deep, take brackets or indentation away"
            raise PackError([*self.problems, Problem(location, message)])
        node = (
            self.sequence(event, events)
            if isinstance(event, yaml.SequenceStartEvent)
            else self.mapping(event, events)
        )
        self.depth -= 1
        return node

    def is_refused(self, event: yaml.Event) -> bool:
        if isinstance(event, yaml.AliasEvent):
            what = "aliases (*)"
        elif event.anchor:
            what = "anchors (&)"
        elif event.tag:
            what = "tags (!)"
        else:
            return False
        written = quoted(self.rest_of_line(event))
        self.report(event, f"YAML {what} are not allowed, quote the value: {written}")
        return True

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        plain = event.style is None or event.style == ""
        end = event.end_mark
        comment = plain and bool(re.match(r"[ \t]+#", self.lines[end.line][end.column :]))
        return Scalar(event.value, self.location(event), plain, comment)

    def sequence(self, start: yaml.Event, events: Iterator[yaml.Event]) -> Sequence:
        items = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            node = self.node(event, events)
            if node is not None:
                items.append(node)
        return Sequence(tuple(items), self.location(start))

    def mapping(self, start: yaml.MappingStartEvent, events: Iterator[yaml.Event]) -> Mapping:
        pairs: list[tuple[Scalar, Node]] = []
        seen: dict[str, Location] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, events)
            value = self.node(next(events), events)
            if not isinstance(key, Scalar):
                self.report(event, "a key must be a word, not a list or a mapping")
                continue
            first = seen.setdefault(key.value, key.location)
            if first is not key.location:
                message = f"{key.value} is given twice, the first is in line {first.line}"
                self.problems.append(Problem(key.location, message))
            elif value is not None:
                pairs.append((key, value))
        return Mapping(tuple(pairs), self.location(start), bool(start.flow_style))

    def rest_of_line(self, event: yaml.Event) -> str:
        mark = event.start_mark
        line: str = self.lines[mark.line]
        return line[mark.column :].strip()


def _syntax_problem(error: yaml.MarkedYAMLError, lines: list[str], name: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    # What is opened and never closed is only noticed at the end; it is mended at its beginning.
    rest = [lines[mark.line][mark.column :], *lines[mark.line + 1 :]]
    never_closed = not any(map(str.strip, rest))
    if never_closed:
        mark = _opened(lines) or error.context_mark or mark
    line = lines[mark.line]
    location = Location(name, mark.line + 1, mark.column + 1)
    if never_closed:
        return Problem(location, _never_closed(error.problem, line[mark.column :]))
    return Problem(location, _syntax_message(error.problem, line, mark.column))


def _opened(lines: list[str]) -> yaml.Mark | None:
    """Return where the innermost bracket is opened that is never closed."""
    opened = []
    try:
        for token in yaml.scan("\n".join(lines), Loader=Loader):
            if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
                opened.append(token.start_mark)
            elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken) and opened:
                opened.pop()
    except yaml.YAMLError:  # a quotation mark is open, which the error tells of
        return None
    return opened[-1] if opened else None


def _written_value(line: str) -> str:
    return re.sub(r"^\s*(?:- )?\s*(?:[\w-]+:\s+)?", "", line).strip()


def _never_closed(problem: str, value: str) -> str:
    if value[:1] in {"'", '"'}:
        return f"a quotation mark is opened and never closed, close it or write {quoted(value)}"
    if value[:1] in {"[", "{"} or "node content" in problem:
        return "a bracket is opened and never closed"
    return f"not valid YAML: {problem}"


def _syntax_message(problem: str, line: str, column: int) -> str:
    value = _written_value(line)
    if "\t" in line[: column + 1]:
        return "a tab stands in the indentation, use spaces"
    if "mapping values are not allowed" in problem:
        return f"a colon and a space stand inside an unquoted value, quote it: {quoted(value)}"
    if "cannot start any token" in problem:
        return f"a value cannot begin with {line[column : column + 1]}, quote it: {quoted(value)}"
    if value[:1] in {"'", '"'} and "expected" in problem:
        return f"a quotation mark at the beginning quotes the value, quote it all: {quoted(value)}"
    return f"not valid YAML: {problem}"


def _character_problem(text: str, name: str) -> Problem:
    # The C parser counts bytes, the pure one characters; looking again is exact for both.
    before = _FORBIDDEN.split(text)[0]
    location = Location(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
    code = ord(text[len(before)])
    return Problem(location, f"the character U+{code:04X} is not allowed, remove it")
