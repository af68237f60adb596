"""Where a film is cut, and that a piece shows what the whole shows."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nemovideo.render.film.drawing.compositor import compositor_of
from nemovideo.render.film.drawing.sources import Files
from nemovideo.render.film.pieces.cutting import Piece, pieces_of
from nemovideo.render.film.plan import Plan, make_plan
from nemovideo.render.picture.planes import Planes
from tests.render.drafts import MOTION
from tests.support.media import write_clip, write_jpeg
from tests.support.samples.films import make_timeline, picture_segment

SIZE = (64, 36)
FADE = {"name": "crossfade", "d": 400}


def photos(count: int, length_ms: int = 1500, *, first_ms: int = 0) -> list[dict[str, Any]]:
    """Photos that cross, each with a name of its own."""
    return [
        picture_segment(
            f"{number}.jpg",
            first_ms + number * (length_ms - 400),
            length_ms,
            motion=MOTION,
            **({"transition": FADE} if number or first_ms else {}),
        )
        for number in range(count)
    ]


def plan_of(*segments: Any, **more: Any) -> Plan:
    return make_plan(make_timeline(*segments, size=SIZE, **more))


def starts_of(plan: Plan) -> list[int]:
    return [piece.start for piece in pieces_of(plan)]


def test_pieces_follow_one_another_without_a_gap() -> None:
    plan = plan_of(*photos(5))
    pieces = pieces_of(plan)
    ends = [piece.start + piece.plan.frame_count for piece in pieces]
    assert starts_of(plan) == [0, *ends[:-1]]
    assert ends[-1] == plan.frame_count


def test_a_piece_begins_when_a_shot_has_the_screen_for_itself() -> None:
    assert starts_of(plan_of(*photos(3))) == [0, 45, 78]


@pytest.mark.parametrize(
    ("lengths_s", "starts_s"),
    [
        pytest.param([35], [0, 10, 20, 30], id="a long shot is cut on the way"),
        pytest.param([10.5], [0], id="not just before its end"),
        pytest.param([0.4] * 6, [0, 1.2], id="short shots are taken together"),
        pytest.param([0.5], [0], id="a short film is one piece"),
    ],
)
def test_pieces_are_neither_long_nor_short(lengths_s: list[float], starts_s: list[float]) -> None:
    segments, start = [], 0.0
    for length in lengths_s:
        segments.append(picture_segment("a.jpg", start * 1000, length * 1000))
        start += length
    assert starts_of(plan_of(*segments)) == [round(start * 30) for start in starts_s]


def test_pieces_behind_a_change_stay_the_same() -> None:
    before = pieces_of(plan_of(*photos(5)))
    longer = [picture_segment("new.jpg", 0, 2000), *photos(5, first_ms=1600)]
    after = pieces_of(plan_of(*longer))
    assert [unplaced(piece) for piece in after[-3:]] == [unplaced(piece) for piece in before[-3:]]


def unplaced(piece: Piece) -> Any:
    """What is seen, whenever that was on the timeline."""
    shots = [(shot.clip.name, shot.start, shot.end, shot.held_until) for shot in piece.plan.shots]
    return shots, piece.plan.frame_count


def drawn(plan: Plan, paths: list[Files]) -> list[Any]:
    out, frames = Planes.blank(plan.width, plan.height), []
    with compositor_of(plan, paths) as compositor:
        for number in range(plan.frame_count):
            compositor.draw(number, out)
            frames.append(np.concatenate([plane.ravel() for plane in out]))
    return frames


def assert_pieces_show_the_whole(plan: Plan, paths: list[Files]) -> None:
    whole = drawn(plan, paths)
    pieces = pieces_of(plan)
    parts = [drawn(piece.plan, [paths[n] for n in piece.shots]) for piece in pieces]
    assert len(pieces) > 1
    assert [
        number
        for number, (one, other) in enumerate(
            zip(whole, (frame for part in parts for frame in part), strict=True)
        )
        if not np.array_equal(one, other)
    ] == []


def test_pieces_of_photos_show_exactly_what_the_whole_shows(tmp_path: Path) -> None:
    path = write_jpeg(tmp_path / "a.jpg", 128, 96)
    texts = (
        {"st": 800, "d": 3000, "m": {"text": "later", "position": "bottom"}},
        {"st": 0, "d": 3500, "m": {"text": "first", "position": "bottom"}},
        {"st": 2500, "d": 400, "m": {"text": "brief", "position": "bottom"}},
    )
    plan = plan_of(*photos(4), texts=texts, fade_in={"d": 700}, fade_out={"d": 900})
    assert_pieces_show_the_whole(plan, [(path,)] * 4)


def test_a_clip_that_is_cut_on_the_way_goes_on_with_the_same_picture(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", 64, 36, seconds=16, fps=25)
    clip = picture_segment("a.mp4", 0, 11_500, speed=1.3, source_start=300)
    assert_pieces_show_the_whole(plan_of(clip), [(path,)])


def test_cuts_meet_no_transition() -> None:
    plan = plan_of(*photos(6, 2000))
    for before, after in pairwise(pieces_of(plan)):
        assert len(plan.layers_at(after.start)) == 1
        assert before.plan.shots[-1].transition is not None
