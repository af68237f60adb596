"""How camera moves, framing and turns are said."""

from __future__ import annotations

from typing import Any

from nemovideo.editing.frame import BLACK
from nemovideo.editing.model import Edit, EditError
from nemovideo.editing.picture import (
    Rotate,
    SetBackground,
    SetFit,
    SetFlip,
    SetFocus,
    SetMotion,
)
from nemovideo.editing.reading.items import Item, Ref
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frame import turns_whole
from nemovideo.editing.said.frames import Frame, Said, frame

STRONGER, GENTLER = 1.6, 0.6
STRONG, WEAK = 1.8, 0.5
_WAYS = {"right": "pan-right", "left": "pan-left", "upward": "pan-up", "downward": "pan-down"}
_POINTS = {
    "center": (0.5, 0.5),
    "top": (0.5, 0.15),
    "bottom": (0.5, 0.85),
    "left": (0.15, 0.5),
    "right": (0.85, 0.5),
    "top-left": (0.15, 0.15),
    "top-right": (0.85, 0.15),
    "bottom-left": (0.15, 0.85),
    "bottom-right": (0.85, 0.85),
}
"""Where in a picture the places lie whose names people use."""


def targets(clause: Clause, *, anywhere: bool = False) -> Any:
    """Take which clips are meant; all when none is.

    Args:
        clause: The wish.
        anywhere: Whether a bare number is a clip wherever it stands, not only before what is
            wished and behind "on".
    """
    found = clause.target()
    if found is not None:
        return found
    items = [(n, item) for n, item in enumerate(clause.items) if n not in clause.taken]
    numbers = [(n, item) for n, item in items if item.kind == "number"]
    count, first = len(clause.scene.timeline.clips), min(clause.taken, default=0)
    if not numbers or not all(item.value in range(1, count + 1) for _, item in numbers):
        return "all"
    if not anywhere and numbers[0][0] > first and numbers[0][1].role not in ("on", "for", "in"):
        return "all"
    clause.taken.update(n for n, _ in numbers)
    return clause.names(Ref(tuple(int(item.value) - 1 for _, item in numbers)))


@frame(
    *(f"motion:{name}" for name in ("zoom-in", "zoom-out", "still")),
    "pan", "motion", "zoom",
)  # fmt: skip
def motion(clause: Clause) -> Said | None:
    """Zoom in on the second photo; pan to the left; stronger motion."""
    if clause.has("transition") or clause.has_family("transition"):
        return None
    name = clause.family("motion")
    while (other := clause.family("motion")) is not None:
        if other != name:
            return None
    noun = clause.take("motion") is not None
    if name is None and (pan := clause.take("pan")) is not None:
        name = _direction(clause) or _direction_of(pan)
        if name is None and not clause.has("slow-down", "less", "more", "look:soft"):
            return None
        noun = noun or name is None  # "make the pan slower"
    elif name is None and noun and clause.take("come", "move") is not None:
        name = _direction(clause)  # "the camera goes up"
    zoom = clause.take("zoom") is not None
    more, less = _degree(clause)
    if name is None:
        less = less or clause.has("slow-down", "look:soft")
        more = more or clause.has("speed-up")
    clause.take("slow-down", "keep", "look:soft", "speed-up", "add", "no-more", "camera", "fast")
    clause.take("gently")
    if zoom and name is None and not noun and (into := clause.ref(roles=("to",))) is not None:
        return [SetMotion(clips=clause.names(into), name="zoom-in")]  # "zoom slowly into the lake"
    if any(item.has("as-is") for item in clause.items) and _is_of_whole(clause):
        return None  # 视频别动: leave it as it is
    if noun and name is not None:
        clause.take("come", "move")
    scale = clause.value("factor") if (noun or zoom) and name is None else None
    if scale:
        return [SetMotion(clips=targets(clause), factor=float(scale))]
    remove = clause.take("remove", "no") is not None
    if remove and (noun or zoom):
        name = "still"
    elif remove:
        return None
    clips = targets(clause)
    if noun and clips == "all" and (into := clause.ref(roles=("to",))) is not None:
        clips = clause.names(into)  # "en la foto": where the camera moves, not where to
    percent = clause.percent()
    if name is None:
        if not (noun or zoom) or more == less:
            return None
        return [SetMotion(clips=clips, factor=STRONGER if more else GENTLER)]
    strength = None
    if (more or less) and name != "still":
        strength = STRONG if more else WEAK
    if percent is not None:
        if not 0.1 <= percent <= 5:
            return None
        strength = percent
    return [SetMotion.model_validate({"clips": clips, "name": name, "strength": strength})]


def _is_of_whole(clause: Clause) -> bool:
    ref = clause.peek_ref()
    return clause.has("video") or (ref is not None and ref.is_it and ref.is_all)


def _degree(clause: Clause) -> tuple[bool, bool]:
    less = clause.take("less", "slightly") is not None
    more = clause.take("more") is not None
    more = (clause.take("strongly") is not None and not less) or more  # "a lot gentler"
    return more, less


def _direction(clause: Clause) -> str | None:
    if sum(clause.has(way) for way in _WAYS) > 1:
        return None
    for concept, name in _WAYS.items():
        if clause.take(concept) is not None:
            clause.take(*_WAYS, "place-word")
            return name
    return None


def _direction_of(pan: Item) -> str | None:
    """Return the direction that the word for the move says, too: 从左往右移."""
    named = [name for concept, name in _WAYS.items() if pan.has(concept)]
    return named[0] if len(named) == 1 else None


