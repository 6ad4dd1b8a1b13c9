"""Numbers of things, as messages say them."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with what it counts.

    >>> counted(1, "pack"), counted(2, "pack"), counted(0, "entity", "entities")
    ('1 pack', '2 packs', '0 entities')

    Args:
        number: How many there are.
        one: What one of them is called.
        many: What several are called, if that is not ``one`` and an s.
    """
    return f"{number} {one if number == 1 else many or f'{one}s'}"
