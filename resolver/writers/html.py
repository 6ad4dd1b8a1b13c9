"""A page of its own for people: each text with its mentions marked, and what each one is.

There is no script in it and nothing is fetched: a policy in the page forbids both. Everything that
comes from texts and packs is escaped. There are no offsets.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape

from resolver.models import Mention, Result
from resolver.writers import Options
from resolver.writers.naming import AMBIGUOUS
from resolver.writers.spans import checked, disjoint

_STYLE = """
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.6 Georgia, serif; }
h2 { font: bold 1rem/1.4 sans-serif; border-top: 1px solid #999; padding-top: 1rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: #dbe9ff; color: inherit; border-radius: .2rem; padding: 0 .1rem; }
mark.person { background: #ffe6c7; }
mark.place { background: #dcf2d7; }
mark.organisation { background: #e5defb; }
mark.role { background: #fbdfe6; }
mark.ambiguous { background: none; outline: 1px dashed #b00; }
mark > small { font: .7rem sans-serif; color: #444; padding-left: .3rem; user-select: none; }
table { border-collapse: collapse; font: .85rem sans-serif; margin: 1rem 0; }
td, th { text-align: start; padding: .15rem .8rem .15rem 0; vertical-align: top; }
"""
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEAD = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{_HASH}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mentions</title>
<style>{_STYLE}</style>
</head>
<body>
"""
_CLASSES = frozenset({"person", "place", "organisation", "role"})


def write(results: Iterable[Result], options: Options) -> Iterator[str]:
    """Yield the page, a document at a time."""
    yield _HEAD
    for result in checked(results):
        yield _section(result, options)
    yield "</body>\n</html>\n"


def _section(result: Result, options: Options) -> str:
    document = result.document
    pieces: list[str] = []
    done = 0
    for mention in disjoint(result.mentions):
        pieces += _text(document.text[done : mention.start]), _mark(mention, options)
        done = mention.end
    pieces.append(_text(document.text[done:]))
    date = f" <time>{_text(document.date)}</time>" if document.date else ""
    return (
        f'<section>\n<h2 dir="auto">{_text(document.id or "text")}{date}</h2>\n'
        f'<div class="text" dir="auto">{"".join(pieces)}</div>\n{_legend(result)}</section>\n'
    )


def _mark(mention: Mention, options: Options) -> str:
    kind = mention.type if mention.type in _CLASSES else ""
    classes = f"{kind} {AMBIGUOUS}" if mention.status == AMBIGUOUS else kind
    described = [f"{_name(mention)} ({', '.join(filter(None, (mention.type, mention.kind)))})"]
    if mention.holder:
        described.append(f"held by {mention.holder.name}")
    if options.why:
        described += mention.why
    title = _text("\n".join(described))
    entity = _text(mention.entity_id or "")
    surface = _text(mention.surface)
    return f'<mark class="{classes}" data-entity="{entity}" title="{title}">{surface}</mark>'


def _legend(result: Result) -> str:
    """Return a table of what is mentioned, for those who cannot point at a mark."""
    counts: dict[tuple[str, str, str], int] = {}
    for mention in result.mentions:
        key = (_name(mention), mention.entity_id or "?", mention.type or "")
        counts[key] = counts.get(key, 0) + 1
    rows = "".join(
        f"<tr>{''.join(f'<td dir=auto>{_text(cell)}</td>' for cell in key)}<td>{count}</td></tr>\n"
        for key, count in counts.items()
    )
    return f"<table>\n{rows}</table>\n" if rows else ""


def _name(mention: Mention) -> str:
    return mention.name or " or ".join(candidate.name for candidate in mention.candidates)


def _text(text: str) -> str:
    # The parser of a page drops NUL and turns CR into LF; as references it shows them at least.
    return escape(text).replace("\x00", "\ufffd").replace("\r", "&#13;")
