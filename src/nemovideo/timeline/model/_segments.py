"""The pieces of a track: clips, sounds, captions, and what is not known here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from nemovideo.timeline.model._values import Look, Motion, Transition
from nemovideo.timeline.names import Backing, Fit, Flip, Position, TextSize, TextStyle


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
    beside: Clip | None = None
    """A second picture that shares the frame with this one, at its right or below it. Of it count
    the file and how it looks and moves; it comes and goes with this one."""

    @cached_property
    def pictures(self) -> tuple[Clip, ...]:
        """What is seen of it: itself, or both pictures of a pair, each alone and as long."""
        if self.beside is None:
            return (self,)
        second = replace(
            self.beside, start_ms=self.start_ms, duration_ms=self.duration_ms, beside=None
        )
        return replace(self, beside=None), second

    @property
    def is_film(self) -> bool:
        """Whether it is a film, not a photo."""
        return self.kind == "video"

    @property
    def overlap_ms(self) -> int:
        """How long it runs together with the clip before."""
        return 0 if self.transition is None else self.transition.duration_ms or 0


PACK = "pack:"
"""How the ids of finished tracks begin; their names follow, which begin with the mood."""


@dataclass(frozen=True, kw_only=True)
class Sound(Segment):
    """Music or another sound beside the films' own."""

    media: str | None = None
    """The id of its file, or of a finished track."""
    music: Mapping[str, Any] | None = None
    """What the program composes: style, key, mode, tempo, seed (docs/draft.md)."""
    fade_in_ms: int | None = None
    fade_out_ms: int | None = None
    source_start_ms: int | None = None
    """Where in the file or the composed piece it begins."""
    loop_ms: tuple[int, int] | None = None
    """Bar lines of the file: at the second of them it goes on at the first."""
    ducks: bool | None = None
    """Whether it is quieter where a film is heard."""

    @property
    def kind(self) -> Literal["composed", "pack", "file"] | None:
        """Where it comes from; None when the draft does not say."""
        if self.music is not None:
            return "composed"
        if self.media and self.media.startswith(PACK):
            return "pack"
        return "file" if self.media else None

    @property
    def style(self) -> str | None:
        """The style of composed music, the mood of a finished track."""
        if self.kind == "pack" and self.media:
            return self.media.removeprefix(PACK).partition("_")[0]
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
    backing: Backing | None = None
    """What keeps it legible; None: as much as it needs on what lies beneath it."""
    fade_in_ms: int | None = None
    fade_out_ms: int | None = None
    on: str | None = None
    """The id of the clip that it belongs to and moves with."""

    @property
    def label(self) -> str | None:
        """What it says."""
        return self.text or self.title or self.name
