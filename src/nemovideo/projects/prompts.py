"""The specific instruction that `convert` writes when the user writes none.

"The backend processes faster when you're specific", says the original specification: so the number
of files, the length, the transitions, the title and the music are all named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nemovideo.projects.inputs import InputFile
from nemovideo.protocol.media_types import MediaKind

DEFAULT_DURATION_S = 30.0
NO_MUSIC = "none"
_NOUNS: tuple[tuple[MediaKind, str], ...] = (("image", "photo"), ("video", "clip"))


@dataclass(frozen=True)
class VideoWishes:
    """What the flags of `convert` ask for."""

    duration_s: float | None = None
    aspect: str | None = None
    title: str | None = None
    music: str | None = None
    """A style in words, the name of an uploaded audio file, or ``none``."""
    is_music_file: bool = False
    transition: str | None = None


def write_prompt(
    files: Sequence[InputFile], wishes: VideoWishes, *, order: Sequence[str] | None = None
) -> str:
    """Write the instruction for a first cut.

    Args:
        files: What was uploaded, in order.
        wishes: What the flags ask for.
        order: The names in order, where the server may have got the files in another.
    """
    counts = Counter(file.kind for file in files)
    what = " and ".join(_counted(counts[kind], noun) for kind, noun in _NOUNS if counts[kind])
    duration_s = wishes.duration_s
    if duration_s is None and counts["image"]:
        duration_s = DEFAULT_DURATION_S
    length = f"a {_seconds(duration_s)}-second video" if duration_s is not None else "a video"
    these = "this" if counts["image"] + counts["video"] == 1 else "these"
    sentences = [f"Turn {these} {what or 'files'} into {length} {_style(wishes)}."]
    if wishes.aspect:
        sentences.append(f"Use a {wishes.aspect} aspect ratio.")
    if wishes.title:
        sentences.append(f"Add the title {_quoted(wishes.title)} at the beginning.")
    if wishes.music == NO_MUSIC:
        sentences.append("No background music.")
    elif wishes.music and wishes.is_music_file:
        sentences.append(f"Use {_quoted(wishes.music)} as the background music.")
    elif wishes.music:
        sentences.append(f"Background music: {wishes.music.rstrip('.')}.")
    if order:
        sentences.append(f"Keep this order: {', '.join(order)}.")
    return " ".join(sentences)


def _style(wishes: VideoWishes) -> str:
    if wishes.transition == "none":
        transitions = "without transitions"
    elif wishes.transition:
        transitions = f"with {wishes.transition} transitions"
    else:
        transitions = "with transitions"
    has_music = wishes.music != NO_MUSIC
    joint = " and " if wishes.transition != "none" else " and with "
    return f"{transitions}{joint}background music" if has_music else transitions


def _counted(count: int, noun: str) -> str:
    return noun if count == 1 else f"{count} {noun}s"


def _seconds(duration_s: float) -> str:
    return f"{duration_s:g}"


def _quoted(text: str) -> str:
    """Quote with a pair that the text itself does not hold."""
    folded = " ".join(text.split())
    return f'"{folded}"' if '"' not in folded else f"“{folded}”"
