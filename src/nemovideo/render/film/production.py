"""A film written into one file, and again where the file becomes too large.

Frames are drawn in one thread and encoded in another; what is written is read again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from nemovideo.errors import RenderError
from nemovideo.render.clip.sound import SAMPLE_RATE
from nemovideo.render.film._ahead import read_ahead
from nemovideo.render.film._gif import write_gif
from nemovideo.render.film._notes import notes_on
from nemovideo.render.film.compositor import Compositor
from nemovideo.render.film.encoder import (
    SOUND_BLOCK,
    MovieWriter,
    Picture,
    Rates,
    read_facts,
)
from nemovideo.render.film.plan import Plan, frame_rate, make_plan
from nemovideo.render.film.sources import find_media
from nemovideo.render.sound import Samples, Soundtrack
from nemovideo.timeline.model import Canvas, Timeline

_PICTURES_AHEAD = 3
_SOUND_AHEAD = 32
_TOLERANCES_S = {"webm": Fraction(30, 1000)}
"""How far a file's tracks may be off, beyond a thousandth; WebM counts in those and in whole blocks
of sound."""
DRAFT_SIDE, GIF_SIDE = 540, 360
"""The shorter side in pixels of a draft, and of a GIF, which is large for what it shows."""
_SHRINKINGS = 3
_FILLED = 0.94
"""How much of a size limit is aimed at: the index takes some, and rate control is not exact."""
_LEAST_BITS_PER_PIXEL = 0.03
"""With fewer the picture falls into blocks: it is made smaller instead."""
_LEAST_SIDE = 64
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


class FilmWriter:
    """A film on its way into a file, tried again where the file becomes too large."""

    def __init__(
        self,
        timeline: Timeline,
        media: Mapping[str, Path],
        container: str,
        quality: str,
        on_progress: Callable[[float], None] | None,
        is_cancelled: Callable[[], bool] | None,
    ) -> None:
        self._timeline = timeline
        self._media = media
        self._container = container
        self._quality = quality
        self._is_cancelled = is_cancelled or _never
        self.progress = _Progress(on_progress)

    def write(
        self, path: Path, side: int | None, rates: Rates | None, *, share: float
    ) -> RenderResult:
        """Write the file.

        Args:
            path: Where, whatever the name.
            side: What the shorter side of the picture may have in pixels at the most.
            rates: As the quality needs if None.
            share: How much of all work this is, the rest being done before.
        """
        timeline = self._timeline
        if side is not None:
            timeline = replace(timeline, canvas=_within(timeline.canvas, side))
        plan = make_plan(timeline)
        paths = [find_media(shot, self._media) for shot in plan.shots]
        film = path.with_suffix(".film") if self._container == "gif" else path
        try:
            with Compositor(plan, paths) as compositor:
                sound = Soundtrack(timeline, self._media, plan.duration_s)
                with MovieWriter(
                    film,
                    *(plan.width, plan.height, plan.fps),
                    container="mp4" if self._container == "gif" else self._container,
                    quality=self._quality,
                    rates=rates,
                ) as writer:
                    progress = self.progress.part(share)
                    _write(plan, compositor, sound, writer, progress, self._is_cancelled)
                    writer.finish()
                notes = (*notes_on(timeline), *compositor.notes, *sound.notes)
            _check(film, plan, self._container)
            frame_count = plan.frame_count
            if self._container == "gif":
                frame_count = write_gif(film, path)
                notes = (*notes, "A GIF has no sound.") if timeline.sounds else notes
        finally:
            if film != path:
                with suppress(OSError):
                    film.unlink(missing_ok=True)
        return RenderResult(
            *(frame_count, plan.duration_s, plan.width, plan.height, path.stat().st_size, notes)
        )

    def shrink(self, path: Path, made: RenderResult, max_bytes: int) -> RenderResult:
        """Write the file again, with fewer bits and pixels, until it is small enough.

        Raises:
            RenderError: It can't become so small.
        """
        first = made
        for _ in range(_SHRINKINGS):
            if made.size_bytes <= max_bytes:
                break
            excess = made.size_bytes / max_bytes
            if made is first and self._container != "gif":
                excess = 1.0  # it was not told yet how many bits it may have
            rates = Rates.of(max_bytes / excess * 8 * _FILLED / float(made.duration_s))
            shorter, side = min(made.width, made.height), self._side(made, rates, excess)
            if side < _LEAST_SIDE:
                break
            made = self.write(path, min(side, shorter), rates, share=0.5)
        if made.size_bytes > max_bytes:
            raise RenderError(
                f"so long a film can't be made as small as {max_bytes} bytes",
                hint="Make it shorter, or allow a larger file.",
            )
        if made is first:
            return made
        note = (
            f"To fit into {max_bytes / 1e6:g} MB the picture is {made.width}x{made.height}, "
            f"{made.size_bytes / 1e6:.1f} MB in place of {first.size_bytes / 1e6:.1f}."
        )
        return replace(made, notes=(*made.notes, note))

    def _side(self, made: RenderResult, rates: Rates, excess: float) -> int:
        """Return how long the picture's shorter side may be for so few bits.

        What came out too large at these rates is made smaller by as much.
        """
        if self._container == "gif":
            share = _FILLED / excess
        else:
            pixels = made.width * made.height * frame_rate(self._timeline.canvas)
            share = min(1.0 / excess, rates.pictures / (pixels * _LEAST_BITS_PER_PIXEL))
        return int(min(made.width, made.height) * math.sqrt(share))


class _Progress:
    """Passes on progress, a step for each hundredth; parts follow one another."""

    def __init__(self, callback: Callable[[float], None] | None) -> None:
        self._callback = callback
        self._last = -1.0
        self._start, self._share = 0.0, 1.0

    def part(self, share: float) -> _Progress:
        self._start, self._share = max(self._last, 0.0), share
        return self

    def report(self, fraction: float) -> None:
        fraction = fraction if fraction == 1.0 else min(self._start + fraction * self._share, 0.99)
        if self._callback is not None and (fraction >= self._last + 0.01 or fraction == 1.0):
            self._last = fraction
            self._callback(fraction)


def _write(
    plan: Plan,
    compositor: Compositor,
    sound: Soundtrack,
    writer: MovieWriter,
    progress: _Progress,
    is_cancelled: Callable[[], bool],
) -> None:
    """Encode pictures and sound side by side, as a player will want them."""
    heard = 0
    with (
        closing(read_ahead(sound.blocks(SOUND_BLOCK), _SOUND_AHEAD)) as blocks,
        closing(_drawn(plan, compositor, writer)) as pictures,
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


def _drawn(
    plan: Plan, compositor: Compositor, writer: MovieWriter
) -> Generator[Picture, None, None]:
    """Yield the plan's frames, drawn in another thread; each until the next is asked for."""
    # Those that wait, the one being encoded and the one being drawn.
    pool = [writer.new_picture() for _ in range(_PICTURES_AHEAD + 2)]

    def draw() -> Iterator[Picture]:
        for number in range(plan.frame_count):
            picture = pool[number % len(pool)]
            compositor.draw(number, picture.planes)
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
