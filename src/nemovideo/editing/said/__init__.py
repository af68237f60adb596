"""How each edit is said: a module or a folder for each family, named like the module of its edits.

A frame takes a `Clause` apart: which concepts call it, which clips, times and amounts it takes. It
gives edits, or None when it does not fit. Whatever it leaves untaken makes the clause not
understood, so that no word is passed over. Adding a way to say something touches one frame here
and the words in the lexicons.
"""

from nemovideo.editing.said import (
    arrange,
    frame,
    history,
    joints,
    looks,
    pairs,
    picture,
    sound,
    time,
    words,
)
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Frame, Said

FRAMES: tuple[Frame, ...] = (
    *history.FRAMES,
    *words.FRAMES,
    *joints.FRAMES,
    *pairs.FRAMES,
    *frame.FRAMES,
    *sound.FRAMES,
    *picture.FRAMES,
    *looks.FRAMES,
    *time.FRAMES,
    *arrange.FRAMES,
)
"""All frames, in the order in which they are tried."""

__all__ = ["FRAMES", "Clause", "Frame", "Said"]
