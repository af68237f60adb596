"""What goes through the director: files in, wishes found in a message, an outcome out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from nemovideo.protocol.draft import JsonObject

Place = Literal["start", "end"]
MusicKind = Literal["composed", "file", "none"]
Ordering = Literal["upload", "reverse", "name", "shuffle", "named"]


@dataclass(frozen=True)
class MediaItem:
    """An uploaded file, as far as directing needs it."""

    id: str
    name: str
    kind: str
    """``image``, ``video`` or ``audio``."""
    width: int | None = None
    height: int | None = None
    """Upright, as it is shown."""
    duration_ms: int | None = None
    has_audio: bool = False
    taken_ms: int | None = None
    """When it was taken, in milliseconds since 1970; None when that is not known."""


@dataclass(frozen=True)
class ToolCall:
    """A step of the edit, as the cloud reports it in its stream."""

    name: str
    args: JsonObject
    result: JsonObject


@dataclass(frozen=True)
class Outcome:
    """What came of a message."""

    draft: JsonObject | None
    """The new draft; None when nothing changed."""
    reply: str
    """What to tell the user, in the language of the message."""
    tool_calls: tuple[ToolCall, ...] = ()
    is_silent: bool = False
    """Whether the cloud would make this edit without a word."""
    not_understood: tuple[str, ...] = ()
    """The parts of the message that were not understood, as they were written."""
    notes: tuple[str, ...] = ()
    """What was changed, guessed or can't be done, in sentences; `reply` says it, too."""


@dataclass(frozen=True)
class TitleWish:
    """Words over the picture."""

    text: str
    place: Place = "start"
    duration_ms: int | None = None


@dataclass(frozen=True)
class MusicWish:
    """The music that is asked for."""

    kind: MusicKind
    mood: str | None = None
    media_ids: tuple[str, ...] = ()
    is_other: bool = False
    """Whether it must differ from what plays now."""


@dataclass(frozen=True)
class OrderWish:
    """In which order the pictures come."""

    ordering: Ordering
    media_ids: tuple[str, ...] = ()
    """For ``named``: these first, or last."""
    place: Place = "start"


@dataclass(frozen=True)
class Instruction:
    """What a message asks for; None and empty where it says nothing."""

    is_new_cut: bool = False
    """Whether it asks for a video to be made, not for a change of one."""
    duration_ms: int | None = None
    duration_delta_ms: int | None = None
    photo_ms: int | None = None
    """How long each photo stays."""
    aspect: str | None = None
    transition: str | None = None
    """A name of docs/draft.md, ``none``, or ``any`` when no kind is named."""
    transition_ms: int | None = None
    titles: tuple[TitleWish, ...] = ()
    removes_titles: bool = False
    music: MusicWish | None = None
    mood: str | None = None
    """The mood of the video as a whole: good for the music of a first cut."""
    mood_words: tuple[str, ...] = ()
    music_volume: float | None = None
    """The new volume, 0–1."""
    music_gain: float | None = None
    """What to multiply the volume with."""
    orders: tuple[OrderWish, ...] = ()
    adds_media: bool = False
    """Whether files that are not on the timeline yet shall join it."""
    problems: tuple[str, ...] = ()
    """Keys of `nemovideo.engine.director._phrases`: wishes that can't be fulfilled as they are."""
    leftovers: tuple[str, ...] = field(default=())
    """The words that were not understood, as they were written."""

    @property
    def wishes(self) -> frozenset[str]:
        """The names of what is asked for."""
        asked = {
            "duration": self.duration_ms or self.duration_delta_ms or self.photo_ms,
            "aspect": self.aspect,
            "transition": self.transition or self.transition_ms,
            "title": self.titles or self.removes_titles,
            "music": self.music,
            "volume": self.music_volume is not None or self.music_gain is not None,
            "order": self.orders,
            "media": self.adds_media,
        }
        return frozenset(name for name, value in asked.items() if value)
