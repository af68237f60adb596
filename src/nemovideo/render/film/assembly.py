"""Pictures and sound brought into one file side by side, as a player will want them.

Pictures come in pieces that were encoded already, or are encoded on the way in; so does the sound.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nemovideo.errors import RenderError
from nemovideo.render.checks import Watch
from nemovideo.render.clip.sound import SAMPLE_RATE
from nemovideo.render.film._ahead import ReadAhead
from nemovideo.render.film.coding import GRADES, Coding, Picture, Rates, coding_of
from nemovideo.render.film.drawing.compositor import Compositor, compositor_of
from nemovideo.render.film.drawing.sources import Files, find_media, kind_of_shot
from nemovideo.render.film.encoder import MovieWriter
from nemovideo.render.film.pieces.kept import KeptPieces
from nemovideo.render.film.pieces.making import PieceMaker
from nemovideo.render.film.plan import Plan
from nemovideo.render.film.sound_coding import KeptSound, NewSound
from nemovideo.render.sound import Soundtrack
from nemovideo.render.sound.loudness import Loudness
from nemovideo.timeline.model import Timeline

_PICTURES_AHEAD = 3


@dataclass(frozen=True)
class Written:
    """What became known of a film as it was written."""

    notes: Sequence[str]
    """What its user should know."""
    loudness: Loudness | None
    """How loud it is, for `check_film`; None when there is next to nothing to hear."""
    watch: Watch | None = None
    """What has seen its pieces, as well; None if nothing has."""


@dataclass(frozen=True)
class Film:
    """What is to be written, and how."""

    timeline: Timeline
    plan: Plan
    media: Mapping[str, Path]
    """The session's files, by id and by file name."""
    container: str
    """``mp4``, ``mov`` or ``webm``."""
    quality: str
    rates: Rates | None
    """As the quality needs if None."""
    hardware: Coding | None = None
    """What encodes the pictures in place of x264."""

    @cached_property
    def paths(self) -> Sequence[Files]:
        """The files of each of the plan's shots."""
        return [find_media(shot, self.media) for shot in self.plan.shots]

    @cached_property
    def sound_bits_per_second(self) -> int:
        """What sound may have."""
        return self.rates.sound if self.rates else GRADES[self.quality].sound_bits_per_second

    def coding_for(self, shots: Iterable[int]) -> Coding:
        """Return how pictures are encoded that show some of the plan's shots."""
        if self.hardware is not None:
            return self.hardware
        plan = self.plan
        return coding_of(
            *(self.quality, self.container, (plan.width, plan.height), plan.fps),
            is_film=any(self._kinds[number] == "video" for number in shots),
            rates=self.rates,
        )

    def new_sound(self) -> NewSound:
        """Begin to make its sound."""
        sound = Soundtrack.of(self.timeline, self.media, self.plan.duration_s)
        return NewSound(sound, self.container, self.sound_bits_per_second)

    def write(self, path: Path, kept: KeptPieces | None, on_step: Callable[[int], None]) -> Written:
        """Write the film; `on_step` is called with how many frames more are done."""
        coding = self.coding_for(range(len(self.paths)))
        with MovieWriter(
            path, coding, container=self.container, sound_bits_per_second=self.sound_bits_per_second
        ) as writer:
            if self.rates is None:
                written = _join_pieces(self, writer, kept, on_step)
            else:
                written = _write_at_once(self, writer, on_step)
            writer.finish()
        return written

    @cached_property
    def _kinds(self) -> Sequence[str]:
        return [kind_of_shot(*shot) for shot in zip(self.plan.shots, self.paths, strict=True)]


def _write_at_once(film: Film, writer: MovieWriter, on_step: Callable[[int], None]) -> Written:
    """Encode a film from its first frame to its last: its bits are shared out among all of it."""
    with (
        closing(film.new_sound()) as sound,
        compositor_of(film.plan, film.paths) as compositor,
        closing(_drawn(film.plan, compositor)) as pictures,
    ):
        for number, picture in enumerate(pictures):
            writer.write_picture(picture, number)
            writer.join_sound(sound.until(_samples(number + 1, film.plan)))
            on_step(1)
        writer.end_pictures()
        writer.join_sound(sound.until(math.inf))
        heard = sound.whole()
    return Written([*compositor.notes, *heard.notes], heard.loudness)


def _join_pieces(
    film: Film, writer: MovieWriter, kept: KeptPieces | None, on_step: Callable[[int], None]
) -> Written:
    """Write a film of pieces, those that are kept and new ones."""
    maker = PieceMaker(film.media, film.coding_for, kept)
    notes: list[str] = []
    watch = Watch()
    key = maker.sound_key(film.timeline, film.plan, film.sound_bits_per_second)
    found = maker.find(key)
    with (
        closing(film.new_sound() if found is None else KeptSound(found)) as sound,
        closing(maker.pictures(film.plan, film.paths, writer.header, on_step)) as made,
    ):
        for piece, pictures in made:
            if pictures.header != writer.header:
                raise RenderError("the encoder gave pieces that can't be joined")
            for number, packet in enumerate(pictures.packets, start=piece.start + 1):
                writer.join_picture(packet, piece.start)
                writer.join_sound(sound.until(_samples(number, film.plan)))
            notes += pictures.notes
            watch.see_piece(pictures, piece.start, film.plan.fps)
        writer.join_sound(sound.until(math.inf))
        heard = sound.whole()
    if found is None:
        maker.keep(key, heard)
    return Written([*notes, *heard.notes], heard.loudness, watch)


def _drawn(plan: Plan, compositor: Compositor) -> ReadAhead[Picture]:
    """Yield the plan's frames, drawn in another thread; each until the next is asked for."""
    # Those that wait, the one being encoded and the one being drawn.
    pool = [Picture.blank(plan.width, plan.height) for _ in range(_PICTURES_AHEAD + 2)]

    def draw() -> Iterator[Picture]:
        for number in range(plan.frame_count):
            picture = pool[number % len(pool)]
            compositor.draw(number, picture.planes)
            yield picture

    return ReadAhead(draw(), _PICTURES_AHEAD)


def _samples(frames: int, plan: Plan) -> int:
    return frames * SAMPLE_RATE // plan.fps
