"""How a first cut shows photos, by what is in them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from nemovideo.editing import MediaItem, apply_edits, parse_edits
from nemovideo.editing.first_cut import first_cut
from nemovideo.timeline.model import Clip

FACE = MediaItem("a", "a.jpg", "image", 4000, 3000, focus=(0.8, 0.2), faces=(0.7, 0.1, 0.9, 0.3))
GROUP = replace(FACE, focus=(0.5, 0.5), faces=(0.02, 0.4, 0.98, 0.6))
SCENERY = MediaItem("b", "b.jpg", "image", 4000, 3000)


def cut(*items: MediaItem, aspect: str = "16:9") -> list[Clip]:
    timeline = first_cut(items, "project")
    edits = parse_edits([{"do": "canvas", "aspect": aspect}])
    return list(apply_edits(timeline, edits, items).clips)


def test_first_cut_keeps_a_face_in_sight() -> None:
    (clip,) = cut(FACE)
    assert (clip.fit, clip.focus) == ("fill", (0.8, 0.2))


def test_first_cut_cuts_more_around_a_face() -> None:
    square = replace(SCENERY, width=3000, height=3000)
    portrait = replace(square, id="c", focus=(0.5, 0.2), faces=(0.4, 0.1, 0.6, 0.3))
    assert [clip.fit for clip in cut(square, portrait)] == ["whole", "fill"]


def test_first_cut_cuts_no_head() -> None:
    assert [clip.fit for clip in cut(SCENERY, GROUP, aspect="1:1")] == ["fill", "whole"]


def test_first_cut_moves_to_a_face_or_from_it() -> None:
    names = [clip.motion.name for clip in cut(*[FACE] * 4) if clip.motion]
    assert set(names) == {"zoom-in", "zoom-out"}
    assert all(one != two for one, two in pairwise(names))


def test_first_cut_moves_less_where_heads_fill_the_picture() -> None:
    close = replace(FACE, faces=(0.05, 0.02, 0.95, 0.98))
    strengths = [clip.motion.strength for clip in cut(FACE, close) if clip.motion]
    assert strengths[1] < strengths[0] / 2


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
def test_first_cut_goes_along_a_panorama(aspect: str) -> None:
    (clip,) = cut(MediaItem("p", "p.jpg", "image", 8000, 2400), aspect=aspect)
    assert clip.fit == "fill"
    assert clip.motion is not None
    assert clip.motion.name == "pan-right"
    assert clip.motion.strength > 2


@pytest.mark.parametrize(
    ("edit", "focus"),
    [
        ({"do": "rotate", "degrees": 90}, (0.8, 0.8)),
        ({"do": "rotate", "degrees": -90}, (0.2, 0.2)),
        ({"do": "rotate", "degrees": 180}, (0.2, 0.8)),
        ({"do": "flip", "direction": "horizontal"}, (0.2, 0.2)),
        ({"do": "flip", "direction": "vertical"}, (0.8, 0.8)),
    ],
    ids=["clockwise", "counterclockwise", "half", "left and right", "top and bottom"],
)
def test_a_focus_turns_with_its_picture(
    edit: dict[str, object], focus: tuple[float, float]
) -> None:
    timeline = first_cut([FACE], "project")
    (clip,) = apply_edits(timeline, parse_edits([edit]), [FACE]).clips
    assert clip.focus == pytest.approx(focus)
    back = {"degrees": -int(str(edit["degrees"]))} if "degrees" in edit else {}
    again = apply_edits(timeline, parse_edits([edit, edit | back]), [FACE])
    assert again.clips[0].focus == pytest.approx(FACE.focus)
