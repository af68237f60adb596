"""How words over the picture are said."""

from nemovideo.editing.said.frames import Frame
from nemovideo.editing.said.words import changes, new

FRAMES: tuple[Frame, ...] = (
    changes.second_line,
    new.subtitles,
    changes.replace_text,
    new.captions_of_files,
    changes.remove_text,
    changes.change_text,
    changes.change_quoted,
    new.add_text,
)
