"""How many photos and clips a film of a given length has room for, before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nemovideo.projects.inputs.checking import Input
from nemovideo.projects.inputs.expansion import Inputs

SHORTEST_S = 0.1
"""Nothing is shown for less."""
LONGEST_FILM_S = 3600


def fit(inputs: Inputs, duration_s: float | None) -> Inputs:
    """Leave out the photos and clips for which there is no room, the last ones, and note it.

    Without a length it is as long as films may be.
    """
    length_s = duration_s or LONGEST_FILM_S
    room = max(int(length_s / SHORTEST_S + 1e-9), 1)
    shown = [item for item in inputs.items if item.kind != "audio"]
    if len(shown) <= room:
        return inputs
    note = (
        f"Only the first {room} of {len(shown)} photos and clips fit into {length_s:g} s "
        f"({SHORTEST_S:g} s each at least); the others are left out."
    )
    left = iter(range(room))
    items = tuple(item for item in inputs.items if _is_kept(item, left))
    return replace(inputs, items=items, notes=(*inputs.notes, note))


def _is_kept(item: Input, left: Iterator[int]) -> bool:
    return item.kind == "audio" or next(left, None) is not None
