"""Which of a text's characters can be shown; light enough to ask when a text is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nemovideo._installation import install_command
from nemovideo.render.text import segments
from nemovideo.render.text.fonts import FontBook, default_fonts, wants_colour

_QUOTED = 40
"""Characters of a text that are quoted."""


@dataclass(frozen=True)
class Reading:
    """A text as it can be shown."""

    paragraphs: list[list[str]]
    """Its lines, each in clusters that have a font; neither the first nor the last is empty."""
    missing: tuple[str, ...] = ()
    """Characters that no font can show."""
    is_pale: bool = False
    """Whether an emoji is drawn in the colour of the letters, for want of a font."""


def missing_characters(text: str, *, fonts: FontBook | None = None) -> tuple[str, ...]:
    """Return what no font here can show, each once, in the order in which it comes."""
    return read(text, segments.language_of(text), fonts or default_fonts()).missing


def notes_on(missing: Sequence[str], cut: str, *, is_pale: bool = False) -> tuple[str, ...]:
    """Return a sentence for each thing of a text that is not shown as it was written."""
    notes = [f"No font here can show {char}: it is left out." for char in missing]
    if is_pale:
        notes.append(f"Emoji are drawn in one colour. For all colours: {install_command('emoji')}")
    if cut:
        start = cut[:_QUOTED].strip() + ("…" if len(cut) > _QUOTED else "")
        notes.append(
            f"A text is too long for the frame: its last {len(cut)} characters are not shown, "
            f"from “{start}” on."
        )
    return tuple(notes)


def read(text: str, language: str, fonts: FontBook) -> Reading:
    """Split a text into paragraphs of clusters that can be shown, and say which can't."""
    missing: dict[str, None] = {}
    paragraphs: list[list[str]] = []
    is_pale = False
    for line in text.strip().splitlines():
        kept: list[str] = []
        for cluster in segments.clusters(line):
            face = fonts.face_for(cluster, language)
            if face is not None:
                is_pale = is_pale or (wants_colour(cluster) and not face.is_colour)
                if cluster != " " or kept[-1:] != [" "]:
                    kept.append(cluster)
            elif cluster.strip():
                missing[cluster] = None
        paragraphs.append(kept)
    while paragraphs and not _is_seen(paragraphs[-1]):
        paragraphs.pop()
    while paragraphs and not _is_seen(paragraphs[0]):
        paragraphs.pop(0)
    return Reading(paragraphs, tuple(missing), is_pale)


def _is_seen(items: list[str]) -> bool:
    return bool("".join(items).strip(" \u200b\u200c\u200d\u2060"))
