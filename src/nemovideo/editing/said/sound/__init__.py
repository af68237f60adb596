"""How music, volumes and fades of sound are said."""

from nemovideo.editing.said.frames import Frame
from nemovideo.editing.said.sound import fades, music, volumes

FRAMES: tuple[Frame, ...] = (
    volumes.duck,
    fades.sound_fades,
    music.music_start,
    volumes.mute,
    volumes.only_sound,
    volumes.volume,
    music.music,
)
