"""Who plays when: every clip has a step, the time from its start to the next one's start.

The steps add up to the length of the video. A clip lasts its step and the overlap with the clip
after it; the last one lasts its step. Whatever changes lengths or order changes steps and has the
timeline laid out anew by `laid_out`: transitions that fit, words that move with what they belong
to, music to the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nemovideo.editing.model import Media, item_of
from nemovideo.editing.selectors import with_ids
from nemovideo.editing.sound.placing import with_sounds_to_end
from nemovideo.timeline.model import Caption, Clip, Timeline, Transition

TRANSITION_MS = 600
MIN_TRANSITION_MS = 200
"""Anything shorter is a flicker; a cut looks better."""
MIN_STEP_MS = 100
"""Three frames; nothing is shorter."""
FAIR_PHOTO_MS = 2000
"""What a photo gets beside films, before films are shortened for it."""
ROUND_MS = 100
_MOST_REPEATS = 500


def steps_of(timeline: Timeline) -> list[int]:
    """Return the step of each clip in ms."""
    clips = timeline.clips
    ends = [clip.start_ms for clip in clips[1:]] + [timeline.duration_ms]
    return [max(end - clip.start_ms, 0) for clip, end in zip(clips, ends, strict=True)]


def room_of(clip: Clip, media: Media) -> int | None:
    """Return how long a clip can play, in ms of the timeline; None for photos, which take any."""
    item = item_of(clip, media)
    if not clip.is_film or item is None or not item.duration_ms:
        return None
    return max(round((item.duration_ms - (clip.source_start_ms or 0)) / (clip.speed or 1)), 1)


def laid_out(
    timeline: Timeline, clips: Sequence[Clip], steps: Sequence[int], media: Media
) -> Timeline:
    """Return a timeline with other clips or other steps; words and sounds follow.

    Args:
        timeline: As it was.
        clips: What it shall hold, in order; their starts and lengths are set here.
        steps: One for each clip, in ms.
        media: The session's files.
    """
    overlaps = [0, *(_overlap(clips, steps, place, media) for place in range(1, len(clips)))]
    placed: list[Clip] = []
    start = 0
    for place, (clip, step) in enumerate(zip(clips, steps, strict=True)):
        after = overlaps[place + 1] if place + 1 < len(clips) else 0
        wish = clip.wish
        transition = Transition(wish.name, overlaps[place]) if wish and overlaps[place] else None
        placed.append(
            replace(clip, start_ms=start, duration_ms=step + after, transition=transition)
        )
        start += step
    changed = replace(timeline.with_clips(placed), duration_ms=start)
    changed = changed.with_captions(_moved_captions(timeline, placed, start))
    return with_sounds_to_end(changed, changed.sounds, media)


def most_overlap(clips: Sequence[Clip], steps: Sequence[int], place: int) -> int:
    """Return how long a transition into a clip may be when somebody asks for its length."""
    longest = steps[place] - MIN_STEP_MS
    if place == len(clips) - 1:
        longest = steps[place] * 9 // 10
    return max(min(longest, steps[place - 1]), 0)


def _overlap(clips: Sequence[Clip], steps: Sequence[int], place: int, media: Media) -> int:
    """Return how long a clip runs together with the one before, a film no longer than it plays."""
    room = room_of(clips[place - 1], media)
    left = None if room is None else max(room - steps[place - 1], 0)
    overlap = _wished_overlap(clips, steps, place)
    is_short = room is not None and room < 4 * TRANSITION_MS  # a longer one holds its last frame
    if left is not None and is_short and left < overlap:
        overlap = left // ROUND_MS * ROUND_MS
    return overlap if overlap >= MIN_TRANSITION_MS else 0


def _wished_overlap(clips: Sequence[Clip], steps: Sequence[int], place: int) -> int:
    wish = clips[place].wish
    if wish is None:
        return 0
    usual = min(steps[place - 1], steps[place]) * 2 // 5
    if wish.duration_ms is not None:
        if wish.duration_ms <= most_overlap(clips, steps, place):
            return wish.duration_ms
        wanted = wish.duration_ms
    else:
        wanted = TRANSITION_MS
    return min(wanted, usual) // ROUND_MS * ROUND_MS


def _moved_captions(before: Timeline, clips: Sequence[Clip], total_ms: int) -> list[Caption]:
    """Let words stay with their clip, or at the end, or inside the video."""
    starts = {picture.id: picture.start_ms for picture in before.pictures}
    now = {picture.id: clip for clip in clips for picture in clip.pictures}
    moved = []
    for caption in before.captions:
        start, length = caption.start_ms, min(caption.duration_ms, max(total_ms, 1))
        if caption.on is not None and caption.on in starts:
            clip = now.get(caption.on)
            if clip is None:
                continue
            offset = caption.start_ms - starts[caption.on]
            was_whole = caption.duration_ms >= _step_of(before, caption.on)
            step = _step(clips, clip, total_ms)
            start = clip.start_ms + min(offset, max(step - 1, 0))
            length = step if was_whole else min(length, max(step - offset, 1))
        elif caption.end_ms >= before.duration_ms:
            if start == 0:
                length = total_ms
            start = max(total_ms - length, 0)
        start = min(start, max(total_ms - length, 0))
        moved.append(replace(caption, start_ms=start, duration_ms=min(length, total_ms - start)))
    return moved


def _step(clips: Sequence[Clip], clip: Clip, total_ms: int) -> int:
    place = next(number for number, one in enumerate(clips) if one.id == clip.id)
    end = clips[place + 1].start_ms if place + 1 < len(clips) else total_ms
    return end - clip.start_ms


def _step_of(timeline: Timeline, clip_id: str) -> int:
    clip = next(c for c in timeline.clips if any(one.id == clip_id for one in c.pictures))
    return _step(timeline.clips, clip, timeline.duration_ms)


# Sound


# Sharing a length


def shared(
    clips: Sequence[Clip], steps: Sequence[int], total_ms: int, media: Media
) -> list[int] | None:
    """Return steps that add up to a length: photos keep their proportions, films their own length.

    Films are shortened, the longest first, where photos would get too little. None when the length
    is too short for so many clips, or longer than films alone can play.
    """
    if total_ms < MIN_STEP_MS * len(clips):
        return None
    rooms = [room_of(clip, media) for clip in clips]
    films = [place for place, room in enumerate(rooms) if room is not None]
    photos = [place for place, room in enumerate(rooms) if room is None]
    fair = min(FAIR_PHOTO_MS, total_ms // len(clips))
    wanted = [steps[place] for place in films]
    if not photos and sum(wanted) < total_ms:
        wanted = _lengthened(wanted, [rooms[place] or 0 for place in films], total_ms)
        if sum(wanted) < total_ms:
            return None
    film_steps = _shortened(wanted, total_ms - fair * len(photos))
    result = list(steps)
    for place, step in zip(films, film_steps, strict=True):
        result[place] = step
    left = total_ms - sum(film_steps)
    if photos:
        weights = [max(steps[place], 1) for place in photos]
        for place, step in zip(photos, split(left, weights), strict=True):
            result[place] = step
    else:
        result[films[-1]] += left
    return result if min(result) >= MIN_STEP_MS else None


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Split a whole number in proportion to weights, exactly."""
    whole, shares, before, seen = sum(weights), [], 0, 0
    for weight in weights:
        seen += weight
        now = total * seen // whole
        shares.append(now - before)
        before = now
    return shares


