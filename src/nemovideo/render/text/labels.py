"""One line of small text for pictures of the program's own, such as the storyboard's."""

from __future__ import annotations

import numpy as np

from nemovideo.render.picture.planes import Bytes
from nemovideo.render.text import segments
from nemovideo.render.text.fonts import default_fonts
from nemovideo.render.text.layout import Typesetter
from nemovideo.render.text.raster import Sheet
from nemovideo.render.text.reading import read


def draw_label(
    text: str, size: int, color: tuple[int, int, int], width: int, baseline: int, height: int
) -> Bytes:
    """Draw the first line of a text; what has no room is cut off with an ellipsis.

    Sizes are in pixels; the baseline is measured from the upper edge. What no font can show is left
    out. Returns rgba (height, width, 4).
    """
    fonts, language = default_fonts(), segments.language_of(text)
    paragraphs = read(text, language, fonts).paragraphs
    sheet = Sheet(width, height, color)
    if paragraphs:
        line = Typesetter(paragraphs[:1], language, fonts).one_line(size, width)
        sheet.draw(line, size, 0.0, baseline)
    return np.dstack([sheet.ink.paint, sheet.ink.cover])
