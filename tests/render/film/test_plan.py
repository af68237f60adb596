from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from nemovideo.errors import EmptyTimelineError, RenderError
from nemovideo.render.film.plan import Caption, Plan, Transition, make_plan, to_frame
from nemovideo.render.text.style import TextStyle
from nemovideo.timeline.model import Canvas, Caption as Text, Fade, Timeline
from tests.support.samples.films import HEIGHT, WIDTH, make_timeline, picture_segment

SHOTS = (
    picture_segment("a.jpg", 0, 2000),
    picture_segment("b.jpg", 1400, 2000, transition={"name": "crossfade", "d": 600}),
)


def text_segment(text: str, start_ms: float, duration_ms: float, **metadata: Any) -> Any:
    return {"st": start_ms, "d": duration_ms, "m": {"text": text, **metadata}}


def shown(plan: Plan, frame: int) -> list[tuple[str, float]]:
    return [
        (plan.shots[layer.shot].label, round(layer.progress, 3)) for layer in plan.layers_at(frame)
    ]


@pytest.mark.parametrize(
    ("milliseconds", "frame"),
    [(0, 0), (1000, 30), (16, 0), (17, 1), (50, 2), (49.9, 1), (30_000, 900), (33.333, 1)],
)
def test_to_frame_rounds_halves_up(milliseconds: float, frame: int) -> None:
    assert to_frame(milliseconds, 30) == frame


def test_plan_has_the_length_that_the_draft_says() -> None:
    assert make_plan(make_timeline(*SHOTS, d=30_000)).frame_count == 900


def test_plan_without_a_length_ends_with_the_longest_track() -> None:
    assert make_plan(make_timeline(*SHOTS)).frame_count == 102


def test_shots_are_cut_hard_without_a_transition() -> None:
    plan = make_plan(make_timeline(picture_segment("a", 0, 1000), picture_segment("b", 1000, 1000)))
    assert [shown(plan, frame) for frame in (29, 30)] == [[("a", 1.0)], [("b", 1.0)]]


def test_overlapping_shots_are_both_there_while_the_later_comes_in() -> None:
    plan = make_plan(make_timeline(*SHOTS))
    assert shown(plan, 41) == [("a.jpg", 1.0)]
    assert [name for name, _ in shown(plan, 42)] == ["a.jpg", "b.jpg"]
    assert [name for name, _ in shown(plan, 59)] == ["a.jpg", "b.jpg"]
    assert shown(plan, 60) == [("b.jpg", 1.0)]


def test_transition_moves_in_equal_steps() -> None:
    progress = [Transition("crossfade", 3).progress(frame) for frame in range(-1, 5)]
    assert progress == [0, 0.25, 0.5, 0.75, 1, 1]


def test_transition_is_no_longer_than_the_overlap() -> None:
    later = picture_segment("b", 900, 1000, transition={"name": "crossfade", "d": 600})
    plan = make_plan(make_timeline(picture_segment("a", 0, 1000), later))
    assert plan.shots[1].transition == Transition("crossfade", 3)


def test_shot_before_is_held_when_the_transition_begins_at_its_end() -> None:
    later = picture_segment("b", 1000, 1000, transition={"name": "crossfade", "d": 200})
    plan = make_plan(make_timeline(picture_segment("a", 0, 1000), later))
    assert [name for name, _ in shown(plan, 35)] == ["a", "b"]
    assert shown(plan, 36) == [("b", 1.0)]


def test_first_shot_with_a_transition_comes_in_over_nothing() -> None:
    plan = make_plan(
        make_timeline(picture_segment("a", 0, 1000, transition={"name": "fadeblack", "d": 100}))
    )
    assert shown(plan, 1) == [("a", 0.5)]


def test_later_segment_without_a_transition_covers_the_earlier() -> None:
    plan = make_plan(make_timeline(picture_segment("a", 0, 3000), picture_segment("b", 1000, 1000)))
    assert [shown(plan, frame)[-1][0] for frame in (0, 45, 75)] == ["a", "b", "a"]


