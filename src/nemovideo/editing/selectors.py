"""Which clips, words or files an edit means: by number, by name, by id, by kind."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Annotated

from pydantic import Field

from nemovideo.editing.model import EditError, Media, MediaItem
from nemovideo.timeline.model import Caption, Clip, Segment, Timeline

Ref = Annotated[
    int | str,
    Field(
        description="A number from 1 (-1 is the last), a file's name, or a segment's id. The words "
        '"all", "photos" and "films" stand for several.'
    ),
]
Refs = Ref | list[Ref]
ALL, PHOTOS, FILMS = "all", "photos", "films"
_KINDS: dict[str, Callable[[Clip], bool]] = {
    ALL: lambda _: True,
    PHOTOS: lambda clip: not clip.is_film,
    FILMS: lambda clip: clip.is_film,
}


def find_clips(timeline: Timeline, refs: Refs) -> list[int]:
    """Return the places of clips, from 0, each once, in the order in which they are named.

    Raises:
        EditError: There is no such clip, or none at all.
    """
    clips = timeline.clips
    if not clips:
        raise EditError("empty")
    places: list[int] = []
    for ref in refs if isinstance(refs, list) else [refs]:
        places += _find_clip(clips, ref)
    if not places:
        raise EditError("no_clips")
    return list(dict.fromkeys(places))


def find_clip(timeline: Timeline, ref: Ref) -> int:
    """Return the place of one clip.

    Raises:
        EditError: There is none, or there are several.
    """
    places = find_clips(timeline, ref)
    if len(places) > 1:
        raise EditError("several_clips", ref=str(ref), count=len(places))
    return places[0]


def find_pictures(timeline: Timeline, refs: Refs) -> dict[int, tuple[int, ...]]:
    """Return which pictures of which clips are meant: by the place, those from 0.

    Of a pair that are both, or the one whose name or id it is.

    Raises:
        EditError: There is no such clip, or none at all.
    """
    found: dict[int, set[int]] = {}
    for ref in refs if isinstance(refs, list) else [refs]:
        for place in find_clips(timeline, ref):
            clip = timeline.clips[place]
            named = [n for n, one in enumerate(clip.pictures) if _is_called(one, ref)]
            if isinstance(ref, int) or ref in _KINDS or ref == clip.id or not named:
                named = [*range(len(clip.pictures))]
            found.setdefault(place, set()).update(named)
    return {place: tuple(sorted(sides)) for place, sides in found.items()}


def find_captions(timeline: Timeline, refs: Refs) -> list[int]:
    """Return the places of words over the picture; by number, id, style or what they say.

    Raises:
        EditError: There are no such words.
    """
    captions = timeline.captions
    if not captions:
        raise EditError("no_text")
    places: list[int] = []
    for ref in refs if isinstance(refs, list) else [refs]:
        places += _find_caption(captions, ref)
    return list(dict.fromkeys(places))


def find_media(media: Media, name: str, kinds: Sequence[str]) -> MediaItem:
    """Return an uploaded file of some kinds, by id or name.

    Raises:
        EditError: There is none.
    """
    fitting = [item for item in media if item.kind in kinds]
    for item in fitting:
        if item.id == name:
            return item
    wanted = folded(name)
    for form in (lambda n: n, lambda n: PurePath(n).stem):
        for item in fitting:
            if form(folded(item.name)) == wanted:
                return item
    raise EditError("no_file", name=name)


def changed_clips(
    timeline: Timeline, places: Sequence[int], change: Callable[[Clip], Clip]
) -> Timeline:
    """Return the timeline with some clips changed, none of them in time."""
    chosen = set(places)
    return timeline.with_clips(
        [change(clip) if place in chosen else clip for place, clip in enumerate(timeline.clips)]
    )


def new_id(segments: Sequence[Segment], letter: str) -> str:
    """Return an id that no segment has."""
    taken = {one.id for segment in segments for one in _pictures(segment)}
    return next(i for n in range(1, len(taken) + 2) if (i := f"{letter}{n}") not in taken)


def with_ids(clips: Sequence[Clip]) -> list[Clip]:
    """Give an id to every clip, and every second picture of a pair, that has none or another's."""
    result: list[Clip] = []
    for clip in clips:
        taken = {one.id for before in result for one in before.pictures}
        if clip.id is None or clip.id in taken:
            clip = replace(clip, id=new_id([*clips, *result], "p"))
        second = clip.beside
        if second is not None and (second.id is None or second.id in (*taken, clip.id)):
            second = replace(second, id=new_id([*clips, *result, clip], "p"))
            clip = replace(clip, beside=second)
        result.append(clip)
    return result


def _pictures(segment: Segment) -> tuple[Segment, ...]:
    return segment.pictures if isinstance(segment, Clip) else (segment,)


def folded(name: str) -> str:
    """Return a name in the form in which names are compared."""
    return unicodedata.normalize("NFC", name).casefold().strip()


def _find_clip(clips: Sequence[Clip], ref: Ref) -> list[int]:
    if isinstance(ref, int):
        place = ref - 1 if ref > 0 else len(clips) + ref
        if ref == 0 or not 0 <= place < len(clips):
            raise EditError("no_such_clip", number=ref, count=len(clips))
        return [place]
    if ref in _KINDS:
        return [place for place, clip in enumerate(clips) if _KINDS[ref](clip)]
    for is_meant in _WAYS:
        found = [
            place
            for place, clip in enumerate(clips)
            if any(is_meant(picture, ref) for picture in clip.pictures)
        ]
        if found:
            return found
    raise EditError("no_clip_called", name=ref)


_WAYS: tuple[Callable[[Clip, str], bool], ...] = (
    lambda picture, ref: picture.id == ref,
    lambda picture, ref: folded(picture.name or "") == folded(ref),
    lambda picture, ref: PurePath(folded(picture.name or "")).stem == folded(ref),
)
"""What a picture may be called, the surest first."""


def _is_called(picture: Clip, ref: Ref) -> bool:
    return isinstance(ref, str) and any(is_meant(picture, ref) for is_meant in _WAYS)


def _find_caption(captions: Sequence[Caption], ref: Ref) -> list[int]:
    if isinstance(ref, int):
        place = ref - 1 if ref > 0 else len(captions) + ref
        if ref == 0 or not 0 <= place < len(captions):
            raise EditError("no_such_text", number=ref, count=len(captions))
        return [place]
    if ref == ALL:
        return list(range(len(captions)))
    tests: tuple[Callable[[Caption], bool], ...] = (
        lambda caption: caption.id == ref,
        lambda caption: caption.style == ref or f"{caption.style}s" == ref,
        lambda caption: folded(caption.label or "") == folded(ref),
        lambda caption: folded(ref) in folded(caption.label or ""),
    )
    for test in tests:
        places = [place for place, caption in enumerate(captions) if test(caption)]
        if places:
            return places
    raise EditError("no_text_called", name=ref)
