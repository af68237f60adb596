"""Titles and captions as pictures with transparency, ready to be laid over a frame."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageDraw, ImageFilter, features

from nemovideo.render._layout import (
    Direction,
    balanced,
    base_direction,
    clusters,
    language_of,
    longest_word,
    visual_runs,
    wrap,
)
from nemovideo.render.fonts import Face, FontBook, SizedFont, default_fonts, sized

_MEASURE = 100
"""Pixels at which clusters are measured once; widths of other sizes follow from it."""

_LINE = 1.24
"""From line to line, in font sizes."""
_LONGEST = 1000
"""Clusters of a text beyond this are not shown: no reader gets there."""


@dataclass(frozen=True)
class TextPicture:
    """A text drawn for a frame, cut to its ink with its shadow."""

    pixels: npt.NDArray[np.uint8]
    """rgba (height, width, 4), the colours not multiplied by alpha; never empty."""
    x: int
    """Of its left edge in the frame."""
    y: int
    """Of its upper edge in the frame."""
    missing: tuple[str, ...] = ()
    """Characters that no font here can show; they are left out."""


@dataclass(frozen=True)
class _Style:
    size: float
    """The largest font size, as a part of the frame's shorter side."""
    tallest: float
    """The most height that it takes, as a part of the frame's."""
    middle: float
    """Where the middle of a short text is, as a part of the frame's height."""
    lowest: float
    """Where it ends at most."""


_TITLE = _Style(size=0.115, tallest=0.6, middle=0.5, lowest=0.92)
_CAPTION = _Style(size=0.056, tallest=0.3, middle=0.845, lowest=0.93)
_WIDEST = 0.86
_SMALLEST = 0.022
_SHRINK = 0.94
_CROWDED = 0.6
"""Of the largest size: above it words stay whole and lines few, below it all is allowed."""
_NEARLY = 0.8
_THICKENING = 0.013

_Run = tuple[str, Direction]


def render_text(
    text: str, style: str, width: int, height: int, *, fonts: FontBook | None = None
) -> TextPicture:
    """Draw a text for a frame: white with a soft shadow, wrapped and shrunk until it fits.

    Args:
        text: What to show; line breaks are kept.
        style: ``title`` (large, in the middle) or ``caption`` (small, the lower third); anything
            else is a title.
        width: Pixels of the frame.
        height: Pixels of the frame.
        fonts: The fonts to use; those of this machine if None.
    """
    look = _CAPTION if style == "caption" else _TITLE
    setter = _Typesetter(fonts or default_fonts(), language_of(text))
    paragraphs, missing = setter.read(text)
    if not paragraphs:
        return TextPicture(np.zeros((1, 1, 4), np.uint8), 0, 0, missing)
    lines, size = setter.fit(paragraphs, look, width, height)
    margin = size  # the shadow's room
    ink = setter.draw(lines, size, margin)
    tall = len(lines) * _LINE * size
    top = min(look.middle * height - tall / 2, look.lowest * height - tall)
    return _in_frame(
        _with_shadow(ink, size),
        round((width - ink.width) / 2),
        round(max(0.0, top)) - margin,
        (width, height),
        missing,
    )


