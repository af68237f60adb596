"""A draft as frames: what is on screen at frame n. Pure; opens no file and knows no pixels.

`make_plan` reads a draft of docs/draft.md, or one that only resembles it: what is missing or makes
no sense has the default named there, and nothing in a draft makes it fail.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from nemovideo.errors import EmptyTimelineError, RenderError
from nemovideo.protocol.draft import Draft, Segment, Track, TrackType
from nemovideo.render.motion import MAX_ZOOM, STILL, Motion, View

FPS = 30
DEFAULT_SIZE = (1920, 1080)
MAX_SIDE = 4096
"""Larger pictures are scaled down to it: few players take more."""
MAX_HOURS = 4
DEFAULT_TEXT_FADE_MS = 400
DEFAULT_TRANSITION_MS = 600

Fit = Literal["fill", "blur"]


@dataclass(frozen=True)
class Transition:
    """How a shot comes in over what lies below it."""

    name: str
    frames: int

    def progress(self, frame: int) -> float:
        """Return how far it is at a frame counted from the shot's start; 1 when it is over.

        The steps are equal, the one into the first frame and the one out of the last included.
        """
        return min(1.0, (frame + 1) / (self.frames + 1))


@dataclass(frozen=True)
class Shot:
    """A picture or clip on the timeline, in frames."""

    start: int
    end: int
    """The first frame after it."""
    names: tuple[str, ...]
    """Under which its file may be known, the best first."""
    kind: str | None = None
    """``image`` or ``video``; None when the file is to tell."""
    motion: Motion = STILL
    fit: Fit | None = None
    source_start: Fraction = Fraction(0)
    """Where in a clip it begins, in seconds."""
    transition: Transition | None = None
    held_until: int = 0
    """The end, or later when the next shot's transition begins only there."""

    @property
    def label(self) -> str:
        """What to call it in a message."""
        return self.names[-1] if self.names else "a segment without a file name"


@dataclass(frozen=True)
class Caption:
    """A text on the timeline, in frames."""

    start: int
    end: int
    text: str
    style: str
    fade_in: int
    fade_out: int

    def opacity(self, frame: int) -> float:
        """Return how much of it is seen at a frame of the video, 0 to 1."""
        if not self.start <= frame < self.end:
            return 0.0
        coming = (frame - self.start + 1) / (self.fade_in + 1)
        going = (self.end - frame) / (self.fade_out + 1)
        return min(1.0, coming, going)


@dataclass(frozen=True)
class Layer:
    """A shot at one frame."""

    shot: int
    """Its place in `Plan.shots`."""
    frame: int
    """Counted from its start."""
    progress: float
    """How far it has come in; 1 covers everything below."""


@dataclass(frozen=True)
class Plan:
    """A video in frames."""

    width: int
    height: int
    frame_count: int
    shots: tuple[Shot, ...]
    """Of all picture tracks, the lowest first."""
    captions: tuple[Caption, ...]

    @property
    def duration_s(self) -> Fraction:
        """The exact length in seconds."""
        return Fraction(self.frame_count, FPS)

    def layers_at(self, frame: int) -> tuple[Layer, ...]:
        """Return what is seen at a frame, from the lowest to the highest."""
        layers: list[Layer] = []
        for number, shot in enumerate(self.shots):
            if not shot.start <= frame < shot.held_until:
                continue
            since = frame - shot.start
            progress = shot.transition.progress(since) if shot.transition else 1.0
            if progress >= 1.0:
                layers.clear()
            layers.append(Layer(number, since, progress))
        return tuple(layers)


def make_plan(draft: Draft) -> Plan:
    """Turn a draft into frames.

    Raises:
        EmptyTimelineError: Nothing is on the timeline.
        RenderError: It is longer than `MAX_HOURS`.
    """
    frame_count = to_frame(draft.duration_ms)
    if not draft.is_ready or frame_count == 0:
        raise EmptyTimelineError
    if frame_count > MAX_HOURS * 3600 * FPS:
        raise RenderError(
            f"the timeline is {draft.duration_ms / 3_600_000:.1f} hours long; "
            f"at most {MAX_HOURS} can be rendered",
            hint="Shorten it, then export again.",
        )
    width, height = _frame_size(draft)
    tracks = [track for track in draft.tracks if track.type is TrackType.VIDEO]
    texts = [track for track in draft.tracks if track.type is TrackType.TEXT]
    return Plan(
        width=width,
        height=height,
        frame_count=frame_count,
        shots=tuple(shot for track in tracks for shot in _read_shots(track)),
        captions=tuple(
            caption
            for track in texts
            for segment in track.segments
            if (caption := _read_caption(segment)) is not None
        ),
    )


