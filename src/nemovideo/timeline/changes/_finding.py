"""The difference of two timelines, in words that a person understands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from nemovideo.protocol.draft import Draft
from nemovideo.timeline import names
from nemovideo.timeline._format import one_line, seconds
from nemovideo.timeline._phrases import ENGLISH, Phrases, phrases
from nemovideo.timeline.changes._clips import ClipChanges
from nemovideo.timeline.changes._joints import joint_lines
from nemovideo.timeline.changes._pieces import PieceChanges
from nemovideo.timeline.model import Canvas, Timeline

AnyTimeline = Timeline | Draft | Mapping[str, Any] | None
"""A timeline, or a draft of any shape."""

_ASPECT_TOLERANCE = 0.01


class Change(str):
    """A line in English that tells a change; it can be said in another language too."""

    _tell: Callable[[str], tuple[str, ...]]
    _place: int

    @classmethod
    def told_by(cls, tell: Callable[[str], tuple[str, ...]]) -> tuple[Change, ...]:
        """Return the lines of what gives them in a language, as many and in order in each."""
        changes = tuple(map(cls, tell(ENGLISH)))
        for place, change in enumerate(changes):
            change._tell, change._place = tell, place
        return changes

    def in_language(self, language: str) -> str:
        """Return the line in a language; in English for those that it can't be said in."""
        return self._tell(language)[self._place]


def describe_changes(
    before: AnyTimeline, after: AnyTimeline, *, language: str = ENGLISH
) -> tuple[str, ...]:
    """Return the lines of `find_changes` in ``en``, ``zh`` or ``es``; in English for others."""
    return tuple(change.in_language(language) for change in find_changes(before, after))


def find_changes(before: AnyTimeline, after: AnyTimeline) -> tuple[Change, ...]:
    """Tell what happened between two timelines, one line for each kind of change.

    What follows from a change is not told beside it: when one clip gets longer, those after it
    start later, and only the new length of the video is told.

    Args:
        before: As it was.
        after: As it is.

    Returns:
        The lines; none when nothing differs. A difference that there are no words for, when it is
        the only one, gives ``Timeline changed``.
    """
    if _document(before) == _document(after):
        return ()
    old, new = _read(before), _read(after)

    @cache
    def tell(language: str) -> tuple[str, ...]:
        say = phrases(language)
        return tuple(_lines(old, new, say)) or (say.line("something"),)

    return Change.told_by(tell)


def _document(timeline: AnyTimeline) -> object:
    return timeline.raw if isinstance(timeline, Draft) else timeline or {}


def _read(timeline: AnyTimeline) -> Timeline:
    return timeline if isinstance(timeline, Timeline) else Timeline.from_draft(timeline)


def _lines(old: Timeline, new: Timeline, say: Phrases) -> Iterator[str]:
    clips = ClipChanges(old, new, say)
    pieces = PieceChanges(old, new, clips, say)
    yield from clips.lines()
    yield from _length_lines(old, new, clips, say)
    yield from _canvas_lines(old.canvas, new.canvas, say)
    yield from clips.property_lines()
    yield from joint_lines(old, new, clips, say)
    for key, was, now in (
        ("fade_in", old.fade_in, new.fade_in),
        ("fade_out", old.fade_out, new.fade_out),
    ):
        if was != now:
            yield say.line(key, new=say.fade(now, key), was=say.was(say.fade(was, key)))
    yield from pieces.caption_lines()
    yield from pieces.sound_lines()
    yield from pieces.other_lines()
    yield from _title_lines(old, new, say)


def _length_lines(old: Timeline, new: Timeline, clips: ClipChanges, say: Phrases) -> Iterator[str]:
    if seconds(old.duration_ms) == seconds(new.duration_ms):
        return
    now, was = say.seconds(new.duration_ms), say.seconds(old.duration_ms)
    if not old.is_ready:
        yield say.line("length_first", new=now)
    elif clips.length_of_each is None:
        yield say.line("length", new=now, old=was)
    else:
        each_ms, noun = clips.length_of_each
        yield say.line("length_each", new=now, old=was, each=say.seconds(each_ms), noun=noun)


def _canvas_lines(old: Canvas, new: Canvas, say: Phrases) -> Iterator[str]:
    was, now = _size(old), _size(new)
    if was != now and now is not None:
        shape = _shape(now)
        size = f"{now[0]}x{now[1]}"
        if was is None:
            yield say.line("shape_first", new=say.word(shape), size=size)
        elif shape != _shape(was):
            yield say.line("shape", new=say.word(shape), size=size)
        else:
            yield say.line("size", new=size, old=f"{was[0]}x{was[1]}")
    if old.fps and new.fps and old.fps != new.fps:
        yield say.line("frame_rate", new=new.fps, old=old.fps)


def _size(canvas: Canvas) -> tuple[int, int] | None:
    if canvas.width is None or canvas.height is None:
        return None
    return canvas.width, canvas.height


def _shape(size: tuple[int, int]) -> str:
    """Return the nearest usual shape, ``16:9``; else the sides' own proportion."""
    proportion = size[0] / size[1]
    for name in names.ASPECTS:
        width, _, height = name.partition(":")
        if abs(proportion * int(height) / int(width) - 1) < _ASPECT_TOLERANCE:
            return name
    return f"{proportion:.3g}:1"


def _title_lines(old: Timeline, new: Timeline, say: Phrases) -> Iterator[str]:
    if not new.title or old.title is None or one_line(old.title) == one_line(new.title):
        return
    yield say.line("project", new=one_line(new.title), old=one_line(old.title))
