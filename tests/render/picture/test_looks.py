from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from nemovideo.render.frames import render_frames
from nemovideo.render.picture.looks import LOOKS, paint_looks
from nemovideo.render.picture.planes import Planes, planes_of, rgb_of
from nemovideo.timeline import Timeline, names
from nemovideo.timeline.model import Look
from tests.support.media import write_clip, write_jpeg
from tests.support.samples.films import make_draft, picture_segment

Rgb = npt.NDArray[np.uint8]
REACH = 0.32


def picture() -> Rgb:
    """All hues across, from dark to light downwards, with fine lines."""
    x, y = np.meshgrid(np.linspace(0, 1, 320), np.linspace(0.05, 0.95, 180))
    hues = [np.clip(np.abs((x * 6 + shift) % 6 - 3) - 1, 0, 1) for shift in (0, 4, 2)]
    light = np.stack(hues, axis=2) * 0.4 + y[..., None] * 0.6
    light[:, ::8] *= 0.8
    return np.rint(light * 255).astype(np.uint8)


def painted(*looks: Look, of: Rgb | None = None) -> Planes:
    planes = planes_of(picture() if of is None else of)
    paint_looks(planes, looks, REACH)
    return planes


def difference(one: Planes, other: Planes) -> float:
    pairs = zip(one, other, strict=True)
    return max(float(np.abs(a.astype(int) - b).mean()) for a, b in pairs)


def test_looks_are_those_of_the_timeline() -> None:
    assert tuple(LOOKS) == names.LOOKS


@pytest.mark.parametrize("name", LOOKS)
def test_look_grows_with_its_amount(name: str) -> None:
    plain = painted()
    half, full = painted(Look(name, 0.5)), painted(Look(name))
    assert difference(painted(Look(name, 0)), plain) == 0
    assert 0.2 < difference(half, plain) < difference(full, plain)


def test_looks_differ_from_one_another() -> None:
    found = {name: painted(Look(name)) for name in LOOKS}
    for one, other in combinations(found, 2):
        assert difference(found[one], found[other]) > 1, (one, other)


@pytest.mark.parametrize("name", LOOKS)
def test_black_and_white_stay_within_range(name: str) -> None:
    for value in (0, 255):
        flat = painted(Look(name), of=np.full((180, 320, 3), value, np.uint8))
        assert 15 <= flat.y.min() <= flat.y.max() <= 236


def test_grayscale_has_no_colour_and_sepia_one() -> None:
    gray, sepia = painted(Look("grayscale")), painted(Look("sepia"))
    assert {*np.unique(gray.u), *np.unique(gray.v)} == {128}
    assert sepia.u.max() <= 128 <= sepia.v.min()


@pytest.mark.parametrize(("name", "is_redder"), [("warm", True), ("cool", False)])
def test_warm_is_redder_and_cool_is_bluer(name: str, is_redder: bool) -> None:
    plain, toned = rgb_of(painted()).mean((0, 1)), rgb_of(painted(Look(name))).mean((0, 1))
    assert (toned[0] > plain[0]) == is_redder
    assert (toned[2] < plain[2]) == is_redder


@pytest.mark.parametrize(("name", "is_lighter"), [("bright", True), ("dark", False)])
def test_bright_is_lighter_and_dark_is_darker(name: str, is_lighter: bool) -> None:
    assert (painted(Look(name)).y.mean() > painted().y.mean()) == is_lighter


@pytest.mark.parametrize(("name", "is_sharper"), [("sharp", True), ("soft", False)])
def test_sharp_has_more_detail_and_soft_has_less(name: str, is_sharper: bool) -> None:
    def detail(planes: Planes) -> float:
        return float(np.abs(np.diff(planes.y.astype(int), axis=1)).mean())

    assert (detail(painted(Look(name))) > detail(painted())) == is_sharper


def test_vivid_is_more_colourful() -> None:
    assert np.std(painted(Look("vivid")).u) > 1.2 * np.std(painted().u)


def test_several_looks_add_up() -> None:
    both = painted(Look("grayscale"), Look("dark"))
    assert np.ptp(both.u) == 0
    assert both.y.mean() < painted(Look("grayscale")).y.mean() - 10


def test_unknown_look_changes_nothing() -> None:
    assert difference(painted(Look("noir-de-luxe")), painted()) == 0


@pytest.mark.parametrize("fit", ["fill", "whole"])
@pytest.mark.parametrize("motion", ["still", "zoom-in"])
@pytest.mark.parametrize("name", ["a.jpg", "a.mp4"], ids=["photo", "film"])
def test_look_is_on_the_picture_and_not_on_its_ground(
    tmp_path: Path, name: str, motion: str, fit: str
) -> None:
    path = tmp_path / name
    write_jpeg(path, 90, 90) if name == "a.jpg" else write_clip(path, 90, 90)
    more: dict[str, Any] = {"fit": fit, "background": "#c83232", "motion": {"name": motion}}
    segment = picture_segment(name, 0, 500, look=[{"name": "grayscale"}], **more)
    timeline = Timeline.from_draft(make_draft(segment, size=(320, 180)))
    (frame,) = render_frames(timeline, {name: path}, [0], longest_side=320)
    inside = frame[:, 80:240].astype(int)
    assert np.ptp(inside, axis=2).max() <= 3
    assert (np.ptp(frame[:, :60], axis=2).min() > 100) == (fit == "whole")
