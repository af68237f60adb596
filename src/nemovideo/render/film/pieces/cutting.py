"""A plan cut into pieces that can be drawn and encoded each for itself. Pure.

Where a film is cut depends on what stands near by and not on how far from the beginning it is, and
a piece counts from its own first frame. So what comes before may grow or shrink, and the pieces
behind it stay the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nemovideo.render.film.plan import Caption, Fade, Plan

_SHORTEST_S, _LONGEST_S = 1, 10
"""A piece begins with a whole picture, which costs bits: not too often. What changes is drawn again
as a whole, and players jump to beginnings: not too seldom."""


@dataclass(frozen=True)
class Piece:
    """A part of a film."""

    start: int
    """The frame of the film with which it begins."""
    plan: Plan
    """What is seen in it: its frames count from 0, and what began before has a start below that."""
    shots: tuple[int, ...]
    """The places in the film's plan of the shots in this one."""
    captions: tuple[int, ...]
    """The same of its captions."""


def pieces_of(plan: Plan) -> tuple[Piece, ...]:
    """Cut a plan into pieces, one after the other without a gap."""
    return tuple(_piece(plan, start, end) for start, end in pairwise(_cuts(plan)))


def whole_of(plan: Plan) -> Piece:
    """Return a plan as one piece."""
    return Piece(0, plan, tuple(range(len(plan.shots))), tuple(range(len(plan.captions))))


def piece_at(plan: Plan, frame: int) -> Piece:
    """Return the pictures of one frame as a piece."""
    return _piece(replace(plan, captions=(), fades=()), frame, frame + 1)


def standing_before(captions: Sequence[Caption], number: int) -> tuple[int, ...]:
    """Return which captions stand already when one comes: it has to keep clear of them."""
    caption = captions[number]
    return tuple(
        other
        for other, earlier in enumerate(captions)
        if (earlier.start, other) < (caption.start, number) and earlier.end > caption.start
    )


def _cuts(plan: Plan) -> list[int]:
    """Return where pieces begin, and the end: where a shot has the screen for itself."""
    shortest, longest = _SHORTEST_S * plan.fps, _LONGEST_S * plan.fps
    cuts = [0]
    for frame in (*sorted(_joints(plan)), plan.frame_count):
        is_end = frame == plan.frame_count
        if is_end or min(frame - cuts[-1], plan.frame_count - frame) >= shortest:
            while frame - cuts[-1] >= longest + shortest:
                cuts.append(cuts[-1] + longest)
            cuts.append(frame)
    return cuts


def _joints(plan: Plan) -> set[int]:
    clear = {shot.start + (shot.transition.frames if shot.transition else 0) for shot in plan.shots}
    return {
        frame for frame in clear if 0 < frame < plan.frame_count and len(plan.layers_at(frame)) <= 1
    }


def _piece(plan: Plan, start: int, end: int) -> Piece:
    near = [n for n, shot in enumerate(plan.shots) if shot.start < end and shot.held_until > start]
    whole = replace(plan, shots=tuple(plan.shots[number] for number in near))
    seen = {layer.shot for frame in range(start, end) for layer in whole.layers_at(frame)}
    numbers = tuple(number for place, number in enumerate(near) if place in seen)
    captions = tuple(_captions(plan.captions, start, end))
    part = replace(
        plan,
        frame_count=end - start,
        shots=tuple(
            replace(
                shot,
                start=shot.start - start,
                end=shot.end - start,
                held_until=shot.held_until - start,
            )
            for shot in (plan.shots[number] for number in numbers)
        ),
        captions=tuple(
            replace(caption, start=caption.start - start, end=caption.end - start)
            for caption in (plan.captions[number] for number in captions)
        ),
        fades=tuple(_fades(plan.fades, start, end)),
    )
    return Piece(start, part, numbers, captions)


def _captions(captions: Sequence[Caption], start: int, end: int) -> list[int]:
    """Return the places of what is read in some frames, and of what decides where that stands."""
    wanted = {
        n for n, caption in enumerate(captions) if caption.start < end and caption.end > start
    }
    pending = list(wanted)
    while pending:
        new = set(standing_before(captions, pending.pop())) - wanted
        wanted |= new
        pending += new
    return sorted(wanted)


def _fades(fades: Iterable[Fade], start: int, end: int) -> Iterator[Fade]:
    for fade in fades:
        if fade.cover(start) or fade.cover(end - 1):
            yield replace(fade, covered=fade.covered - start, clear=fade.clear - start)
