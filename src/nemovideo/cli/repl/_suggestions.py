"""What fits next, from what is on the timeline: one or two steps. Pure."""

from __future__ import annotations

from nemovideo.timeline import Timeline
from nemovideo.timeline.model import TrackType

START = "make a 30-second video with crossfades and calm music"


def next_steps(timeline: Timeline, *, has_media: bool) -> tuple[str, ...]:
    """Return one or two things to say or type next."""
    if not timeline.is_ready:
        return (START,) if has_media else ("drop photos or clips here", "/upload photos/")
    there = {track.type for track in timeline.tracks if track.segments}
    if TrackType.TEXT not in there:
        step = 'add the title "Our summer"'
    elif TrackType.AUDIO not in there:
        step = "add calm music"
    else:
        step = "make it vertical"
    return step, "/export video.mp4"