def test_higher_track_covers_the_lower() -> None:
    low, high = picture_segment("low", 0, 2000), picture_segment("high", 500, 500)
    draft = Timeline.from_draft({"t": [{"tt": 0, "sg": [low]}, {"tt": 0, "sg": [high]}]})
    plan = make_plan(draft)
    assert [shown(plan, frame)[-1][0] for frame in (0, 20, 40)] == ["low", "high", "low"]


def test_gap_shows_nothing() -> None:
    plan = make_plan(make_timeline(picture_segment("a", 0, 500), picture_segment("b", 1000, 500)))
    assert shown(plan, 20) == []


def test_shots_are_taken_in_the_order_of_their_starts() -> None:
    plan = make_plan(make_timeline(picture_segment("b", 1000, 1000), picture_segment("a", 0, 1000)))
    assert [shot.label for shot in plan.shots] == ["a", "b"]


def test_media_id_comes_before_the_name() -> None:
    plan = make_plan(make_timeline(picture_segment("a.jpg", 0, 1000, media="m1")))
    assert plan.shots[0].names == ("m1", "a.jpg")


def test_transition_as_a_bare_name_has_the_usual_length() -> None:
    plan = make_plan(make_timeline(picture_segment("a", 0, 2000, transition="fadewhite")))
    assert plan.shots[0].transition == Transition("fadewhite", 18)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        pytest.param((1080, 1920), (1080, 1920), id="upright"),
        pytest.param((321, 181), (320, 180), id="odd"),
        pytest.param((1, 1), (16, 16), id="tiny"),
        pytest.param((81_920, 46_080), (4096, 2304), id="huge"),
    ],
)
def test_frame_size_is_even_and_within_reason(
    size: tuple[int, int], expected: tuple[int, int]
) -> None:
    plan = make_plan(make_timeline(*SHOTS, size=size))
    assert (plan.width, plan.height) == expected


def test_frame_size_has_a_default() -> None:
    plan = make_plan(Timeline.from_draft({"t": [{"tt": 0, "sg": [SHOTS[0]]}]}))
    assert (plan.width, plan.height) == (1920, 1080)


def test_caption_has_the_defaults_of_the_format() -> None:
    plan = make_plan(make_timeline(texts=(text_segment("Hi", 0, 2000),)))
    assert plan.captions == (Caption(0, 60, "Hi", TextStyle(), 12, 12),)


def test_caption_is_drawn_as_the_timeline_says() -> None:
    asked = {"style": "subtitle", "position": "top", "size": "small", "color": "#ffcc00"}
    plan = make_plan(make_timeline(texts=(text_segment("Hi", 0, 2000, **asked),)))
    assert plan.captions[0].style == TextStyle("subtitle", "top", "small", "#ffcc00")


def test_caption_without_a_text_shows_its_name() -> None:
    segment = {"st": 0, "d": 1000, "m": {"name": "Urban Dreams"}}
    assert make_plan(make_timeline(texts=(segment,))).captions[0].text == "Urban Dreams"


def test_caption_fades_in_and_out() -> None:
    caption = Caption(10, 20, "x", TextStyle(), fade_in=1, fade_out=3)
    opacities = [caption.opacity(frame) for frame in (9, 10, 11, 16, 17, 18, 19, 20)]
    assert opacities == pytest.approx([0, 0.5, 1, 1, 0.854, 0.5, 0.146, 0], abs=0.001)


@pytest.mark.parametrize(
    ("fps", "expected"),
    [
        pytest.param(None, 30, id="none"),
        pytest.param(12, 24, id="too few"),
        pytest.param(24, 24, id="film"),
        pytest.param(60, 60, id="smooth"),
        pytest.param(240, 60, id="too many"),
    ],
)
def test_everything_is_counted_in_the_canvas_own_frames(fps: int | None, expected: int) -> None:
    canvas = Canvas(WIDTH, HEIGHT, fps)
    fade = Fade("#000000", 500)
    timeline = replace(make_timeline(*SHOTS), canvas=canvas, fade_in=fade)
    plan = make_plan(timeline.with_captions([Text(text="Hi", duration_ms=1000)]))
    assert plan.fps == expected
    assert plan.frame_count == round(3.4 * expected)
    assert plan.duration_s == pytest.approx(3.4, abs=0.5 / expected)
    assert plan.shots[1].start == round(1.4 * expected)
    assert plan.shots[1].transition == Transition("crossfade", round(0.6 * expected))
    assert plan.captions[0].fade_in == to_frame(400, expected)
    assert plan.fades[0].clear == expected // 2


