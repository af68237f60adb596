"""A change of a timeline that is there: what the message names changes, the rest stays."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from nemovideo.engine.director._first_cut import (
    DEFAULT_TRANSITION,
    FRAME_SIZES,
    Cut,
    has_sound,
    music_call,
    music_fact,
    music_for,
    transition_name,
    visuals,
)
from nemovideo.engine.director._grammar import MAX_DURATION_MS, MIN_DURATION_MS
from nemovideo.engine.director._layout import lay_out, most_pieces, natural_total
from nemovideo.engine.director._model import Instruction, MediaItem, MusicWish, ToolCall
from nemovideo.engine.director._order import arrange
from nemovideo.engine.director._reply import Fact, seconds
from nemovideo.engine.director._tracks import (
    Shot,
    copy_shot,
    default_transition_ms,
    move_cameras,
    new_shot,
    place_shots,
    repeat_clips,
    seed_of,
    segments_of,
    sequence,
    set_segments,
    title_segment,
)
from nemovideo.engine.director._wire import TrackType
from nemovideo.protocol.draft import JsonObject

_MAX_NAMES = 6
DEFAULT_SIZE = (1920, 1080)


def revise(wishes: Instruction, media: Sequence[MediaItem], draft: JsonObject) -> Cut:
    """Change a copy of a draft; where a wish can't be fulfilled, a note says why."""
    revision = _Revision(wishes, media, draft)
    for step in (revision.pictures, revision.titles, revision.music, revision.volume):
        step()
    return revision.cut


