"""How music, volumes and fades of sound are said."""

from __future__ import annotations

from typing import Any

from nemovideo.editing.model import EditError
from nemovideo.editing.reading.items import Item
from nemovideo.editing.said.clause import Clause, Frame, Said, frame
from nemovideo.editing.sound import (
    SetDucking,
    SetMusic,
    SetMusicStart,
    SetSoundFades,
    SetVolume,
)

MOST_PERCENT = 200
LOUDER, QUIETER = 1.5, 0.6
SLIGHTLY_LOUDER, SLIGHTLY_QUIETER = 1.2, 0.8
MUCH_LOUDER, MUCH_QUIETER = 2.0, 0.4
FADE_MS = 3000


@frame("music", "style-name", "file")
def music(clause: Clause) -> Said | None:
    """Lo-fi music; use song.mp3 as the music; no music; other music."""
    noun = clause.take("music") is not None
    kinds = {item.name: item.kind for item in clause.scene.media}
    said = []
    while (file := clause.item("file")) is not None:
        said.append(file)
    if (
        len(said) > 1
        and clause.has("replace", "swap")
        and said[1].role in ("by", "with", "for", "to")
    ):
        said = said[1:]  # "replace song.mp3 by waltz.mp3"
    files = [str(file.value) for file in said]
    while noun and (text := clause.item("text")) is not None:
        files.append(str(text.value))
    style = clause.family("style")
    while clause.family("style"):
        pass
    removes = clause.removes("off", "out", "cut")
    other = clause.take("other") is not None
    if clause.has_kind("captions"):
        return None
    if files and not noun and not all(kinds.get(name) == "audio" for name in files):
        return None
    clause.take(
        "add",
        "replace",
        "swap",
        "with",
        "it",
        "video",
        "background",
        "new",
        "unmute",
        "play",
        "move",
        "current-order",
    )
    if clause.has("start", "end", "fade", "fade-in", "fade-out", "volume", "louder", "quieter"):
        return None
    ref = clause.peek_ref()
    if ref is not None and (ref.is_it or (ref.is_bare and (noun or ref.noun == "one"))):
        clause.ref()
    if files:
        clause.take("song-start")  # "instead of the song"
        if removes:
            return None
        missing = next((name for name in files if kinds.get(name) is None), None)
        if missing is not None:
            raise EditError("no_file", name=missing)
        return [SetMusic(files=files)]
    if removes:
        return [SetMusic(none=True)] if noun and style is None else None
    if style is not None:
        clause.take("more", "slightly", "comparative")
        share = clause.percent()
        if share is not None and not 0 <= share <= 2:
            raise EditError("out_of_range", words=f"{share:.0%}")
        is_heard = any(item.has("background", "play") for item in clause.items)
        if not (noun or clause.is_first_cut or clause.is_alone or is_heard):
            return None
        loud = [] if share is None else [SetVolume(of="music", volume=share)]
        return [SetMusic.model_validate({"style": style}), *loud]
    if not noun:
        return None
    if other or any(item.has("replace", "other") for item in clause.items):
        return [SetMusic(other=True)]
    if clause.is_first_cut or any(item.has("add", "with") for item in clause.items):
        if clause.scene.timeline.sounds:
            return []
        return [SetMusic()]
    return None


def _of(clause: Clause) -> dict[str, Any] | None:
    """Take whose volume is meant."""
    if _are_apart(clause):
        return None
    is_music = clause.take("music") is not None
    is_sound = clause.take("sound") is not None
    ref = clause.ref()
    video = clause.take("video") is not None
    if is_music:
        if ref is not None and not ref.is_it:
            return None
        return {"of": "music"}
    if ref is not None and ref.is_all and ref.noun == "one" and not ref.is_each:
        return {"of": "everything"}  # "all": the music, too
    if ref is not None and not (ref.is_it and ref.is_all):
        if ref.is_bare and (ref.is_plural or len(ref.places) == 1):
            return {"of": "clips"}
        return {"of": "clips", "clips": clause.names(ref)}
    if is_sound and (ref is None or ref.is_it):
        return {"of": "clips"}
    if video or ref is not None:
        return {"of": "everything"}
    return {}


def _are_apart(clause: Clause) -> bool:
    """Return whether a joint stands between the music and the clips' sound: two wishes."""
    named = [n for n, item in enumerate(clause.items) if item.has("music", "sound", "video")]
    between = clause.items[named[0] : named[-1]] if named else []
    joints = [item for item in between if item.kind == "punct" or item.has("and")]
    return bool(joints) and clause.has("music") and clause.has("sound")


