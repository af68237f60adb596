"""How it is said how loud music and clips are."""

from __future__ import annotations

from typing import Any

from nemovideo.editing.model import EditError
from nemovideo.editing.reading.items import Item
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Said, frame
from nemovideo.editing.sound import SetDucking, SetMusic, SetVolume

MOST_PERCENT = 200
LOUDER, QUIETER = 1.5, 0.6
SLIGHTLY_LOUDER, SLIGHTLY_QUIETER = 1.2, 0.8
MUCH_LOUDER, MUCH_QUIETER = 2.0, 0.4


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
        clips = clause.scene.timeline.clips
        if not is_sound and not ref.is_bare and not any(clips[p].is_film for p in ref.places):
            return None  # a photo has no sound: 把山放大一点
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
    if not (is_named or clause.is_alone or clause.has_kind("clips") or clause.has("video")):
        return None  # louder than what?
    noun = clause.take("volume", "loud") is not None
    louder, quieter = clause.take("louder") is not None, clause.take("quieter") is not None
    if louder and quieter:
        return None
    if clause.has("fade", "fade-in", "fade-out", "transition", "speed", "duck") or clause.has_kind(
        "captions"
    ):
        return None
    if not is_named and clause.peek_ref() is None and _is_of_size(clause):
        return None  # 小一点: the letters, or the music?
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
        return [_by_percent(clause, target, percent, louder, quieter)]
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


def _is_of_size(clause: Clause) -> bool:
    """Return whether what makes it louder or quieter may as well make it bigger or smaller."""
    words = [item for item in clause.items if item.has("louder", "quieter")]
    return bool(words) and all(item.has("bigger", "smaller") for item in words)


def _by_percent(
    clause: Clause, target: dict[str, Any], percent: Item, louder: bool, quieter: bool
) -> SetVolume:
    """Return the volume at a percentage, or changed by it.

    Raises:
        EditError: It is out of range.
    """
    share = float(percent.value) / 100
    place = clause.items.index(percent)
    louder = louder or bool(place and clause.items[place - 1].has("plus"))
    before = clause.items[place - 1] if place else percent
    is_goal = before.kind == "punct" or before.has("around")  # "quieter, around 20 %"
    is_goal = is_goal and any(i.has("louder", "quieter") for i in clause.items[:place])
    is_relative = (louder or quieter) and percent.role not in ("to", "at") and not is_goal
    value = (1 + share if louder else 1 - share) if is_relative else share
    if value < 0 or (share > 2 and not is_relative):
        raise EditError("out_of_range", words=percent.raw)
    return _made(target, value, is_factor=is_relative)


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


@frame("duck", "someone-speaks", "heard")
def duck(clause: Clause) -> Said | None:
    """Duck the music under speech."""
    speaks = clause.take("someone-speaks", "heard") is not None
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