class _Revision:
    def __init__(self, wishes: Instruction, media: Sequence[MediaItem], draft: JsonObject) -> None:
        self._wishes = wishes
        self._media = media
        self.cut = Cut(copy.deepcopy(draft))
        self._draft = self.cut.draft
        self._metadata: dict[str, Any] = self._draft.setdefault("m", {})
        self._old_ms: int = self._draft["d"]

    # Pictures: which, in which order, how long, how large

    def pictures(self) -> None:
        wishes = self._wishes
        shots = self._shots()
        added = self._added(shots) if wishes.adds_media else []
        shots = arrange(shots + added, wishes.orders, lambda shot: shot.item, self._media)
        old_size = self._size()
        if wishes.aspect is not None:
            self._metadata.update(zip(("width", "height"), FRAME_SIZES[wishes.aspect], strict=True))
        if wishes.wishes & {"duration", "transition", "order", "media"} and shots:
            shots = self._relay(shots, added)
        if self._size() != old_size or added:
            move_cameras(shots, self._size())
        if self._size() != old_size:
            size = "x".join(map(str, self._size()))
            self._did(("size", {"size": size}), "set_canvas", size=size)
        set_segments(self._draft, TrackType.VIDEO, [shot.segment for shot in shots])

    def _shots(self) -> list[Shot]:
        by_id = {item.id: item for item in self._media}
        by_name = {item.name: item for item in reversed(self._media)}
        return [
            Shot(by_id.get(str(m.get("media"))) or by_name.get(str(m.get("name"))), segment)
            for segment in segments_of(self._draft, TrackType.VIDEO)
            for m in (segment["m"],)
        ]

    def _added(self, shots: Sequence[Shot]) -> list[Shot]:
        used = {shot.item.id for shot in shots if shot.item}
        new = [item for item in visuals(self._media) if item.id not in used]
        return [new_shot(item, self._free_id(number)) for number, item in enumerate(new)]

    def _free_id(self, number: int) -> str:
        taken = {str(one.get("id")) for one in segments_of(self._draft, TrackType.VIDEO)}
        return [name for name in (f"p{n}" for n in range(1, 2000 + number)) if name not in taken][
            number
        ]

    def _size(self) -> tuple[int, int]:
        width, height = (self._metadata.get(key) for key in ("width", "height"))
        if isinstance(width, int) and isinstance(height, int) and width > 0 and height > 0:
            return width, height
        return DEFAULT_SIZE

    def _relay(self, shots: list[Shot], added: list[Shot]) -> list[Shot]:
        """Place all pictures anew."""
        before = self._transitions(shots)
        name, overlap_ms = self._transition(before)
        naturals = [shot.natural_ms for shot in shots]
        total_ms = self._total_ms(naturals, overlap_ms, len(added))
        if not MIN_DURATION_MS <= total_ms <= MAX_DURATION_MS:
            self.cut.notes.append(("duration_range", {}))
            return self._shots()
        if len(shots) > most_pieces(total_ms):
            length = f"{seconds(total_ms)} s"
            self.cut.notes.append(("too_short", {"length": length, "count": len(shots)}))
            return self._shots()
        if total_ms > self._old_ms:
            shots = self._repeated(shots, total_ms, overlap_ms)
        slots = lay_out([shot.natural_ms for shot in shots], total_ms, overlap_ms)
        old_names = [shot.name for shot in self._shots()]
        place_shots(shots, slots, name)
        self._draft["d"] = total_ms
        self._tell(shots, added, before, old_names)
        self._fit_others()
        return shots

    def _transitions(self, shots: Sequence[Shot]) -> list[JsonObject]:
        found = (shot.segment["m"].get("transition") for shot in shots)
        return [one for one in found if isinstance(one, dict) and isinstance(one.get("name"), str)]

    def _transition(self, before: Sequence[JsonObject]) -> tuple[str, int]:
        wishes = self._wishes
        if wishes.transition == "none" or (not before and not wishes.wishes & {"transition"}):
            return "none", 0
        usual = str(before[0]["name"]) if before else DEFAULT_TRANSITION
        name = transition_name(wishes.transition, usual)
        return name, default_transition_ms(wishes.transition_ms)

    def _total_ms(self, naturals: list[int | None], overlap_ms: int, added: int) -> int:
        wishes = self._wishes
        if wishes.duration_ms is not None:
            return wishes.duration_ms
        if wishes.photo_ms is not None:
            return natural_total(naturals, wishes.photo_ms, overlap_ms)
        old_count = len(naturals) - added
        total = self._old_ms + (wishes.duration_delta_ms or 0)
        return total + (self._old_ms * added // old_count if added and old_count else 0)

    def _repeated(self, shots: list[Shot], total_ms: int, overlap_ms: int) -> list[Shot]:
        places = repeat_clips([shot.natural_ms for shot in shots], total_ms, overlap_ms)
        if len(places) == len(shots):
            return shots
        self.cut.notes.append(("repeats", {}))
        extra = [
            copy_shot(shots[place], self._free_id(number))
            for number, place in enumerate(places[len(shots) :])
        ]
        return shots + extra

    def _tell(
        self,
        shots: Sequence[Shot],
        added: Sequence[Shot],
        before: Sequence[JsonObject],
        old_names: Sequence[str],
    ) -> None:
        total_ms = self._draft["d"]
        if total_ms != self._old_ms:
            fact = ("length", {"count": seconds(total_ms)})
            self._did(fact, "set_duration", duration_ms=total_ms)
        after = self._transitions(shots)
        if after != before and self._wishes.wishes & {"transition"}:
            fact = ("transition", {"name": after[0]["name"]}) if after else ("no_transitions", {})
            self._did(fact, "set_transition", name=after[0]["name"] if after else "none")
        names = [shot.name for shot in shots]
        if added:
            self._did(("media", {"count": len(added)}), "add_clips", media=[s.name for s in added])
        elif names != list(old_names) and self._wishes.orders:
            shown = ", ".join(names[:_MAX_NAMES]) + (", …" if len(names) > _MAX_NAMES else "")
            self._did(("order", {"names": shown}), "reorder_clips", media=names)

    def _fit_others(self) -> None:
        """Let titles and music follow a new length."""
        total_ms = self._draft["d"]
        for title in segments_of(self._draft, TrackType.TEXT):
            was_last = title["st"] > 0 and title["st"] + title["d"] >= self._old_ms
            title["d"] = min(title["d"], max(total_ms // 2, 1))
            latest = total_ms - title["d"]
            title["st"] = latest if was_last else min(title["st"], latest)
        music = segments_of(self._draft, TrackType.AUDIO)
        if music and total_ms != self._old_ms:
            set_segments(self._draft, TrackType.AUDIO, self._resequenced(music, total_ms))

    def _resequenced(self, music: Sequence[JsonObject], total_ms: int) -> list[JsonObject]:
        lengths = {item.id: item.duration_ms for item in self._media}
        entries: dict[str, tuple[JsonObject, int | None]] = {}
        for segment in music:
            metadata = {k: v for k, v in segment["m"].items() if k not in ("fade_in", "fade_out")}
            length = lengths.get(str(metadata.get("media")), segment["d"])
            entries.setdefault(str(metadata), (metadata, length))
        return sequence(list(entries.values()), total_ms)

    # Words

    def titles(self) -> None:
        segments = segments_of(self._draft, TrackType.TEXT)
        if self._wishes.removes_titles and segments:
            segments = []
            if not self._wishes.titles:
                self._did(("titles_removed", {}), "remove_text")
        written: list[JsonObject] = []
        for wish in self._wishes.titles:
            total_ms = self._draft["d"]
            place = self._same_place(segments, written, wish.place)
            after_ms = max((one["st"] + one["d"] for one in written), default=0)
            new = title_segment(wish, after_ms, total_ms, f"t{len(segments) + 1}")
            if place is None:
                segments.append(new)
                written.append(new)
            else:
                self._rewrite(segments[place], new, keeps_time=wish.duration_ms is None)
                written.append(segments[place])
            fact = (f"title_{wish.place}", {"text": wish.text})
            self._did(fact, "add_text" if place is None else "update_text", text=wish.text)
        if segments or self._wishes.removes_titles:
            set_segments(self._draft, TrackType.TEXT, segments)

    def _same_place(
        self, segments: Sequence[JsonObject], written: Sequence[JsonObject], place: str
    ) -> int | None:
        """Return the title that the new one replaces."""
        half_ms = self._draft["d"] / 2
        for index, segment in enumerate(segments):
            is_late = segment["st"] >= half_ms
            if is_late == (place == "end") and not any(segment is one for one in written):
                return index
        return None

    def _rewrite(self, old: JsonObject, new: JsonObject, *, keeps_time: bool) -> None:
        old["m"].pop("title", None)
        old["m"].update(text=new["m"]["text"], name=new["m"]["name"])
        if not keeps_time:
            old.update(st=new["st"], d=new["d"])

    # Sound

    def music(self) -> None:
        wish = self._wishes.music
        if wish is None:
            return
        old = segments_of(self._draft, TrackType.AUDIO)
        if wish.kind == "none":
            if old:
                set_segments(self._draft, TrackType.AUDIO, [])
                self._did(("music_none", {}), "remove_bgm")
            return
        if old and wish == MusicWish("composed"):
            return
        if wish.is_other and not wish.mood:
            wish = MusicWish("composed", self._old_mood(old) or "happy", is_other=True)
        items = [shot.item for shot in self._shots()]
        total_ms, seed = self._draft["d"], self._seed(wish, old)
        new = music_for(wish, self._media, seed, total_ms, is_heard=has_sound(items))
        if old and _sounds(old) == _sounds(new):
            return
        set_segments(self._draft, TrackType.AUDIO, new)
        self._did(music_fact(new), music_call(new).name, **music_call(new).args)

    def _old_mood(self, old: Sequence[JsonObject]) -> str | None:
        music = old[0]["m"].get("music") if old else None
        mood = music.get("mood") if isinstance(music, dict) else None
        return mood if isinstance(mood, str) else None

    def _seed(self, wish: MusicWish, old: Sequence[JsonObject]) -> int:
        """Return the first cut's seed; other music of the same mood gets another."""
        title = str(self._metadata.get("title", ""))
        seed = seed_of(title, *(shot.name for shot in self._shots()))
        music = old[0]["m"].get("music") if old else None
        if wish.is_other and isinstance(music, dict) and isinstance(music.get("seed"), int):
            return (int(music["seed"]) + 1) % 2**32
        return seed

    def volume(self) -> None:
        wishes = self._wishes
        if "volume" not in wishes.wishes:
            return
        segments = segments_of(self._draft, TrackType.AUDIO)
        if not segments:
            self.cut.notes.append(("no_music_yet", {}))
            return
        old = segments[0]["m"].get("volume", 1)
        old = old if isinstance(old, int | float) else 1
        louder = min(old * (wishes.music_gain or 1), max(old, 1))
        new = round(louder if wishes.music_volume is None else wishes.music_volume, 2)
        for segment in segments:
            segment["m"]["volume"] = new
        if new != old:
            fact = ("volume", {"percent": round(new * 100)})
            self._did(fact, "set_bgm_volume", volume=new)

    def _did(self, fact: Fact, tool: str, **args: object) -> None:
        self.cut.facts.append(fact)
        self.cut.tool_calls.append(ToolCall(tool, dict(args), {"ok": True}))


def _sounds(segments: Sequence[JsonObject]) -> list[object]:
    return [(one["m"].get("media"), one["m"].get("music")) for one in segments]
