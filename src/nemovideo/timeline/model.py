"""The typed timeline: frozen values in whole milliseconds. Pure; knows neither JSON nor files.

A timeline is made of tracks, the lowest picture first, and a track of segments: a `Clip` (a photo
or a film), a `Sound`, a `Caption` (any words over the picture), or a `Segment` of a kind that is
not known here. None stands for what the draft does not say; the renderer has a default for each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self

from nemovideo.timeline.names import Fit, Flip, MotionName, Position, TextSize, TextStyle

if TYPE_CHECKING:
    from nemovideo.protocol.draft import Draft, JsonObject

DEFAULT_WIDTH, DEFAULT_HEIGHT, DEFAULT_FPS = 1920, 1080, 30


class TrackType(StrEnum):
    """What a track holds."""

    VIDEO = "video"
    AUDIO = "audio"
    TEXT = "text"
    OTHER = "other"


@dataclass(frozen=True)
class View:
    """Where a camera looks."""

    x: float = 0.5
    y: float = 0.5
    """The centre, as fractions of the picture."""
    zoom: float = 1.0
    """1 is the largest cut that fills the frame, or the whole picture where that is shown."""


@dataclass(frozen=True)
class Motion:
    """A camera's way over a photo."""

    name: MotionName
    strength: float = 1.0
    """How far it goes, as a factor of the usual way."""
    start: View | None = None
    end: View | None = None
    """Given for ``custom`` ways only."""


@dataclass(frozen=True)
class Transition:
    """How a clip comes in over the one before."""

    name: str
    duration_ms: int | None = None


@dataclass(frozen=True)
class Look:
    """A change of colours or sharpness."""

    name: str
    amount: float = 1.0
    """0 is not there at all, 1 is all of it."""


@dataclass(frozen=True)
class Fade:
    """The whole picture comes from, or goes to, a colour."""

    color: str
    """``#rrggbb``."""
    duration_ms: int


@dataclass(frozen=True)
class Canvas:
    """The picture of the video; None where the draft does not say."""

    width: int | None = None
    height: int | None = None
    fps: int | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, the usual ones where the draft gives none."""
        if self.width is None or self.height is None:
            return DEFAULT_WIDTH, DEFAULT_HEIGHT
        return self.width, self.height


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A piece of a track."""

    start_ms: int = 0
    duration_ms: int = 0
    id: str | None = None
    name: str | None = None
    title: str | None = None
    text: str | None = None
    volume: float | None = None
    """0 is silent, 1 is full; may lie outside."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What else the draft says of it; it goes back as it came."""

    @property
    def end_ms(self) -> int:
        """Where it ends."""
        return self.start_ms + self.duration_ms

    @property
    def label(self) -> str | None:
        """What it is called; for words, what they say. None when it has no name."""
        return self.name or self.title or self.text

    @property
    def is_text(self) -> bool:
        """Whether it is words."""
        return isinstance(self, Caption)


@dataclass(frozen=True, kw_only=True)
class Clip(Segment):
    """A photo or a film on the picture track."""

    media: str | None = None
    """The id of its file; else the session's file called `name`."""
    kind: Literal["image", "video"] | None = None
    source_start_ms: int | None = None
    """Where in the file it begins."""
    speed: float | None = None
    """2 plays twice as fast, 0.5 in slow motion."""
    motion: Motion | None = None
    fit: Fit | None = None
    background: str | None = None
    """``blur`` or ``#rrggbb``: what stands around a picture that is shown whole."""
    focus: tuple[float, float] | None = None
    """What must stay visible, as fractions of the upright picture."""
    transition: Transition | None = None
    """How it comes in over the clip before; None for a cut."""
    wish: Transition | None = None
    """How it shall come in where there is room: a transition that short clips have no time for
    comes back when they get longer."""
    looks: tuple[Look, ...] | None = None
    rotation: int | None = None
    """Degrees clockwise, beside the file's own orientation."""
    flip: Flip | None = None

    @property
    def is_film(self) -> bool:
        """Whether it is a film, not a photo."""
        return self.kind == "video"

    @property
    def overlap_ms(self) -> int:
        """How long it runs together with the clip before."""
        return 0 if self.transition is None else self.transition.duration_ms or 0


