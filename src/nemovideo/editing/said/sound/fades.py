"""How fades of sound are said."""

from __future__ import annotations

from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Said, frame
from nemovideo.editing.sound import SetSoundFades

FADE_MS = 3000


def _second_length(clause: Clause) -> float | None:
    """Take the length that is said last: "in over 2 seconds and out over 4"."""
    seconds = clause.value("number")
    length = clause.value("duration", "head", "tail") if seconds is None else seconds * 1000
    return None if length is None else float(length)


def _is_faded(clause: Clause, *, starts: bool, ends: bool) -> bool:
    """Return whether the music comes or goes so gently that it may be wished otherwise."""
    sounds = clause.scene.timeline.sounds
    return any((starts and s.fade_in_ms) or (ends and s.fade_out_ms) for s in sounds)


@frame("fade", "fade-in", "fade-out", "gently", "abruptly")
def sound_fades(clause: Clause) -> Said | None:
    """Fade the music out over the last three seconds."""
    if clause.take("music", "sound", "volume") is None:
        return None
    if clause.take("abruptly") is not None:
        return [SetSoundFades(fade_out_ms=0)] if clause.take("end", "lasting") else None
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
    if clause.has("not") and _is_faded(clause, starts=starts, ends=ends):
        removes = clause.take("not") is not None  # "don't fade it in"
    clause.take("add", "lasting", "video", "length", "long-word", "each")
    length = clause.value("head", "tail")
    if length is None:
        length = clause.duration()
    if length is None and (number := clause.value("number", roles=("on", "for", "in"))) is not None:
        length = number * 1000  # "fade out over 4"
    if removes and any(item.kind == "punct" or item.has("and") for item in clause.items[1:]):
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