def to_frame(milliseconds: float) -> int:
    """Return the frame at a time; halves go up."""
    return math.floor(Fraction(milliseconds) * FPS / 1000 + Fraction(1, 2))


def _frame_size(draft: Draft) -> tuple[int, int]:
    if draft.width is None or draft.height is None:
        return DEFAULT_SIZE
    scale = min(1.0, MAX_SIDE / max(draft.width, draft.height))
    width, height = draft.width * scale, draft.height * scale
    return max(16, int(width) // 2 * 2), max(16, int(height) // 2 * 2)


def _read_shots(track: Track) -> list[Shot]:
    segments = sorted(track.segments, key=lambda segment: segment.start_ms)
    shots: list[Shot] = []
    for segment in segments:
        start, end = to_frame(segment.start_ms), to_frame(segment.end_ms)
        if end > start:
            shots.append(_read_shot(segment, start, end))
    for number, shot in enumerate(shots):
        if shot.transition is not None:
            shots[number], before = _fitted(shot, shots[number - 1] if number else None)
            if before is not None:
                shots[number - 1] = before
    return shots


def _fitted(shot: Shot, before: Shot | None) -> tuple[Shot, Shot | None]:
    """Bring a shot's transition into what time there is for it.

    It runs over the overlap with the shot before. Where they only touch, the shot before stands
    still for as long as it takes.
    """
    assert shot.transition is not None
    frames = min(shot.transition.frames, shot.end - shot.start)
    if before is not None and before.end > shot.start:
        frames = min(frames, before.end - shot.start)
    elif before is not None and before.end == shot.start:
        before = replace(before, held_until=shot.start + frames)
    transition = Transition(shot.transition.name, frames) if frames else None
    return replace(shot, transition=transition), before


def _read_shot(segment: Segment, start: int, end: int) -> Shot:
    metadata = segment.metadata
    names = (metadata.get("media"), metadata.get("name"))
    fit = metadata.get("fit")
    kind = metadata.get("kind")
    source_start = _number(metadata.get("source_start"), 0.0)
    return Shot(
        start=start,
        end=end,
        held_until=end,
        names=tuple(name for name in names if isinstance(name, str) and name),
        kind=kind if kind in ("image", "video") else None,
        motion=_read_motion(metadata.get("motion")),
        fit=fit if fit in ("fill", "blur") else None,
        source_start=Fraction(max(0.0, source_start)) / 1000,
        transition=_read_transition(metadata.get("transition")),
    )


def _read_motion(value: object) -> Motion:
    if not isinstance(value, Mapping):
        return STILL
    start, end = _read_view(value.get("from")), _read_view(value.get("to"))
    if start is None and end is None:
        return STILL
    return Motion(start or end or View(), end or start or View())


def _read_view(value: object) -> View | None:
    if not isinstance(value, list | tuple) or len(value) != 3:
        return None
    x, y, zoom = (
        _number(item, fallback) for item, fallback in zip(value, (0.5, 0.5, 1.0), strict=True)
    )
    return View(_within(x, 0.0, 1.0), _within(y, 0.0, 1.0), _within(zoom, 1.0, MAX_ZOOM))


def _read_transition(value: object) -> Transition | None:
    """Read a transition; a bare name is one of the usual length."""
    if isinstance(value, str):
        value = {"name": value}
    if not isinstance(value, Mapping) or not isinstance(value.get("name"), str):
        return None
    frames = to_frame(max(0.0, _number(value.get("d"), DEFAULT_TRANSITION_MS)))
    return Transition(value["name"], frames) if frames else None


def _read_caption(segment: Segment) -> Caption | None:
    start, end = to_frame(segment.start_ms), to_frame(segment.end_ms)
    text = segment.text or segment.title or segment.name
    if text is None or end <= start:
        return None
    fades = [
        to_frame(max(0.0, _number(segment.metadata.get(key), DEFAULT_TEXT_FADE_MS)))
        for key in ("fade_in", "fade_out")
    ]
    style = "caption" if segment.metadata.get("style") == "caption" else "title"
    return Caption(start, end, text, style, fades[0], fades[1])


def _number(value: object, default: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return default
    try:
        return float(value) if math.isfinite(value) and abs(value) < 1e12 else default
    except OverflowError:
        return default


def _within(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))