@dataclass(frozen=True, kw_only=True)
class Sound(Segment):
    """Music or another sound beside the films' own."""

    media: str | None = None
    """The id of its file."""
    music: Mapping[str, Any] | None = None
    """What the program composes: style, key, mode, tempo, seed (docs/draft.md)."""
    fade_in_ms: int | None = None
    fade_out_ms: int | None = None
    source_start_ms: int | None = None
    """Where in the file or the composed piece it begins."""
    ducks: bool | None = None
    """Whether it is quieter where a film is heard."""

    @property
    def kind(self) -> Literal["composed", "pack", "file"] | None:
        """Where it comes from; None when the draft does not say."""
        if self.music is not None:
            return "composed"
        return "file" if self.media else None

    @property
    def style(self) -> str | None:
        """The style of composed music."""
        style = self.music.get("style") if self.music else None
        return style if isinstance(style, str) else None


@dataclass(frozen=True, kw_only=True)
class Caption(Segment):
    """Words over the picture: a title, a caption, a subtitle."""

    style: TextStyle | None = None
    position: Position | None = None
    size: TextSize | None = None
    color: str | None = None
    """``#rrggbb``."""
    fade_in_ms: int | None = None
    fade_out_ms: int | None = None
    on: str | None = None
    """The id of the clip that it belongs to and moves with."""

    @property
    def label(self) -> str | None:
        """What it says."""
        return self.text or self.title or self.name


@dataclass(frozen=True)
class Track:
    """A row of the timeline."""

    type: TrackType
    segments: tuple[Segment, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What else the draft says of it."""

    @property
    def start_ms(self) -> int:
        """Where its earliest segment starts; 0 when it has none."""
        return min((segment.start_ms for segment in self.segments), default=0)

    @property
    def end_ms(self) -> int:
        """Where its last segment ends; 0 when it has none."""
        return max((segment.end_ms for segment in self.segments), default=0)


@dataclass(frozen=True)
class Timeline:
    """A whole timeline; how it is written as a draft is known to `nemovideo.timeline.wire`."""

    canvas: Canvas = Canvas()
    tracks: tuple[Track, ...] = ()
    duration_ms: int = 0
    title: str | None = None
    """The project's name."""
    fade_in: Fade | None = None
    fade_out: Fade | None = None
    """Of the whole picture, at the beginning and at the end."""
    engine: str | None = None
    """Which engine and form wrote the draft; None for the cloud's."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What else the draft says."""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    """What else it says of itself beside size and name."""

    @classmethod
    def from_draft(cls, draft: Draft | Mapping[str, Any] | None) -> Self:
        """Read a draft, of whatever shape; None and nonsense give a timeline without tracks."""
        from nemovideo.timeline.wire import from_draft

        return from_draft(draft, cls)

    @property
    def is_ready(self) -> bool:
        """Whether there is something to export."""
        return any(track.segments for track in self.tracks)

    @cached_property
    def clips(self) -> tuple[Clip, ...]:
        """All photos and films, track by track."""
        return tuple(s for track in self.tracks for s in track.segments if isinstance(s, Clip))

    @property
    def sounds(self) -> tuple[Sound, ...]:
        """All sounds beside the films' own."""
        return tuple(s for track in self.tracks for s in track.segments if isinstance(s, Sound))

    @property
    def captions(self) -> tuple[Caption, ...]:
        """All words over the picture."""
        return tuple(s for track in self.tracks for s in track.segments if isinstance(s, Caption))

    def with_clips(self, clips: Sequence[Clip]) -> Self:
        """Return the same timeline with other clips, all on one track."""
        return self._with_track(TrackType.VIDEO, clips)

    def with_sounds(self, sounds: Sequence[Sound]) -> Self:
        """Return the same timeline with other sounds; without any their track goes."""
        return self._with_track(TrackType.AUDIO, sounds)

    def with_captions(self, captions: Sequence[Caption]) -> Self:
        """Return the same timeline with other words; without any their track goes."""
        return self._with_track(TrackType.TEXT, captions)

    def summary(self) -> str:
        """Return the timeline in one line."""
        from nemovideo.timeline.summary import summarize

        return summarize(self)

    def to_json(self) -> JsonObject:
        """Return the timeline as `nemo status --json` prints it, without ids and the raw draft."""
        from nemovideo.timeline.status import timeline_to_json

        return timeline_to_json(self)

    def _with_track(self, track_type: TrackType, segments: Sequence[Segment]) -> Self:
        kept = [track for track in self.tracks if track.type is not track_type]
        old = next((track for track in self.tracks if track.type is track_type), Track(track_type))
        if segments:
            kept.append(replace(old, segments=tuple(segments)))
        order = list(TrackType)
        kept.sort(key=lambda track: order.index(track.type))
        return replace(self, tracks=tuple(kept))