def _default(clause: Clause) -> dict[str, Any]:
    return {"of": "music"} if clause.scene.timeline.sounds else {"of": "clips"}


@frame("mute", "unmute", "sound", "hear-only")
def mute(clause: Clause) -> Said | None:
    """Mute the clip; mute the music."""
    on = clause.take("unmute") is not None
    removes = clause.has("sound") and clause.has("off", "remove", "no", "cut")
    is_other = clause.take("hear-only", "except") is not None
    muted = clause.take("mute")
    if muted is None and not (on or removes or is_other):
        return None
    clause.take("off", "remove", "no", "cut")
    target = _of(clause)
    if is_other:
        others = {"music": {"of": "clips"}, "clips": {"of": "music"}}
        target = others.get(str(target["of"])) if target else None
    if target is None:
        return None
    if not target:  # "without the original sound" names whose it is
        is_own = muted is not None and muted.has("sound")
        target = {"of": "clips" if is_own else "everything"}
    return [SetVolume.model_validate({**target, "volume": 1.0 if on else 0.0})]


@frame("only", "keep-only")
def only_sound(clause: Clause) -> Said | None:
    """Only the music; keep only the clips' own sound."""
    clause.take("only", "keep-only", "keep", "play")
    is_music = clause.take("music") is not None
    is_sound = clause.take("sound") is not None
    clause.take("video")
    if is_music == is_sound:
        return None
    return [SetVolume(of="clips", volume=0.0) if is_music else SetMusic(none=True)]


@frame(
    "volume",
    "louder",
    "quieter",
    "percent",
    "number",
    "factor",
    "loud",
    "upward",
    "downward",
    "low",
)
def volume(clause: Clause) -> Said | None:
    """Music at 35 %; quieter; half as loud."""
    is_named = clause.has("music", "sound", "volume", "loud")
    if not is_named and any(map(clause.has_family, ("motion", "look", "size", "shape"))):
        return None
    noun = clause.take("volume", "loud") is not None
    louder, quieter = clause.take("louder") is not None, clause.take("quieter") is not None
    if louder and quieter:
        return None
    if clause.has("fade", "fade-in", "fade-out", "transition", "speed", "duck") or clause.has_kind(
        "captions"
    ):
        return None
    is_low = clause.take("low") is not None  # "keep it low, 25 %"
    if not (noun or louder or quieter or is_named):
        return None
    if is_named and not (louder or quieter):
        louder = clause.take("upward") is not None
        quieter = clause.take("downward") is not None
    target = _of(clause)
    if target is None:
        return None
    drops = clause.has_kind("percent", "factor") and clause.take("remove", "cut") is not None
    if drops and any(item.kind == "percent" and item.role == "by" for item in clause.items):
        quieter = True  # "drop the music by 40 %", not to
    clause.take("add", "play", "keep", "only", "full-word", "move", "new", "around", "come")
    target = target or _default(clause)
    percent = clause.item("percent") or _bare_percent(clause)
    scale = clause.item("factor")
    factor = None if scale is None else scale.value
    if percent is not None:
        share = float(percent.value) / 100
        place = clause.items.index(percent)
        if place and clause.items[place - 1].has("plus"):
            louder = True
        is_relative = (louder or quieter) and percent.role != "to" and percent.role != "at"
        if is_relative:
            scaled = 1 + share if louder else 1 - share
            if scaled < 0:
                raise EditError("out_of_range", words=percent.raw)
            return [_made(target, scaled, is_factor=True)]
        if not 0 <= share <= 2:
            raise EditError("out_of_range", words=percent.raw)
        return [_made(target, share, is_factor=False)]
    if scale is not None and scale.has("volume-share"):
        return [_made(target, scale.value, is_factor=False)]  # "at half volume"
    if factor is not None and factor > 0:
        if quieter and factor > 1:
            factor = 1 / factor
        return [_made(target, float(factor), is_factor=True)]
    if clause.take("normal") is not None:
        return [_made(target, 1.0, is_factor=False)]
    quieter = quieter or is_low
    if not (louder or quieter):
        return None
    degree = clause.strength()
    clause.take("more", "less")
    if degree < 1:
        return [_made(target, SLIGHTLY_LOUDER if louder else SLIGHTLY_QUIETER, is_factor=True)]
    if degree > 1:
        return [_made(target, MUCH_LOUDER if louder else MUCH_QUIETER, is_factor=True)]
    return [_made(target, LOUDER if louder else QUIETER, is_factor=True)]