@frame("fit:fill", "fit:whole", "crop")
def fit(clause: Clause) -> Said | None:
    """Show the whole picture; fill the frame."""
    has_bars = any(item.has("background") and item.named("fit") for item in clause.items)
    name = clause.family("fit")
    if name is None:
        return None
    while clause.family("fit"):
        pass
    if has_bars and clause.has("remove", "no", "not-want"):
        name = "fill"  # "remove the letterbox"
    clause.take("fit", "crop", "add", "keep", "background", "remove", "no", "frame-noun", "lasting")
    filling = clause.ref(roles=("with",))  # "fill the frame with the lake"
    clips = targets(clause, anywhere=True) if filling is None else clause.names(filling)
    said: list[Edit] = [SetFit.model_validate({"clips": clips, "fit": name})]
    if name == "whole" and any(item.has("black-bars") for item in clause.items):
        said.append(SetBackground(clips=clips, background=BLACK))
    return said


@frame("background", "background:blur", "blurred", "around")
def background(clause: Clause) -> Said | None:
    """White background; blurred background."""
    if clause.has("music"):
        return None
    named = clause.family("background")
    noun = clause.take("background") is not None
    clause.take("add", "color", "keep", "place-word", "replace", "other", "create")
    around = clause.take("around") is not None
    if named is None and (noun or (around and clause.has_kind("clips"))):
        color = clause.value("color")
        if color is None and clause.take("blurred", "look:soft"):
            color = "blur"
        named = color
    if named is None:
        return None
    clause.take("blurred", "look:soft", "place-word", "fit:fill")
    if (own := clause.peek_ref()) is not None and own.is_bare and not own.is_plural:
        clause.ref()  # "a blurred copy of the picture"
    behind = clause.ref(roles=("after",))  # "put white behind photo 3"
    if behind is not None:
        return [SetBackground.model_validate({"clips": clause.names(behind), "background": named})]
    return [SetBackground.model_validate({"clips": targets(clause), "background": named})]


@frame("focus", "crop")
def focus(clause: Clause) -> Said | None:
    """Focus on the left side of the second photo; move the crop to the right."""
    is_meant = clause.take("focus") is not None
    if clause.take("crop") is not None and clause.take("move", "keep") is not None:
        is_meant = True
    clause.take("keep", "lasting")
    place = clause.place_name()
    if place is None or not is_meant:
        return None
    x, y = _POINTS[place]
    return [SetFocus(clips=targets(clause), x=x, y=y)]


@frame("rotate", "flip", "degrees", "upside-down", "quarter")
def rotate(clause: Clause) -> Said | None:
    """Rotate the second photo 90 degrees to the left."""
    if turns_whole(clause):
        return None
    verb = clause.take("rotate") is not None
    degrees = clause.value("degrees")
    upside = clause.take("upside-down") is not None
    quarter = clause.take("quarter") is not None
    if quarter and degrees is None:
        clause.value("factor")  # "turn it a quarter to the right"
    if clause.has("motion", "pan"):
        return None
    few = any(i.kind == "number" and i.value <= 20 for i in clause.items)
    few = few and clause.has("counterclockwise", "clockwise")  # "rotate 3 to the left": a clip
    if degrees is None and clause.has_kind("number") and not few:
        degrees = clause.value("number", roles=(None, "by"))
    turns = degrees is not None or any(item.has("half-turn") for item in clause.items)
    verb = verb or any(item.has("turn-noun") for item in clause.items)  # "a quarter turn"
    verb = (turns and clause.take("flip") is not None) or verb  # "flip it round 180"
    clause.take("around", "add") if turns else clause.take("add")
    ways = [item for n, item in enumerate(clause.items) if n in clause.taken]
    left, right = (
        clause.take(way) is not None or any(item.has(way) for item in ways)  # 左转: both in one
        for way in ("counterclockwise", "clockwise")
    )
    clause.take("place-word", "left", "right", "upright")
    if not (
        verb
        and (left or right or degrees is not None or upside or quarter or clause.has_kind("clips"))
    ) and not (degrees is not None or upside):
        return None
    if not verb and degrees is None and not clause.has_kind("clips"):
        return None
    angle = 180 if upside else 90 if degrees is None else degrees
    if angle % 90 or not -360 < angle < 360 or angle == 0:
        raise EditError("only_quarters", degrees=angle)
    if left and not right:
        angle = -angle
    ref = clause.peek_ref()
    clips = targets(clause, anywhere=few)
    if ref is None and not verb:
        return None
    return [Rotate.model_validate({"clips": clips, "degrees": int(angle)})]


@frame("flip")
def flip(clause: Clause) -> Said | None:
    """Mirror the first photo; flip it vertically."""
    verb = clause.take("flip")
    vertical = clause.take("vertically") or (verb and verb.has("vertically"))
    clause.take("horizontally", "shape:16:9", "left", "right", "shape:9:16", "back")
    direction = "vertical" if vertical else "horizontal"
    if not (clause.is_alone or len(clause.taken) > 1 or clause.has_kind("clips", "number")):
        return None  # "mirror, mirror on the wall"
    return [
        SetFlip.model_validate({"clips": targets(clause, anywhere=True), "direction": direction})
    ]


FRAMES: tuple[Frame, ...] = (motion, background, fit, focus, flip, rotate)
