"""Frames of every form become rgb24 of the same colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nemovideo.render.clip._colours import ColourReader
from tests.support.samples.clips import (
    BT601,
    BT709,
    BT2020,
    HLG,
    PQ,
    UNNAMED,
    Signal,
    to_bt2020,
    to_hlg,
    to_pq,
    yuv_frame,
)

PATCHES = np.array(
    [[(194, 150, 130), (115, 82, 68), (98, 122, 157)], [(122, 122, 122), (70, 148, 73), (0, 0, 0)]]
)


def chart() -> Signal:
    """Patches of 32 by 32 pixels, one with a black edge at the right and the bottom."""
    return np.asarray(PATCHES.repeat(32, axis=0).repeat(32, axis=1) / 255)


def patches(picture: Any) -> Any:
    """The middles of the patches of a chart."""
    height, width = picture.shape[0] // 2, picture.shape[1] // 3
    return picture[height // 2 :: height, width // 2 :: width].astype(int)


@pytest.mark.parametrize(
    ("encode", "transfer", "pixel_format", "by"),
    [
        (to_hlg, HLG, "yuv420p10le", 2),
        (to_hlg, HLG, "yuv422p10le", 2),
        (to_hlg, HLG, "yuv444p10le", 2),
        (to_hlg, HLG, "yuv420p", 4),
        (to_pq, PQ, "yuv420p10le", 7),
        (to_bt2020, 14, "yuv420p10le", 2),
        (to_bt2020, UNNAMED, "yuv420p10le", 2),
    ],
    ids=["HLG", "HLG 4:2:2", "HLG 4:4:4", "HLG of 8 bits", "PQ", "BT.2020", "no transfer"],
)
def test_deep_colours_become_the_films(
    encode: Callable[[Signal], Signal], transfer: int, pixel_format: str, by: int
) -> None:
    frame = yuv_frame(encode(chart()), pixel_format, transfer=transfer, primaries=BT2020)
    found = patches(ColourReader().to_rgb(frame, (96, 64)))
    assert np.abs(found - PATCHES).max() <= by


@pytest.mark.parametrize("is_full", [False, True], ids=["limited", "full"])
@pytest.mark.parametrize("matrix", [BT601, BT709], ids=["BT.601", "BT.709"])
@pytest.mark.parametrize(
    "pixel_format",
    ["yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p10le"],
)
def test_ordinary_colours_are_kept(pixel_format: str, matrix: int, is_full: bool) -> None:
    frame = yuv_frame(chart(), pixel_format, matrix=matrix, is_full=is_full, primaries=6)
    found = patches(ColourReader().to_rgb(frame, (96, 64)))
    assert np.abs(found - PATCHES).max() <= 3


def test_a_full_range_named_by_the_pixel_format_alone_is_kept() -> None:
    frame = yuv_frame(chart(), "yuvj420p", matrix=BT601, is_full=True)
    assert np.abs(patches(ColourReader().to_rgb(frame, (96, 64))) - PATCHES).max() <= 3


def test_sizes_and_colours_may_change_on_the_way() -> None:
    reader = ColourReader()
    wide, tall = chart(), np.ascontiguousarray(chart().transpose(1, 0, 2))
    for signal in (wide, tall, wide):
        size = signal.shape[1], signal.shape[0]
        frame = yuv_frame(to_hlg(signal), transfer=HLG, primaries=BT2020)
        deep = reader.to_rgb(frame, size)
        plain = reader.to_rgb(yuv_frame(signal, "yuv420p", matrix=BT709), size)
        assert np.abs(deep[16::32, 16::32].astype(int) - plain[16::32, 16::32]).max() <= 3


def test_a_frame_of_an_odd_width_is_whole() -> None:
    ramp = np.linspace(0, 0.75, 101)[None, :, None].repeat(31, axis=0).repeat(3, axis=2)
    frame = yuv_frame(ramp, "yuv444p10le", transfer=HLG, primaries=BT2020)
    found = ColourReader().to_rgb(frame, (101, 31))
    assert found.shape == (31, 101, 3)
    assert np.abs(found[:, -1].astype(int) - 238).max() <= 1
    assert np.abs(np.diff(found[5, :, 0].astype(int)) - 2.4).max() < 4
