"""A text with what is found in it, as an example of a pack."""

from __future__ import annotations

from starlette.exceptions import HTTPException

from resolver.models import Document, Pack
from resolver.packs.editing import add_item
from resolver.packs.examples import AMBIGUOUS, Expected, write_marks
from resolver.pipeline import Resolver
from resolver.playground.editions import parsed

LONGEST = 2_000


def add_example(text: str, name: str, resolver: Resolver, document: Document) -> str:
    """Return the text of a pack with an example behind its others.

    Args:
        text: The pack.
        name: How messages call it.
        resolver: Finds what the example is to hold.
        document: What becomes the example, with its date.

    Raises:
        HTTPException: The pack has errors, or the example would be too long or empty.
    """
    shown = document.text.strip()
    if not shown:
        raise HTTPException(422, "there is no text to make an example of")
    if len(shown) > LONGEST:
        message = f"an example has at most {LONGEST} characters, select the passage that matters"
        raise HTTPException(422, message)
    pack = parsed(name, text)
    if not isinstance(pack, Pack):
        raise HTTPException(422, f"mend the pack first: {pack[0]}")
    mentions = resolver.resolve(Document(shown, date=document.date)).mentions
    marks = [Expected(m.start, m.end, m.entity_id or AMBIGUOUS) for m in mentions]
    item = {"text": write_marks(shown, marks)} | ({"date": document.date} if document.date else {})
    return add_item(text, pack.location, "examples", item)
