"""Titles, captions and subtitles as pictures with transparency, ready to be laid over a frame."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from nemovideo.render.picture.planes import Bytes
from nemovideo.render.text import segments
from nemovideo.render.text.fonts import FontBook, default_fonts
from nemovideo.render.text.layout import Setting, Typesetter
from nemovideo.render.text.raster import Ink, Sheet
from nemovideo.render.text.reading import notes_on, read
from nemovideo.render.text.style import (
    Align,
    Backing,
    Box,
    TextStyle,
    align_of,
    contrast,
    manner_of,
    place,
    rgb_of,
)

Mask = npt.NDArray[np.float32]
_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)
_CONTRAST = 4.5
"""Of letters to their ground at least, as WCAG 2 asks for texts of any size."""
_MOST_SHADOW = 0.88
"""How opaque a soft shadow is at most; colours that need more get an outline."""


@dataclass(frozen=True)
class TextPicture:
    """A text drawn for a frame, cut to what is seen of it."""

    pixels: Bytes
    """rgba (height, width, 4), the colours not multiplied by alpha; never empty."""
    x: int
    """Of its left edge in the frame."""
    y: int
    """Of its upper edge in the frame."""
    box: Box
    """Where its lines, or the plate behind them, stand; shadows reach beyond it."""
    missing: tuple[str, ...] = ()
    """Characters that no font here can show; they are left out."""
    is_pale: bool = False
    """Whether an emoji is drawn in the colour of the letters, for want of a font."""
    cut: str = ""
    """The end of the text, where the frame has no room for it in letters that can be read."""

    def moved_to(self, box: Box) -> TextPicture:
        """Return it with its box in another place."""
        x, y = box.x - self.box.x, box.y - self.box.y
        return replace(self, x=self.x + x, y=self.y + y, box=box)

    def notes(self) -> tuple[str, ...]:
        """Return what is not shown as it was written, a sentence for each."""
        return notes_on(self.missing, self.cut, is_pale=self.is_pale)


def render_text(
    text: str,
    style: TextStyle,
    frame: tuple[int, int],
    *,
    language: str | None = None,
    fonts: FontBook | None = None,
) -> TextPicture:
    """Draw a text for a frame, wrapped and shrunk until it fits.

    Args:
        text: What to show; line breaks are kept.
        style: How it looks and where it stands.
        frame: Width and height in pixels.
        language: ``ja``, ``ko`` or ``zh``, where characters look different in each; told from the
            text if None.
        fonts: The fonts to use; those of this machine if None.
    """
    book = fonts or default_fonts()
    told = segments.language_of(text) if language is None else language
    reading = read(text, told, book)
    nothing = TextPicture(np.zeros((1, 1, 4), np.uint8), 0, 0, Box(0, 0, 0, 0), reading.missing)
    if not reading.paragraphs:
        return nothing
    manner = manner_of(style)
    setting = Typesetter(reading.paragraphs, told, book).fit(manner, frame)
    padding = round(0.4 * setting.size) if manner.backing == "plate" else 0
    size = (math.ceil(setting.width) + 2 * padding, math.ceil(setting.height) + padding // 2)
    box = place(size, manner, frame)
    margin = setting.size  # the shadow's room
    ink = _drawn(setting, size, padding, margin, align_of(manner.position), rgb_of(style.color))
    pixels = _with_backing(ink, setting.size, margin, manner.backing, rgb_of(style.color))
    picture = replace(nothing, box=box, is_pale=reading.is_pale, cut=setting.cut)
    return _in_frame(pixels, box, margin, frame, picture)


def _drawn(
    setting: Setting,
    size: tuple[int, int],
    padding: int,
    margin: int,
    align: Align,
    color: tuple[int, int, int],
) -> Ink:
    sheet = Sheet(size[0] + 2 * margin, size[1] + 2 * margin, color)
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
    for line, baseline in zip(setting.lines, setting.baselines, strict=True):
        room = size[0] - 2 * padding - line.width * setting.size
        x = margin + padding + share * room
        sheet.draw(line, setting.size, x, margin + padding // 4 + baseline)
    return sheet.ink


def _with_backing(
    ink: Ink, size: int, margin: int, backing: Backing, color: tuple[int, int, int]
) -> Bytes:
    """Lay the ink over what keeps it legible on any ground: dark behind bright letters."""
    ground = _BLACK if contrast(color, _BLACK) >= contrast(color, _WHITE) else _WHITE
    opacity = _needed_opacity(color, ground)
    letters = ink.cover.astype(np.float32) / np.float32(255)
    near, far = _near(letters, size), _far(letters, size)
    if backing == "plate":
        shade = np.maximum(_plate(letters.shape, margin, size) * max(0.62, opacity), near * 0.5)
    elif backing == "outline" or opacity > _MOST_SHADOW:
        shade = np.maximum(_outline(letters, size) * max(0.9, opacity), far * 0.45)
    else:
        shade = 1 - (1 - _MOST_SHADOW * near) * (1 - 0.5 * far)
    alpha = letters + shade * (1 - letters)
    share = (letters / np.maximum(alpha, np.float32(1 / 255)))[..., None]
    result = np.empty((*alpha.shape, 4), np.uint8)
    result[..., :3] = np.rint(ink.paint * share + np.asarray(ground, np.float32) * (1 - share))
    result[..., 3] = np.rint(alpha * 255)
    return result


def _needed_opacity(color: tuple[int, int, int], ground: tuple[int, int, int]) -> float:
    """Return how opaque a ground must be for letters to stand out where all else is against them.

    Black letters on black, say: a white ground, over whose black nothing else shines through.
    """
    against = np.asarray(_WHITE if ground == _BLACK else _BLACK)
    for percent in range(50, 100, 5):
        mixed = against + (np.asarray(ground) - against) * percent / 100
        if contrast(color, (int(mixed[0]), int(mixed[1]), int(mixed[2]))) >= _CONTRAST:
            return percent / 100
    return 1.0


def _near(letters: Mask, size: int) -> Mask:
    """Return a shadow close to the edges, a little lower than the letters."""
    thick = _blurred(_thickened(letters, size * 0.025), size * 0.035)
    return _shifted(np.asarray(np.clip(1.35 * thick, 0, 1), np.float32), round(size * 0.02))


def _far(letters: Mask, size: int) -> Mask:
    """Return a wide and soft shadow, for bright places."""
    small = cv2.resize(letters, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    blurred = _blurred(np.asarray(small, np.float32), size * 0.05)  # a quarter's blur is as soft
    wide = cv2.resize(blurred, letters.shape[::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(1.4 * wide, 0, 1), np.float32)


def _outline(letters: Mask, size: int) -> Mask:
    return _blurred(_thickened(letters, max(1.0, size * 0.055)), max(0.5, size * 0.012))


def _plate(shape: tuple[int, ...], margin: int, size: int) -> Mask:
    """Return a rectangle with round corners, as large as the sheet less its margin."""
    half = np.array(shape, np.float32) / 2 - margin
    radius = min(0.3 * size, *half)
    rows, columns = (np.arange(n, dtype=np.float32) + 0.5 - n / 2 for n in shape)
    down = np.maximum(np.abs(rows) - half[0] + radius, 0)[:, None]
    across = np.maximum(np.abs(columns) - half[1] + radius, 0)[None, :]
    return np.asarray(np.clip(radius + 0.5 - np.hypot(down, across), 0, 1), np.float32)


def _blurred(mask: Mask, sigma: float) -> Mask:
    blurred = cv2.GaussianBlur(mask, (0, 0), max(sigma, 0.3), borderType=cv2.BORDER_CONSTANT)
    return np.asarray(blurred, np.float32)


def _thickened(mask: Mask, radius: float) -> Mask:
    side = 2 * max(1, round(radius)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.dilate(mask, kernel), np.float32)


def _shifted(mask: Mask, rows: int) -> Mask:
    return np.concatenate([np.zeros_like(mask[:rows]), mask[: len(mask) - rows]])


def _in_frame(
    pixels: Bytes, box: Box, margin: int, frame: tuple[int, int], picture: TextPicture
) -> TextPicture:
    """Cut what is drawn to what is seen of it in the frame."""
    x, y = box.x - margin, box.y - margin
    left, top = max(0, -x), max(0, -y)
    seen = pixels[top : max(top, frame[1] - y), left : max(left, frame[0] - x)]
    rows, columns = (np.nonzero(seen[..., 3].any(axis=axis))[0] for axis in (1, 0))
    if not len(rows):
        return replace(picture, pixels=np.zeros((1, 1, 4), np.uint8))
    cut = seen[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    at = (x + left + int(columns[0]), y + top + int(rows[0]))
    return replace(picture, pixels=np.ascontiguousarray(cut), x=at[0], y=at[1])
