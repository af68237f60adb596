from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo.engine.director._layout import (
    MIN_TRANSITION_MS,
    Slot,
    lay_out,
    most_pieces,
    natural_total,
    share,
)


def test_layout_gives_photos_equal_shares() -> None:
    assert lay_out([None, None, None], 9000, 600) == [
        Slot(0, 3400, 0),
        Slot(2800, 3400, 600),
        Slot(5600, 3400, 600),
    ]


def test_layout_keeps_clips_whole_and_gives_photos_the_rest() -> None:
    slots = lay_out([None, 4000, None], 10_000, 600)
    assert slots[1].duration == 4000
    assert slots[0].duration == slots[2].duration == 3600


def test_layout_shortens_the_longest_clips_for_photos() -> None:
    assert share([20_000, 3000, None], 12_000) == [7000, 3000, 2000]


def test_layout_lets_the_last_clip_stand_when_clips_are_too_short() -> None:
    assert share([3000, 3000], 10_000) == [3000, 7000]


@pytest.mark.parametrize(("count", "overlap"), [(6, 600), (30, 400), (60, 200), (61, 0), (300, 0)])
def test_layout_shrinks_transitions_and_cuts_in_the_end(count: int, overlap: int) -> None:
    slots = lay_out([None] * count, 30_000, 600)
    assert {slot.overlap for slot in slots[1:]} == {overlap}


def test_layout_cuts_beside_a_clip_that_is_too_short_to_fade() -> None:
    assert [slot.overlap for slot in lay_out([None, 300, None], 9000, 600)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("naturals", "total"),
    [([None, None], 6000), ([5000, 5000], 9400), ([5000, None], 8000)],
)
def test_natural_total_adds_up(naturals: list[int | None], total: int) -> None:
    assert natural_total(naturals, 3000, 600) == total


@given(
    st.lists(st.one_of(st.none(), st.integers(100, 60_000)), min_size=1, max_size=80),
    st.integers(1000, 3_600_000),
    st.sampled_from([0, 200, 600, 2000]),
)
def test_layout_always_adds_up(naturals: list[int | None], total: int, transition: int) -> None:
    naturals = naturals[: most_pieces(total)]
    slots = lay_out(naturals, total, transition)
    assert slots[0].start == 0
    assert slots[-1].start + slots[-1].duration == total
    for left, right in itertools.pairwise(slots):
        assert left.start + left.duration - right.start == right.overlap
        assert right.overlap == 0 or right.overlap >= MIN_TRANSITION_MS
        assert left.start <= right.start
    for slot, following in zip(slots, [*slots[1:], Slot(0, 0, 0)], strict=True):
        assert slot.duration >= slot.overlap + following.overlap
        assert slot.duration >= 1
