"""Frames of clips as rgb24 in the film's colours, whatever they are kept in."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import numpy.typing as npt
from av.video.reformatter import Colorspace

from nemovideo.render.clip._tone import PQ, Colours, to_film
from nemovideo.render.picture.planes import Bytes, as_bytes

_MATRICES = {
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.SMPTE170M,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
    10: Colorspace.BT2020,
}
"""The colour matrix by the number that streams carry (ITU-T H.273, matrix coefficients)."""

_POINTS = 33
_POINTS_OF_PQ = 41
"""Of the table of colours along each axis. PQ has less of its signal for what is on a screen."""
_DEEP = "gbrp16le"
"""What swscale and the filter `lut3d` are both fast with: the filter takes 19 ms for 1080p, of
other formats with more than 8 bits 70 ms."""
_DEEP_WHITE = 255 * 256 / 65535
"""White, as swscale makes it of limited range."""


class ColourReader:
    """Turns the frames of a clip into rgb24; they may change their form on the way."""

    def __init__(self) -> None:
        self._form: object = None
        self._graph: Any = None

    def to_rgb(self, frame: Any, size: tuple[int, int]) -> Bytes:
        """Return a frame as rgb24 (height, width, 3) of a size."""
        colours = Colours(int(frame.color_trc), int(frame.color_primaries))
        if colours.are_the_films:
            return as_bytes(_reformatted(frame, size, "rgb24").to_ndarray())
        deep = _reformatted(frame, size, _DEEP)
        form = (size, colours)
        if form != self._form:
            self._graph, self._form = _table_graph(colours, size), form
        self._graph.push(deep)
        green, blue, red = (_values(plane) for plane in self._graph.pull().planes)
        return as_bytes(
            cv2.merge([cv2.convertScaleAbs(c, alpha=255 / 65535) for c in (red, green, blue)])
        )


def _reformatted(frame: Any, size: tuple[int, int], pixel_format: str) -> Any:
    return frame.reformat(
        width=size[0],
        height=size[1],
        format=pixel_format,
        src_colorspace=_matrix(frame),
        src_color_range=frame.color_range,
    )


def _matrix(frame: Any) -> Colorspace:
    """Return the colour matrix that a frame names, else the one that its size makes likely."""
    guess = Colorspace.ITU709 if frame.height >= 720 else Colorspace.ITU601
    return _MATRICES.get(int(frame.colorspace), guess)


def _values(plane: Any) -> npt.NDArray[np.uint16]:
    rows = np.frombuffer(memoryview(plane), np.uint16).reshape(plane.height, -1)
    return rows[:, : plane.width]


def _table_graph(colours: Colours, size: tuple[int, int]) -> Any:
    """Return a filter that puts colours through their table; it reads it from a file, once."""
    graph = av.filter.Graph()
    source = graph.add_buffer(
        width=size[0], height=size[1], format=av.VideoFormat(_DEEP), time_base=Fraction(1, 1000)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "film.cube")
        path.write_text(_table(colours), "ascii")
        table = graph.add("lut3d", file=str(path), interp="tetrahedral")
        graph.link_nodes(source, table, graph.add("buffersink")).configure()
    return graph


@lru_cache(maxsize=4)
def _table(colours: Colours) -> str:
    """Return the film's colours for a lattice of a clip's, as Adobe's .cube."""
    points = _POINTS_OF_PQ if colours.transfer == PQ else _POINTS
    axis = np.linspace(0, 1 / _DEEP_WHITE, points)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")  # red changes fastest
    film = to_film(np.stack([red, green, blue], axis=-1), colours).reshape(-1, 3)
    rows = ("%.6f %.6f %.6f\n" * len(film)) % tuple(film.ravel())
    return f"LUT_3D_SIZE {points}\n{rows}"
