"""How the shape, the size and the frame rate of the picture are said, and its fades."""

from __future__ import annotations

from typing import Any

from nemovideo.editing.frame import BLACK, SetCanvas, SetFade
from nemovideo.editing.model import EditError
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Frame, Said, frame

_WHITE = "#ffffff"
_SHAPES = ("16:9", "9:16", "1:1", "4:5", "21:9")
_LINES = ("720", "1080", "1440", "2160")


@frame(
    *(f"shape:{shape}" for shape in _SHAPES),
    *(f"lines:{lines}" for lines in _LINES),
    "ratio", "size", "resolution", "fps", "frame-rate",
)  # fmt: skip
def canvas(clause: Clause) -> Said | None:
    """Square; 9:16; 1080x1350; in 4K; at 60 fps."""
    if clause.has_kind("captions", "text") or clause.has("flip", "transition", "music"):
        return None
    if clause.has("rotate") and not turns_whole(clause):
        return None
    clause.take("rotate")
    changes: dict[str, Any] = {}
    if (shape := clause.family("shape")) is not None:
        changes["aspect"] = shape
        while clause.family("shape") is not None:
            pass
        if _are_apart(clause) and not clause.has_kind("ratio"):
            return None
    if (ratio := clause.value("ratio")) is not None:
        if "aspect" in changes and not _fits(changes["aspect"], *ratio):
            return None
        changes["aspect"] = f"{ratio[0]}:{ratio[1]}"
    size = clause.value("size")
    if size is not None:
        changes |= _size(*size)
    if (lines := clause.family("lines")) is not None:
        changes["lines"] = int(lines)
    if (lines_value := clause.value("resolution")) is not None:
        if not 144 <= lines_value <= 2160:
            raise EditError("out_of_range", words=f"{lines_value:g}p")
        changes["lines"] = int(lines_value)
    fps = clause.value("fps")
    if fps is None and clause.has("frame-rate"):
        fps = clause.value("number")
        if fps is None and (times := clause.value("factor")) is not None:
            fps = clause.scene.timeline.canvas.fps * times  # "double the frame rate"
    if fps is not None:
        if fps != int(fps) or not 24 <= fps <= 60:
            raise EditError("fps_range")
        changes["fps"] = int(fps)
    clause.take(
        "shape",
        "fit",
        "frame-rate",
        "video",
        "size",
        "back",
        "place-word",
        "frame-noun",
        "replace",
        "new",
    )
    if changes.keys() & {"lines", "width", "fps"}:
        clause.take("export-word", "move", "quieter", "louder", "less", "more")
    clause.take("resolution")
    ref = clause.ref()
    if ref is not None and not (ref.is_it or ref.is_all or (ref.is_bare and ref.is_plural)):
        return None
    return [SetCanvas.model_validate(changes)] if changes else None


def turns_whole(clause: Clause) -> bool:
    """Return whether the film is to stand upright, not a picture: "turn it upright"."""
    ref = clause.peek_ref()
    is_whole = (ref is not None and ref.is_it and ref.is_all) or clause.has("video")
    is_turn = clause.has("clockwise", "counterclockwise", "upside-down", "quarter")
    return is_whole and clause.has("shape:9:16") and not is_turn and not clause.has_kind("degrees")


def _are_apart(clause: Clause) -> bool:
    """Return whether two shapes are asked for: "one wide, one tall", not "square for stories"."""
    items = [item for item in clause.items if item.kind != "punct" and not item.has("filler")]
    named = [(n, item.named("shape")) for n, item in enumerate(items) if item.named("shape")]
    return len({name for _, name in named}) > 1 and named[-1][0] - named[0][0] >= len(named)


def _fits(shape: str, width: int, height: int) -> bool:
    """Return whether a ratio is of the kind that a word for a shape says: "portrait 4:5"."""
    wide, high = map(int, shape.split(":"))
    return (width > height) == (wide > high) and (width < height) == (wide < high)


