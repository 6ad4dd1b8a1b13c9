"""Write a pack that may be larger than memory: in pieces, each read back before it goes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from resolver.models import Entity, Pack, Role
from resolver.packs.reading import parse_pack
from resolver.packs.writing import head_lines, owner_lines

_OWNERS = 500


def pack_pieces(
    head: Pack, owners: Iterable[Entity | Role], usual_type: str | None
) -> Iterator[str]:
    """Yield the text of a pack.

    Args:
        head: What stands above the entities; its own entities and offices do not count.
        owners: The entities, and behind them the offices.
        usual_type: The type that entities have where they do not say another.

    Raises:
        PackError: An owner has values that no pack can have.
    """
    above = "".join(f"{line}\n" for line in head_lines(head, usual_type))
    yield above
    for is_role, some in groupby(owners, key=lambda owner: isinstance(owner, Role)):
        waiting = iter(some)
        key = "roles:\n" if is_role else "entities:\n"
        begin = key
        while part := list(islice(waiting, _OWNERS)):
            _, *lines = owner_lines(part, usual_type)
            written = "".join(f"{line}\n" for line in lines)
            parse_pack(above + key + written, f"pack {head.name}, from {part[0].id} on")
            yield begin + written
            begin = ""
