"""Putting pictures in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar
from zlib import crc32

from nemovideo.engine.director._model import MediaItem, OrderWish

T = TypeVar("T")
_NUMBER = re.compile(r"(\d+)")


def arrange(
    things: Sequence[T],
    wishes: Sequence[OrderWish],
    item_of: Callable[[T], MediaItem | None],
    uploads: Sequence[MediaItem],
) -> list[T]:
    """Return things in the order that is asked for; what has no file keeps its place.

    Args:
        things: What to order.
        wishes: Applied one after the other.
        item_of: The file that a thing shows.
        uploads: All files, as they were uploaded.
    """
    places = {item.id: place for place, item in enumerate(uploads)}
    arranged = list(things)
    for wish in wishes:
        ids = [item.id if item else "" for item in map(item_of, arranged)]
        names = [item.name if item else "" for item in map(item_of, arranged)]
        keys = list(zip(ids, names, strict=True))
        ranks = _ranks(wish, keys, places)
        order = sorted(range(len(arranged)), key=ranks.__getitem__)
        arranged = [arranged[place] for place in order]
    return arranged


def natural_key(name: str) -> list[tuple[int, str]]:
    """Return a key that puts ``img9`` before ``img10``."""
    parts = _NUMBER.split(name.lower())
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


def _ranks(
    wish: OrderWish, keys: list[tuple[str, str]], places: dict[str, int]
) -> list[tuple[float, list[tuple[int, str]]]]:
    if wish.ordering == "reverse":
        return [(-place, []) for place in range(len(keys))]
    if wish.ordering == "name":
        return [(0, natural_key(name)) for _, name in keys]
    if wish.ordering == "shuffle":
        return [(crc32(f"{len(keys)}{media_id}{name}".encode()), []) for media_id, name in keys]
    if wish.ordering == "upload":
        return [(places.get(media_id, len(places)), []) for media_id, _ in keys]
    named = {media_id: place for place, media_id in enumerate(wish.media_ids)}
    others = -1 if wish.place == "end" else len(named)
    return [(named.get(media_id, others), []) for media_id, _ in keys]
