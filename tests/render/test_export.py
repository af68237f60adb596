"""An export: what its result says, progress, cancelling, failures that leave nothing."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from nemovideo.errors import EmptyTimelineError, FileError, RenderError
from nemovideo.protocol.draft import Draft
from nemovideo.render import RenderCancelled, RenderResult, render_draft
from tests.render.drafts import MOTION, colour_of, flat, still
from tests.support.media import (
    RED,
    is_like,
    write_jpeg,
    write_sound,
    write_truncated_jpeg,
)
from tests.support.samples.clips import write_float_wav
from tests.support.samples.films import (
    HEIGHT,
    WIDTH,
    Film,
    make_draft,
    picture_segment,
    render_film,
)


def test_result_says_what_was_written(film: Film) -> None:
    assert film.result == RenderResult(
        frame_count=75,
        duration_s=Fraction(5, 2),
        width=WIDTH,
        height=HEIGHT,
        size_bytes=film.path.stat().st_size,
        notes=("c.wav is short and begins again where it ends: its bars can't be told",),
        checks=film.result.checks,
    )
    assert all(check.ok for check in film.result.checks)


def test_draft_with_hardly_any_keys_renders(tmp_path: Path) -> None:
    write_jpeg(tmp_path / "a.jpg")
    draft = Draft.from_wire(
        {
            "t": [{"tt": 0, "sg": [{"d": 100, "m": {"name": "a.jpg"}}]}, {"tt": 3}, "?"],
            "m": {"width": 64, "height": 36},
        }
    )
    assert render_film(draft, tmp_path).result.frame_count == 3


def test_same_draft_gives_the_same_file(tmp_path: Path) -> None:
    write_jpeg(tmp_path / "a.jpg", 640, 480)
    draft = make_draft(picture_segment("a.jpg", 0, 1000, motion=MOTION))
    digests = {
        hashlib.sha256(render_film(draft, tmp_path).path.read_bytes()).hexdigest() for _ in range(2)
    }
    assert len(digests) == 1


def test_characters_without_a_glyph_are_noted(tmp_path: Path) -> None:
    draft = make_draft(texts=({"st": 0, "d": 200, "m": {"text": "Hi \U0010fffd"}},))
    notes = render_film(draft, tmp_path).result.notes
    assert notes == ("No font here can show \U0010fffd: it is left out.",)


def test_music_that_is_not_heard_is_told(tmp_path: Path) -> None:
    write_float_wav(tmp_path / "song.wav", np.full((4800, 2), np.inf, np.float32))
    write_jpeg(tmp_path / "a.jpg")
    music = picture_segment("song.wav", 0, 300)
    draft = make_draft(picture_segment("a.jpg", 0, 300), sounds=(music,), size=(64, 48))
    notes = render_film(draft, tmp_path).result.notes
    assert notes == ("song.wav will not be heard: its sound is damaged throughout",)


def test_progress_rises_from_nothing_to_all(tmp_path: Path) -> None:
    write_jpeg(tmp_path / "a.jpg")
    seen: list[float] = []
    render_draft(
        still("a.jpg", 2000),
        {"a.jpg": tmp_path / "a.jpg"},
        tmp_path / "o.mp4",
        on_progress=seen.append,
    )
    assert seen == sorted(set(seen))
    assert seen[0] < 0.1
    assert len(seen) > 30
    assert seen[-1] == 1


def test_cancelled_render_leaves_nothing(tmp_path: Path) -> None:
    write_jpeg(tmp_path / "a.jpg")
    output = tmp_path / "out" / "film.mp4"
    output.parent.mkdir()
    asked = iter(range(1000))
    threads = threading.active_count()
    with pytest.raises(RenderCancelled):
        render_draft(
            still("a.jpg", 5000),
            {"a.jpg": tmp_path / "a.jpg"},
            output,
            is_cancelled=lambda: next(asked) >= 10,
        )
    assert list(output.parent.iterdir()) == []
    assert threading.active_count() == threads


def test_a_gif_is_cancelled_while_its_colours_are_chosen(tmp_path: Path) -> None:
    write_jpeg(tmp_path / "a.jpg")
    output = tmp_path / "out" / "film.gif"
    output.parent.mkdir()
    seen = [0.0]
    with pytest.raises(RenderCancelled):
        render_draft(
            still("a.jpg"),
            {"a.jpg": tmp_path / "a.jpg"},
            output,
            on_progress=seen.append,
            is_cancelled=lambda: seen[-1] >= 0.97,
        )
    assert list(output.parent.iterdir()) == []


def test_failed_render_keeps_the_file_that_was_there(tmp_path: Path) -> None:
    write_jpeg(tmp_path / "a.jpg")
    output = tmp_path / "out" / "film.mp4"
    output.parent.mkdir()
    output.write_bytes(b"from yesterday")
    with pytest.raises(RenderCancelled):
        render_draft(
            still("a.jpg"), {"a.jpg": tmp_path / "a.jpg"}, output, is_cancelled=lambda: True
        )
    assert [path.read_bytes() for path in output.parent.iterdir()] == [b"from yesterday"]


def test_finished_render_replaces_the_file_that_was_there(tmp_path: Path) -> None:
    write_jpeg(tmp_path / "a.jpg")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "film.mp4").write_bytes(b"from yesterday")
    film = render_film(still("a.jpg"), tmp_path)
    assert film.result.size_bytes > 1000
    assert [path.name for path in film.path.parent.iterdir()] == ["film.mp4"]


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"missing: lost\.jpg") as caught:
        render_film(still("lost.jpg"), tmp_path)
    assert caught.value.hint is not None


def test_deleted_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"missing: gone\.jpg"):
        render_film(still("gone.jpg"), tmp_path, {"gone.jpg": tmp_path / "gone.jpg"})


def test_broken_photo_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    write_jpeg(tmp_path / "a.jpg")
    write_truncated_jpeg(tmp_path / "half.jpg")
    draft = make_draft(picture_segment("a.jpg", 0, 500), picture_segment("half.jpg", 500, 500))
    with pytest.raises(FileError, match=r"half\.jpg"):
        render_film(draft, tmp_path)
    assert list((tmp_path / "out").iterdir()) == []


def test_sound_among_the_pictures_is_refused(tmp_path: Path) -> None:
    write_sound(tmp_path / "a.wav")
    with pytest.raises(RenderError, match="neither a picture nor a clip"):
        render_film(still("a.wav"), tmp_path)


def test_empty_timeline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyTimelineError):
        render_film(make_draft(), tmp_path)


def test_missing_folder_is_told(tmp_path: Path) -> None:
    write_jpeg(tmp_path / "a.jpg")
    with pytest.raises(RenderError, match="can't be written to"):
        render_draft(still("a.jpg"), {"a.jpg": tmp_path / "a.jpg"}, tmp_path / "no" / "film.mp4")


LIMITED = """
import resource, sys
from pathlib import Path
from nemovideo.errors import RenderError
from nemovideo.protocol.draft import Draft
from nemovideo.render import render_draft
folder = Path(sys.argv[1])
segment = {"st": 0, "d": 2000, "m": {"name": "a.png"}}
draft = Draft.from_wire({"t": [{"tt": 0, "sg": [segment]}], "m": {"width": 320, "height": 180}})
size = render_draft(draft, {"a.png": folder / "a.png"}, folder / "whole.mp4").size_bytes
for share in map(float, sys.argv[2:]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size * share), resource.RLIM_INFINITY))
    try:
        render_draft(draft, {"a.png": folder / "a.png"}, folder / "out" / "o.mp4")
        print("whole")
    except RenderError as error:
        print(error.message, [path.name for path in (folder / "out").iterdir()])