def _size(width: int, height: int) -> dict[str, Any]:
    if width <= 32 and height <= 32:
        return {"aspect": f"{width}:{height}"}
    if not (16 <= width <= 4096 and 16 <= height <= 4096):
        raise EditError("out_of_range", words=f"{width}x{height}")
    return {"width": width, "height": height}


@frame("fade", "fade-in", "fade-out", "color", "transition:fadeblack", "transition:fadewhite")
def fade(clause: Clause) -> Said | None:
    """Fade in from black; fade out to white over two seconds; end with a fade to black."""
    if clause.has("music", "sound", "volume", "transition") or clause.has_kind("captions", "text"):
        return None
    dips = [item.named("transition") for item in clause.items if item.has("fade-in", "fade-out")]
    starts, ends = clause.take("fade-in") is not None, clause.take("fade-out") is not None
    name = clause.family("transition") or next(filter(None, dips), None)
    if name not in (None, "fadeblack", "fadewhite"):
        return None
    noun = clause.take("fade") is not None
    if (noun or starts) and clause.has("out"):
        ends = clause.take("out") is not None
    if (noun or ends) and not starts and clause.has("in"):
        starts = clause.take("in") is not None
    is_fade = noun or starts or ends or name is not None
    side = [item for item in (clause.take_one("start"), clause.take_one("end")) if item]
    for item in side:
        starts, ends = starts or item.has("start"), ends or item.has("end")
    starts, ends = starts or clause.has_kind("head"), ends or clause.has_kind("tail")
    whole = clause.peek_ref()
    is_picture = whole is not None and whole.is_bare and not whole.is_plural
    if noun and (is_picture or clause.has("video")) and not (starts or ends):
        roles = [item.role for item in clause.items if item.kind == "color"]
        starts, ends = "from" in roles, "to" in roles  # "fade the picture to black"
    if not (starts or ends) or not (is_fade or (side and _goes_to_color(clause))):
        return None
    removes = clause.take("remove", "no", "not-want", "off") is not None
    if removes and starts and ends and any(item.kind == "punct" for item in clause.items):
        return None  # "fade in at the start, at the end none"
    said = sorted(clause.each("color"), key=lambda item: item.role != "from")
    colors = [item.value for item in said]
    if name is not None and colors:
        return None  # "fade to black, and start from white": two fades
    if name is not None:
        colors = [BLACK if name == "fadeblack" else _WHITE]
    clause.take("video", "add", "lasting", "with", "screen-word", "long-word", "both", "create")
    clause.take("come", *(("put-first",) if starts else ()))
    clause.take("slow-down")
    if any(item.value != 1 for item in clause.each("number")):  # "and end with one to white"
        return None
    ref = clause.ref()
    is_picture = is_picture or bool(ref and ref.is_bare and ref.is_plural and colors)
    if ref is not None and not is_picture and (not ref.is_all or ref.is_each):
        return None
    length = clause.value("head", "tail")
    if length is None:
        length = clause.duration()
    if removes:
        length = 0
    sides = ["both" if starts and ends else "start" if starts else "end"]
    if len(set(colors)) > 1:
        sides = ["start", "end"] if starts and ends else []
    shown = [*colors[:1], *colors[-1:]] if len(sides) > 1 else colors[:1] or [None]
    return [
        SetFade.model_validate({"at": at, "color": color, "duration_ms": length})
        for at, color in zip(sides, shown, strict=False)
    ] or None


def _goes_to_color(clause: Clause) -> bool:
    """Take what says that the screen is of a colour: "start from black", "end on red"."""
    roles = {item.role for item in clause.items if item.kind == "color"}
    roles |= {"from" for item in clause.items if item.has("create")}  # "the video from black"
    is_screen = any(item.has("screen-word") for item in clause.items)
    clause.take("place-word") if is_screen else None
    return is_screen or bool(roles & {"from", "to", "on", "in"})


FRAMES: tuple[Frame, ...] = (fade, canvas)