class _Typesetter:
    """Sets one text: knows its language and the fonts."""

    def __init__(self, fonts: FontBook, language: str) -> None:
        self._fonts = fonts
        self._language = language
        self._widths: dict[str, float] = {" ": 0.26 * _MEASURE}

    def read(self, text: str) -> tuple[list[list[str]], tuple[str, ...]]:
        """Split a text into lines of clusters that can be shown, and those that can't."""
        missing: dict[str, None] = {}
        paragraphs: list[list[str]] = []
        left = _LONGEST
        for line in text.strip().splitlines():
            kept: list[str] = []
            for cluster in clusters(line)[:left]:
                if cluster == " " or self._face(cluster) is not None:
                    if cluster != " " or kept[-1:] != [" "]:
                        kept.append(cluster)
                elif cluster.strip():
                    missing[cluster] = None
            left -= len(kept)
            paragraphs.append(kept)
        while paragraphs and not "".join(paragraphs[-1]).strip():
            paragraphs.pop()
        while paragraphs and not "".join(paragraphs[0]).strip():
            paragraphs.pop(0)
        return paragraphs, tuple(missing)

    def fit(
        self, paragraphs: list[list[str]], look: _Style, width: int, height: int
    ) -> tuple[list[list[str]], int]:
        """Return the lines and the font size, the largest that looks well, else that fits."""
        side = min(width, height)
        largest = max(8, round(look.size * side))
        smallest = min(largest, max(8, round(_SMALLEST * side)))
        room = _WIDEST * width * _MEASURE
        most_lines = max(3 if width >= height else 5, len(paragraphs))
        size = self._size_unbroken(paragraphs, room, largest)
        while size > smallest:
            lines_in_height = int(look.tallest * height / (_LINE * size))
            if size > largest * _CROWDED:
                lines_in_height = min(lines_in_height, most_lines)
            is_whole = size <= largest * _CROWDED or self._has_whole_words(paragraphs, room / size)
            if is_whole and self._count_lines(paragraphs, room / size) <= lines_in_height:
                break
            size = max(smallest, int(size * _SHRINK))
        lines = [line for items in paragraphs for line in self._broken(items, room / size)]
        return _cut_off(lines, max(1, int(look.tallest * height / (_LINE * size)))), size

    def _size_unbroken(self, paragraphs: list[list[str]], room: float, largest: int) -> int:
        """Return a slightly smaller size when that spares the lines from being broken."""
        widest = max(sum(self._measure(items)) for items in paragraphs)
        unbroken = int(room / max(widest * 1.01, 1.0))
        return min(largest, unbroken) if unbroken >= largest * _NEARLY else largest

    def _has_whole_words(self, paragraphs: list[list[str]], limit: float) -> bool:
        return all(longest_word(items, self._measure(items)) <= limit for items in paragraphs)

    def _count_lines(self, paragraphs: list[list[str]], limit: float) -> int:
        return sum(len(wrap(items, self._measure(items), limit)) for items in paragraphs)

    def draw(self, lines: list[list[str]], size: int, margin: int) -> Image.Image:
        """Draw the lines one below the other, each in the middle: RGBA, white but for emoji."""
        base = base_direction([cluster for line in lines for cluster in line])
        rows = [visual_runs(line, self._faces(line), base) for line in lines]
        widths = [[self._run_width(run, size) for run in row] for row in rows]
        wide = math.ceil(max(sum(row) for row in widths)) + 2 * margin
        tall = math.ceil(len(lines) * _LINE * size) + 2 * margin
        canvas = Image.new("RGBA", (wide, tall), (255, 255, 255, 0))
        for number, row in enumerate(rows):
            x = (wide - sum(widths[number])) / 2
            baseline = margin + (number + 0.5) * _LINE * size + 0.37 * size
            for run, run_width in zip(row, widths[number], strict=True):
                self._draw_run(canvas, run, size, x, baseline)
                x += run_width
        return canvas

    def _draw_run(
        self, canvas: Image.Image, run: _Run, size: int, x: float, baseline: float
    ) -> None:
        face = self._run_face(run[0])
        if face is None:
            return
        font = sized(face, size)
        if face.is_colour:
            _draw_emoji(canvas, font, run[0], x, baseline)
            return
        ImageDraw.Draw(canvas).text(
            (x, baseline),
            run[0],
            (255, 255, 255, 255),
            font.font,
            anchor="ls",
            stroke_width=round(size * _THICKENING) if face.is_light else 0,
            direction=_raqm_direction(run[1]),
        )

    def _broken(self, items: list[str], limit: float) -> list[list[str]]:
        lines = balanced(items, self._measure(items), limit)
        return [[items[number] for number in line] for line in lines]

    def _measure(self, items: list[str]) -> list[float]:
        for cluster in items:
            if cluster not in self._widths:
                self._widths[cluster] = self._run_width((cluster, "ltr"), _MEASURE)
        return [self._widths[cluster] for cluster in items]

    def _run_width(self, run: _Run, size: int) -> float:
        face = self._run_face(run[0])
        if face is None:
            return 0.26 * size * len(run[0])
        font = sized(face, size)
        direction = None if face.is_colour else _raqm_direction(run[1])
        return float(font.font.getlength(run[0], direction=direction)) * font.scale

    def _face(self, cluster: str) -> Face | None:
        return self._fonts.face_for(cluster, self._language)

    def _run_face(self, text: str) -> Face | None:
        """Return the face of a run, that of its first cluster which is no blank."""
        found = next((item for item in clusters(text) if item != " "), None)
        return self._face("n") if found is None else self._face(found)

    def _faces(self, line: list[str]) -> list[Face | None]:
        """Return the face of each cluster; a blank has that of what stands before it."""
        faces: list[Face | None] = []
        for cluster in line:
            faces.append(self._face(cluster) if cluster != " " or not faces else faces[-1])
        return faces


