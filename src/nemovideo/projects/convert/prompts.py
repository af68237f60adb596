"""The specific instruction that `convert` writes when the user writes none.

"The backend processes faster when you're specific", says the original specification: so the number
of files, the length, the transitions, the title and the music are all named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from nemovideo.protocol.draft import JsonObject
from nemovideo.protocol.media_types import MediaKind
from nemovideo.timeline import in_lines
from nemovideo.timeline.names import MOODS, MUSIC_STYLES, NO_TRANSITION, RESOLUTIONS, TRANSITIONS
from nemovideo.timeline.pacing import usual_photo_ms

NO_MUSIC = "none"
_NOUNS: tuple[tuple[MediaKind, str], ...] = (("image", "photo"), ("video", "clip"))


class NamedFile(Protocol):
    """A file of which an instruction speaks."""

    @property
    def name(self) -> str:
        """What it is called where the instruction goes."""

    @property
    def kind(self) -> MediaKind | None:
        """What it is; None where nobody knows yet."""


@dataclass(frozen=True)
class VideoWishes:
    """What the flags of `convert` ask for."""

    duration_s: float | None = None
    aspect: str | None = None
    size: str | None = None
    """Of `nemovideo.timeline.names.RESOLUTIONS`."""
    fps: int | None = None
    title: str | None = None
    is_cut_to_beat: bool = False
    captions: str | None = None
    """Of `nemovideo.timeline.names.LABELS`."""
    music: str | None = None
    """A style in words, the name of an uploaded audio file, or ``none``."""
    is_music_file: bool = False
    transition: str | None = None


def write_prompt(
    files: Sequence[NamedFile], wishes: VideoWishes, *, order: Sequence[str] | None = None
) -> str:
    """Write the instruction for a first cut.

    An order is named where the server may have got the files in another.
    """
    counts = Counter(file.kind for file in files)
    what = " and ".join(_counted(counts[kind], noun) for kind, noun in _NOUNS if counts[kind])
    duration_s = wishes.duration_s
    if duration_s is None and counts["image"] and not counts["video"] and not counts[None]:
        duration_s = counts["image"] * usual_photo_ms(counts["image"]) / 1000
    length = f"a {_seconds(duration_s)}-second video" if duration_s is not None else "a video"
    count = sum(number for kind, number in counts.items() if kind != "audio")
    if counts[None]:  # a link whose name does not tell what it is
        what = _counted(count, "file")
    these = "this" if count == 1 else "these"
    sentences = [f"Turn {these} {what} into {length} {_style(wishes)}."]
    sentences += _details(wishes)
    sentences += _order(order)
    return " ".join(sentences)


def complete_prompt(prompt: str, wishes: VideoWishes, *, order: Sequence[str] | None = None) -> str:
    """Add to the user's own instruction what the flags ask for besides; alone it stays as it is."""
    sentences = []
    if wishes.duration_s is not None:
        sentences.append(f"Make it {_seconds(wishes.duration_s)} seconds long.")
    if wishes.transition == "none":
        sentences.append("No transitions.")
    elif wishes.transition:
        sentences.append(f"Use {wishes.transition} transitions.")
    sentences += _details(wishes)
    sentences += _order(order)
    if not sentences:
        return prompt
    text = prompt.rstrip()
    ending = "" if text.endswith((*".!?…", *"。！？")) else "."
    return " ".join([f"{text}{ending}", *sentences])


def exact_edits(
    wishes: VideoWishes, order: Sequence[str] | None = None
) -> tuple[JsonObject, ...] | None:
    """Return what the flags ask for as edits; None when a wish can only be said in words."""
    edits: list[JsonObject] = []
    if order:
        edits.append({"do": "order", "clips": list(order)})
    canvas: JsonObject = {"aspect": wishes.aspect} if wishes.aspect else {}
    if wishes.size:
        canvas["lines"] = RESOLUTIONS[wishes.size]
    if wishes.fps:
        canvas["fps"] = wishes.fps
    if canvas:
        edits.append({"do": "canvas", **canvas})
    if wishes.transition:
        if wishes.transition not in (*TRANSITIONS, NO_TRANSITION):
            return None
        edits.append({"do": "transition", "name": wishes.transition})
    if wishes.duration_s is not None:
        edits.append({"do": "length", "duration_ms": round(wishes.duration_s * 1000)})
    if wishes.music == NO_MUSIC:
        edits.append({"do": "music", "none": True})
    elif wishes.music and wishes.is_music_file:
        edits.append({"do": "music", "files": [wishes.music]})
    elif wishes.music:
        if wishes.music not in (*MUSIC_STYLES, *MOODS):
            return None
        edits.append({"do": "music", "mood" if wishes.music in MOODS else "style": wishes.music})
    if wishes.is_cut_to_beat:
        edits.append({"do": "cut_to_beat"})
    if wishes.captions:
        edits.append({"do": f"caption_{wishes.captions}s"})
    if wishes.title:
        edits.append({"do": "text", "text": in_lines(wishes.title), "place": "start"})
    return tuple(edits)


def _details(wishes: VideoWishes) -> list[str]:
    sentences = []
    if wishes.aspect:
        sentences.append(f"Use a {wishes.aspect} aspect ratio.")
    if wishes.size:
        sentences.append(f"Make it in {wishes.size}.")
    if wishes.fps:
        sentences.append(f"Use {wishes.fps} frames per second.")
    if wishes.captions:
        what = {"name": "file name"}.get(wishes.captions, wishes.captions)
        sentences.append(f"Caption each photo with its {what}.")
    if wishes.title:
        sentences.append(f"Add the title {_quoted(wishes.title)} at the beginning.")
    if wishes.music == NO_MUSIC:
        sentences.append("No background music.")
    elif wishes.music and wishes.is_music_file:
        sentences.append(f"Use {_quoted(wishes.music)} as the background music.")
    elif wishes.music:
        sentences.append(f"Background music: {wishes.music.rstrip('.')}.")
    if wishes.is_cut_to_beat:
        sentences.append("Cut to the beat.")
    return sentences


def _order(names: Sequence[str] | None) -> list[str]:
    return [f"Keep this order: {', '.join(names)}."] if names and len(names) > 1 else []


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
    folded = in_lines(text)
    return f'"{folded}"' if '"' not in folded else f"“{folded}”"
