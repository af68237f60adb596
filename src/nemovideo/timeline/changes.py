"""The difference of two drafts, in words that a user understands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nemovideo.protocol.draft import Draft
from nemovideo.timeline._format import UNTITLED, one_line, percent, seconds, span
from nemovideo.timeline.model import Segment, Timeline, TrackType
from nemovideo.timeline.summary import joint_name, shown_name

_MAX_NAMES = 6
_MAX_LINES = 6
"""So many pieces are told one by one; more are counted."""

_NOUNS = {
    TrackType.AUDIO: ("Music", "Pieces of music"),
    TrackType.TEXT: ("Title", "Titles"),
    TrackType.OTHER: ("Track", "Pieces"),
}


@dataclass(frozen=True)
class _Piece:
    """What of a segment is compared."""

    name: str
    start_ms: float
    end_ms: float
    volume: float | None
    segment: Segment

    @property
    def span(self) -> str:
        return span(self.start_ms, self.end_ms)

    @property
    def details(self) -> str:
        return f"{self.span}, {percent(self.volume)}" if self.volume is not None else self.span


def describe_changes(
    before: Draft | Mapping[str, Any] | None, after: Draft | Mapping[str, Any] | None
) -> tuple[str, ...]:
    """Tell what happened between two drafts, one line per change.

    Returns:
        The lines; none when the drafts are equal. A difference that there are no words for, when
        it is the only one, gives ``Timeline changed``.
    """
    if _raw(before) == _raw(after):
        return ()
    old, new = Timeline.from_draft(before), Timeline.from_draft(after)
    lines = [*_clip_lines(old, new), *_transition_lines(old, new), *_frame_lines(old, new)]
    for track_type in (TrackType.TEXT, TrackType.AUDIO, TrackType.OTHER):
        lines += _piece_lines(track_type, old, new)
    return tuple(lines) or ("Timeline changed",)


def _raw(draft: Draft | Mapping[str, Any] | None) -> Mapping[str, Any]:
    return draft.raw if isinstance(draft, Draft) else draft or {}


def _pieces(draft: Timeline, track_type: TrackType) -> list[_Piece]:
    return [
        _piece(segment, track_type)
        for track in draft.tracks
        if track.type is track_type
        for segment in track.segments
    ]


def _piece(segment: Segment, track_type: TrackType) -> _Piece:
    name = shown_name(segment) or UNTITLED
    return _Piece(
        name=f'"{name}"' if track_type is TrackType.TEXT else name,
        start_ms=segment.start_ms,
        end_ms=segment.end_ms,
        volume=segment.volume,
        segment=segment,
    )


def _frame_lines(old: Timeline, new: Timeline) -> Iterable[str]:
    """Compare what belongs to the whole: length, picture size, name."""
    had_content = old.is_ready
    if seconds(old.duration_ms) != seconds(new.duration_ms):
        length = f"{seconds(new.duration_ms)}s"
        if had_content:
            yield f"Length changed: {seconds(old.duration_ms)}s -> {length}"
        else:
            yield f"Length: {length}"
    was, now = old.canvas, new.canvas
    size = f"{now.width}x{now.height}"
    if (was.width, was.height) != (now.width, now.height) and now.width and now.height:
        if was.width and was.height:
            yield f"Picture size changed: {was.width}x{was.height} -> {size}"
        else:
            yield f"Picture size: {size}"
    if old.title and new.title and one_line(old.title) != one_line(new.title):
        yield f'Project renamed: "{one_line(old.title)}" -> "{one_line(new.title)}"'


def _clip_lines(old: Timeline, new: Timeline) -> Iterable[str]:
    """Compare photos and clips: which are there, their order, length, sound and look."""
    before, after = (_pieces(draft, TrackType.VIDEO) for draft in (old, new))
    old_names, new_names = ([piece.name for piece in pieces] for pieces in (before, after))
    added = _surplus(new_names, old_names)
    removed = _surplus(old_names, new_names)
    if added:
        yield f"Clips added: {_listed(added)}"
    if removed:
        yield f"Clips removed: {_listed(removed)}"
    kept = _surplus(new_names, added)
    if _surplus(old_names, removed) != kept:
        yield f"Clips reordered: {_listed(kept)}"
    if old_names != new_names:
        return
    pairs = list(zip(before, after, strict=True))
    yield from _volume_lines("Volume", pairs)
    yield from _aspect_line(pairs, "motion", "Motion")
    yield from _aspect_line(pairs, "fit", "Framing")
    if seconds(old.duration_ms) == seconds(new.duration_ms) and not _has_new_joints(pairs):
        yield from _timing_lines(pairs)


def _has_new_joints(pairs: list[tuple[_Piece, _Piece]]) -> bool:
    """Return whether transitions changed: the pieces beside them move with them."""
    return any(_aspect(a, "transition") != _aspect(b, "transition") for a, b in pairs)


def _timing_lines(pairs: list[tuple[_Piece, _Piece]]) -> Iterable[str]:
    moved = [(a, b) for a, b in pairs if (a.start_ms, a.end_ms) != (b.start_ms, b.end_ms)]
    if len(moved) > _MAX_LINES:
        yield f"Timing changed: {len(moved)} clips"
        return
    for old, new in moved:
        yield f"Timing changed: {new.name} ({old.span} -> {new.span})"


def _aspect_line(pairs: list[tuple[_Piece, _Piece]], key: str, noun: str) -> Iterable[str]:
    names = [b.name for a, b in pairs if _aspect(a, key) != _aspect(b, key)]
    if names:
        yield f"{noun} changed: {_listed(names)}"


def _volume_lines(noun: str, pairs: Iterable[tuple[_Piece, _Piece]]) -> Iterable[str]:
    for old, new in pairs:
        if _loudness(old) != _loudness(new):
            yield f"{noun} changed: {new.name} ({_loudness(old)} -> {_loudness(new)})"


def _loudness(piece: _Piece) -> str:
    return percent(1 if piece.volume is None else piece.volume)


def _transition_lines(old: Timeline, new: Timeline) -> Iterable[str]:
    before, after = _transitions(old), _transitions(new)
    if before == after:
        old_lengths, new_lengths = _transition_lengths(old), _transition_lengths(new)
        if before and old_lengths != new_lengths:
            yield f"Transition length changed: {_distinct(old_lengths)} -> {_distinct(new_lengths)}"
        return
    if not before:
        yield f"Transitions added: {_distinct(after)}"
    elif not after:
        yield f"Transitions removed: {_distinct(before)}"
    elif _distinct(before) != _distinct(after):
        yield f"Transition changed: {_distinct(before)} -> {_distinct(after)}"


def _aspect(piece: _Piece, key: str) -> Any:
    return getattr(piece.segment, key)


def _transitions(timeline: Timeline) -> list[str]:
    return [name for name in map(joint_name, timeline.clips) if name]


def _transition_lengths(timeline: Timeline) -> list[str]:
    joints = (clip.transition for clip in timeline.clips)
    return [f"{seconds(one.duration_ms or 0)}s" for one in joints if one is not None] or ["0s"]


def _distinct(names: list[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _piece_lines(kind: TrackType, old_draft: Timeline, new_draft: Timeline) -> Iterable[str]:
    """Compare the pieces of one kind: music, titles, whatever else."""
    noun, plural = _NOUNS[kind]
    after = _pieces(new_draft, kind)
    changed, removed, added = _match(_pieces(old_draft, kind), after)
    kept = [pair for pair in changed if pair[0].name == pair[1].name]
    for old, new in changed:
        if old.name != new.name:
            yield f"{noun} changed: {old.name} -> {new.name}"
    if removed and kind is TrackType.AUDIO and not after:
        yield "Music removed"
    else:
        yield from _each(removed, f"{noun} removed", f"{plural} removed")
    yield from _each(added, f"{noun} added", f"{plural} added")
    yield from _volume_lines(f"{noun} volume", kept)
    for old, new in kept:
        to_the_end = (old.end_ms, new.end_ms) == (old_draft.duration_ms, new_draft.duration_ms)
        yield from _kept_lines(noun, old, new, to_the_end=to_the_end)


def _kept_lines(noun: str, old: _Piece, new: _Piece, *, to_the_end: bool) -> Iterable[str]:
    """Compare a piece with what became of it; one that lasts to the end goes with the length."""
    if old.start_ms != new.start_ms:
        yield f"{noun} moved: {new.name} ({old.span} -> {new.span})"
    elif old.end_ms != new.end_ms and not to_the_end:
        yield f"{noun} length changed: {new.name} ({old.span} -> {new.span})"
    if _look(old) != _look(new):
        yield f"{noun} settings changed: {new.name}"


def _look(piece: _Piece) -> Segment:
    """Return what else is known of a piece, without what other lines tell."""
    return replace(
        piece.segment, start_ms=0, duration_ms=0, volume=None, name=None, title=None, text=None
    )


def _each(pieces: Sequence[_Piece], line: str, plural: str) -> Iterable[str]:
    if len(pieces) > _MAX_LINES:
        yield f"{plural}: {_listed([piece.name for piece in pieces])}"
        return
    for piece in pieces:
        yield f"{line}: {piece.name} ({piece.details})"


def _match(
    before: list[_Piece], after: list[_Piece]
) -> tuple[list[tuple[_Piece, _Piece]], list[_Piece], list[_Piece]]:
    """Pair pieces by name, then the rest by where they start; what is left went or came."""
    pairs, old, new = _pair(before, after, lambda piece: piece.name)
    by_start, old, new = _pair(old, new, lambda piece: piece.start_ms)
    return pairs + by_start, old, new


def _pair(
    before: list[_Piece], after: list[_Piece], key: Callable[[_Piece], object]
) -> tuple[list[tuple[_Piece, _Piece]], list[_Piece], list[_Piece]]:
    waiting: dict[object, list[_Piece]] = {}
    for piece in reversed(before):
        waiting.setdefault(key(piece), []).append(piece)
    pairs, added = [], []
    for piece in after:
        candidates = waiting.get(key(piece))
        if candidates:
            pairs.append((candidates.pop(), piece))
        else:
            added.append(piece)
    left = {id(piece) for pieces in waiting.values() for piece in pieces}
    return pairs, [piece for piece in before if id(piece) in left], added


def _surplus(names: list[str], others: list[str]) -> list[str]:
    """Return the names beyond those of the others, in order; each counts as often as it stands."""
    missing = Counter(names) - Counter(others)
    surplus = []
    for name in names:
        if missing[name]:
            missing[name] -= 1
            surplus.append(name)
    return surplus


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_MAX_NAMES])
    more = f", +{len(names) - _MAX_NAMES} more" if len(names) > _MAX_NAMES else ""
    return f"{len(names)} ({shown}{more})"
