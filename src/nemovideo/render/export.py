"""From a draft to a finished file: the one call that the engine makes.

Frames are drawn in one thread and encoded in another. The file appears under its name only when it
is whole and has been read again; whatever happens before, nothing stays behind.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from nemovideo.errors import RenderError
from nemovideo.protocol.draft import Draft
from nemovideo.protocol.outputs import ENGINE_FORMATS
from nemovideo.render._ahead import read_ahead
from nemovideo.render._compose import Composer
from nemovideo.render._encode import (
    SOUND_BLOCK,
    MovieWriter,
    Picture,
    read_facts,
    translated_errors,
)
from nemovideo.render._gif import write_gif
from nemovideo.render._notes import notes_on
from nemovideo.render._sources import find_media
from nemovideo.render.clip.sound import SAMPLE_RATE
from nemovideo.render.plan import Plan, make_plan
from nemovideo.render.sound import Samples, Soundtrack
from nemovideo.timeline.model import Canvas, Timeline

_PICTURES_AHEAD = 3
_SOUND_AHEAD = 32
_TOLERANCES_S = {"webm": Fraction(30, 1000)}
"""How far a file's tracks may be off, beyond a thousandth; WebM counts in those and in whole blocks
of sound."""
_DRAFT_SIDE, _GIF_SIDE = 540, 360
"""The shorter side in pixels of a draft, and of a GIF, which is large for what it shows."""
_ENCODED = 0.98
"""The progress at which all is encoded; writing the index and checking the file is the rest."""


class RenderCancelled(RenderError):  # noqa: N818 - the name that the engine and its users know
    """The render was stopped because its caller asked for it."""

    default_message = "the render was cancelled"
    default_hint = "Nothing was written. `nemo export` starts it again."


@dataclass(frozen=True)
class RenderResult:
    """A finished video."""

    frame_count: int
    duration_s: Fraction
    width: int
    height: int
    size_bytes: int
    notes: tuple[str, ...] = ()
    """What the user should know, in sentences; empty when all went as asked."""


def render_draft(
    draft: Draft,
    media: Mapping[str, Path],
    output: Path,
    *,
    quality: str = "high",
    on_progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> RenderResult:
    """Render a draft to an MP4 file.

    Args:
        draft: Of docs/draft.md, or one that resembles it.
        media: The session's files, by media id and by file name.
        output: Replaced when it exists; its folder must be there. The name's ending decides
            which of `ENGINE_FORMATS` it becomes, an MP4 if it is none of them.
        quality: Of `nemovideo.protocol.outputs.QUALITIES`.
        on_progress: Called with fractions from 0 to 1 that never fall, at most once for each
            hundredth; from the calling thread.
        is_cancelled: Asked before each frame.

    Raises:
        EmptyTimelineError: There is nothing on the timeline.
        RenderCancelled: `is_cancelled` said so.
        RenderError: A file is missing, the disk is full, the draft is too long.
        FileError: A photo or clip can't be read.
    """
    container = output.suffix.lower().removeprefix(".")
    container = container if container in ENGINE_FORMATS else ENGINE_FORMATS[0]
    timeline = Timeline.from_draft(draft)
    if container == "gif":
        timeline = replace(timeline, canvas=_within(timeline.canvas, _GIF_SIDE))
    elif quality == "draft":
        timeline = replace(timeline, canvas=_within(timeline.canvas, _DRAFT_SIDE))
    plan = make_plan(timeline)
    paths = [find_media(shot, media) for shot in plan.shots]
    progress = _Progress(on_progress)
    partial = output.with_name(f".{output.name}.{uuid.uuid4().hex[:8]}.part")
    film = partial.with_suffix(".film") if container == "gif" else partial
    try:
        with Composer(plan, paths) as composer:
            sound = Soundtrack(timeline, media, plan.duration_s)
            with MovieWriter(
                film,
                *(plan.width, plan.height, plan.fps),
                container="mp4" if container == "gif" else container,
                quality=quality,
            ) as writer:
                _write(plan, composer, sound, writer, progress, is_cancelled or _never)
                writer.finish()
            notes = (*notes_on(timeline), *composer.notes, *sound.notes)
        _check(film, plan, container)
        frame_count = plan.frame_count
        if container == "gif":
            frame_count = write_gif(film, partial)
            notes = (*notes, "A GIF has no sound.") if timeline.sounds else notes
        with translated_errors(output):
            size_bytes = partial.stat().st_size
            partial.replace(output)
    finally:
        for path in {partial, film}:
            with suppress(OSError):
                path.unlink(missing_ok=True)
    progress.report(1.0)
    return RenderResult(
        frame_count=frame_count,
        duration_s=plan.duration_s,
        width=plan.width,
        height=plan.height,
        size_bytes=size_bytes,
        notes=notes,
    )


class _Progress:
    """Passes on progress, a step for each hundredth."""

    def __init__(self, callback: Callable[[float], None] | None) -> None:
        self._callback = callback
        self._last = -1.0

    def report(self, fraction: float) -> None:
        if self._callback is not None and (fraction >= self._last + 0.01 or fraction == 1.0):
            self._last = fraction
            self._callback(fraction)


def _write(
    plan: Plan,
    composer: Composer,
    sound: Soundtrack,
    writer: MovieWriter,
    progress: _Progress,
    is_cancelled: Callable[[], bool],
) -> None:
    """Encode pictures and sound side by side, as a player will want them."""
    heard = 0
    with (
        closing(read_ahead(sound.blocks(SOUND_BLOCK), _SOUND_AHEAD)) as blocks,
        closing(_drawn(plan, composer, writer)) as pictures,
    ):
        for number, picture in enumerate(pictures):
            if is_cancelled():
                raise RenderCancelled
            writer.write_picture(picture, number)
            heard = _write_sound(blocks, writer, heard, (number + 1) * SAMPLE_RATE // plan.fps)
            progress.report(_ENCODED * (number + 1) / plan.frame_count)


def _write_sound(blocks: Iterator[Samples], writer: MovieWriter, heard: int, until: int) -> int:
    while heard < until and (block := next(blocks, None)) is not None:
        writer.write_sound(block)
        heard += len(block)
    return heard


def _drawn(plan: Plan, composer: Composer, writer: MovieWriter) -> Generator[Picture, None, None]:
    """Yield the plan's frames, drawn in another thread; each until the next is asked for."""
    # Those that wait, the one being encoded and the one being drawn.
    pool = [writer.new_picture() for _ in range(_PICTURES_AHEAD + 2)]

    def draw() -> Iterator[Picture]:
        for number in range(plan.frame_count):
            picture = pool[number % len(pool)]
            composer.draw(number, picture.planes)
            yield picture

    return read_ahead(draw(), _PICTURES_AHEAD)


def _within(canvas: Canvas, side: int) -> Canvas:
    """Return a canvas of the same shape whose shorter side is not above so many pixels."""
    width, height = canvas.size
    scale = side / min(width, height)
    if scale >= 1:
        return canvas
    return replace(canvas, width=round(width * scale), height=round(height * scale))


def _check(path: Path, plan: Plan, container: str) -> None:
    facts = read_facts(path)
    lengths = (facts.duration_s, facts.video_s, facts.audio_s)
    tolerance_s = _TOLERANCES_S.get(container, Fraction(1, 1000))
    if facts.frame_count != plan.frame_count or any(
        abs(length - plan.duration_s) > tolerance_s for length in lengths
    ):
        raise RenderError(
            f"the finished video is not whole: {facts.frame_count} of {plan.frame_count} frames"
        )


def _never() -> bool:
    return False
