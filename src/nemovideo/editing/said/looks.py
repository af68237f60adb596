"""How looks are said: a change of colours or sharpness, and its end."""

from __future__ import annotations

from typing import Any

from nemovideo.editing.model import EditError
from nemovideo.editing.picture import SetLook
from nemovideo.editing.said.clause import SLIGHT, Clause
from nemovideo.editing.said.frames import Frame, Said, frame
from nemovideo.editing.said.picture import GENTLER, targets


@frame("looks-off", "filter")
def looks_off(clause: Clause) -> Said | None:
    """No filters; back to the original colours."""
    off = clause.take("looks-off") is not None
    if clause.has("filter") and clause.has("take-verb") and clause.removes("off"):
        off = True  # "take the filter off photo 4"
    noun = clause.take("filter") is not None
    clause.take("back", "color", "normal") if off else None
    if not off and clause.take("remove", "no", "off", "normal") is None:
        return None
    if not (off or noun) or clause.has_family("look"):
        return None
    clause.take("keep", "remove", "off", "no", "back")
    return [SetLook(clips=targets(clause), name="none")]


@frame("filter")
def scaled(clause: Clause) -> Said | None:
    """Cut the look of photo 4 in half; the filter a bit weaker."""
    if clause.take("filter") is None or clause.has_family("look"):
        return None
    factor, percent = clause.value("factor"), clause.percent()
    weaker = clause.take("less", "quieter") is not None
    clause.take("cut", "make", "it", "shorten", "lower", "strength", "degree-word")
    clips = targets(clause)
    shown = clause.scene.timeline.clips
    meant = [c for n, c in enumerate(shown, 1) if clips == "all" or (c.id or n) in clips]
    names = {look.name for clip in meant for look in clip.looks or ()}
    if len(names) != 1 or (factor is None and percent is None and not weaker):
        return None
    if percent is not None and 0 <= percent <= 1:
        return [SetLook.model_validate({"clips": clips, "name": names.pop(), "amount": percent})]
    scale = GENTLER if factor is None else float(factor)
    return [SetLook.model_validate({"clips": clips, "name": names.pop(), "factor": scale})]


@frame(
    *(
        f"look:{name}"
        for name in (
            "grayscale", "sepia", "warm", "cool", "vivid",
            "vintage", "bright", "dark", "soft", "sharp",
        )
    )
)  # fmt: skip
def look(clause: Clause) -> Said | None:
    """Black and white; a bit warmer; 50 % sepia; no more sepia."""
    if clause.has("transition", "music", "volume") or clause.has_kind("text", "captions"):
        return None
    if clause.has("eyes") and clause.has("remove", "keep", "keep-only"):
        return None  # "remove the blurry photos" needs eyes
    names = []
    while (name := clause.family("look")) is not None:
        if name not in names:
            names.append(name)
    if len(names) > 1 and _are_apart(clause):
        return None
    if len(names) > 1 and "soft" in names:
        names.remove("soft")  # "a soft sepia"
    is_one = not any(item.has("and") or item.kind == "punct" for item in clause.items)
    if is_one and "vintage" in names and {"sepia", "grayscale"} & {*names}:
        names.remove("vintage")  # "old timey sepia"
    remove = clause.take("looks-off") is not None
    remove = clause.removes("off") or remove
    clause.take("filter", "add", "color", "in", "keep")
    more, less = clause.take("more") is not None, clause.take("less") is not None
    slight = clause.take("slightly") is not None
    clause.take("strongly")
    percent, scale = clause.percent(), clause.item("factor")
    if scale is not None and scale.has("speed"):
        return None
    factor = None if scale is None else scale.value
    is_share = clause.take("strength", "degree-word") is not None
    if scale is not None and (is_share or scale.has("strength")):
        percent, factor = scale.value, None  # "half strength"
    clips = targets(clause)
    if clause.value("number") not in (None, 1):  # "ponle uno frío"
        return None
    extra = clause.peek_ref()
    if extra is not None and extra.is_bare and extra.noun == "one":
        clause.ref()  # "a warm one"
    how: dict[str, Any] = {}
    if remove:
        how = {"amount": 0.0}
    elif percent is not None:
        if percent > 1:
            raise EditError("out_of_range", words=f"{percent:.0%}")
        how = {"amount": percent}
    elif factor is not None:
        how = {"factor": float(factor)}
    elif less and not slight:
        how = {"factor": GENTLER}
    elif slight:
        how = {"amount": SLIGHT}
    elif more:
        how = {}
    return [SetLook.model_validate({"clips": clips, "name": name, **how}) for name in names]


def _are_apart(clause: Clause) -> bool:
    """Return whether something is to be done between two looks: "no sepia, and make it warm"."""
    looks = [n for n, item in enumerate(clause.items) if item.named("look")]
    between = clause.items[looks[0] + 1 : looks[-1]]
    joint = next((n for n, item in enumerate(between) if item.has("and")), len(between))
    return any(item.has("make", "add") and not item.has("filler") for item in between[joint:])


FRAMES: tuple[Frame, ...] = (looks_off, scaled, look)