"""
"""Renders in a process that may write files of a size only: full disks without filling one."""


@pytest.mark.skipif(os.name == "nt", reason="Windows limits no file sizes")
def test_full_disk_is_told_and_nothing_stays(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (360, 640, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png")
    (tmp_path / "out").mkdir()
    at_once, midway, at_the_index = "0.001", "0.5", "0.999"
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path), at_once, midway, at_the_index],
        capture_output=True,
        text=True,
        check=True,
    )
    said = done.stdout.splitlines()
    assert [("the disk is full" in line, line[-2:]) for line in said] == [(True, "[]")] * 3


@pytest.mark.parametrize(
    ("name", "codecs", "frames"),
    [
        ("film.webm", ["vp9", "opus"], 15),
        ("film.mov", ["h264", "aac"], 15),
        ("film.gif", ["gif"], 8),
    ],
)
def test_the_name_decides_what_the_film_becomes(
    tmp_path: Path, name: str, codecs: list[str], frames: int
) -> None:
    photo = flat(tmp_path / "a.png", RED)
    result = render_draft(still("a.png"), {"a.png": photo}, tmp_path / name)
    with av.open(str(tmp_path / name)) as film:
        assert [stream.codec_context.name for stream in film.streams] == codecs
        pictures = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    assert len(pictures) == result.frame_count == frames
    assert all(is_like(colour_of(picture), (RED,)) for picture in pictures)
    assert not list(tmp_path.glob(".*"))


def test_a_draft_is_small_and_the_best_is_larger_than_usual(tmp_path: Path) -> None:
    write_jpeg(tmp_path / "a.jpg", 640, 360)
    draft = make_draft(picture_segment("a.jpg", 0, 300), size=(1280, 720))
    media = {"a.jpg": tmp_path / "a.jpg"}
    made = {
        quality: render_draft(draft, media, tmp_path / f"{quality}.mp4", quality=quality)
        for quality in ("draft", "high", "max")
    }
    assert (made["draft"].width, made["draft"].height) == (960, 540)
    assert (made["max"].width, made["max"].height) == (1280, 720)
    assert made["high"].size_bytes < made["max"].size_bytes


@pytest.mark.parametrize("name", ["film.mp4", "film.webm", "film.gif"])
def test_a_film_becomes_no_larger_than_it_may(tmp_path: Path, name: str) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (180, 320, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png")
    draft = make_draft(picture_segment("a.png", 0, 400), size=(320, 180))
    media, seen = {"a.png": tmp_path / "a.png"}, list[float]()
    first = render_draft(draft, media, tmp_path / name)
    limit = first.size_bytes * 2 // 3
    result = render_draft(draft, media, tmp_path / name, max_bytes=limit, on_progress=seen.append)
    assert (tmp_path / name).stat().st_size == result.size_bytes <= limit
    assert "fit into" in result.notes[-1]
    assert seen == sorted(seen)
    assert seen[-1] == 1


def test_what_can_not_become_so_small_is_an_error(tmp_path: Path) -> None:
    photo = flat(tmp_path / "a.png", RED)
    with pytest.raises(RenderError, match="as small"):
        render_draft(still("a.png"), {"a.png": photo}, tmp_path / "film.mp4", max_bytes=500)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(("film", "."))]
