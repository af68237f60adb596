"""Characters into glyphs: HarfBuzz joins, stacks, reorders and kerns them as their script wants.

Lengths are in ems, multiples of the font size, so that one shaping serves every size.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import uharfbuzz as hb

from nemovideo.render.text.bidi_order import base_level, levels, visual_order
from nemovideo.render.text.fonts import Face, FontBook, font_of, wants_colour

_LANGUAGES = {"ja": "ja", "ko": "ko", "zh": "zh-Hans"}
_ANY_SCRIPT = ""
"""Of digits, punctuation and blanks: they are drawn with what stands before them."""


@dataclass(frozen=True)
class Glyph:
    """A shape of a font in its place."""

    number: int
    x: float
    """Of its origin, from the start of its run."""
    y: float
    """Above the baseline."""


@dataclass(frozen=True)
class Run:
    """Neighbours of one font and one direction, ready to be drawn from left to right."""

    face: Face
    glyphs: tuple[Glyph, ...]
    width: float
    ascent: float
    """How far its ink reaches above the baseline."""
    descent: float
    """How far below."""


@dataclass(frozen=True)
class Line:
    """A line as it is drawn."""

    runs: tuple[Run, ...]
    """From left to right."""

    @property
    def width(self) -> float:
        """The sum of its runs."""
        return sum(run.width for run in self.runs)

    @property
    def ascent(self) -> float:
        """How far its ink reaches above the baseline."""
        return max((run.ascent for run in self.runs), default=0.0)

    @property
    def descent(self) -> float:
        """How far below."""
        return max((run.descent for run in self.runs), default=0.0)


@dataclass(frozen=True)
class _Piece:
    """Clusters that are shaped together."""

    clusters: tuple[str, ...]
    face: Face
    level: int


class Shaper:
    """Shapes the lines of one paragraph, each cluster of which has a font."""

    def __init__(self, clusters: Sequence[str], language: str, fonts: FontBook) -> None:
        self._clusters = clusters
        self._language = language
        base = base_level("".join(clusters))
        self._levels = levels(clusters, base)
        self._faces = _faces_of(clusters, language, fonts)
        self._scripts = _scripts_of(clusters)

    def widths(self) -> list[float]:
        """Return how much room each cluster takes; 0 for one that is joined to its neighbour."""
        widths: list[float] = []
        for piece in self._pieces(range(len(self._clusters))):
            infos, positions, starts = _shaped(piece, self._language)
            room = [0] * len(starts)
            for info, position in zip(infos, positions, strict=True):
                room[bisect_right(starts, info.cluster) - 1] += position.x_advance
            upem = font_of(piece.face).face.upem
            widths += [advance / upem for advance in room]
        return widths

    def line(self, numbers: range) -> Line:
        """Return a line of some of the clusters."""
        pieces = list(self._pieces(numbers))
        runs = [_run(piece, self._language) for piece in pieces]
        return Line(tuple(visual_order(runs, [piece.level for piece in pieces])))

    def _pieces(self, numbers: range) -> Iterator[_Piece]:
        def alike(number: int) -> tuple[Face, int, str]:
            return (self._faces[number], self._levels[number], self._scripts[number])

        for (face, level, _), group in groupby(numbers, key=alike):
            yield _Piece(tuple(self._clusters[number] for number in group), face, level)


def _faces_of(clusters: Sequence[str], language: str, fonts: FontBook) -> list[Face]:
    """Return the face of each cluster; a blank has that of the letter before it."""
    faces: list[Face] = []
    for number, cluster in enumerate(clusters):
        is_after_letter = number > 0 and not wants_colour(clusters[number - 1])
        if cluster == " " and is_after_letter and faces[-1].covers(" "):
            faces.append(faces[-1])
            continue
        face = fonts.face_for(cluster, language)
        assert face is not None
        faces.append(face)
    return faces


def _scripts_of(clusters: Sequence[str]) -> list[str]:
    scripts = [_script(cluster) for cluster in clusters]
    last = next((script for script in scripts if script != _ANY_SCRIPT), _ANY_SCRIPT)
    for number, script in enumerate(scripts):
        last = scripts[number] = script if script != _ANY_SCRIPT else last
    return scripts


@lru_cache(maxsize=4096)
def _script(cluster: str) -> str:
    buffer = hb.Buffer()
    buffer.add_str(cluster)
    buffer.guess_segment_properties()
    return buffer.script or _ANY_SCRIPT


def _shaped(
    piece: _Piece, language: str
) -> tuple[list[hb.GlyphInfo], list[hb.GlyphPosition], list[int]]:
    """Shape a piece; returns with its glyphs where in the text each cluster starts."""
    starts, text = [], ""
    for cluster in piece.clusters:
        starts.append(len(text))
        text += cluster
    buffer = hb.Buffer()
    buffer.add_str(text)
    if language:
        buffer.language = _LANGUAGES[language]
    buffer.direction = "rtl" if piece.level % 2 else "ltr"
    buffer.guess_segment_properties()
    hb.shape(font_of(piece.face), buffer)
    return buffer.glyph_infos, buffer.glyph_positions, starts


def _run(piece: _Piece, language: str) -> Run:
    infos, positions, _ = _shaped(piece, language)
    font = font_of(piece.face)
    upem = font.face.upem
    glyphs: list[Glyph] = []
    x = ascent = descent = 0.0
    for info, position in zip(infos, positions, strict=True):
        y = position.y_offset / upem
        glyphs.append(Glyph(info.codepoint, x + position.x_offset / upem, y))
        x += position.x_advance / upem
        extents = font.get_glyph_extents(info.codepoint)
        if extents is not None and extents.height:
            ascent = max(ascent, y + extents.y_bearing / upem)
            descent = max(descent, -y - (extents.y_bearing + extents.height) / upem)
    return Run(piece.face, tuple(glyphs), x, ascent, descent)
