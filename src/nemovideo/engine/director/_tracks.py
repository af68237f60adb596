"""Segments of a draft, made from files and wishes; the form is that of docs/draft.md."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from nemovideo.engine.director._camera import look_at
from nemovideo.engine.director._layout import TRANSITION_MS, Naturals, Slot
from nemovideo.engine.director._model import MediaItem, MusicWish, TitleWish
from nemovideo.engine.director._wire import TrackType, segment_to_wire
from nemovideo.protocol.draft import JsonObject
from nemovideo.timeline.music import describe, pick

FILE_MUSIC_VOLUME = 0.8
COMPOSED_VOLUME = 0.6
UNDER_CLIPS_VOLUME = 0.35
FADE_IN_MS, FADE_OUT_MS = 1000, 2000
TITLE_MS = 3000
TITLE_FADE_MS = 400

_STYLES = {"happy": "upbeat", "calm": "ambient", "epic": "cinematic", "lofi": "lo-fi"}
_MAX_REPEATS = 500
_UNKNOWN_AUDIO_MS = 0


@dataclass(frozen=True)
class Shot:
    """A picture's segment with the file that it shows, if the session still has it."""

    item: MediaItem | None
    segment: JsonObject

    @property
    def natural_ms(self) -> int | None:
        """How long it plays by itself; None when it takes any length."""
        if self.item is None or self.item.kind != "video" or not self.item.duration_ms:
            return None
        start = self.segment["m"].get("source_start", 0)
        left = self.item.duration_ms - (start if isinstance(start, int) else 0)
        return left if left > 0 else None

    @property
    def name(self) -> str:
        """The file's name."""
        return str(self.segment["m"].get("name", ""))


def new_shot(item: MediaItem, segment_id: str) -> Shot:
    """Begin a segment for a file; `place_shots` says when it plays."""
    metadata = {"name": item.name, "media": item.id, "kind": item.kind}
    return Shot(item, {"id": segment_id, **segment_to_wire(0, 0, metadata)})


def place_shots(shots: Sequence[Shot], slots: Sequence[Slot], transition: str | None) -> None:
    """Write starts, lengths and transitions into the shots' segments."""
    for shot, slot in zip(shots, slots, strict=True):
        shot.segment.update(st=slot.start, d=slot.duration)
        shot.segment["m"].pop("transition", None)
        if slot.overlap and transition:
            shot.segment["m"]["transition"] = {"name": transition, "d": slot.overlap}


def move_cameras(shots: Sequence[Shot], frame: tuple[int, int]) -> None:
    """Give every photo its movement within a frame."""
    for index, shot in enumerate(shots):
        if shot.item is not None and shot.item.kind == "image":
            metadata = shot.segment["m"]
            metadata.pop("fit", None)
            metadata.update(look_at(shot.item, frame, index, shot.segment["d"]))


def repeat_clips(naturals: Naturals, total_ms: int, transition_ms: int) -> list[int]:
    """Return the places of the pieces, one after the other, that fill a length.

    Where there is a photo, it takes what is left. Clips alone repeat from the first one on.
    """
    places = list(range(len(naturals)))
    clips = [natural for natural in naturals if natural is not None]
    worth = sum(max(clip - transition_ms, 0) for clip in clips)
    if len(clips) < len(naturals) or worth * _MAX_REPEATS < total_ms * len(clips):
        return places
    filled = worth + transition_ms
    while filled < total_ms:
        place = len(places) % len(naturals)
        filled += max(clips[place] - transition_ms, 0)
        places.append(place)
    return places


def copy_shot(shot: Shot, segment_id: str) -> Shot:
    """Repeat a shot."""
    return Shot(shot.item, {**copy.deepcopy(shot.segment), "id": segment_id})


