"""HTML pages: their text as a reader sees it, with the way back to the place in the page.

Scripts, styles, comments and tags are no text. A tag of a block (a paragraph, a heading, a cell of
a table) ends a paragraph, ``br`` a line; a tag inside a paragraph is nothing, so that
``<b>Ir</b>an`` is one word. White space counts as one space outside ``pre``, and a character
reference as what it stands for.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from resolver.models import Document, Origin
from resolver.readers.encodings import decode_as
from resolver.readers.sources import BadInput, Source, decode

_BLOCKS = frozenset(
    (
        "address article aside blockquote body button caption center dd details dialog div dl dt "
        "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li "
        "main nav ol optgroup option p pre section select summary table tbody td textarea tfoot th "
        "thead title tr ul"
    ).split()
)
_HIDDEN = frozenset({"script", "style"})
_DATES = frozenset({"article:published_time", "date", "dc.date", "dcterms.date"})
_SPACE = re.compile(r"[ \t\n\r\f]+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read(source: Source) -> Iterator[Document | BadInput]:
    """Read a page as one document whose id is its path, and whose date is the one it states."""
    page = _decoded(source.read(), source.name)
    yield page if isinstance(page, BadInput) else document_of(page, source.name)


def document_of(page: str, name: str) -> Document:
    """Return the text of a page; its origin leads back to the page."""
    parser = _PageParser(page)
    parser.feed(page)
    if not parser.rawdata.startswith("<!--"):  # a comment without end is one to the end
        parser.close()
    origin = Origin(page, tuple(parser.edits))
    return Document("".join(parser.pieces), name, parser.date, origin=origin)


def _decoded(data: bytes, name: str) -> str | BadInput:
    """Decode a page as it says itself, as UTF-8 if it does not say."""
    declared = _CHARSET.search(data[:1024])
    if not declared or data[:2] in {b"\xff\xfe", b"\xfe\xff"} or data[:3] == codecs.BOM_UTF8:
        return decode(data, name)
    charset = declared[1].decode("ascii")
    # Browsers take these for Windows-1252, since that is what such pages are written in.
    is_western = charset.lower() in {"iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii"}
    try:
        return decode_as(data, "cp1252" if is_western else charset)
    except UnicodeDecodeError as error:
        return BadInput(name, f"byte {error.start} is not {charset}, which the page says it is in")
    except LookupError:
        return BadInput(name, f"the page says it is in {charset}, which is unknown, convert it")


class _PageParser(HTMLParser):
    """Collects the text of a page and where it differs from the page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[str] = []
        self.edits: list[tuple[int, int, int, int]] = []
        self.date: str | None = None
        self._page = page
        self._last_end = page.rfind(">")  # behind it no tag is whole
        self._line_starts = [0, *(found.end() for found in re.finditer("\n", page))]
        self._length = 0  # of the text so far
        self._done = 0  # how far into the page the text so far stands
        self._break = ""  # what ends a line or paragraph before the next text
        self._spaced = True  # whether more white space would add nothing
        self._hidden: str | None = None
        self._preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden = tag
        elif tag == "pre":
            self._preformatted += 1
        elif tag == "meta" and self.date is None:
            self.date = _published(dict(attrs))
        self._end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = None
        elif tag == "pre":
            self._preformatted = max(0, self._preformatted - 1)
        self._end(tag)

    def parse_starttag(self, i: int) -> int:
        """Parse a tag, or say that it is not whole: each would be looked through to the end."""
        return super().parse_starttag(i) if self._place() < self._last_end else -1

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002
        """Pass over ``<![...]>``; one of an unknown kind is a comment, as browsers have it."""
        place = self.getpos()
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            self.lineno, self.offset = place  # which may have been moved on before it was raised
            return self.parse_bogus_comment(i, report=False)

    def handle_data(self, data: str) -> None:
        start = self._place()
        if self._preformatted:
            self._put(data, start, start + len(data))
            return
        done = 0
        for space in _SPACE.finditer(data):
            self._put(data[done : space.start()], start + done, start + space.start())
            done = space.end()
            if not self._spaced:
                self._put(" ", start + space.start(), start + done)
        self._put(data[done:], start + done, start + len(data))

    def handle_entityref(self, name: str) -> None:
        self._put_reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._put_reference(f"&#{name}")

    def _put_reference(self, written: str) -> None:
        start = self._place()
        end = start + len(written)
        end += self._page.startswith(";", end)
        self._put(html.unescape(self._page[start:end]), start, end)

    def _place(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    def _end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break, self._spaced = "\n\n", True
        elif tag == "br":
            self._break, self._spaced = self._break or "\n", True

    def _put(self, text: str, start: int, end: int) -> None:
        """Add text that stands at a place in the page."""
        if not text or self._hidden:
            return
        before = self._break if self._length else ""
        if before or start > self._done:
            self._add(before, self._done, start)
        if text == self._page[start:end]:
            self.pieces.append(text)
            self._length += len(text)
        else:
            self._add(text, start, end)
        self._done = end
        self._break, self._spaced = "", text[-1] in " \t\n\r\f"

    def _add(self, text: str, start: int, end: int) -> None:
        self.edits.append((self._length, self._length + len(text), start, end))
        self.pieces.append(text)
        self._length += len(text)


def _published(attributes: dict[str, str | None]) -> str | None:
    name = attributes.get("property") or attributes.get("name") or ""
    day = _DAY.match(attributes.get("content") or "")
    return day[0] if day and name.lower() in _DATES else None
