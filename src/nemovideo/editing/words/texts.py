"""Edits of words over the picture: titles, captions, subtitles."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from nemovideo.editing.layout import steps_of
from nemovideo.editing.model import Edit, EditError, Media
from nemovideo.editing.picture import Color
from nemovideo.editing.selectors import (
    Ref,
    Refs,
    find_captions,
    find_clip,
    find_clips,
    find_media,
    find_pictures,
    new_id,
)
from nemovideo.timeline.model import Caption, Timeline
from nemovideo.timeline.names import Backing, Position, TextSize, TextStyle

TITLE_MS = 3000
FADES_MS: dict[TextStyle, int] = {"title": 600, "caption": 400, "subtitle": 0}
"""How long words of a style take to come and to go, unless they are seen for a short time."""
MAX_TEXT = 2000
_SHORTEST_MS = 100
_SHORTEST_TITLE_MS = 1500
_LOOKS: dict[TextStyle, tuple[Position, TextSize]] = {
    "title": ("center", "large"),
    "caption": ("bottom", "medium"),
    "subtitle": ("bottom", "small"),
}
"""Where words of a style stand and how large they are unless somebody says otherwise."""
WHITE = "#ffffff"
_LINES = "Of a title the lines after the first are smaller."
_BACKING = "Behind the words; auto: as much as they need to be read, as without any."


class _When(Edit):
    """When words are seen: a stretch of time, a clip, or one end of the video."""

    start_ms: int | None = Field(default=None, ge=0)
    end_ms: int | None = Field(default=None, gt=0)
    duration_ms: int | None = Field(default=None, ge=_SHORTEST_MS)
    on: Ref | None = Field(default=None, description="The clip that they stand on and move with.")
    place: Literal["start", "end", "whole"] | None = Field(
        default=None, description="At the start or the end of the video, or all of it."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start_ms is not None and self.end_ms is not None and self.end_ms <= self.start_ms:
            raise ValueError("end_ms must be later than start_ms")
        return self

    @property
    def says_when(self) -> bool:
        """Whether it says anything about the time."""
        fields = (self.start_ms, self.end_ms, self.duration_ms, self.on, self.place)
        return any(field is not None for field in fields)

    def when(self, timeline: Timeline, usual_ms: int | None = None) -> tuple[int, int, str | None]:
        """Return start, length and the id of the clip that the words belong to."""
        total_ms = timeline.duration_ms
        if self.on is not None:
            return self._on_clip(timeline)
        if self.place == "whole":
            return 0, total_ms, None
        length = self.duration_ms or usual_ms or usual_length(timeline, at_end=self.place == "end")
        start = self.start_ms
        if start is None:
            start = max(total_ms - length, 0) if self.place == "end" else 0
            if self.end_ms is not None and self.place is None and self.duration_ms is not None:
                start = max(self.end_ms - length, 0)
        end = self.end_ms if self.end_ms is not None else start + length
        if start >= total_ms or (
            self.start_ms is not None and self.end_ms and end > total_ms + 500
        ):
            raise EditError("beyond_the_end", seconds=total_ms / 1000)
        return start, max(min(end, total_ms) - start, _SHORTEST_MS), None

    def _on_clip(self, timeline: Timeline) -> tuple[int, int, str | None]:
        assert self.on is not None
        place = find_clip(timeline, self.on)
        clip, step = timeline.clips[place], steps_of(timeline)[place]
        offset = self.start_ms or 0
        if offset >= step:
            raise EditError("no_such_moment", name=clip.name or "", seconds=step / 1000)
        length = self.duration_ms or (self.end_ms - offset if self.end_ms else step - offset)
        picture = clip.pictures[find_pictures(timeline, self.on)[place][0]]
        return clip.start_ms + offset, min(length, step - offset), picture.id


def usual_length(timeline: Timeline, *, at_end: bool = False) -> int:
    """Return how long a title stays: three seconds, but not across a cut."""
    steps = steps_of(timeline)
    if not steps:
        return TITLE_MS
    if at_end:
        steps = steps[::-1]
    length = 0
    for step in steps:
        length += step
        if length >= _SHORTEST_TITLE_MS:
            break
    return max(min(length, TITLE_MS, timeline.duration_ms // 2), 1)


class AddText(_When):
    """Put words over the picture; those of a title stand where they cover no face."""

    do: Literal["text"] = "text"
    text: str = Field(min_length=1, max_length=MAX_TEXT, description=_LINES)
    style: TextStyle = "title"
    position: Position | None = None
    size: TextSize | None = None
    color: Color | None = None
    backing: Backing | Literal["auto"] | None = Field(default=None, description=_BACKING)

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with them."""
        find_clips(timeline, "all")
        if not self.text.strip():
            raise EditError("which_text")
        start, length, clip_id = self.when(timeline)
        caption = _caption(timeline, self.text, self.style, start, length, clip_id)
        caption = _restyled(caption, self)
        if self.style == "title" and self.position is None:
            from nemovideo.editing.words.places import free_place

            caption = replace(caption, position=free_place(timeline, caption, media))
        return _with(timeline, caption)


