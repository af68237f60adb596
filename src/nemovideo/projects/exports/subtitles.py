"""The words that a film shows as a file of subtitles, for players that show or hide them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from nemovideo.projects.exports.beside import save_beside
from nemovideo.protocol.draft import JsonObject
from nemovideo.timeline.model import Timeline

ENDINGS = (".srt",)


def save_subtitles(draft: JsonObject | None, path: Path) -> bool:
    """Write all words of a timeline, as they come; return False, writing none, without any.

    Raises:
        OutputNotWritableError: The file can't be written.
    """
    import srt

    captions = sorted(Timeline.from_draft(draft).captions, key=lambda one: one.start_ms)
    entries = [
        srt.Subtitle(
            number,
            timedelta(milliseconds=caption.start_ms),
            timedelta(milliseconds=caption.end_ms),
            caption.label,
        )
        for number, caption in enumerate(captions, start=1)
        if caption.label
    ]
    if not entries:
        return False
    save_beside("--subtitles", path, lambda file: file.write(srt.compose(entries).encode()))
    return True
