"""A storyboard as one picture: tiles in rows, a few words below each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from nemovideo.render.picture.planes import Bytes
from nemovideo.render.text import draw_label

GAP = 20
TEXT_SIZE = 15
LINE = 22
MOST_COLUMNS = 4
FEW_TILES = 9
"""So many stand in rows of three."""

_GROUND = (24, 24, 27)
_EMPTY = (52, 52, 58)
_INK = (228, 228, 231)
_PALE = (161, 161, 170)


@dataclass(frozen=True)
class Tile:
    """One picture of a storyboard and what stands below it."""

    pixels: Bytes | None
    """rgb24; None where there is none to show."""
    lines: tuple[str, ...]
    """The first is the brightest."""


def draw_board(tiles: Sequence[Tile], size: tuple[int, int]) -> Image.Image:
    """Draw a storyboard of tiles in reading order, each picture of a size in pixels."""
    columns = min(max(1, len(tiles)), MOST_COLUMNS - (len(tiles) <= FEW_TILES))
    rows = [tiles[start : start + columns] for start in range(0, len(tiles), columns)]
    heights = [size[1] + LINE * max(len(tile.lines) for tile in row) + GAP for row in rows]
    board = Image.new("RGB", (columns * (size[0] + GAP) + GAP, sum(heights) + GAP), _GROUND)
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        for column, tile in enumerate(row):
            _draw_tile(board, tile, GAP + column * (size[0] + GAP), top, size)
        top += height
    return board


def join_tiles(tiles: Sequence[Tile], size: tuple[int, int], columns: int) -> Image.Image:
    """Put the pictures of one row side by side, with room for as many as `columns`."""
    strip = Image.new("RGB", (columns * (size[0] + GAP), size[1]), (0, 0, 0))
    for column, tile in enumerate(tiles):
        strip.paste(_picture(tile, size), (column * (size[0] + GAP), 0))
    return strip


def _draw_tile(board: Image.Image, tile: Tile, left: int, top: int, size: tuple[int, int]) -> None:
    board.paste(_picture(tile, size), (left, top))
    for number, line in enumerate(tile.lines):
        colour = _PALE if number else _INK
        label = Image.fromarray(draw_label(line, TEXT_SIZE, colour, size[0], TEXT_SIZE + 2, LINE))
        board.paste(label, (left, top + size[1] + LINE * number + 2), label)


def _picture(tile: Tile, size: tuple[int, int]) -> Image.Image:
    if tile.pixels is None:
        return Image.new("RGB", size, _EMPTY)
    return Image.fromarray(tile.pixels)
