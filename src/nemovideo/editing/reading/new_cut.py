"""A sentence that asks for a video: that it does, and what else it says. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo.editing.reading.items import Item, Ref, Scene
from nemovideo.editing.reading.result import Reading


def asks_for_video(items: Sequence[Item]) -> bool:
    """Return whether a sentence asks for a video to be made: "make a video of my photos"."""
    concepts = [item for item in items if item.kind == "concept"]
    if not any(item.has("video") and not item.has("add") for item in concepts):
        return False
    if any(item.has("not", "title-noun", "if", "musing") for item in concepts):
        return False
    create = next((n for n, item in enumerate(concepts) if item.has("create")), len(concepts))
    if any(item.has("states") for item in concepts[:create]) and create < len(concepts):
        return False  # "the video is ending together with the song"
    if create < len(concepts) and _is_of_color(items, concepts[create]):
        return False
    return create < len(concepts) or _turns_into(items)


def _is_of_color(items: Sequence[Item], create: Item) -> bool:
    """Return whether a fade is meant: "start the video from black"."""
    place = next(n for n, item in enumerate(items) if item is create)
    return create.has("video") and any(
        item.kind == "color" for item in items[place + 1 : place + 2]
    )


def _turns_into(items: Sequence[Item]) -> bool:
    """Return whether photos shall become something: "turn these photos into …"."""
    makes = any(item.kind == "concept" and item.has("make") for item in items)
    goal = max((n for n, i in enumerate(items) if i.role == "to" or i.has("to")), default=0)
    refs = [item.value for item in items[:goal] if isinstance(item.value, Ref)]
    return makes and any(ref.is_bare or (ref.is_all and not ref.is_it) for ref in refs)


def without_creation(items: Sequence[Item], reading: Reading, scene: Scene) -> list[list[Item]]:
    """Take away what asks for a video, of how many photos.

    A number of photos that are not there goes to what is not understood.

    Returns:
        What is left before the word for the video, and behind it: wishes of their own.
    """
    parts: list[list[Item]] = [[]]
    lasting = _with_lengths(items) | _side_by_side(items)
    for place, item in enumerate(items):
        following = items[place + 1] if place + 1 < len(items) else None
        if (item.kind == "concept" and item.has("create", "video")) or (
            isinstance(item.value, Ref)
            and id(item) not in lasting
            and (item.value.is_bare or item.value.is_all or item.value.is_it)
        ):
            parts.append([])
        elif item.kind == "number" and following is not None and isinstance(following.value, Ref):
            if not _is_count(item, following, scene):
                reading.not_understood.append(f"{item.raw} {following.raw}")
        elif item.kind == "concept" and item.has("one-article", "these", "new", "other"):
            continue
        else:
            parts[-1].append(item)
    return [part for part in parts if not all(item.has("add", "make", "move") for item in part)]


def _with_lengths(items: Sequence[Item]) -> set[int]:
    """Return the ids of references to clips that are given a length: "2 seconds per photo".

    Of "a 20 second video of every photo" there are none: the length is the video's.
    """
    runs: list[list[Item]] = [[]]
    for item in items:
        if item.kind == "concept" and item.has("video"):
            runs[-1] = []
        elif item.kind == "punct" or (item.kind == "concept" and item.has("create")):
            runs.append([])
        else:
            runs[-1].append(item)
    return {id(item) for run in runs if _gives_each(run) for item in run}


def _side_by_side(items: Sequence[Item]) -> set[int]:
    """Return the ids of references to what shall stand side by side."""
    found: set[int] = set()
    for place, item in enumerate(items):
        if item.kind == "concept" and item.has("side-by-side"):
            before = [one for one in items[:place] if isinstance(one.value, Ref)]
            found |= {id(one) for one in before[-1:]}
    return found


def _gives_each(items: Sequence[Item]) -> bool:
    has_length = any(item.kind in ("duration", "clock") for item in items)
    return has_length and any(
        item.value.is_each
        if isinstance(item.value, Ref)
        else item.kind == "concept" and item.has("each")
        for item in items
    )


def _is_count(number: Item, noun: Item, scene: Scene) -> bool:
    """Return whether there are so many photos or clips; what is called neither is not counted."""
    kinds = {"photo": False, "clip": True}
    if noun.value.noun not in kinds:
        return True
    is_film = kinds[noun.value.noun]
    count = sum(clip.is_film is is_film for clip in scene.timeline.clips)
    return bool(number.value == count)
