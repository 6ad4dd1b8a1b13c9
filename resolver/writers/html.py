"""A page of its own for people: each text with its mentions marked, and what each one is.

There is no script in it and nothing is fetched: a policy in the page forbids both. Everything that
comes from texts and packs is escaped. There are no offsets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from resolver.look import asset, policy_hash
from resolver.models import Mention, Result
from resolver.writers import Options
from resolver.writers.spans import checked, disjoint

_OWN_STYLE = """
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; background: var(--paper); }
h2 { font: bold 1rem/1.4 var(--sans); border-top: 1px solid var(--line); padding-top: 1rem; }
table { font-size: var(--small); margin: 1rem 0; }
"""
_STYLE = asset("look.css") + _OWN_STYLE
_POLICY = f"default-src 'none'; style-src {policy_hash(_STYLE)}"
_HEAD = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mentions</title>
<style>{_STYLE}</style>
</head>
<body>
"""


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
    described = [f"{_name(mention)} ({', '.join(filter(None, (mention.type, mention.kind)))})"]
    if mention.holder:
        described.append(f"held by {mention.holder.name}")
    if options.why:
        described += mention.why
    attributes = {
        "class": "mention",
        "data-type": mention.type or "other",
        "data-status": mention.status,
        "data-kind": mention.kind,
        "data-entity": mention.entity_id or "",
        "title": "\n".join(described),
    }
    written = " ".join(f'{name}="{_text(value)}"' for name, value in attributes.items())
    return f"<mark {written}>{_text(mention.surface)}</mark>"


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
