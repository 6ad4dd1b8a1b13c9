"""Change a pack in place: everything but what is meant to change stays as people wrote it.

Comments, order, quotation marks and line breaks of a YAML file do not survive being loaded and
dumped, so texts are spliced at the places that PyYAML's nodes know. A place is a `Location` as a
loaded pack has it: of an alias its text, of an entity or the file its first key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from resolver.models import Location
from resolver.packs.strict_yaml import Loader, Scalar, quoted

_WIDE = 1_000_000
_BLOCK_WIDTH = 96


def replace_value(text: str, location: Location, value: str) -> str:
    """Return a pack's text with another value in place of the scalar at ``location``.

    A plain scalar stays plain where YAML allows it, a block scalar stays a block.

    Raises:
        LookupError: No scalar begins there.
    """
    node = _chain(text, location)[-1]
    if not isinstance(node, yaml.ScalarNode) or begin_of(node) != _place(location):
        raise LookupError(f"{location}: no value begins here")
    begin, end = node.start_mark.index, content_end(node, text)
    for written in _spellings(value, node, text):
        changed = text[:begin] + written + text[end:]
        if _reads_as(changed, location, value):
            return changed
    raise LookupError(f"{location}: {value!r} cannot be written here")


def remove_item(text: str, location: Location) -> str:
    """Return a pack's text without the list item that ``location`` stands in.

    Raises:
        LookupError: No list item stands there.
    """
    chain = _chain(text, location)
    at = max((i for i, n in enumerate(chain) if isinstance(n, yaml.SequenceNode)), default=-1)
    if at < 1 or at + 1 == len(chain):
        raise LookupError(f"{location}: no list item stands here")
    items, item = chain[at], chain[at + 1]
    if items.flow_style:
        return _without_flow_item(text, items.value, item)
    if len(items.value) > 1:
        return _without_lines(text, item.start_mark.index, content_end(item, text))
    key = next(key for key, value in chain[at - 1].value if value is items)
    return f"{text[: key.end_mark.index]}: []{text[content_end(items, text) :]}"


def add_item(text: str, location: Location, key: str, item: Mapping[str, Any]) -> str:
    """Return a pack's text with an item added to a list of the mapping at ``location``.

    Args:
        text: The content of the file.
        location: Where the mapping begins.
        key: The key of the list; it is added if the mapping has none.
        item: The item; it is written in braces, on one line.

    Raises:
        LookupError: No mapping begins there.
    """
    written = yaml.safe_dump(
        dict(item), default_flow_style=True, allow_unicode=True, width=_WIDE, sort_keys=False
    ).strip()
    mappings = [n for n in _chain(text, location) if isinstance(n, yaml.MappingNode)]
    mapping = next((m for m in reversed(mappings) if begin_of(m) == _place(location)), None)
    if mapping is None:
        raise LookupError(f"{location}: no mapping begins here")
    items = next((value for name, value in mapping.value if name.value == key), None)
    if isinstance(items, yaml.SequenceNode):
        return _with_item(text, items, written)
    if mapping.flow_style:
        return _before_bracket(text, mapping, f"{key}: [{written}]")
    indent = " " * mapping.start_mark.column
    return _with_lines(
        text, content_end(mapping, text), f"{indent}{key}:", f"{indent}  - {written}"
    )


def _with_item(text: str, items: yaml.SequenceNode, written: str) -> str:
    if items.flow_style:
        return _before_bracket(text, items, written)
    indent = " " * items.start_mark.column
    return _with_lines(text, content_end(items, text), f"{indent}- {written}")


def _before_bracket(text: str, node: yaml.CollectionNode, written: str) -> str:
    end = content_end(children(node)[-1], text) if node.value else node.end_mark.index - 1
    return f"{text[:end]}{', ' if node.value else ''}{written}{text[end:]}"


def _with_lines(text: str, after: int, *lines: str) -> str:
    """Put lines behind the line in which something ends."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    end = text.find("\n", after) + 1
    before = text[:end] if end else text + line_end
    return before + "".join(line + line_end for line in lines) + (text[end:] if end else "")


def _without_lines(text: str, start: int, end: int) -> str:
    begin = text.rfind("\n", 0, start) + 1
    behind = text.find("\n", end) + 1
    return text[:begin] + (text[behind:] if behind else "")


def _without_flow_item(text: str, items: list[yaml.Node], item: yaml.Node) -> str:
    at = items.index(item)
    if at + 1 < len(items):
        return text[: item.start_mark.index] + text[items[at + 1].start_mark.index :]
    begin = content_end(items[at - 1], text) if at else item.start_mark.index
    return text[:begin] + text[content_end(item, text) :]


def _spellings(value: str, node: yaml.ScalarNode, text: str) -> Iterator[str]:
    """Yield ways to write a value, that of the node first."""
    if node.style in {"|", ">"}:
        yield _block(value, node, text)
    elif value.isprintable():
        if not node.style:
            yield value
        yield quoted(value)
    yield _dumped(value, '"', _WIDE)


def _block(value: str, node: yaml.ScalarNode, text: str) -> str:
    written = text[node.start_mark.index : node.end_mark.index].splitlines()
    body = next((line for line in written[1:] if line.strip()), "  ")
    indent = body[: len(body) - len(body.lstrip(" "))]
    header, *lines = _dumped(value, str(node.style), _BLOCK_WIDTH - len(indent)).splitlines()
    line_end = "\r\n" if "\r\n" in text else "\n"
    return line_end.join([header, *(f"{indent}{line[2:]}".rstrip() for line in lines)])


def _dumped(value: str, style: str, width: int) -> str:
    dumped: str = yaml.dump(value, default_style=style, allow_unicode=True, width=width)
    return dumped.removesuffix("\n")


def _reads_as(text: str, location: Location, value: str) -> bool:
    try:
        node = _chain(text, location)[-1]
    except yaml.YAMLError:
        return False
    if not isinstance(node, yaml.ScalarNode) or begin_of(node) != _place(location):
        return False
    scalar = Scalar(node.value, location, plain=not node.style)
    return scalar.value == value and scalar.read_as is None


def _chain(text: str, location: Location) -> list[yaml.Node]:
    """Return the nodes that a place stands in, the outermost first."""
    node = yaml.compose(text, Loader=Loader)
    place = _place(location)
    chain: list[yaml.Node] = []
    while node is not None:
        chain.append(node)
        node = next((n for n in children(node) if begin_of(n) <= place < _end(n)), None)
    return chain


def children(node: yaml.Node) -> list[yaml.Node]:
    """Return the nodes that stand directly in a node, keys among them."""
    if isinstance(node, yaml.MappingNode):
        return [child for pair in node.value for child in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _place(location: Location) -> tuple[int, int]:
    return location.line - 1, location.column - 1


def begin_of(node: yaml.Node) -> tuple[int, int]:
    """Return line and column where a node begins, counted from 0."""
    return node.start_mark.line, node.start_mark.column


def _end(node: yaml.Node) -> tuple[int, int]:
    return node.end_mark.line, node.end_mark.column


def content_end(node: yaml.Node, text: str) -> int:
    """Return where a node ends, without the comments and blank lines behind it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        return max(content_end(child, text) for child in children(node))
    start: int = node.start_mark.index
    end: int = node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        return start + len(text[start:end].rstrip())
    return end
