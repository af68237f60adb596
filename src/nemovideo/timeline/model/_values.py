"""What pieces are described with: kinds of tracks, views, motions, transitions, looks, fades."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nemovideo.timeline.names import MotionName


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