def _bare_percent(clause: Clause) -> Item | None:
    """Take a number that can be nothing but a percentage: "music at 30"."""
    roles = ("to", "at", None)
    number = next((i for i in clause.items if i.kind == "number" and i.role in roles), None)
    if number is None or not (number.value == 0 or 5 <= number.value <= MOST_PERCENT):
        return None
    return clause.item("number", roles=roles)


def _made(target: dict[str, Any], value: float, *, is_factor: bool) -> SetVolume:
    if is_factor and value == 0:
        return SetVolume.model_validate({**target, "volume": 0.0})
    key = "factor" if is_factor else "volume"
    return SetVolume.model_validate({**target, key: round(value, 4)})


def _second_length(clause: Clause) -> float | None:
    """Take the length that is said last: "in over 2 seconds and out over 4"."""
    seconds = clause.value("number")
    length = clause.value("duration", "head", "tail") if seconds is None else seconds * 1000
    return None if length is None else float(length)


@frame("fade", "fade-in", "fade-out", "gently")
def sound_fades(clause: Clause) -> Said | None:
    """Fade the music out over the last three seconds."""
    if clause.take("music", "sound", "volume") is None:
        return None
    ways = [i for i in clause.items if i.has("fade-in", "fade-out", "in", "out")]
    ends, starts = clause.take("fade-out") is not None, clause.take("fade-in") is not None
    noun = clause.take("fade") is not None or (clause.has("gently") and clause.has("in", "out"))
    clause.take("gently")
    if noun and not (ends or starts):
        starts = clause.take("in") is not None
        ends = clause.take("out") is not None
    if noun and starts and clause.take("out") is not None:
        ends = True
    if not (starts or ends):
        starts, ends = clause.has_kind("head"), clause.has_kind("tail")
    side = clause.take("start", "end")
    if side is not None and not (starts or ends):
        starts, ends = side.has("start"), side.has("end")
    if not (starts or ends):
        return None
    removes = clause.take("remove", "no", "not-want") is not None
    clause.take("add", "lasting", "video", "length", "long-word", "each")
    length = clause.value("head", "tail")
    if length is None:
        length = clause.duration()
    if length is None and (number := clause.value("number", roles=("on", "for", "in"))) is not None:
        length = number * 1000  # "fade out over 4"
    if removes and any(item.kind == "punct" or item.has("and") for item in clause.items):
        return None  # "no music, fade out"
    if removes:
        length = 0
    elif starts and ends and length is not None and (two := _second_length(clause)) is not None:
        first, second = (two, length) if ways[0].has("fade-out", "out") else (length, two)
        return [SetSoundFades(fade_in_ms=int(first), fade_out_ms=int(second))]
    usual = FADE_MS if length is None else int(length)
    return [
        SetSoundFades(fade_in_ms=usual if starts else None, fade_out_ms=usual if ends else None)
    ]


@frame("start", "song-start", "head")
def music_start(clause: Clause) -> Said | None:
    """Start the music at 0:30; skip the first 15 seconds of the song."""
    inside = clause.take("song-start") is not None
    if clause.take("music") is None and not inside:
        return None
    if clause.has_kind("head") and clause.take("remove", "cut", "trim", "off", "out"):
        return [SetMusicStart(start_ms=int(clause.value("head")))]
    side = clause.take("start") is not None
    clause.take("play", "move", "mark", "add", "in")
    if not (side or inside):
        return None
    start = clause.duration(roles=("at", "from", "in", "to", None, "with", "after"))
    return None if start is None else [SetMusicStart(start_ms=start)]


@frame("duck", "someone-speaks")
def duck(clause: Clause) -> Said | None:
    """Duck the music under speech."""
    speaks = clause.take("someone-speaks") is not None
    if clause.take("duck") is None and not (speaks and clause.has("quieter", "downward", "less")):
        return None
    clause.take("music", "volume", "quieter", "sound", "downward", "less", "slightly", "move")
    clause.take("if") if speaks else None
    off = clause.take("no", "remove", "off") is not None
    ref = clause.ref()
    films = set(clause.scene.places("clip"))
    if ref is not None and not (ref.is_it or ref.is_bare or ref.is_all or films <= {*ref.places}):
        return None
    clause.take("lasting", "play", "automatically", "add", "only")
    return [SetDucking(on=not off)]


FRAMES: tuple[Frame, ...] = (duck, sound_fades, music_start, mute, only_sound, volume, music)