def title_segment(wish: TitleWish, after_ms: int, total_ms: int, segment_id: str) -> JsonObject:
    """Write a title: from `after_ms` on, or up to the end."""
    wanted = wish.duration_ms or min(TITLE_MS, total_ms // 2)
    start = total_ms - wanted if wish.place == "end" else after_ms
    start = min(max(start, 0), max(total_ms - min(wanted, total_ms), 0))
    duration = min(wanted, total_ms - start)
    fade = min(TITLE_FADE_MS, duration // 4)
    metadata = {
        "text": wish.text,
        "name": wish.text,
        "style": "title",
        "fade_in": fade,
        "fade_out": fade,
    }
    return {"id": segment_id, **segment_to_wire(start, duration, metadata)}


def composed_music(
    wish: MusicWish, seed: int, total_ms: int, *, has_sound_below: bool
) -> list[JsonObject]:
    """Write music that the program composes."""
    mood = wish.mood or "happy"
    music = {**pick(_STYLES.get(mood), seed), "mood": mood}
    volume = UNDER_CLIPS_VOLUME if has_sound_below else COMPOSED_VOLUME
    metadata = {"name": describe(music), "music": music, "volume": volume}
    return with_fades([{"id": "m1", **segment_to_wire(0, total_ms, metadata)}])


def file_music(
    items: Sequence[MediaItem], total_ms: int, *, has_sound_below: bool
) -> list[JsonObject]:
    """Write audio files as music, one after the other and from the first again until the end."""
    volume = UNDER_CLIPS_VOLUME if has_sound_below else FILE_MUSIC_VOLUME
    entries = [
        ({"name": item.name, "media": item.id, "volume": volume}, item.duration_ms)
        for item in items
    ]
    return sequence(entries, total_ms)


def sequence(entries: Sequence[tuple[JsonObject, int | None]], total_ms: int) -> list[JsonObject]:
    """Write pieces of sound, each as long as it is; one alone is repeated by the renderer."""
    segments: list[JsonObject] = []
    start = 0
    lengths = [length or _UNKNOWN_AUDIO_MS for _, length in entries]
    while start < total_ms:
        place = len(segments) % len(entries)
        is_last = len(entries) == 1 or not lengths[place] or len(segments) >= _MAX_REPEATS
        duration = total_ms - start if is_last else min(lengths[place], total_ms - start)
        segment = segment_to_wire(start, duration, entries[place][0])
        segments.append({"id": f"m{len(segments) + 1}", **segment})
        start += duration
    return with_fades(segments)


def with_fades(segments: list[JsonObject]) -> list[JsonObject]:
    """Fade the first piece in and the last one out."""
    first, last = segments[0], segments[-1]
    first["m"]["fade_in"] = min(FADE_IN_MS, first["d"] // 4)
    last["m"]["fade_out"] = min(FADE_OUT_MS, last["d"] // 3)
    return segments


def seed_of(*texts: str) -> int:
    """Return a number that only the texts decide."""
    return crc32("\n".join(texts).encode("utf-8", "replace"))


def segments_of(draft: JsonObject, track_type: TrackType) -> list[JsonObject]:
    """Return the segments of one kind, whatever the document holds elsewhere."""
    found: list[JsonObject] = []
    tracks = draft.get("t")
    for track in tracks if isinstance(tracks, list) else []:
        if isinstance(track, dict) and track.get("tt") == track_type:
            segments = track.get("sg")
            found += (
                [one for one in segments if _is_whole(one)] if isinstance(segments, list) else []
            )
    return found


def set_segments(draft: JsonObject, track_type: TrackType, segments: list[JsonObject]) -> None:
    """Put segments onto the one track of their kind; without any, the track goes."""
    tracks = [track for track in draft["t"] if track.get("tt") != track_type]
    if segments:
        tracks.append({"tt": int(track_type), "sg": segments, "m": {}})
    draft["t"] = sorted(tracks, key=lambda track: int(track.get("tt", 0)))


def default_transition_ms(wanted_ms: int | None) -> int:
    """Return how long a transition may be."""
    return TRANSITION_MS if wanted_ms is None else wanted_ms


def _is_whole(segment: object) -> bool:
    return (
        isinstance(segment, dict)
        and isinstance(segment.get("m"), dict)
        and isinstance(segment.get("st"), int)
        and isinstance(segment.get("d"), int)
    )
