from __future__ import annotations

from typing import Any

import pytest

from nemovideo.timeline import Moment, Timeline, find_moments


def segment(start: int, length: int, **metadata: Any) -> dict[str, Any]:
    return {"st": start, "d": length, "m": metadata}


def draft(*segments: dict[str, Any], titles: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"t": [{"tt": 0, "sg": list(segments)}, {"tt": 7, "sg": list(titles)}]}


def moments_of(document: Any, most: int = 48) -> tuple[Moment, ...]:
    return find_moments(Timeline.from_draft(document), most=most)


FADE = {"name": "crossfade", "d": 1000}


def test_photo_gets_one_moment_in_its_middle() -> None:
    (moment,) = moments_of(draft(segment(0, 5000, name="a.jpg")))
    assert (moment.time_ms, moment.start_ms, moment.end_ms) == (2500, 0, 5000)
    assert (moment.name, moment.titles, moment.transition) == ("a.jpg", (), None)


def test_moment_is_clear_of_the_transitions_around_it() -> None:
    cut = draft(
        segment(0, 4000), segment(3000, 4000, transition=FADE), segment(6000, 4000, transition=FADE)
    )
    assert [moment.time_ms for moment in moments_of(cut)] == [1500, 5000, 8500]
    assert [moment.transition for moment in moments_of(cut)] == [None, "crossfade", "crossfade"]


def test_segment_that_is_all_transition_still_has_a_moment() -> None:
    cut = draft(segment(0, 4000), segment(3000, 800, transition=FADE))
    assert [moment.time_ms for moment in moments_of(cut)] == [1500, 3400]


def test_moment_with_a_title_shows_it() -> None:
    cut = draft(segment(0, 8000), titles=(segment(0, 2000, text="Hello"),))
    (moment,) = moments_of(cut)
    assert (moment.time_ms, moment.titles) == (1000, ("Hello",))


@pytest.mark.parametrize(
    ("length", "count"), [(9_000, 1), (20_000, 2), (600_000, 4)], ids=["short", "long", "endless"]
)
def test_long_clip_gets_several_moments(length: int, count: int) -> None:
    moments = moments_of(draft(segment(0, length, source_start=500, transition=FADE)))
    assert len(moments) == count
    assert [moment.transition for moment in moments] == ["crossfade", *[None] * (count - 1)]
    assert [moment.source_ms for moment in moments] == [m.time_ms + 500 for m in moments]


def test_many_segments_give_an_even_choice() -> None:
    cut = draft(*(segment(place * 1000, 1000, name=str(place)) for place in range(300)))
    moments = moments_of(cut, most=3)
    assert [moment.name for moment in moments] == ["0", "100", "200"]


@pytest.mark.parametrize(
    "broken",
    [
        None,
        {},
        {"t": [{"tt": 0, "sg": []}]},
        {"t": [{"tt": 1, "sg": [segment(0, 1000)]}]},
    ],
    ids=["none", "empty", "no segments", "sound alone"],
)
def test_timeline_without_pictures_has_no_moments(broken: Any) -> None:
    assert moments_of(broken) == ()


def test_nonsense_in_a_segment_is_no_obstacle() -> None:
    odd = segment(0, 1000, transition={"name": 7, "d": "x"}, source_start=True)
    (moment,) = moments_of(draft(odd, segment(1000, 0, transition=["fade"])))[:1]
    assert (moment.time_ms, moment.transition, moment.source_ms) == (500, None, 500)
