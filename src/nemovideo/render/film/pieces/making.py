"""The pieces of a film made: taken from those that are kept, or drawn, encoded and kept."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache, partial
from pathlib import Path

from nemovideo.render.checks import look_at
from nemovideo.render.film._side_by_side import Step, side_by_side
from nemovideo.render.film.coding import Coding, Picture, PictureEncoder
from nemovideo.render.film.drawing.compositor import Compositor
from nemovideo.render.film.drawing.grounds import Grounds
from nemovideo.render.film.drawing.sources import Files, Shelf
from nemovideo.render.film.pieces.cutting import Piece, pieces_of
from nemovideo.render.film.pieces.kept import KeptPieces
from nemovideo.render.film.pieces.keys import Keys
from nemovideo.render.film.pieces.packets import Packets
from nemovideo.render.film.plan import Plan
from nemovideo.timeline.model import Timeline

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Of glibc's ``mallopt(3)``."""
_LARGE_BLOCK_BYTES, _SPARE_BYTES = 4 * 1024**2, 48 * 1024**2
_MOST_WORKERS = 4
_MOST_PIXELS = 4 * 1920 * 1080
"""Of the frames of all workers: each has the pictures in its encoder's look-ahead in memory."""
_LONGEST_KEPT_SOUND_S = 3600
"""Sound is kept as a whole, and held in memory until it is."""


class PieceMaker:
    """Makes the pieces of one film.

    `coding_for` says how pictures are encoded that show some shots of the film's plan.
    """

    def __init__(
        self,
        media: Mapping[str, Path],
        coding_for: Callable[[Sequence[int]], Coding],
        kept: KeptPieces | None,
    ) -> None:
        self._keys = Keys(media)
        self._coding_for = coding_for
        self._kept = kept

    def pictures(
        self, plan: Plan, paths: Sequence[Files], header: bytes, on_step: Step
    ) -> Generator[tuple[Piece, Packets], None, None]:
        """Yield a film's pieces, made side by side, in their order.

        A piece can't be joined of which decoders must be told another header. `on_step` is called
        with how many frames more are done.

        Raises:
            RenderError: A piece can't be encoded.
            FileError: A photo or clip can't be read.
        """
        _give_back_large_blocks()
        pieces = pieces_of(plan)
        shelf = Shelf(paths, (number for piece in pieces for number in piece.shots))
        grounds = Grounds(plan, paths)
        nexts = (*pieces[1:], None)
        jobs = [
            partial(self._piece, piece, coming, shelf, grounds, header)
            for piece, coming in zip(pieces, nexts, strict=True)
        ]
        threads = self._coding_for(()).threads
        most = max(1, min(_MOST_WORKERS, _MOST_PIXELS // (plan.width * plan.height)))
        workers = max(1, min((os.cpu_count() or 1) // threads, most))
        with closing(shelf), closing(side_by_side(jobs, on_step, workers=workers)) as made:
            yield from zip(pieces, made, strict=True)

    def sound_key(self, timeline: Timeline, plan: Plan, bits_per_second: int) -> str | None:
        """Return what a film's sound is kept under; None when it is not to be kept."""
        if self._kept is None or plan.duration_s > _LONGEST_KEPT_SOUND_S:
            return None
        try:
            return self._keys.of_sound(timeline, plan.duration_s, bits_per_second)
        except OSError:
            return None

    def find(self, key: str | None) -> Packets | None:
        """Return what is kept under a key."""
        stored = self._kept.get(key) if self._kept is not None and key is not None else None
        return None if stored is None else Packets.from_bytes(stored)

    def keep(self, key: str | None, made: Packets) -> None:
        """Keep what was made, if it has a key."""
        if self._kept is not None and key is not None:
            self._kept.put(key, made.to_bytes())

    def _piece(
        self,
        piece: Piece,
        coming: Piece | None,
        shelf: Shelf,
        grounds: Grounds,
        header: bytes,
        step: Step,
    ) -> Packets:
        key = self._key(piece, shelf, grounds)
        made = self.find(key)
        if made is not None and made.header == header:
            step(piece.plan.frame_count)
        else:
            if coming is not None and not self._is_there(coming, shelf, grounds):
                shelf.fetch(coming.shots, coming.plan)
            with Compositor(piece, shelf, grounds) as compositor:
                coding = self._coding_for(piece.shots)
                made = _encoded(piece.plan, compositor, coding, step)
            made = look_at(made, coding.codec)
            self.keep(key, made)
        shelf.end(piece.shots)
        return made

    def _is_there(self, piece: Piece, shelf: Shelf, grounds: Grounds) -> bool:
        key = self._key(piece, shelf, grounds)
        return self._kept is not None and key is not None and self._kept.has(key)

    def _key(self, piece: Piece, shelf: Shelf, grounds: Grounds) -> str | None:
        if self._kept is None:
            return None
        try:
            coding = self._coding_for(piece.shots)
            return self._keys.of_pictures(piece, shelf.paths, grounds, coding)
        except OSError:
            return None  # whoever draws it says what is wrong with the file


def _encoded(plan: Plan, compositor: Compositor, coding: Coding, step: Step) -> Packets:
    encoder = PictureEncoder(coding)

    picture = Picture.blank(plan.width, plan.height)

    def drawn() -> Iterator[Picture]:
        for number in range(plan.frame_count):
            compositor.draw(number, picture.planes)
            yield picture  # the encoder has its own copy when it asks for the next
            step(1)

    packets = tuple(encoder.encode(drawn()))
    return Packets(packets, encoder.header, tuple(compositor.notes))


@cache
def _give_back_large_blocks() -> None:
    """Have the blocks of frames and photos go back to the system when they are freed.

    Else glibc keeps them for itself as soon as one of them was freed, with holes: a quarter of what
    a render has in memory. Some of what smaller ones leave is kept: to have it anew for each frame
    took a twentieth of the time.
    """
    with suppress(AttributeError, OSError, TypeError):  # another system, or another C library
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE_BLOCK_BYTES)
        ctypes.CDLL(None).mallopt(_TRIM_THRESHOLD, _SPARE_BYTES)
