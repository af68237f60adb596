"""Edits of what is heard: music, volumes, fades; and where music stands on a timeline."""

from nemovideo.editing.sound._music import (
    SetMusic,
    SetMusicStart,
    composed_sound,
    file_sounds,
    usual_volume,
)
from nemovideo.editing.sound._volumes import SetDucking, SetSoundFades, SetVolume

__all__ = [
    "SetDucking",
    "SetMusic",
    "SetMusicStart",
    "SetSoundFades",
    "SetVolume",
    "composed_sound",
    "file_sounds",
    "usual_volume",
]
