"""Characters of everything that goes wrong with text, and texts that are drawn from them.

Plain random text hardly ever holds a capital that grows when it is made small, a mark without a
letter or a joiner inside a word; these do most of the time.
"""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

# One half of a pair of UTF-16: Python and JSON can hold it, UTF-8 and readers cannot.
HALF = "\ud800"
ENCODABLE = [
    *"aAbBsSiI1_",
    *"İıßſKÅﬁŉǰΐςσΣ",
    *"éñøłæ",
    "\u0301",
    "\u0307",
    "\u0308",
    "\u200d",
    "\u200c",
    "\u200b",
    "\u00ad",
    "\ufeff",
    "\u200f",
    "\u202e",
    "\ufe0f",
    *" \t\n\r\u00a0\u2003\u2028\u2029",
    *".,'’‘\"“-–—()#&",
    "👍",
    "𝐀",
    "\U00010400",
    *"حـماس",
    "\u064b",
    *"Росс",
    *"頭疼かが",
    "\u3099",
    "क",
    "\u093e",
    "\u094d",
    *"ＮＡ²™…½",
    "\x00",
]
NASTY = [*ENCODABLE, HALF]
# What the formats of files use for themselves.
MARKUP = [
    *"<>[]{}\\|=+@;:/`~^\x0b\x0c\x1b\x1c\x1d\x1e\x1f\x7f\x85",
    "&amp;",
    "&#65;",
    "\r\n",
    "\n\n",
    "]]>",
    "<!--",
    "-->",
    "\ufffd",
    "\ufffe",
    "\U0010ffff",
    "null",
]


def texts(pieces: list[str], max_size: int = 40) -> st.SearchStrategy[str]:
    """Return texts put together from some pieces."""
    return st.lists(st.sampled_from(pieces), max_size=max_size).map("".join)


TEXT = texts(NASTY)
# What a file can hold: no half characters.
FILE_TEXT = texts([*ENCODABLE, *MARKUP])
ALIAS = st.lists(st.sampled_from(NASTY), min_size=1, max_size=5).map("".join)


def share(part: float, steps: int | None = None) -> settings:
    """Return settings that try a part of the examples of the profile, for what takes longer.

    Args:
        part: Of the examples that cheap tests try; at least one is tried.
        steps: How many steps an example of a stateful test has at most.
    """
    count = max(1, round(settings.default.max_examples * part))
    more = {} if steps is None else {"stateful_step_count": steps}
    return settings(max_examples=count, **more)
