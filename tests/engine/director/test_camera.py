from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo.engine.director import MediaItem
from nemovideo.engine.director._camera import MAX_ZOOM, look_at
from tests.engine.director.files import photo

WIDE = (1920, 1080)


def test_camera_goes_the_other_way_at_the_next_photo() -> None:
    near = [look_at(photo(1), WIDE, index, 5000)["motion"]["to"][2] for index in (0, 1, 3, 4)]
    assert len(set(near)) > 1


def test_camera_moves_by_name() -> None:
    ways = {str(look_at(photo(number), WIDE, 0, 5000)) for number in range(12)}
    assert len(ways) > 4


def test_camera_says_the_same_every_time() -> None:
    assert look_at(photo(1), WIDE, 0, 5000) == look_at(photo(1), WIDE, 0, 5000)


@pytest.mark.parametrize("size", [(12_000, 2000), (1000, 4000)], ids=["panorama", "tower"])
def test_camera_shows_a_picture_of_a_far_shape_whole(size: tuple[int, int]) -> None:
    look = look_at(photo(1, *size), WIDE, 0, 5000)
    assert list(look) == ["motion"]
    assert look["motion"]["from"] == [0.5, 0.5, 1.0]


def test_camera_leaves_a_picture_that_stands_whole_in_the_middle() -> None:
    look = look_at(photo(1, 1200, 1600), WIDE, 0, 5000)
    assert "fit" not in look
    assert look["motion"]["from"] == [0.5, 0.5, 1.0]
    assert look["motion"]["to"][:2] == [0.5, 0.5]


def test_camera_moves_less_in_a_short_look() -> None:
    zooms = [max(_zooms(look_at(photo(1), WIDE, 0, ms))) for ms in (500, 2000, 20_000)]
    assert zooms == sorted(zooms)
    assert zooms[-1] == MAX_ZOOM


def _zooms(look: dict[str, dict[str, list[float]]]) -> list[float]:
    return [look["motion"]["from"][2], look["motion"]["to"][2]]


@given(
    st.text(),
    st.one_of(st.none(), st.integers(1, 20_000)),
    st.one_of(st.none(), st.integers(1, 20_000)),
    st.sampled_from([(1920, 1080), (1080, 1920), (1080, 1080), (1080, 1350)]),
    st.integers(0, 100),
    st.integers(100, 3_600_000),
)
def test_camera_stays_inside_every_picture(
    name: str,
    width: int | None,
    height: int | None,
    frame: tuple[int, int],
    index: int,
    duration_ms: int,
) -> None:
    item = MediaItem("i", name, "image", width, height)
    look = look_at(item, frame, index, duration_ms)
    for x, y, zoom in (look["motion"]["from"], look["motion"]["to"]):
        assert 0 <= x <= 1
        assert 0 <= y <= 1
        assert 1 <= zoom <= MAX_ZOOM
