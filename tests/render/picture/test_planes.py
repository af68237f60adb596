from __future__ import annotations

import numpy as np
import pytest

from nemovideo.render.picture.planes import BLACK, WHITE, Planes, mix, planes_of

EXPECTED = [
    pytest.param((0, 0, 0), BLACK, id="black"),
    pytest.param((255, 255, 255), WHITE, id="white"),
    pytest.param((255, 0, 0), (63, 102, 240), id="red"),
    pytest.param((0, 255, 0), (173, 42, 26), id="green"),
    pytest.param((0, 0, 255), (32, 240, 118), id="blue"),
    pytest.param((128, 128, 128), (126, 128, 128), id="grey"),
]


@pytest.mark.parametrize(("rgb", "yuv"), EXPECTED)
def test_colours_are_those_of_bt709(rgb: tuple[int, int, int], yuv: tuple[int, int, int]) -> None:
    planes = planes_of(np.full((4, 6, 3), rgb, np.uint8))
    assert tuple(int(plane[0, 0]) for plane in planes) == pytest.approx(yuv, abs=1)


def test_planes_have_half_the_size_for_colour() -> None:
    planes = planes_of(np.zeros((10, 12, 3), np.uint8))
    assert [plane.shape for plane in planes] == [(10, 12), (5, 6), (5, 6)]


def test_region_is_a_view() -> None:
    frame = Planes.blank(8, 6)
    frame.region(2, 2, 6, 4).fill(WHITE)
    assert (frame.y == WHITE[0]).sum() == 8
    assert frame.y[2, 2] == WHITE[0]
    assert frame.y[1, 2] == BLACK[0]


def test_mix_may_write_into_one_of_its_inputs() -> None:
    black, white = Planes.blank(4, 4, BLACK), Planes.blank(4, 4, WHITE)
    mix(black, white, 0.5, black)
    assert black.y[0, 0] == pytest.approx((16 + 235) / 2, abs=1)
