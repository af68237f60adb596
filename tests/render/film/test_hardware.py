"""Encoders in hardware: none is here, so what is tested is that this is found out, and said."""

from __future__ import annotations

import re
from pathlib import Path

import av
import pytest

from nemovideo.protocol.outputs import ENCODERS
from nemovideo.render import render_draft
from nemovideo.render.film.coding import Coding, coding_of
from nemovideo.render.film.hardware import HARDWARE, find_hardware, hardware_coding, try_out
from nemovideo.render.film.pieces.kept import KeptPieces
from tests.render.drafts import flat, still
from tests.support.media import RED

SIZE = (320, 180)


def coding(encoder: str, options: dict[str, str] | None = None, pixels: str = "yuv420p") -> Coding:
    return Coding(encoder, options or {}, *SIZE, 30, threads=1, pixels=pixels)


def test_every_encoder_has_its_hardware() -> None:
    assert set(HARDWARE) == set(ENCODERS) - {"x264", "auto"}


@pytest.mark.parametrize("pixels", ["yuv420p", "nv12"])
def test_an_encoder_that_works_passes_the_trial(pixels: str) -> None:
    assert try_out(coding("libx264", {"crf": "20", "bf": "0"}, pixels)) == ""


@pytest.mark.parametrize(
    ("tried", "reason"),
    [
        pytest.param(coding("h264_nowhere"), "not among the encoders", id="not there"),
        pytest.param(coding("libx264", {"profile": "none"}), "can't be opened", id="not opened"),
        pytest.param(coding("libx264", {"qp": "51"}), "other frames", id="bad pictures"),
        pytest.param(coding("mpeg4"), "failed|can't be decoded", id="another codec"),
    ],
)
def test_a_trial_says_what_is_wrong(tried: Coding, reason: str) -> None:
    assert re.search(reason, try_out(tried))


def works(name: str) -> bool:
    return not try_out(hardware_coding(name, "high", SIZE, 30))


@pytest.mark.parametrize("name", [*HARDWARE, "auto"])
def test_where_hardware_does_not_work_x264_does_and_that_is_said(tmp_path: Path, name: str) -> None:
    wanted = [name] if name != "auto" else list(HARDWARE)
    if any(works(each) for each in wanted):
        pytest.skip("this machine has such hardware")
    photo = flat(tmp_path / "a.png", RED)
    result = render_draft(still("a.png"), {"a.png": photo}, tmp_path / "a.mp4", encoder=name)
    (note,) = result.notes
    assert "x264 encoded the pictures" in note
    assert name == "auto" or note.startswith(name)
    plain = render_draft(still("a.png"), {"a.png": photo}, tmp_path / "b.mp4")
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()
    assert plain.notes == ()


def test_what_came_of_a_trial_is_remembered(tmp_path: Path) -> None:
    kept = KeptPieces(tmp_path / "pieces", 10**6)
    first = find_hardware("nvenc", "high", SIZE, 30, kept)
    (path,) = kept.folder.iterdir()
    written = path.stat().st_ino
    assert find_hardware("nvenc", "high", SIZE, 30, kept) == first
    assert path.stat().st_ino == written


def test_a_kind_of_file_that_hardware_does_not_make_is_said(tmp_path: Path) -> None:
    photo = flat(tmp_path / "a.png", RED)
    result = render_draft(still("a.png"), {"a.png": photo}, tmp_path / "a.webm", encoder="auto")
    assert result.notes == ("Hardware makes no webm files: --encoder had no effect.",)


def test_options_of_the_usual_encoder_are_not_those_of_hardware() -> None:
    usual = coding_of("high", "mp4", SIZE, 30)
    for name in HARDWARE:
        asked = hardware_coding(name, "high", SIZE, 30)
        assert asked.encoder != usual.encoder
        assert asked.encoder not in av.codecs_available or asked.reordered == 0
