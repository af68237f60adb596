"""A whole timeline: its canvas, its tracks, and the same with other pieces on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from nemovideo.timeline.model._segments import Caption, Clip, Segment, Sound
from nemovideo.timeline.model._values import Fade, TrackType

if TYPE_CHECKING:
    from nemovideo.protocol.draft import Draft, JsonObject


DEFAULT_WIDTH, DEFAULT_HEIGHT, DEFAULT_FPS = 1920, 1080, 30


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
    def pictures(self) -> tuple[Clip, ...]:
        """All that is shown, in order: the clips, and of those that are pairs both pictures."""
        return tuple(picture for clip in self.clips for picture in clip.pictures)

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
