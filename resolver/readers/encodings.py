"""Bytes as text, in the encoding that a page or a message names."""

from __future__ import annotations

import codecs
import re

# Python knows these beside encodings of texts. Some fail in ways of their own, or take time that
# grows with the square of what they decode.
_OF_NO_TEXT = frozenset(
    ("idna", "punycode", "raw-unicode-escape", "rot-13", "undefined", "unicode-escape")
)
_HALF = re.compile("[\ud800-\udfff]")


def decode_as(data: bytes, charset: str) -> str:
    """Return bytes as text.

    Raises:
        LookupError: There is no such encoding.
        UnicodeDecodeError: The bytes are not in it.
    """
    try:
        known = codecs.lookup(charset).name not in _OF_NO_TEXT
    except (LookupError, ValueError):  # also of names that no encoding can have
        known = False
    if not known:
        raise LookupError(f"unknown encoding: {charset}")
    return without_halves(data.decode(charset))


def without_halves(text: str) -> str:
    """Return text with the sign for what is unknown in place of each half character.

    UTF-7 and encoded headers can hold them, and no other file can.
    """
    return text if text.isascii() else _HALF.sub("\ufffd", text)
