"""A timeline as frames: what is on screen at frame n. Pure; opens no file and knows no pixels.

What a timeline leaves open has the default named in docs/draft.md, and nothing in it makes
`make_plan` fail but its length.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from nemovideo.errors import EmptyTimelineError, RenderError
from nemovideo.render.picture.motion import ease
from nemovideo.render.text.style import TextStyle
from nemovideo.timeline import model
from nemovideo.timeline.model import Canvas, Clip, Timeline, TrackType
from nemovideo.timeline.names import FRAME_RATES, NO_TRANSITION

MAX_SIDE = 4096
"""Larger pictures are scaled down to it: few players take more."""
MAX_HOURS = 4
DEFAULT_TEXT_FADE_MS = 400
DEFAULT_TRANSITION_MS = 600
SPEEDS = (0.05, 50.0)
"""The slowest and the fastest that a film is played."""


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
    """A photo or a film on the timeline, in frames."""

    start: int
    end: int
    """The first frame after it."""
    clip: Clip
    """What is filmed, and how."""
    fps: int = model.DEFAULT_FPS
    source_start: Fraction = Fraction(0)
    """Where in a film it begins, in seconds."""
    transition: Transition | None = None
    held_until: int = 0
    """The end, or later when the next shot's transition begins only there."""

    @property
    def names(self) -> tuple[str, ...]:
        """Under which its file may be known, the best first."""
        return tuple(name for name in (self.clip.media, self.clip.name) if name)

    @property
    def kind(self) -> Literal["image", "video"] | None:
        """What it is; None when the file is to tell."""
        return self.clip.kind

    @property
    def label(self) -> str:
        """What to call it in a message."""
        return self.names[-1] if self.names else "a segment without a file name"

    @property
    def frames(self) -> int:
        """How many there are from its start to its end."""
        return self.end - self.start

    @property
    def speed(self) -> Fraction:
        """How much faster than filmed it plays."""
        return playing_speed(self.clip)

    def source_time(self, frame: int) -> Fraction:
        """Return the seconds of a film after `source_start` that show at a frame of the shot."""
        return Fraction(frame, self.fps) * self.speed


@dataclass(frozen=True)
class Caption:
    """A text on the timeline, in frames."""

    start: int
    end: int
    text: str
    style: TextStyle
    """How it looks and where it stands."""
    fade_in: int
    fade_out: int

    def opacity(self, frame: int) -> float:
        """Return how much of it is seen at a frame 0 to 1: it comes and goes softly."""
        if not self.start <= frame < self.end:
            return 0.0
        coming = (frame - self.start + 1) / (self.fade_in + 1)
        going = (self.end - frame) / (self.fade_out + 1)
        return ease(min(1.0, coming, going))


@dataclass(frozen=True)
class Fade:
    """The whole picture comes from a colour, or goes to it."""

    color: str
    """``#rrggbb``."""
    covered: int
    """The frame that shows nothing but the colour."""
    clear: int
    """The one that shows nothing of it, later or earlier."""

    def cover(self, frame: int) -> float:
        """Return how much of the colour is seen at a frame of the video, 0 to 1."""
        way = (frame - self.covered) / (self.clear - self.covered)
        return min(1.0, max(0.0, 1 - way))


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
    fps: int
    frame_count: int
    shots: tuple[Shot, ...]
    """Of all picture tracks, the lowest first."""
    captions: tuple[Caption, ...]
    fades: tuple[Fade, ...] = ()

    @property
    def duration_s(self) -> Fraction:
        """The exact length in seconds."""
        return Fraction(self.frame_count, self.fps)

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


def make_plan(timeline: Timeline) -> Plan:
    """Turn a timeline into frames.

    Raises:
        EmptyTimelineError: Nothing is on it.
        RenderError: It is longer than `MAX_HOURS`.
    """
    fps = frame_rate(timeline.canvas)
    frame_count = to_frame(timeline.duration_ms, fps)
    if not timeline.is_ready or frame_count == 0:
        raise EmptyTimelineError
    if timeline.duration_ms > MAX_HOURS * 3_600_000:
        raise RenderError(
            f"the timeline is {timeline.duration_ms / 3_600_000:.1f} hours long; "
            f"at most {MAX_HOURS} can be rendered",
            hint="Shorten it, then export again.",
        )
    width, height = _frame_size(timeline.canvas)
    clips = [
        [segment for segment in track.segments if isinstance(segment, Clip)]
        for track in timeline.tracks
        if track.type is TrackType.VIDEO
    ]
    captions = (_caption(caption, fps) for caption in timeline.captions)
    return Plan(
        width=width,
        height=height,
        fps=fps,
        frame_count=frame_count,
        shots=tuple(shot for track in clips for shot in _shots(track, fps)),
        captions=tuple(caption for caption in captions if caption is not None),
        fades=tuple(_fades(timeline, fps, frame_count)),
    )


