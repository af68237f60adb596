"""Where a title stands when nobody says where: in the middle, unless that would cover a face.

How large it comes out is only estimated, for fonts are asked when it is drawn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from nemovideo.editing.model import Media, MediaItem, item_of
from nemovideo.editing.picture import places_of
from nemovideo.render.picture.camera import move_over, shows_whole
from nemovideo.render.picture.motion import Window, window_of
from nemovideo.render.text.style import Box, TextStyle, manner_of, place, room_width
from nemovideo.timeline.model import Caption, Clip, Timeline
from nemovideo.timeline.names import Position
from nemovideo.timeline.pairs import Place

_PLACES: tuple[Position, ...] = ("center", "bottom", "top", "left", "right")
"""The best first; the last two are narrow ones in wide frames."""
_LETTER, _WIDE_LETTER, _LINE = 0.58, 1.0, 1.3
"""How much room a letter takes on average, one of Chinese, and a line, in sizes of the font."""
_SPARED = 0.02
"""A place is free when less than this share of the heads is covered."""


def free_place(timeline: Timeline, caption: Caption, media: Media) -> Position:
    """Return where a title covers no face, or as little of them as can be.

    Args:
        timeline: What is seen when.
        caption: The title, with its time.
        media: The session's files, in which faces were looked for.
    """
    size = timeline.canvas.size
    faces = [
        face
        for clip in timeline.clips
        if clip.start_ms < caption.end_ms and caption.start_ms < clip.end_ms
        for picture, place in zip(
            clip.pictures, places_of(clip, timeline.canvas, media), strict=True
        )
        for face in _faces(picture, item_of(picture, media), place)
    ]

    def covered(position: Position) -> float:
        box = _box(caption, position, size)
        return max((_share(face, box) for face in faces), default=0.0)

    shares = {position: covered(position) for position in _PLACES}
    return next((p for p in _PLACES if shares[p] < _SPARED), min(_PLACES, key=shares.__getitem__))


def _faces(clip: Clip, item: MediaItem | None, part: Place) -> Iterator[Window]:
    """Yield where the heads in a photo are in the frame, when it comes and when it goes.

    Args:
        clip: How it is shown.
        item: Its file.
        part: Of the frame that it has.
    """
    if item is None or item.faces is None or not item.width or not item.height:
        return
    size = (item.width, item.height)
    faces = _shown(item.faces, clip)
    if (clip.rotation or 0) % 180:
        size = size[::-1]
    frame_width, frame_height = part.size
    shape = frame_width / frame_height
    bounds = picture = Window(0, 0, *size)
    if shows_whole(clip, size, shape):
        scale = min(frame_width / size[0], frame_height / size[1])
        width, height = size[0] * scale, size[1] * scale
        bounds = Window(0, 0, frame_width, frame_height)
        picture = Window((frame_width - width) / 2, (frame_height - height) / 2, width, height)
    move = move_over(clip, size, shape, Fraction(clip.duration_ms, 1000))
    for view in (move.start, move.end):
        seen = window_of(view, bounds, picture, shape)
        zoom = frame_width / seen.width
        yield Window(
            part.left + (picture.left + faces.left * picture.width - seen.left) * zoom,
            part.top + (picture.top + faces.top * picture.height - seen.top) * zoom,
            faces.width * picture.width * zoom,
            faces.height * picture.height * zoom,
        )


def _shown(faces: tuple[float, float, float, float], clip: Clip) -> Window:
    """Return the box around all heads in a picture as its clip turns and mirrors it."""
    left, top, right, bottom = faces
    for _ in range((clip.rotation or 0) // 90):
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    if clip.flip == "horizontal":
        left, right = 1 - right, 1 - left
    elif clip.flip == "vertical":
        top, bottom = 1 - bottom, 1 - top
    return Window(left, top, right - left, bottom - top)


def _box(caption: Caption, position: Position, frame: tuple[int, int]) -> Box:
    manner = manner_of(TextStyle(caption.style, position, caption.size))
    room = room_width(position, frame)
    widest = height = 0.0
    for number, line in enumerate((caption.label or "").splitlines()):
        size = manner.sizes[manner.size] * min(frame)
        size *= manner.further_lines if number else 1
        letters = sum(_WIDE_LETTER if _is_wide(char) else _LETTER for char in line)
        widest = max(widest, min(letters * size, room))
        height += -(-letters * size // room) * _LINE * size
    return place((round(widest), round(min(height, manner.tallest * frame[1]))), manner, frame)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _share(face: Window, box: Box) -> float:
    """Return how much of a face a box covers."""
    across = min(face.right, box.right) - max(face.left, box.x)
    down = min(face.bottom, box.bottom) - max(face.top, box.y)
    return max(across, 0.0) * max(down, 0.0) / (face.width * face.height)
