"""Edits of words over the picture: texts, and what files say of themselves."""

from nemovideo.editing.words.labels import CaptionDates, CaptionNames, CaptionPlaces
from nemovideo.editing.words.texts import AddText, EditText, RemoveText, Subtitles

__all__ = [
    "AddText",
    "CaptionDates",
    "CaptionNames",
    "CaptionPlaces",
    "EditText",
    "RemoveText",
    "Subtitles",
]