def _shortened(lengths: Sequence[int], budget: int) -> list[int]:
    """Cut the longest to one length so that all fit; the short stay whole."""
    result, left = list(lengths), budget
    by_length = sorted(range(len(lengths)), key=lengths.__getitem__)
    for position, place in enumerate(by_length):
        result[place] = min(lengths[place], max(left, 0) // (len(lengths) - position))
        left -= result[place]
    return result


def _lengthened(lengths: Sequence[int], rooms: Sequence[int], total_ms: int) -> list[int]:
    """Give back to films what was cut off, as evenly as their files allow."""
    result = list(lengths)
    while (missing := total_ms - sum(result)) > 0:
        open_ = [place for place, room in enumerate(rooms) if result[place] < room]
        if not open_:
            break
        for place in open_:
            missing = total_ms - sum(result)
            result[place] += min(-(-missing // len(open_)), rooms[place] - result[place], missing)
    return result


def repeated(
    clips: Sequence[Clip], steps: Sequence[int], total_ms: int, media: Media
) -> tuple[list[Clip], list[int]]:
    """Repeat films from the first one on until they fill a length."""
    rooms = [max((room_of(clip, media) or 0) - TRANSITION_MS, MIN_STEP_MS) for clip in clips]
    more, lengths = list(clips), [max(s, r) for s, r in zip(steps, rooms, strict=True)]
    while sum(lengths) < total_ms and len(more) < _MOST_REPEATS:
        place = len(more) % len(clips)
        more.append(replace(clips[place], id=None, wish=clips[place].wish or clips[-1].wish))
        lengths.append(rooms[place])
    return with_ids(more), lengths
