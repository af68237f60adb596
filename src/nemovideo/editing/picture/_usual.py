"""How photos and films look and move unless somebody says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from nemovideo.editing.model import Media, MediaItem, item_of
from nemovideo.timeline.model import Canvas, Clip, Motion, Timeline
from nemovideo.timeline.names import BLUR, Fit, MotionName
from nemovideo.timeline.pairs import Place, halves

MAX_CUT = 0.4
"""A picture that filling the frame would cut by more stands whole on a blurred copy."""
_MOST_CUT = 0.5
"""Where faces are known more may be cut around them, and of pictures that share the frame."""
_PANORAMA = 2.2
"""A photo so many times as wide as high is a panorama."""
_ALONG = 2.5
"""How far the camera goes along one, in usual ways."""
_CLOSEST = 1.12
"""As far as a usual zoom goes."""
GENTLE = 0.4
"""How far one goes where heads fill the picture."""
_WAYS: tuple[MotionName, ...] = ("zoom-in", "pan-right", "zoom-out", "pan-left")


@dataclass(frozen=True)
class Half(Canvas):
    """What a picture has of a frame that two share."""


def new_clip(item: MediaItem, canvas: Canvas, place: int) -> Clip:
    """Return a clip for a file; where it stands is not said yet.

    Args:
        item: A photo or a film.
        canvas: The picture of the video.
        place: Its place in line: neighbours move in other ways.
    """
    is_film = item.kind == "video"
    motion = Motion("still") if is_film else usual_motion(item, canvas, place)
    return Clip(
        name=item.name,
        media=item.id,
        kind="video" if is_film else "image",
        volume=1.0 if is_film and item.has_audio else None,
        speed=1.0 if is_film else None,
        source_start_ms=0 if is_film else None,
        motion=motion,
        fit=usual_fit(item, canvas),
        focus=item.focus,
        background=BLUR,
        looks=(),
        rotation=0,
    )


def usual_fit(item: MediaItem | None, canvas: Canvas, rotation: int = 0) -> Fit:
    """Return how a picture fits into a frame unless somebody says otherwise."""
    if item is None or not item.width or not item.height:
        return "fill"
    (width, height), faces = (item.width, item.height), item.faces
    if rotation % 180:
        width, height = height, width
    frame_width, frame_height = canvas.size
    ratio = (width / height) / (frame_width / frame_height)
    seen = min(ratio, 1 / ratio)
    if _is_panorama(item, canvas) and not rotation % 180:
        return "fill"
    if faces is not None:
        is_wide = (ratio > 1) is (rotation % 180 == 0)
        heads = faces[2] - faces[0] if is_wide else faces[3] - faces[1]
        if heads * _CLOSEST > seen:
            return "whole"  # else a head would be cut
    is_shared = isinstance(canvas, Half)
    most = MAX_CUT if faces is None and not is_shared else _MOST_CUT
    return "whole" if 1 - seen > most else "fill"


def _is_panorama(item: MediaItem, canvas: Canvas) -> bool:
    """Return whether a photo is so much longer than high that the camera had better go along it."""
    if not item.width or not item.height or item.kind != "image":
        return False
    shape = item.width / item.height
    return shape >= _PANORAMA and shape > canvas.size[0] / canvas.size[1]


def refitted(timeline: Timeline, canvas: Canvas, media: Media) -> Timeline:
    """Return a timeline with another picture; how clips fit is chosen anew where it was usual."""

    def refit(clip: Clip) -> Clip:
        before, after = (canvases_of(clip, one, media) for one in (timeline.canvas, canvas))
        return joined(
            [
                refitted_picture(*one, media)
                for one in zip(clip.pictures, before, after, strict=True)
            ]
        )

    clips = [refit(clip) for clip in timeline.clips]
    return replace(timeline.with_clips(clips), canvas=canvas)


def refitted_picture(picture: Clip, before: Canvas, after: Canvas, media: Media) -> Clip:
    """Return a picture that fills another frame; how it fits is chosen anew if it was usual."""
    item, rotation = item_of(picture, media), picture.rotation or 0
    was_usual = picture.fit == usual_fit(item, before, rotation)
    return replace(picture, fit=usual_fit(item, after, rotation)) if was_usual else picture


def shape_of(picture: Clip, media: Media) -> float | None:
    """Return a picture's width divided by its height, as it is shown; None if it is not known."""
    item = item_of(picture, media)
    if item is None or not item.width or not item.height:
        return None
    shape = item.width / item.height
    return 1 / shape if (picture.rotation or 0) % 180 else shape


def places_of(clip: Clip, canvas: Canvas, media: Media) -> tuple[Place, ...]:
    """Return where each of a clip's pictures stands in a frame: on all of it, or its half."""
    if clip.beside is None:
        return (Place(0, 0, *canvas.size),)
    return halves(canvas.size, [shape_of(picture, media) for picture in clip.pictures])


def canvases_of(clip: Clip, canvas: Canvas, media: Media) -> tuple[Canvas, ...]:
    """Return what each of a clip's pictures has of a frame, as a frame of its own."""
    if clip.beside is None:
        return (canvas,)
    return tuple(Half(*place.size, canvas.fps) for place in places_of(clip, canvas, media))


def joined(pictures: Sequence[Clip]) -> Clip:
    """Return the clip that shows some pictures: one, or two as a pair."""
    first, *others = pictures
    if not others:
        return first
    second = replace(others[0], start_ms=0, duration_ms=0, transition=None, wish=None, beside=None)
    return replace(first, beside=second)


def usual_motion(item: MediaItem, canvas: Canvas, place: int) -> Motion:
    """Return how the camera moves unless somebody says otherwise; neighbours differ.

    To a face it goes, or it comes from there, so that a move never leaves it out of sight.
    """
    turn = place + crc32(item.name.encode("utf-8", "replace")) % 2 * 2
    if _is_panorama(item, canvas):
        return Motion(("pan-right", "pan-left")[place % 2], _ALONG)
    if item.faces is not None:
        left, top, right, bottom = item.faces
        is_close = max(right - left, bottom - top) * _CLOSEST > 1
        return Motion(("zoom-in", "zoom-out")[place % 2], GENTLE if is_close else 1.0)
    return Motion(_WAYS[turn % len(_WAYS)])
