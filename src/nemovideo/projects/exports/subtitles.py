"""The words that a film shows as a file of subtitles, for players that show or hide them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from nemovideo._files import write_whole
from nemovideo.errors import OutputNotWritableError
from nemovideo.protocol.draft import JsonObject
from nemovideo.timeline.model import Timeline

ENDINGS = (".srt",)


def save_subtitles(draft: JsonObject | None, path: Path) -> bool:
    """Write all titles, captions and subtitles of a timeline, in the order in which they come.

    Returns:
        Whether there are any; without any no file is written.

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
    try:
        write_whole(path, srt.compose(entries).encode())
    except OSError as exc:
        raise OutputNotWritableError(
            f"{path} can't be written: {exc.strerror or exc}", hint="Choose another --subtitles."
        ) from exc
    return True