class EditText(_When):
    """Change words that are there: what they say, when, where, how large, which colour."""

    do: Literal["edit_text"] = "edit_text"
    captions: Refs = Field(
        default="all", description="By number, by what they say, or by style (title …)."
    )
    text: str | None = Field(default=None, min_length=1, max_length=MAX_TEXT, description=_LINES)
    second_line: str | None = Field(
        default=None,
        max_length=MAX_TEXT,
        description="In the place of all that stands below the first line; empty: nothing does.",
    )
    style: TextStyle | None = None
    position: Position | None = None
    size: TextSize | None = None
    color: Color | None = None
    backing: Backing | Literal["auto"] | None = Field(default=None, description=_BACKING)
    delta_ms: int | None = Field(default=None, description="So much longer, or shorter.")

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with them changed."""
        captions = list(timeline.captions)
        for place in find_captions(timeline, self.captions):
            captions[place] = self._changed(timeline, captions[place])
        return timeline.with_captions(_sorted(captions))

    def _changed(self, timeline: Timeline, caption: Caption) -> Caption:
        caption = _restyled(caption, self)
        text = self.text
        if self.second_line is not None:
            first = (text or caption.label or "").strip().partition("\n")[0]
            text = f"{first}\n{self.second_line}".strip()
        if text is not None:
            caption = replace(caption, text=text, name=text, title=None)
        if self.delta_ms is not None:
            length = caption.duration_ms + self.delta_ms
            if length < _SHORTEST_MS:
                raise EditError("text_too_short")
            length = min(length, timeline.duration_ms - caption.start_ms)
            caption = replace(caption, duration_ms=length)
        if self.says_when:
            start, length, clip_id = self._moved(timeline, caption)
            caption = replace(caption, start_ms=start, duration_ms=length, on=clip_id)
        return _with_fades(caption)

    def _moved(self, timeline: Timeline, caption: Caption) -> tuple[int, int, str | None]:
        if self.place is None and self.on is None and self.start_ms is None:
            end = self.end_ms or caption.start_ms + (self.duration_ms or 0)
            end = min(end, timeline.duration_ms)
            if end - caption.start_ms < _SHORTEST_MS:
                raise EditError("text_too_short")
            return caption.start_ms, end - caption.start_ms, caption.on
        return self.when(timeline, self.duration_ms or caption.duration_ms)


class RemoveText(Edit):
    """Take words off."""

    do: Literal["remove_text"] = "remove_text"
    captions: Refs = "all"

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline without them."""
        gone = find_captions(timeline, self.captions)
        return timeline.with_captions(
            [caption for place, caption in enumerate(timeline.captions) if place not in gone]
        )


class Subtitles(Edit):
    """Show the subtitles of an SRT file: its text, or the name of one that was uploaded."""

    do: Literal["subtitles"] = "subtitles"
    srt: str | None = Field(default=None, description="What the file holds.")
    file: str | None = None

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with them in place of the subtitles before."""
        find_clips(timeline, "all")
        content = self.srt
        if content is None:
            if self.file is None:
                raise EditError("which_subtitles")
            content = find_media(media, self.file, ("text",)).text or ""
        kept = [caption for caption in timeline.captions if caption.style != "subtitle"]
        changed = timeline.with_captions(kept)
        for start, end, text in _read_srt(content):
            if start < timeline.duration_ms:
                length = min(end, timeline.duration_ms) - start
                changed = _with(changed, _caption(changed, text, "subtitle", start, length, None))
        if len(changed.captions) == len(kept):
            raise EditError("no_subtitles")
        return changed


def _read_srt(content: str) -> list[tuple[int, int, str]]:
    import srt

    try:
        entries = list(srt.parse(content.lstrip("\ufeff"), ignore_errors=True))
    except (srt.SRTParseError, ValueError) as exc:
        raise EditError("no_subtitles") from exc
    read = []
    for entry in entries:
        start, end = (round(t.total_seconds() * 1000) for t in (entry.start, entry.end))
        text = entry.content.strip()
        if text and end > start >= 0:
            read.append((start, end, text[:MAX_TEXT]))
    return read


def _caption(
    timeline: Timeline, text: str, style: TextStyle, start: int, length: int, on: str | None
) -> Caption:
    position, size = _LOOKS[style]
    caption = Caption(
        id=new_id(timeline.captions, "t"),
        text=text,
        name=text,
        start_ms=start,
        duration_ms=length,
        style=style,
        position=position,
        size=size,
        color=WHITE,
        on=on,
    )
    return _with_fades(caption)


def _restyled(caption: Caption, edit: AddText | EditText) -> Caption:
    changes: dict[str, Any] = {
        key: value
        for key in ("style", "position", "size", "color", "backing")
        if (value := getattr(edit, key)) is not None and value != getattr(caption, key)
    }
    if "style" in changes:
        position, size = _LOOKS[changes["style"]]
        changes = {"position": position, "size": size} | changes
    if "color" in changes:
        changes["color"] = changes["color"].lower()
    if changes.get("backing") == "auto":
        changes["backing"] = None
    return replace(caption, **changes)


def _with_fades(caption: Caption) -> Caption:
    fade = min(FADES_MS[caption.style or "title"], caption.duration_ms // 4)
    return replace(caption, fade_in_ms=fade, fade_out_ms=fade)


def _with(timeline: Timeline, caption: Caption) -> Timeline:
    return timeline.with_captions(_sorted([*timeline.captions, caption]))


def _sorted(captions: list[Caption]) -> list[Caption]:
    return sorted(captions, key=lambda caption: caption.start_ms)
