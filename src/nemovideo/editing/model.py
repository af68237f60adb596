"""What goes through editing: files in, edits of a timeline, an outcome out."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict

from nemovideo.editing.replies import Speaker
from nemovideo.errors import InputError
from nemovideo.protocol.draft import JsonObject
from nemovideo.timeline.beat import Beat
from nemovideo.timeline.model import Clip, Timeline

MIN_DURATION_MS, MAX_DURATION_MS = 1000, 3_600_000
"""How short and how long a whole video may be."""


@dataclass(frozen=True)
class MediaItem:
    """An uploaded file, as far as editing needs it."""

    id: str
    name: str
    kind: str
    """``image``, ``video`` or ``audio``; ``pack`` for a finished track of the extra ``music``."""
    width: int | None = None
    height: int | None = None
    """Upright, as it is shown."""
    duration_ms: int | None = None
    has_audio: bool = False
    taken_ms: int | None = None
    """When it was taken, in ms of Unix time; None when it does not say."""
    taken_on: str | None = None
    """The day on which it was taken, where that was: ``2024-07-03``."""
    place: str | None = None
    """The town near which it was taken."""
    beat: Beat | None = None
    """Where the beats and bars of a song are; None where that can't be told."""
    focus: tuple[float, float] | None = None
    """What of a photo must stay in sight: x, y, 0–1 of the upright picture."""
    faces: tuple[float, float, float, float] | None = None
    """The box around all heads in a photo: left, top, right, bottom."""
    text: str | None = None
    """What a file of subtitles holds."""


Media = Sequence[MediaItem]


@dataclass(frozen=True)
class ToolCall:
    """A step of the edit, as the cloud reports it in its stream."""

    name: str
    args: JsonObject
    result: JsonObject


@dataclass(frozen=True)
class HistoryStep:
    """A wish about earlier timelines, which only the session's keeper can fulfil."""

    kind: Literal["undo", "redo", "first_cut"]
    steps: int = 1


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
    """The words that were not understood, as they were written."""
    notes: tuple[str, ...] = ()
    """What the user should know besides, in sentences."""
    history: HistoryStep | None = None
    """Set when earlier timelines are asked for; then there is no draft."""
    changes: tuple[str, ...] = ()
    """What is different on the timeline, in the language of the message."""
    error: str | None = None
    """Why edits that were given as JSON could not be made."""
    question: JsonObject | None = None
    """What was asked back; the session keeps it for the next message."""


class EditError(InputError):
    """An edit can't be made on this timeline.

    Args:
        key: Of the sentence that says why, in ``phrases.toml``.
        values: What to fill into it.
    """

    default_hint = "`nemo status` shows the timeline, `nemo edit --list` what can be changed."

    def __init__(self, key: str, /, **values: Any) -> None:
        super().__init__(Speaker("en").say(key, **values))
        self.key = key
        self.values = values


class Edit(BaseModel):
    """A change of a timeline. What is not given stays as it is."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    do: str

    @abstractmethod
    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the changed timeline.

        Raises:
            EditError: It can't be done.
        """

    def in_language(self, code: str) -> Self:
        """Return the edit for a message in a language; most are the same in all."""
        return self

    goes_on: ClassVar[bool] = False
    """Whether it is meant for the clips named just before, when it names none: "brighten the
    second photo and zoom in"."""


def item_of(clip: Clip, media: Media) -> MediaItem | None:
    """Return the file of a clip; None when the session does not have it."""
    by_id = next((item for item in media if item.id == clip.media), None)
    return by_id or next((item for item in media if item.name == clip.name), None)
