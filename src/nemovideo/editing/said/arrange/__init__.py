"""How it is said what is there and in which order."""

from nemovideo.editing.said.arrange import clips, moves, order
from nemovideo.editing.said.frames import Frame

FRAMES: tuple[Frame, ...] = (
    clips.start_over,
    clips.keep,
    order.swap,
    clips.duplicate,
    order.reverse,
    order.sort,
    order.shuffle,
    order.explicit_order,
    order.told_places,
    moves.begin_with,
    moves.shift,
    moves.move,
    clips.add,
    clips.remove,
)
