"""A first cut: uploaded files and wishes become a timeline.

Without a length, photos alone make 30 seconds, or 3 seconds for each when that is more; clips play
whole, and photos beside them stay 4 seconds each. Uploaded sound becomes the music unless the
message says otherwise; without any, the program composes some.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nemovideo.engine.director._grammar import ANY_TRANSITION, MAX_DURATION_MS, MIN_DURATION_MS
from nemovideo.engine.director._layout import lay_out, most_pieces, natural_total
from nemovideo.engine.director._model import (
    Instruction,
    MediaItem,
    MusicWish,
    ToolCall,
)
from nemovideo.engine.director._order import arrange
from nemovideo.engine.director._reply import Fact, seconds
from nemovideo.engine.director._tracks import (
    Shot,
    composed_music,
    copy_shot,
    default_transition_ms,
    file_music,
    move_cameras,
    new_shot,
    place_shots,
    repeat_clips,
    seed_of,
    title_segment,
)
from nemovideo.engine.director._wire import TrackType, draft_to_wire, track_to_wire
from nemovideo.protocol.draft import JsonObject

FRAME_SIZES = {
    "16:9": (1920, 1080),
    "9:16": (1080, 1920),
    "1:1": (1080, 1080),
    "4:5": (1080, 1350),
}
DEFAULT_TRANSITION = "crossfade"
ENGINE = "local/1"
PHOTOS_MS = 30_000
PHOTO_MS = 3000
PHOTO_BESIDE_CLIPS_MS = 4000


@dataclass
class Cut:
    """A draft with what is to be told about it."""

    draft: JsonObject
    facts: list[Fact] = field(default_factory=list)
    """What it has, for the reply."""
    notes: list[Fact] = field(default_factory=list)
    """What the user should know besides."""
    tool_calls: list[ToolCall] = field(default_factory=list)


def make_first_cut(wishes: Instruction, media: Sequence[MediaItem], title: str) -> Cut:
    """Make a timeline.

    Args:
        wishes: What the message asks for.
        media: All files, one picture at least.
        title: The project's name.
    """
    pictures = arrange(visuals(media), wishes.orders, lambda item: item, media)
    size = frame_size(wishes.aspect, pictures)
    transition = transition_name(wishes.transition, DEFAULT_TRANSITION)
    overlap_ms = 0 if transition == "none" else default_transition_ms(wishes.transition_ms)
    total_ms = _total_ms(wishes, pictures, overlap_ms)
    cut = Cut(draft_to_wire([], total_ms, _metadata(title, size)))
    shots = _shots(pictures, total_ms, overlap_ms, cut)
    slots = lay_out([shot.natural_ms for shot in shots], total_ms, overlap_ms)
    place_shots(shots, slots, transition)
    move_cameras(shots, size)
    _add_track(cut, TrackType.VIDEO, [shot.segment for shot in shots])
    _tell_pictures(cut, shots, transition)
    _add_titles(cut, wishes)
    _add_music(cut, wishes, media, seed_of(title, *(item.name for item in pictures)))
    cut.draft["t"].sort(key=lambda track: track["tt"])
    return cut


def transition_name(wanted: str | None, usual: str) -> str:
    """Return the transition that is named, else the usual one."""
    return usual if wanted in (None, ANY_TRANSITION) else str(wanted)


def visuals(media: Sequence[MediaItem]) -> list[MediaItem]:
    """Return what can be seen: photos and clips."""
    return [item for item in media if item.kind in ("image", "video")]


def frame_size(aspect: str | None, pictures: Sequence[MediaItem]) -> tuple[int, int]:
    """Return the size that is asked for; else upright when most pictures stand upright."""
    if aspect is not None:
        return FRAME_SIZES[aspect]
    measured = [(item.width, item.height) for item in pictures if item.width and item.height]
    upright = sum(height > width for width, height in measured)
    return FRAME_SIZES["9:16" if upright * 2 > len(measured) else "16:9"]


def has_sound(pictures: Sequence[MediaItem | None]) -> bool:
    """Return whether a clip among the pictures is heard."""
    return any(item is not None and item.kind == "video" and item.has_audio for item in pictures)


def _total_ms(wishes: Instruction, pictures: Sequence[MediaItem], overlap_ms: int) -> int:
    clips = [item.duration_ms for item in pictures if item.kind == "video" and item.duration_ms]
    photos = len(pictures) - len(clips)
    if wishes.duration_ms is not None:
        return wishes.duration_ms
    naturals = [*clips, *(None for _ in range(photos))]
    if wishes.photo_ms is not None:
        total = natural_total(naturals, wishes.photo_ms, overlap_ms)
    elif clips:
        total = natural_total(naturals, PHOTO_BESIDE_CLIPS_MS, overlap_ms)
    else:
        total = max(PHOTOS_MS, PHOTO_MS * photos)
    return min(max(total, MIN_DURATION_MS), MAX_DURATION_MS)


def _metadata(title: str, size: tuple[int, int]) -> JsonObject:
    return {"title": title, "width": size[0], "height": size[1], "fps": 30, "engine": ENGINE}


def _shots(pictures: Sequence[MediaItem], total_ms: int, overlap_ms: int, cut: Cut) -> list[Shot]:
    """Choose what is shown: all of it, evenly chosen pictures, or clips more than once."""
    room = most_pieces(total_ms)
    chosen = list(pictures)
    if len(chosen) > room:
        chosen = [pictures[place * len(pictures) // room] for place in range(room)]
        cut.notes.append(
            ("too_many", {"length": f"{seconds(total_ms)} s", "used": room, "count": len(pictures)})
        )
    shots = [new_shot(item, f"p{number}") for number, item in enumerate(chosen, 1)]
    places = repeat_clips([shot.natural_ms for shot in shots], total_ms, overlap_ms)
    if len(places) > len(shots):
        cut.notes.append(("repeats", {}))
    return [
        shots[place] if number <= len(shots) else copy_shot(shots[place], f"p{number}")
        for number, place in enumerate(places, 1)
    ]


def _add_track(cut: Cut, track_type: TrackType, segments: list[JsonObject]) -> None:
    cut.draft["t"].append(track_to_wire(track_type, segments))


def _tell_pictures(cut: Cut, shots: Sequence[Shot], transition: str) -> None:
    metadata = cut.draft["m"]
    cut.tool_calls.append(
        ToolCall(
            "create_timeline",
            {
                "media": [shot.name for shot in shots],
                "duration_ms": cut.draft["d"],
                "width": metadata["width"],
                "height": metadata["height"],
            },
            {"segments": len(shots)},
        )
    )
    if len(shots) < 2:
        return
    joined = [
        shot.segment["m"]["transition"] for shot in shots if "transition" in shot.segment["m"]
    ]
    if not joined:
        cut.facts.append(("no_transitions", {}))
        return
    cut.facts.append(("transition", {"name": transition}))
    args = {"name": transition, "duration_ms": max(one["d"] for one in joined)}
    cut.tool_calls.append(ToolCall("add_transition", args, {"added": len(joined)}))


def _add_titles(cut: Cut, wishes: Instruction) -> None:
    segments: list[JsonObject] = []
    after_ms = 0
    for number, wish in enumerate(wishes.titles, 1):
        segment = title_segment(wish, after_ms, cut.draft["d"], f"t{number}")
        segments.append(segment)
        if wish.place == "start":
            after_ms = segment["st"] + segment["d"]
        cut.facts.append((f"title_{wish.place}", {"text": wish.text}))
        args = {"text": wish.text, "start_ms": segment["st"], "duration_ms": segment["d"]}
        cut.tool_calls.append(ToolCall("add_text", args, {"segment": segment["id"]}))
    if segments:
        _add_track(cut, TrackType.TEXT, segments)


def _add_music(cut: Cut, wishes: Instruction, media: Sequence[MediaItem], seed: int) -> None:
    wish = wishes.music or MusicWish("composed")
    if wish.kind == "none":
        cut.facts.append(("music_none", {}))
        return
    if wish.mood is None and wishes.mood is not None:
        wish = MusicWish(wish.kind, wishes.mood, wish.media_ids)
    segments = music_for(wish, media, seed, cut.draft["d"], is_heard=has_sound(visuals(media)))
    if wishes.music_volume is not None:
        for segment in segments:
            segment["m"]["volume"] = wishes.music_volume
    _add_track(cut, TrackType.AUDIO, segments)
    cut.facts.append(music_fact(segments))
    cut.tool_calls.append(music_call(segments))


def music_for(
    wish: MusicWish, media: Sequence[MediaItem], seed: int, total_ms: int, *, is_heard: bool
) -> list[JsonObject]:
    """Write the music that is asked for; any music means the uploaded sound, where there is some.

    Args:
        wish: What is asked for; not ``none``.
        media: All files.
        seed: For music that the program composes.
        total_ms: How long to play.
        is_heard: Whether clips sound below it.
    """
    if wish.kind == "file":
        files = [item for media_id in wish.media_ids for item in media if item.id == media_id]
    else:
        files = [] if wish.mood else [item for item in media if item.kind == "audio"]
    if files:
        return file_music(files, total_ms, has_sound_below=is_heard)
    return composed_music(wish, seed, total_ms, has_sound_below=is_heard)


def music_fact(segments: Sequence[JsonObject]) -> Fact:
    """Say which music plays."""
    composed = segments[0]["m"].get("music")
    if composed:
        return ("music_composed", {"music": composed})
    names = dict.fromkeys(str(segment["m"]["name"]) for segment in segments)
    return ("music_files", {"names": ", ".join(names)})


def music_call(segments: Sequence[JsonObject]) -> ToolCall:
    """Report which music was put on."""
    metadata = segments[0]["m"]
    args = {key: metadata[key] for key in ("name", "media", "music", "volume") if key in metadata}
    return ToolCall("add_bgm", args, {"segments": len(segments)})