def test_fades_begin_and_end_with_nothing_but_their_colour() -> None:
    ends = {"fade_in": {"color": "#ffffff", "d": 200}, "fade_out": {"color": "#000000", "d": 100}}
    size = {"width": WIDTH, "height": HEIGHT}
    plan = make_plan(make_timeline(picture_segment("a", 0, 1000), m={**size, **ends}))
    coming, going = plan.fades
    assert [coming.cover(frame) for frame in (0, 3, 6, 29)] == [1, 0.5, 0, 0]
    assert [going.cover(frame) for frame in (0, 26, 28, 29)] == [0, 0, pytest.approx(2 / 3), 1]


def test_fades_longer_than_the_video_share_it() -> None:
    ends = {"fade_in": {"d": 9000}, "fade_out": {"d": 9000}}
    plan = make_plan(make_timeline(picture_segment("a", 0, 1000), m=ends))
    covers = [[fade.cover(frame) for fade in plan.fades] for frame in (0, 15, 29)]
    assert covers == [[1, 0], [0, pytest.approx(1 / 15)], [0, 1]]


def test_film_plays_at_its_speed() -> None:
    shot = make_plan(make_timeline(picture_segment("a", 0, 2000, speed=2.5))).shots[0]
    assert shot.source_time(30) == Fraction(5, 2)


@pytest.mark.parametrize(("speed", "expected"), [(None, 1), (1e-9, 0.05), (1e9, 50)], ids=str)
def test_speed_stays_within_what_can_be_played(speed: float | None, expected: float) -> None:
    shot = make_plan(make_timeline(picture_segment("a", 0, 2000, speed=speed))).shots[0]
    assert float(shot.speed) == expected


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param({}, id="no tracks"),
        pytest.param({"t": [{"tt": 0, "sg": []}]}, id="no segments"),
        pytest.param({"t": [{"tt": 0, "sg": [{"m": {"name": "a"}}]}]}, id="no time"),
        pytest.param({"t": [{"tt": 0, "sg": [SHOTS[0]]}], "d": 10}, id="less than a frame"),
    ],
)
def test_empty_timeline_is_refused(raw: Any) -> None:
    with pytest.raises(EmptyTimelineError):
        make_plan(Timeline.from_draft(raw))


def test_endless_timeline_is_refused() -> None:
    with pytest.raises(RenderError, match="hours long"):
        make_plan(make_timeline(*SHOTS, d=10**12))


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "d", "from", "to", "text", "transition"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
METADATA = st.dictionaries(
    st.sampled_from(
        ["name", "media", "kind", "speed", "fit", "transition", "source_start", "text", "fade_in"]
    ),
    JUNK,
)
SEGMENTS = st.fixed_dictionaries(
    {"st": st.integers(0, 3000) | JUNK, "d": st.integers(0, 3000) | JUNK, "m": METADATA}
)


@given(st.lists(SEGMENTS, max_size=4), st.lists(SEGMENTS, max_size=2))
def test_no_draft_makes_a_plan_fail(pictures: list[Any], texts: list[Any]) -> None:
    draft = make_timeline(picture_segment("a", 0, 1000), *pictures, texts=tuple(texts), d=4000)
    plan = make_plan(draft)
    for frame in range(0, plan.frame_count, 7):
        assert all(0 < layer.progress <= 1 for layer in plan.layers_at(frame))
        assert all(0 <= caption.opacity(frame) <= 1 for caption in plan.captions)
