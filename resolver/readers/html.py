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
_HIDDEN = {  # what they end with
    tag: re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE | re.ASCII) for tag in ("script", "style")
}
_DATES = frozenset({"article:published_time", "date", "dc.date", "dcterms.date"})
_SPACE = re.compile(r"[ \t\n\r\f]+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Markup is found as browsers find it, but a tag without end is text. html.parser of the standard
# library finds it otherwise in each release, and a page is to have the same text everywhere.
_VALUE = r"""\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|(?!["'])([^\s>]*+))"""
_ATTRIBUTE = re.compile(rf"([^\s/>][^\s/>=]*+)(?:{_VALUE})?+", re.ASCII)
_COMMENT = r"<!--(?:-?>|.*?--!?>)?+"  # one without end is a comment to the end of the page
_REFERENCE = r"&(?:\#(?:[0-9]++|x[0-9a-f]++)|[a-z][a-z0-9]*+);?+"
_FLAGS = re.IGNORECASE | re.ASCII | re.DOTALL | re.VERBOSE
_MARKUP = re.compile(
    rf"""{_COMMENT}
    | </(?P<end>[a-z][^\s/>]*+)[^>]*+>
    | <[!?/][^>]*+>
    | <(?P<start>[a-z][^\s/>]*+)
      (?P<attributes>(?:\s|/(?!>)|{_ATTRIBUTE.pattern})*+)(?P<closed>/)?+>
    | {_REFERENCE}""",
    _FLAGS,
)
_NOT_TAGS = re.compile(f"{_COMMENT}|{_REFERENCE}", _FLAGS)


def read(source: Source) -> Iterator[Document | BadInput]:
    """Read a page as one document whose id is its path, and whose date is the one it states."""
    page = _decoded(source.read(), source.name)
    yield page if isinstance(page, BadInput) else document_of(page, source.name)


def document_of(page: str, name: str) -> Document:
    """Return the text of a page; its origin leads back to the page."""
    text = _PageText(page)
    text.collect()
    origin = Origin(page, tuple(text.edits))
    return Document("".join(text.pieces), name, text.date, origin=origin)


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


class _PageText:
    """Collects the text of a page and where it differs from the page."""

    def __init__(self, page: str) -> None:
        self.pieces: list[str] = []
        self.edits: list[tuple[int, int, int, int]] = []
        self.date: str | None = None
        self._page = page
        self._length = 0  # of the text so far
        self._done = 0  # how far into the page the text so far stands
        self._break = ""  # what ends a line or paragraph before the next text
        self._spaced = True  # whether more white space would add nothing
        self._preformatted = 0

    def collect(self) -> None:
        """Go through the page once."""
        page, done = self._page, 0
        last = page.rfind(">") + 1  # behind it no tag is whole, and each would be looked for again
        while found := _MARKUP.search(page, done, last) or _NOT_TAGS.search(page, done):
            self._put_data(done, found.start())
            done = self._markup(found)
        self._put_data(done, len(page))

    def _markup(self, found: re.Match[str]) -> int:
        """Take in a tag, comment or reference, and return where what follows it begins."""
        written = found[0]
        if written.startswith("&"):
            self._put(html.unescape(written), *found.span())
        elif written == "<!--":  # without end, so that it is one to the end
            return len(self._page)
        elif end := found["end"]:
            self._end_tag(end.lower())
        elif start := found["start"]:
            tag = start.lower()
            self._start_tag(tag, found["attributes"])
            if found["closed"]:
                self._end_tag(tag)
            elif tag in _HIDDEN:
                ending = _HIDDEN[tag].search(self._page, found.end())
                return ending.start() if ending else len(self._page)
        return found.end()

    def _start_tag(self, tag: str, attributes: str) -> None:
        if tag == "pre":
            self._preformatted += 1
        elif tag == "meta" and self.date is None:
            self.date = _published(attributes)
        self._end(tag)

    def _end_tag(self, tag: str) -> None:
        if tag == "pre":
            self._preformatted = max(0, self._preformatted - 1)
        self._end(tag)

    def _put_data(self, start: int, end: int) -> None:
        """Add text that has no markup in it."""
        if self._preformatted:
            self._put(self._page[start:end], start, end)
            return
        done = start
        for space in _SPACE.finditer(self._page, start, end):
            self._put(self._page[done : space.start()], done, space.start())
            done = space.end()
            if not self._spaced:
                self._put(" ", space.start(), done)
        self._put(self._page[done:end], done, end)

    def _end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break, self._spaced = "\n\n", True
        elif tag == "br":
            self._break, self._spaced = self._break or "\n", True

    def _put(self, text: str, start: int, end: int) -> None:
        """Add text that stands at a place in the page."""
        if not text:
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


def _published(attributes: str) -> str | None:
    values = {
        found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(attributes)
    }
    name = values.get("property") or values.get("name") or ""
    day = _DAY.match(values.get("content", ""))
    return day[0] if day and name.lower() in _DATES else None
