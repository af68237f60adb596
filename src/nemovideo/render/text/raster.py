"""Glyphs into pixels: HarfBuzz's own rasteriser, outlines and colour layers alike."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import uharfbuzz as hb

from nemovideo.render.picture.planes import Bytes
from nemovideo.render.text.fonts import font_of
from nemovideo.render.text.shaping import Line, Run


@dataclass(frozen=True)
class Ink:
    """What is drawn of a text, without what lies behind it."""

    cover: Bytes
    """How opaque it is, (height, width)."""
    paint: Bytes
    """rgb24; the text's colour, and the emoji's own."""


class Sheet:
    """A picture in memory, in pixels, on which lines of one colour are drawn."""

    def __init__(self, width: int, height: int, color: tuple[int, int, int]) -> None:
        self._cover = np.zeros((height, width), np.uint8)
        self._paint = np.empty((height, width, 3), np.uint8)
        self._paint[:] = color
        self._raster = hb.RasterDraw()

    @property
    def ink(self) -> Ink:
        """What was drawn."""
        return Ink(self._cover, self._paint)

    def draw(self, line: Line, size: float, x: float, baseline: float) -> None:
        """Draw a line from its left end, at a baseline in pixels from the upper edge."""
        for run in line.runs:
            if run.face.is_colour:
                self._paint_run(run, size, x, baseline)
            else:
                self._draw_run(run, size, x, baseline)
            x += run.width * size

    def _draw_run(self, run: Run, size: float, x: float, baseline: float) -> None:
        font = font_of(run.face)
        scale = size / font.face.upem
        bottom = len(self._cover) - baseline  # the rasteriser's y axis points up
        for glyph in run.glyphs:
            place = (x + glyph.x * size, bottom + glyph.y * size)
            self._raster.transform = (scale, 0.0, 0.0, scale, *place)
            self._raster.draw_glyph(font, glyph.number)
        image = self._raster.render()
        if image is not None:
            self._lay(image, 1)

    def _paint_run(self, run: Run, size: float, x: float, baseline: float) -> None:
        font = font_of(run.face)
        scale = size / font.face.upem
        bottom = len(self._cover) - baseline
        for glyph in run.glyphs:
            extents = font.get_glyph_extents(glyph.number)
            if extents is None or not extents.width or not extents.height:
                continue
            painter = hb.RasterPaint()
            place = (x + glyph.x * size, bottom + glyph.y * size)
            painter.transform = (scale, 0.0, 0.0, scale, *place)
            left = math.floor(place[0] + extents.x_bearing * scale) - 1
            low = math.floor(place[1] + (extents.y_bearing + extents.height) * scale) - 1
            wide = math.ceil(extents.width * scale) + 3
            tall = math.ceil(-extents.height * scale) + 3
            painter.extents = hb.RasterExtents(left, low, wide, tall, 0)
            painter.paint_glyph(font, glyph.number)
            image = painter.render()
            if image is not None:
                self._lay(image, 4)

    def _lay(self, image: hb.RasterImage, channels: int) -> None:
        """Lay a picture of the rasteriser, whose rows go upwards, where it belongs."""
        at = image.extents
        if not at.width or not at.height:
            return
        rows = np.frombuffer(image.buffer, np.uint8).reshape(at.height, at.stride)[::-1]
        pixels = rows[:, : at.width * channels].reshape(at.height, at.width, channels)
        height, width = self._cover.shape
        top = height - at.y_origin - at.height
        left, right = max(0, at.x_origin), min(width, at.x_origin + at.width)
        upper, lower = max(0, top), min(height, top + at.height)
        if left >= right or upper >= lower:
            return
        seen = pixels[upper - top : lower - top, left - at.x_origin : right - at.x_origin]
        cover = self._cover[upper:lower, left:right]
        np.maximum(cover, seen[..., -1], out=cover)
        if channels == 4:
            opaque = np.maximum(seen[..., 3:], 1)
            colours = np.minimum(seen[..., 2::-1].astype(np.uint16) * 255 // opaque, 255)
            is_painted = seen[..., 3] > 0
            self._paint[upper:lower, left:right][is_painted] = colours[is_painted]
