"""Edits that write on clips what their files say: the name, the date, the place."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from pathlib import PurePath
from typing import ClassVar, Literal, Self

from pydantic import Field

from nemovideo.editing.model import Edit, EditError, Media, MediaItem, item_of
from nemovideo.editing.replies import Speaker
from nemovideo.editing.selectors import Refs, find_clips
from nemovideo.editing.words.texts import AddText
from nemovideo.timeline.model import Clip, Timeline


class _Labels(Edit):
    """Writes something on each clip, or on the first of those for which it is the same."""

    lacking: ClassVar[str]
    """The key of the sentence for when no file says it."""

    clips: Refs = "all"

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with the words."""
        changed, before = timeline, ""
        for place in find_clips(timeline, self.clips):
            clip = timeline.clips[place]
            texts = (self.text_for(one, item_of(one, media)) for one in clip.pictures)
            text = " · ".join(dict.fromkeys(filter(None, texts)))
            if text and text != before:
                edit = AddText(text=text, style="caption", on=clip.id or place + 1)
                changed = edit.apply(changed, media)
            before = text or before
        if changed is timeline:
            raise EditError(self.lacking)
        return changed

    @abstractmethod
    def text_for(self, clip: Clip, item: MediaItem | None) -> str | None:
        """Return what is to be written on a clip; None when its file does not say."""


class CaptionNames(_Labels):
    """Write the name of its file on every clip."""

    do: Literal["caption_names"] = "caption_names"
    lacking: ClassVar[str] = "no_names"

    def text_for(self, clip: Clip, item: MediaItem | None) -> str | None:
        """Return its name without the ending, as people would say it."""
        return " ".join(PurePath(clip.name or "").stem.replace("_", " ").split())


class CaptionDates(_Labels):
    """Write on the first clip of each day when it was taken."""

    do: Literal["caption_dates"] = "caption_dates"
    language: Literal["en", "zh", "es"] | None = Field(
        default=None, description="Of the dates; if left out, that of the message."
    )
    lacking: ClassVar[str] = "no_dates"

    def text_for(self, clip: Clip, item: MediaItem | None) -> str | None:
        """Return the day, as the language writes it."""
        if item is None or item.taken_on is None:
            return None
        day = date.fromisoformat(item.taken_on)
        speaker = Speaker(self.language or "en")
        month = speaker.say("months").split()[day.month - 1]
        return speaker.say("day", day=day.day, month=month, year=day.year)

    def in_language(self, code: str) -> Self:
        """Return it with the dates in a language, unless one is given."""
        if self.language is not None or code not in ("en", "zh", "es"):
            return self
        return self.model_copy(update={"language": code})


class CaptionPlaces(_Labels):
    """Write the town on the first clip that was taken there."""

    do: Literal["caption_places"] = "caption_places"
    lacking: ClassVar[str] = "no_places"

    def text_for(self, clip: Clip, item: MediaItem | None) -> str | None:
        """Return the town."""
        return None if item is None else item.place
