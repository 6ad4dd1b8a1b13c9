"""Files that tables stand in, read within bounds; what is wrong with one is said with its place."""

from __future__ import annotations

import csv
import io
import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from resolver.compression import open_file
from resolver.errors import InputError
from resolver.limits import size_text

MAX_WHOLE = 512_000_000  # bytes of a file whose format has to be read as a whole
MAX_LINE = 64_000_000  # bytes of a line
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")  # as JSON escapes it
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_logger = logging.getLogger("resolver.importers")


def leave_out(place: str, reason: str) -> None:
    """Say that something at a place is not imported, and why; the command counts it."""
    _logger.warning("%s: %s", place, f"left out, {reason}")


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, or what is in a compressed one, for reading bytes.

    Raises:
        InputError: It cannot be read, or compressed data is damaged, cut short or hostile.
    """
    try:
        with open_file(path) as file:
            yield file
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"{reason[:1].lower()}{reason[1:]}, correct the path"
        raise InputError(f"{path}: {message}") from None
    except InputError as error:
        named = str(error).startswith(f"{path}")
        raise InputError(str(error) if named else f"{path}: {error}") from None


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, without a byte order mark.

    Raises:
        InputError: It is too large, or not UTF-8.
    """
    with opened(path) as file:
        data = file.read(MAX_WHOLE + 1)
    if len(data) > MAX_WHOLE:
        most = f"is larger than {size_text(MAX_WHOLE)}, which this format is read up to"
        raise InputError(f"{path}: {most}, split it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} is not UTF-8, convert the file"
        raise InputError(f"{path}:{line}: {message}") from None


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a UTF-8 file that are not empty, with their numbers, one at a time.

    Raises:
        InputError: A line is too long, or not UTF-8.
    """
    return ((number, line.rstrip("\r\n")) for number, line in _whole_lines(path) if line.strip())


def _whole_lines(path: Path) -> Iterator[tuple[int, str]]:
    with opened(path) as file:
        number = 0
        while raw := file.readline(MAX_LINE + 1):
            number += 1
            if len(raw) > MAX_LINE:
                raise InputError(
                    f"{path}:{number}: the line is larger than {size_text(MAX_LINE)}, split it"
                )
            try:
                yield number, raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                message = f"byte {error.start} of the line is not UTF-8, convert the file"
                raise InputError(f"{path}:{number}: {message}") from None


def read_plain_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield lines as `read_lines` does, of a file whose format is hardly more than lines.

    That such a file is cut short shows at most in that its last line does not end, which is said.

    Raises:
        InputError: It is JSON or XML, or no text; or as `read_lines`.
    """
    number, line = 0, "\n"
    for number, line in _whole_lines(path):
        if number == 1 and line.lstrip().startswith(("{", "[", "<?xml", "<!")):
            raise InputError(f"{path}:1: is JSON or XML, and not of this format")
        if "\x00" in line:
            raise InputError(f"{path}:{number}: is not text, it holds a NUL byte")
        if line.strip():
            yield number, line.rstrip("\r\n")
    if not line.endswith("\n"):
        what = "the last line has no end, the file may be cut short"
        _logger.warning("%s: %s", f"{path}:{number}", what)


def read_json(path: Path) -> Any:
    """Return the value of a JSON file.

    Raises:
        InputError: It is not valid, or nested too deeply.
    """
    return parse_json(read_text(path), path)


def read_json_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the records of a JSON Lines file with their places, one at a time.

    Raises:
        InputError: A line is not valid JSON, or no record.
    """
    for number, line in read_lines(path):
        place = f"{path}:{number}"
        record = parse_json(line, path, number)
        if not isinstance(record, dict):
            raise InputError(f"{place}: the line holds no record, one stands in braces on each")
        yield place, record


def parse_json(text: str, path: Path, line: int = 1) -> Any:
    """Return the value of JSON text that begins in a line of a file.

    Raises:
        InputError: It is not valid, or nested too deeply.
    """
    try:
        value = json.loads(text, object_pairs_hook=_record)
    except json.JSONDecodeError as error:
        place = f"{path}:{line + error.lineno - 1}:{error.colno}"
        what = error.msg[:1].lower() + error.msg[1:]
        raise InputError(f"{place}: not valid JSON, {what}") from None
    except RecursionError:
        raise InputError(f"{path}:{line}: nested too deeply, flatten it") from None
    except ValueError as error:  # a key twice, or a number of more digits than Python reads
        raise InputError(f"{path}:{line}: not valid JSON, {error}") from None
    if _SURROGATE.search(text) and not _is_encodable(value):
        message = "holds half a character (a lone surrogate), mend it"
        raise InputError(f"{path}:{line}: {message}")
    return value


def _record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        twice = next(key for number, (key, _) in enumerate(pairs) if key in dict(pairs[:number]))
        raise ValueError(f"a record has {twice} twice, leave one")
    return record


def _is_encodable(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def read_rows(path: Path, delimiter: str = ",") -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of a CSV file with their places, one at a time; cells are only text.

    Raises:
        InputError: It is not valid CSV, or not UTF-8.
    """
    try:
        with opened(path) as file:
            # What is not UTF-8 becomes lone surrogates, so that the row is known which has it.
            text = io.TextIOWrapper(file, "utf-8-sig", "surrogateescape", newline="")
            reader = csv.reader(text, delimiter=delimiter, strict=True)
            begin = 1
            for row in reader:
                place, begin = f"{path}:{begin}", reader.line_num + 1
                if _NOT_UTF8.search("".join(row)):
                    raise InputError(f"{place}: holds a byte that is not UTF-8, convert the file")
                if any(cell.strip() for cell in row):
                    yield place, row
    except csv.Error as error:
        raise InputError(f"{path}:{reader.line_num}: not valid CSV, {error}") from None


def read_elements(path: Path, names: frozenset[str]) -> Iterator[Element]:
    """Yield the elements of some names in an XML file, each forgotten when the next is asked for.

    Document types, entities and references to other files are refused, not followed.

    Raises:
        InputError: It is not valid XML, or holds what is refused.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        path_to: list[Element] = []
        with opened(path) as file:
            for event, element in iterparse(file, ("start", "end"), forbid_dtd=True):
                if event == "start":
                    path_to.append(element)
                    continue
                path_to.pop()
                if element.tag in names:
                    yield element
                if path_to and (element.tag in names or len(path_to) == 1):
                    path_to[-1].remove(element)
    except ParseError as error:
        line, column = error.position
        what = str(error).partition(":")[0]
        raise InputError(f"{path}:{line}:{column + 1}: not valid XML, {what}") from None
    except DefusedXmlException:
        message = "has a document type or entities, which are not read, remove them"
        raise InputError(f"{path}: {message}") from None
    except (LookupError, ValueError) as error:
        raise InputError(f"{path}: not valid XML, {error}") from None


def text_of(record: Mapping[str, Any], key: str) -> str:
    """Return a text in a record, trimmed; empty if there is none."""
    value = record.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def texts_of(record: Mapping[str, Any], key: str) -> list[str]:
    """Return the texts of a list in a record; a single text counts as a list."""
    value = record.get(key)
    values = value if isinstance(value, list) else [value]
    return [" ".join(v.split()) for v in values if isinstance(v, str) and v.strip()]


def records_of(record: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the records of a list in a record."""
    value = record.get(key)
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def record_of(record: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return a record in a record; an empty one if there is none."""
    value = record.get(key)
    return value if isinstance(value, dict) else {}


def several(files: Sequence[Path], number: int, what: str) -> Sequence[Path]:
    """Return the files if there are as many as a format takes.

    Raises:
        InputError: There are fewer or more.
    """
    if len(files) != number:
        raise InputError(f"{files[0]}: {what}, and {len(files)} files were given")
    return files
