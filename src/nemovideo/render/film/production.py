"""A film written into one file, and again where the file becomes too large.

What is written is read again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from nemovideo.errors import RenderError
from nemovideo.protocol.outputs import ENCODERS
from nemovideo.render.checks import Check, check_film
from nemovideo.render.film._gif import write_gif
from nemovideo.render.film._notes import notes_on
from nemovideo.render.film.assembly import Film, Written
from nemovideo.render.film.coding import Coding, Rates
from nemovideo.render.film.encoder import read_facts
from nemovideo.render.film.hardware import find_hardware
from nemovideo.render.film.pieces.kept import KeptPieces
from nemovideo.render.film.plan import Plan, frame_rate, make_plan
from nemovideo.timeline.model import Canvas, Timeline

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
    checks: tuple[Check, ...] = ()
    """What was looked at in the finished file."""


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
        kept: KeptPieces | None,
        encoder: str,
    ) -> None:
        self._timeline = timeline
        self._media = media
        self._container = container
        self._quality = quality
        self._is_cancelled = is_cancelled or _never
        self._kept = kept
        self._encoder = encoder
        self.progress = _Progress(on_progress)

    def write(
        self, path: Path, side: int | None, rates: Rates | None, *, share: float
    ) -> RenderResult:
        """Write the file, whatever its name; its shorter side has so many pixels at the most.

        The rates are what the quality needs if None; the share is how much of all work this is.
        """
        timeline = self._timeline
        if side is not None:
            timeline = replace(timeline, canvas=_within(timeline.canvas, side))
        plan = make_plan(timeline)
        container = "mp4" if self._container == "gif" else self._container
        film = Film(timeline, plan, self._media, container, self._quality, rates)
        progress = self.progress.part(share)
        target = path.with_suffix(".film") if self._container == "gif" else path
        try:
            note, written = self._filmed(film, target, progress)
            notes = [*notes_on(timeline), *note, *written.notes]
            has_sound = self._container != "gif"
            checks = check_film(
                *(target, timeline, plan, self._media),
                has_sound=has_sound,
                loudness=written.loudness,
                watch=written.watch,
            )
            told = [check for check in checks if not (check.name == "sound" and notes)]
            notes += [check.note for check in told if check.note is not None]
            frame_count = plan.frame_count
            if self._container == "gif":
                frame_count = write_gif(target, path, self._stop_if_cancelled)
                notes += ["A GIF has no sound."] if timeline.sounds else []
        finally:
            if target != path:
                with suppress(OSError):
                    target.unlink(missing_ok=True)
        return RenderResult(
            *(frame_count, plan.duration_s, plan.width, plan.height, path.stat().st_size),
            notes=tuple(dict.fromkeys(notes)),
            checks=tuple(checks),
        )

    def _filmed(
        self, film: Film, path: Path, progress: _Progress
    ) -> tuple[tuple[str, ...], Written]:
        """Write a film as it is wished; where hardware fails, without it, which a note says."""
        hardware, note = self._hardware(film)
        if hardware is not None:
            try:
                return (note,), self._checked(replace(film, hardware=hardware), path, progress)
            except RenderCancelled:
                raise
            except RenderError as exc:
                note = f"{self._encoder} failed ({exc.message}): x264 encoded the pictures."
        return ((note,) if note else ()), self._checked(film, path, progress)

    def _stop_if_cancelled(self) -> None:
        if self._is_cancelled():
            raise RenderCancelled

    def _hardware(self, film: Film) -> tuple[Coding | None, str]:
        if self._encoder == ENCODERS[0] or film.rates is not None:
            return None, ""
        if self._container not in ("mp4", "mov"):
            return None, f"Hardware makes no {self._container} files: --encoder had no effect."
        plan = film.plan
        size = (plan.width, plan.height)
        return find_hardware(self._encoder, self._quality, size, plan.fps, self._kept)

    def _checked(self, film: Film, path: Path, progress: _Progress) -> Written:
        counter = _Counter(film.plan.frame_count, progress, self._is_cancelled)
        written = film.write(path, self._kept, counter.count)
        _check(path, film.plan, self._container)
        return written

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
                f"so long a film can't be made as small as {max_bytes / 1e6:g} MB",
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


class _Counter:
    """Counts the frames that are done, and breaks off when the film is not wanted any more."""

    def __init__(
        self, frame_count: int, progress: _Progress, is_cancelled: Callable[[], bool]
    ) -> None:
        self._frame_count = frame_count
        self._progress = progress
        self._is_cancelled = is_cancelled
        self._done = 0

    def count(self, frames: int) -> None:
        """Count some more."""
        if self._is_cancelled():
            raise RenderCancelled
        self._done += frames
        self._progress.report(_ENCODED * self._done / self._frame_count)


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
