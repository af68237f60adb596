"""How lengths, stretches of time and speeds are said."""

from nemovideo.editing.said.frames import Frame
from nemovideo.editing.said.time import beats, cuts, lengths, speeds

FRAMES: tuple[Frame, ...] = (
    beats.cut_to_beat,
    lengths.fit_to_music,
    speeds.speed,
    cuts.split,
    cuts.half,
    cuts.trim,
    cuts.cut,
    cuts.cut_off_end,
    lengths.each_length,
    lengths.clip_length,
    lengths.total_length,
)