def frame_rate(canvas: Canvas) -> int:
    """Return a video's frames per second."""
    lowest, highest = FRAME_RATES
    return min(max(canvas.fps or model.DEFAULT_FPS, lowest), highest)


def to_frame(milliseconds: float, fps: int) -> int:
    """Return the frame at a time; halves go up."""
    return math.floor(Fraction(milliseconds) * fps / 1000 + Fraction(1, 2))


def playing_speed(clip: Clip) -> Fraction:
    """Return how much faster than filmed a film plays."""
    slowest, fastest = SPEEDS
    return Fraction(min(max(clip.speed or 1.0, slowest), fastest)).limit_denominator(1000)


def _frame_size(canvas: Canvas) -> tuple[int, int]:
    width, height = canvas.size
    scale = min(1.0, MAX_SIDE / max(width, height))
    return max(16, int(width * scale) // 2 * 2), max(16, int(height * scale) // 2 * 2)


def _shots(clips: Iterable[Clip], fps: int) -> list[Shot]:
    shots: list[Shot] = []
    for clip in sorted(clips, key=lambda clip: clip.start_ms):
        start, end = to_frame(clip.start_ms, fps), to_frame(clip.end_ms, fps)
        if end > start:
            shots.append(_shot(clip, start, end, fps))
    for number, shot in enumerate(shots):
        if shot.transition is not None:
            shots[number], before = _fitted(shot, shots[number - 1] if number else None)
            if before is not None:
                shots[number - 1] = before
    return shots


def _shot(clip: Clip, start: int, end: int, fps: int) -> Shot:
    source_start = Fraction(clip.source_start_ms or 0, 1000)
    return Shot(start, end, clip, fps, source_start, _transition(clip.transition, fps), end)


def _transition(transition: model.Transition | None, fps: int) -> Transition | None:
    if transition is None or transition.name == NO_TRANSITION:
        return None
    duration_ms = transition.duration_ms
    frames = to_frame(DEFAULT_TRANSITION_MS if duration_ms is None else duration_ms, fps)
    return Transition(transition.name, frames) if frames else None


def _fitted(shot: Shot, before: Shot | None) -> tuple[Shot, Shot | None]:
    """Bring a shot's transition into what time there is for it.

    It runs over the overlap with the shot before. Where they only touch, the shot before stands
    still for as long as it takes.
    """
    assert shot.transition is not None
    frames = min(shot.transition.frames, shot.frames)
    if before is not None and before.end > shot.start:
        frames = min(frames, before.end - shot.start)
    elif before is not None and before.end == shot.start:
        before = replace(before, held_until=shot.start + frames)
    transition = Transition(shot.transition.name, frames) if frames else None
    return replace(shot, transition=transition), before


def _caption(caption: model.Caption, fps: int) -> Caption | None:
    start, end = to_frame(caption.start_ms, fps), to_frame(caption.end_ms, fps)
    if caption.label is None or end <= start:
        return None
    fade_in, fade_out = (
        to_frame(DEFAULT_TEXT_FADE_MS if length is None else length, fps)
        for length in (caption.fade_in_ms, caption.fade_out_ms)
    )
    style = TextStyle(caption.style, caption.position, caption.size, caption.color, caption.backing)
    return Caption(start, end, caption.label, style, fade_in, fade_out)


def _fades(timeline: Timeline, fps: int, frame_count: int) -> Iterable[Fade]:
    """Give both fades their frames; together they are no longer than the video."""
    coming, going = (
        to_frame(fade.duration_ms, fps) if fade is not None else 0
        for fade in (timeline.fade_in, timeline.fade_out)
    )
    shrink = min(1.0, frame_count / max(1, coming + going))
    last = frame_count - 1
    if timeline.fade_in is not None and int(coming * shrink):
        yield Fade(timeline.fade_in.color, 0, int(coming * shrink))
    if timeline.fade_out is not None and int(going * shrink):
        yield Fade(timeline.fade_out.color, last, last - int(going * shrink))