def _cut_off(lines: list[list[str]], most: int) -> list[list[str]]:
    return lines if len(lines) <= most else [*lines[: most - 1], [*lines[most - 1][:-1], "…"]]


def _raqm_direction(direction: Direction) -> Direction | None:
    return direction if features.check("raqm") else None


def _draw_emoji(canvas: Image.Image, font: SizedFont, text: str, x: float, baseline: float) -> None:
    left, top, right, bottom = (math.floor(edge) for edge in font.font.getbbox(text, anchor="ls"))
    if right <= left or bottom <= top:
        return
    picture = Image.new("RGBA", (right - left + 2, bottom - top + 2), (0, 0, 0, 0))
    place = (1 - left, 1 - top)
    ImageDraw.Draw(picture).text(
        place, text, (255, 255, 255, 255), font.font, anchor="ls", embedded_color=True
    )
    scaled = (round(picture.width * font.scale), round(picture.height * font.scale))
    if font.scale != 1.0:
        picture = picture.resize((max(1, scaled[0]), max(1, scaled[1])), Image.Resampling.LANCZOS)
    at = (round(x + left * font.scale), round(baseline + top * font.scale))
    canvas.alpha_composite(picture, (max(0, at[0]), max(0, at[1])))


def _with_shadow(ink: Image.Image, size: int) -> npt.NDArray[np.uint8]:
    """Lay the ink over its shadow: a close one for the edges, a wide one for bright places."""
    mask = ink.getchannel("A")
    near = mask.filter(ImageFilter.GaussianBlur(size * 0.035))
    near = ImageChops.offset(near, 0, max(1, round(size * 0.03)))
    far = mask.filter(ImageFilter.GaussianBlur(size * 0.2))
    shade = 1 - (1 - 0.8 * _fractions(near)) * (1 - 0.55 * np.minimum(1, 1.4 * _fractions(far)))
    opaque = _fractions(mask)
    alpha = opaque + shade * (1 - opaque)
    colours = np.asarray(ink, np.float32)[..., :3]
    share = opaque / np.maximum(alpha, 1 / 255)
    result = np.empty((*alpha.shape, 4), np.uint8)
    result[..., :3] = np.rint(colours * share[..., None])
    result[..., 3] = np.rint(alpha * 255)
    return result


def _fractions(mask: Image.Image) -> npt.NDArray[np.float32]:
    return np.asarray(mask, np.float32) / np.float32(255)


def _in_frame(
    pixels: npt.NDArray[np.uint8],
    x: int,
    y: int,
    frame: tuple[int, int],
    missing: tuple[str, ...],
) -> TextPicture:
    """Cut what is drawn to its ink and to the frame."""
    left, top = max(0, -x), max(0, -y)
    seen = pixels[top : frame[1] - y, left : frame[0] - x]
    rows, columns = np.nonzero(seen[..., 3].any(axis=1))[0], np.nonzero(seen[..., 3].any(axis=0))[0]
    if not len(rows):
        return TextPicture(np.zeros((1, 1, 4), np.uint8), 0, 0, missing)
    cut = seen[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return TextPicture(
        np.ascontiguousarray(cut),
        x + left + int(columns[0]),
        y + top + int(rows[0]),
        missing,
    )
