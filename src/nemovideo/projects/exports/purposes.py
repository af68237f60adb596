"""What a video is for, where its timeline stands already: what an export can still do about it.

A file's size is the export's; shape, pixels and frames a second are the timeline's, which an export
leaves as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemovideo.errors import UsageError
from nemovideo.projects.exports.presets import PRESETS
from nemovideo.timeline.names import RESOLUTIONS

if TYPE_CHECKING:
    from nemovideo.timeline import Timeline

_SHAPE_TOLERANCE = 0.01


def export_options(purpose: str, *, is_local: bool) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the options of a preset that the backend can take, and what of them can't be had.

    The cloud is told no sizes of files.
    """
    options = dict(PRESETS[purpose].options)
    if not is_local and (limit := options.pop("max_size", None)) is not None:
        return options, (f"The cloud can't be told that the file may have {limit} at the most.",)
    return options, ()


def check_length(purpose: str, duration_s: float) -> None:
    """Refuse a video that is longer than its place takes.

    Raises:
        UsageError: It is.
    """
    longest_s = PRESETS[purpose].longest_s
    if longest_s is not None and duration_s > longest_s:
        raise UsageError(
            f"a {purpose} is at most {longest_s:g} s long, not {duration_s:g} s",
            hint="Make it shorter, or leave --for out.",
        )


def what_differs(purpose: str, timeline: Timeline) -> tuple[str, ...]:
    """Return in sentences how a timeline's picture differs from what its place wants.

    What a timeline does not say, as one of the cloud's may not, differs from nothing.
    """
    options, canvas = PRESETS[purpose].options, timeline.canvas
    if canvas.width is None or canvas.height is None:
        return ()
    size, notes = f"{canvas.width}x{canvas.height}", []
    if (aspect := options.get("aspect")) is not None:
        width, _, height = aspect.partition(":")
        if abs(canvas.width * int(height) / (canvas.height * int(width)) - 1) > _SHAPE_TOLERANCE:
            notes.append(_note(purpose, aspect, size))
    lines = RESOLUTIONS[options["size"]]
    if min(canvas.width, canvas.height) != lines:
        notes.append(_note(purpose, options["size"], size))
    return tuple(notes)


def _note(purpose: str, wanted: str, size: str) -> str:
    return (
        f'For {purpose} a film is {wanted}, and this one is {size}: say "make it {wanted}" to '
        "change it."
    )
