from __future__ import annotations

import pytest

from nemovideo.render.film._notes import notes_on
from nemovideo.timeline.model import Canvas, Clip, Look, Motion, Timeline, Transition
from nemovideo.timeline.names import LOOKS, TRANSITIONS

KNOWN = Clip(
    name="a.jpg",
    transition=Transition("circleopen"),
    looks=(Look("sepia"),),
    motion=Motion("pan-left"),
    speed=2,
)


def notes(*clips: Clip, canvas: Canvas | None = None) -> tuple[str, ...]:
    return notes_on(Timeline(canvas or Canvas()).with_clips(clips))


def test_nothing_is_said_of_what_is_done() -> None:
    transitions = [Clip(transition=Transition(name)) for name in (*TRANSITIONS, "none")]
    looks = [Clip(looks=tuple(Look(name) for name in LOOKS))]
    assert notes(KNOWN, *transitions, *looks, Clip(kind="video", motion=Motion("still"))) == ()


@pytest.mark.parametrize(
    ("clip", "said"),
    [
        pytest.param(Clip(transition=Transition("star")), "transition “star”", id="transition"),
        pytest.param(Clip(looks=(Look("noir"), Look("warm"))), "look “noir”", id="look"),
        pytest.param(
            Clip(name="a.mp4", kind="video", motion=Motion("zoom-in")), "a.mp4", id="motion"
        ),
        pytest.param(Clip(name="a.mp4", speed=900), "50 times", id="speed"),
    ],
)
def test_what_is_not_done_is_said_once(clip: Clip, said: str) -> None:
    (note,) = notes(KNOWN, clip, clip)
    assert said in note


def test_canvas_that_is_not_made_here_is_said() -> None:
    rate, size = notes(canvas=Canvas(8000, 4000, 120))
    assert "60" in rate
    assert "4096" in size


def test_unknown_tracks_are_said() -> None:
    timeline = Timeline.from_draft({"t": [{"tt": 3, "sg": [{"d": 100}]}]})
    assert notes_on(timeline) == ("a track of a kind that is not known here was left out",)
