"""What became of transitions: of all, of some, of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nemovideo.timeline._phrases import Phrases
from nemovideo.timeline.changes._clips import ClipChanges
from nemovideo.timeline.model import Clip, Timeline, Transition


def joint_lines(old: Timeline, new: Timeline, changes: ClipChanges, say: Phrases) -> Iterator[str]:
    """Return how clips come in one over the other now."""
    before, after = joined_clips(old), joined_clips(new)
    if not old.clips:
        added = [clip.transition for clip in after if clip.transition is not None]
        if added:
            yield say.line("transitions_added", names=_listed(say, added))
        return
    joined = {*map(id, before), *map(id, after)}
    kept = [(a, b) for a, b in changes.pairs.kept if id(a) in joined and id(b) in joined]
    changed = [(a, b) for a, b in kept if a.transition != b.transition]
    if changes.has_relengthed:  # Some had to fit shorter clips; that is told.
        changed = [(a, b) for a, b in changed if not _is_cut_short(a, b)]
    if len(changed) == len(kept) > 0:
        yield _all_line(say, [a.transition for a, _ in kept], [b.transition for _, b in kept])
    elif len(changed) == 1:
        ((was, now),) = changed
        yield say.line(
            "transition",
            name=say.name(now),
            new=say.transition(now.transition),
            old=say.transition(was.transition),
        )
    elif changed:
        yield _some_line(say, [b for _, b in changed])


def joined_clips(timeline: Timeline) -> list[Clip]:
    """Return the clips that come in after another one."""
    joined: list[Clip] = []
    for track in timeline.tracks:
        found = [segment for segment in track.segments if isinstance(segment, Clip)]
        for clip in sorted(found, key=lambda clip: clip.start_ms)[1:]:
            joined += clip.pictures[:1]
    return joined


def _all_line(
    say: Phrases, old: Sequence[Transition | None], new: Sequence[Transition | None]
) -> str:
    was, now = _listed(say, old), _listed(say, new)
    if not any(old):
        return say.line("transitions_added", names=now)
    if not any(new):
        return say.line("transitions_removed", old=was)
    if [one and one.name for one in old] != [one and one.name for one in new]:
        return say.line("transitions", old=was, new=now)
    return say.line("transition_lengths", old=_lengths(say, old), new=_lengths(say, new))


def _some_line(say: Phrases, clips: Sequence[Clip]) -> str:
    are_alike = len({clip.transition for clip in clips}) == 1
    key = "some_transitions" if are_alike else "mixed_transitions"
    names = say.names([*map(say.name, clips)])
    return say.line(key, count=len(clips), names=names, new=say.transition(clips[0].transition))


def _listed(say: Phrases, joints: Sequence[Transition | None]) -> str:
    """Name the transitions that there are, each once."""
    return say.names([*dict.fromkeys(map(say.transition, joints))])


def _lengths(say: Phrases, joints: Sequence[Transition | None]) -> str:
    lengths = (say.seconds(one.duration_ms or 0) for one in joints if one is not None)
    return say.names([*dict.fromkeys(lengths)])


def _is_cut_short(old: Clip, new: Clip) -> bool:
    was, now = old.transition, new.transition
    if was is None or now is None or was.name != now.name:
        return False
    return new.overlap_ms < old.overlap_ms and old.wish == new.wish
