"""Characters that nobody sees: invisible ones, odd spaces, letters of another script.

Folding ignores most of them, but they travel into output, and a Cyrillic letter in a Latin word
keeps the word from ever being found. Garbled aliases may hold them on purpose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from resolver.models import Alias, Pack
from resolver.packs.lint.finding import Finding, owned_aliases

_JOINERS = "\u200c\u200d"  # Persian and Indian writing needs them
_SCRIPTS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХԚԜаеіјорсухѕԛԝһԁΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϲ",
    "ABESIJKMHOPCTYXQWaeijopcyxsqwhdABEZHIKMNOPTYXovc",
)


def invisible_characters(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find invisible characters and spaces other than single plain ones."""
    for alias in _listed(packs):
        seen = "".join(char for char in alias.text if not _is_invisible(char))
        plain = " ".join(seen.split())
        odd = next((a for a, b in zip(alias.text, plain + "\0", strict=False) if a != b), None)
        if odd is not None:
            what = "a second space" if odd == " " else _name(odd)
            message = f"{plain} holds an invisible character or odd space, {what}"
            yield Finding(
                alias.location, "warning", "invisible-character", f"{message}, remove it", plain
            )


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) == "Cf" and char not in _JOINERS


def mixed_scripts(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Find words with letters of two scripts, which look alike and are not the same."""
    for alias in _listed(packs):
        for word in () if alias.text.isascii() else re.findall(r"\w+", alias.text):
            scripts = {char: script for char in word if (script := _script(char))}
            odd = [char for char in word if scripts.get(char, "LATIN") != "LATIN"]
            if odd and "LATIN" in scripts.values():
                latin = alias.text.translate(_LATIN)
                mended = latin if all(char.translate(_LATIN) != char for char in odd) else None
                yield Finding(
                    alias.location,
                    "warning",
                    "mixed-script",
                    f"{word} mixes scripts, {odd[0]} is {_name(odd[0])}, write it in one or say "
                    "kind: garbled",
                    mended,
                )


def _listed(packs: Iterable[Pack]) -> Iterator[Alias]:
    for _, alias in owned_aliases(packs):
        if alias.kind != "garbled":
            yield alias
    for pack in packs:
        yield from pack.suppressions


def _script(char: str) -> str | None:
    script = unicodedata.name(char, "").partition(" ")[0]
    return script if script in _SCRIPTS else None


def _name(char: str) -> str:
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()
