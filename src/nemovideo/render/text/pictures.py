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
from nemovideo.render.text.ground import Ground, Shade, shade_for
from nemovideo.render.text.layout import Setting, Typesetter
from nemovideo.render.text.raster import Ink, Sheet
from nemovideo.render.text.reading import Reading, notes_on, read
from nemovideo.render.text.style import Box, Manner, TextStyle, align_of, manner_of, place, rgb_of

Mask = npt.NDArray[np.float32]
_LEAST_PLATE = 0.45
_FAR = 0.57
"""How opaque the wide part of a shadow is beside the near one."""


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


@dataclass(frozen=True)
class LaidOut:
    """A text in lines and in its place, before anything is drawn of it."""

    setting: Setting
    manner: Manner
    style: TextStyle
    frame: tuple[int, int]
    reading: Reading

    @property
    def asks_for_ground(self) -> bool:
        """Whether what lies beneath it decides how it is drawn."""
        return self.style.backing is None and bool(self.setting.rows)

    @property
    def box(self) -> Box:
        """Where its lines stand."""
        return self._box(0)

    def drawn(self, ground: Ground | None) -> TextPicture:
        """Draw it over a ground; over the worst there is if None."""
        missing = self.reading.missing
        if not self.setting.rows:
            return TextPicture(np.zeros((1, 1, 4), np.uint8), 0, 0, Box(0, 0, 0, 0), missing)
        size, color = self.setting.size, rgb_of(self.style.color)
        sizes = (self.setting.smallest / min(self.frame), size / min(self.frame))
        shade = shade_for(color, self.style.backing, ground, sizes)
        padding = round(0.4 * size) if shade.kind == "plate" else 0
        box, margin = self._box(padding), size  # the shadow's room
        ink = _drawn(self, box, padding, margin)
        picture = TextPicture(
            *(_with_shade(ink, size, margin, shade), 0, 0, box),
            missing=missing,
            is_pale=self.reading.is_pale,
            cut=self.setting.cut,
        )
        return _in_frame(picture, margin, self.frame)

    def _box(self, padding: int) -> Box:
        width, height = math.ceil(self.setting.width), math.ceil(self.setting.height)
        return place((width + 2 * padding, height + padding // 2), self.manner, self.frame)


def lay_out(
    text: str,
    style: TextStyle,
    frame: tuple[int, int],
    *,
    language: str | None = None,
    fonts: FontBook | None = None,
) -> LaidOut:
    """Set a text for a frame, wrapped and shrunk until it fits.

    Line breaks are kept. The frame is in pixels; the language (``ja``, ``ko``, ``zh``: characters
    look different in each) is told from the text if None.
    """
    book = fonts or default_fonts()
    told = segments.language_of(text) if language is None else language
    reading, manner = read(text, told, book), manner_of(style)
    setting = Setting((), 0)
    if reading.paragraphs:
        setting = Typesetter(reading.paragraphs, told, book).fit(manner, frame)
    return LaidOut(setting, manner, style, frame, reading)


def _drawn(laid: LaidOut, box: Box, padding: int, margin: int) -> Ink:
    setting = laid.setting
    color = rgb_of(laid.style.color)
    sheet = Sheet(box.width + 2 * margin, box.height + 2 * margin, color)
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[align_of(laid.manner.position)]
    for row, baseline in zip(setting.rows, setting.baselines, strict=True):
        x = margin + padding + share * (box.width - 2 * padding - row.width)
        sheet.draw(row.line, row.size, x, margin + padding // 4 + baseline)
    return sheet.ink


def _with_shade(ink: Ink, size: int, margin: int, shade: Shade) -> Bytes:
    """Lay the ink over what keeps it legible."""
    letters = ink.cover.astype(np.float32) / np.float32(255)
    near, far = _near(letters, size), _far(letters, size)
    if shade.kind == "plate":
        plate = _plate(letters.shape, margin, size) * max(_LEAST_PLATE, shade.opacity)
        below = np.maximum(plate, near * 0.5)
    elif shade.kind == "outline":
        below = np.maximum(_outline(letters, size) * max(0.9, shade.opacity), far * 0.45)
    else:
        below = 1 - (1 - shade.opacity * near) * (1 - _FAR * shade.opacity * far)
    alpha = letters + below * (1 - letters)
    share = (letters / np.maximum(alpha, np.float32(1 / 255)))[..., None]
    result = np.empty((*alpha.shape, 4), np.uint8)
    result[..., :3] = np.rint(ink.paint * share + np.asarray(shade.color, np.float32) * (1 - share))
    result[..., 3] = np.rint(alpha * 255)
    return result


def _near(letters: Mask, size: int) -> Mask:
    """Return a shadow close to the edges, a little lower than the letters."""
    thick = _blurred(_thickened(letters, size * 0.045), size * 0.045)
    return _shifted(np.asarray(np.clip(1.7 * thick, 0, 1), np.float32), round(size * 0.02))


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


def _in_frame(picture: TextPicture, margin: int, frame: tuple[int, int]) -> TextPicture:
    """Cut what is drawn to what is seen of it in the frame."""
    x, y = picture.box.x - margin, picture.box.y - margin
    left, top = max(0, -x), max(0, -y)
    seen = picture.pixels[top : max(top, frame[1] - y), left : max(left, frame[0] - x)]
    rows, columns = (np.nonzero(seen[..., 3].any(axis=axis))[0] for axis in (1, 0))
    if not len(rows):
        return replace(picture, pixels=np.zeros((1, 1, 4), np.uint8))
    cut = seen[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    at = (x + left + int(columns[0]), y + top + int(rows[0]))
    return replace(picture, pixels=np.ascontiguousarray(cut), x=at[0], y=at[1])
