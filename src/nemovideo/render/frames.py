"""Single frames of a timeline as small pictures, for storyboards: exactly what a render shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from nemovideo.render.film.drawing.compositor import compositor_of
from nemovideo.render.film.drawing.grounds import Grounds
from nemovideo.render.film.drawing.sources import find_media
from nemovideo.render.film.plan import Layer, Plan, make_plan, to_frame
from nemovideo.render.picture.planes import Bytes, Planes, rgb_of
from nemovideo.timeline.model import Canvas, Clip, Timeline

MIN_SIDE = 16
LONG_FRAMES = 60
"""A clip that has run for so many is sought in, not played up to there."""
Pixels = Bytes
"""rgb24 (height, width, 3)."""


def render_frames(
    timeline: Timeline, media: Mapping[str, Path], times_ms: Iterable[float], *, longest_side: int
) -> Iterator[Pixels]:
    """Yield a timeline's frames at some times, as rgb24 (height, width, 3).

    Args:
        timeline: What to show.
        media: The session's files, by media id and by file name.
        times_ms: From the earliest on; those beyond the end give the last frame.
        longest_side: Pixels of the longer side; the shape is the timeline's.

    Raises:
        EmptyTimelineError: There is nothing on the timeline.
        RenderError: A file is missing, or the timeline is too long.
        FileError: A photo or clip can't be read.
    """
    plan = make_plan(timeline)
    width, height = fitted(plan.width, plan.height, longest_side)
    plan = replace(plan, width=width, height=height)
    paths = [find_media(shot, media) for shot in plan.shots]
    out = Planes.blank(width, height)
    grounds = Grounds(plan, paths)
    with compositor_of(plan, paths, grounds) as compositor:
        for time_ms in times_ms:
            frame = min(to_frame(time_ms, plan.fps), plan.frame_count - 1)
            clip = _clip_alone(plan, frame)
            if clip is None:
                compositor.draw(frame, out)
            else:
                with compositor_of(_sought(plan, clip), [paths[clip.shot]], grounds) as seeking:
                    seeking.draw(frame, out)
            yield rgb_of(out)


def render_media(path: Path, size: tuple[int, int], *, time_ms: float = 0) -> Pixels:
    """Return a photo, or a clip's frame, on a frame of a size, as rgb24.

    Raises:
        RenderError: The file is neither.
        FileError: It can't be read.
    """
    clip = Clip(duration_ms=1000, media=path.name, source_start_ms=round(time_ms))
    timeline = Timeline(canvas=Canvas(*size), duration_ms=1000).with_clips([clip])
    return next(render_frames(timeline, {path.name: path}, [0], longest_side=max(size)))


def fitted(width: int, height: int, longest_side: int) -> tuple[int, int]:
    """Return a smaller size of the same shape; both sides even."""
    scale = min(1.0, longest_side / max(width, height))
    return _even(width * scale), _even(height * scale)


def _clip_alone(plan: Plan, frame: int) -> Layer | None:
    """Return the clip that alone is on screen, if it has been running for long."""
    layers = plan.layers_at(frame)
    if len(layers) != 1 or layers[0].progress < 1 or layers[0].frame < LONG_FRAMES:
        return None
    return layers[0] if plan.shots[layers[0].shot].kind == "video" else None


def _sought(plan: Plan, clip: Layer) -> Plan:
    """Return a plan that begins the clip where it is by now: seeking is faster than decoding."""
    shot = plan.shots[clip.shot]
    later = replace(
        shot,
        start=shot.start + clip.frame,
        source_start=shot.source_start + shot.source_time(clip.frame),
        transition=None,
    )
    return replace(plan, shots=(later,))


def _even(pixels: float) -> int:
    return max(MIN_SIDE, round(pixels / 2) * 2)
