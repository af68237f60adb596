"""How speeds are said."""

from __future__ import annotations

from typing import Any

from nemovideo.editing.model import EditError
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Said, frame
from nemovideo.editing.said.time.lengths import is_pace
from nemovideo.editing.time import SetSpeed

FAST, SLOW = 2.0, 0.5
SLIGHTLY_FAST, SLIGHTLY_SLOW = 1.25, 0.8


@frame("speed-up", "slow-down", "speed", "factor", "fast", "normal")
def speed(clause: Clause) -> Said | None:
    """Play the clip at double speed; slow motion; 20 % faster."""
    faster, slower = clause.take("speed-up") is not None, clause.take("slow-down") is not None
    if clause.has("speed") and not slower:  # "speed the clip up"
        faster = clause.take("upward") is not None or faster
        slower = not faster and clause.take("downward") is not None
    noun = clause.take("speed", "fast") is not None or any(
        item.kind == "factor" and (item.has("speed") or item.role == "at" or is_pace(item))
        for item in clause.items
    )
    if not (faster or slower or noun) or (faster and slower) or clause.has("music", "transition"):
        return None
    ref = clause.ref()
    video = clause.take("video", "sound")
    clause.take("play", "motion", "lasting", "raise", "lower", "move")
    clips: Any = "films"
    if ref is not None and not (ref.is_it and ref.is_all):
        clips = clause.names(ref)
        if ref.is_bare and ref.noun == "clip" and ref.is_plural:
            clips = "films"
    elif ref or video or not any(clip.is_film for clip in clause.scene.timeline.clips):
        clips = "all"
    if clause.take("normal") is not None:
        return [SetSpeed(clips=clips, speed=1.0)]
    item, percent = clause.item("factor"), clause.item("percent")
    number = clause.value("number")
    if item is not None:
        value = float(item.value)
        if value <= 0:
            raise EditError("speed_range", low=0.1, high=20)
        if slower and value > 1:
            value = 1 / value
        if faster and value < 1:
            value += 1  # "faster by half"
        relative = item.raw.strip().endswith("as")
        if (faster or slower) and item.role == "to":
            return [_checked_speed(clips, value)]  # "speed it up to 1.5 times"
        return [
            SetSpeed(clips=clips, factor=value)
            if relative or faster or slower
            else SetSpeed(clips=clips, speed=value)
        ]
    if number is not None and percent is None:  # "un 50 %"
        return [_checked_speed(clips, float(number))]
    if percent is not None:
        share = float(percent.value) / 100
        if percent.role == "to" or not (faster or slower):
            return [_checked_speed(clips, share)]
        scaled = 1 + share if faster else 1 - share
        return [SetSpeed(clips=clips, factor=scaled)] if scaled > 0 else None
    if not (faster or slower):
        return None
    if clause.strength() < 1:
        return [SetSpeed(clips=clips, factor=SLIGHTLY_FAST if faster else SLIGHTLY_SLOW)]
    return [SetSpeed(clips=clips, factor=FAST if faster else SLOW)]


def _checked_speed(clips: Any, value: float) -> SetSpeed:
    if not 0.1 <= value <= 20:
        raise EditError("speed_range", low=0.1, high=20)
    return SetSpeed(clips=clips, speed=value)
