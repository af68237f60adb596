from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from nemovideo.errors import EmptyTimelineError, FileError, RenderError
from nemovideo.protocol.draft import Draft
from nemovideo.render import RenderCancelled, RenderResult, render_draft
from tests.support.clips import write_float_wav
from tests.support.films import HEIGHT, WIDTH, Film, make_draft, picture_segment, render_film
from tests.support.media import (
    BLUE,
    GREEN,
    RED,
    clip_grey,
    corners,
    is_like,
    write_clip,
    write_jpeg,
    write_picture,
    write_sound,
    write_truncated_jpeg,
)
from tests.support.phones import write_heic

MOTION = {"from": [0.5, 0.5, 1], "to": [0.4, 0.6, 1.2]}


def flat(path: Path, colour: tuple[int, int, int], width: int = 400, height: int = 225) -> Path:
    Image.new("RGB", (width, height), colour).save(path)
    return path


def still(name: str, duration_ms: float = 500) -> Draft:
    return make_draft(picture_segment(name, 0, duration_ms))


def colour_of(picture: Any) -> list[tuple[int, int, int]]:
    """The mean colour."""
    red, green, blue = (round(float(value)) for value in picture.mean(axis=(0, 1)))
    return [(red, green, blue)]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    """Two photos with a crossfade, motion, a title and a sound; 2.5 s."""
    folder = tmp_path_factory.mktemp("film")
    write_jpeg(folder / "a.jpg", 640, 360)
    flat(folder / "b.png", BLUE)
    write_sound(folder / "c.wav", seconds=1)
    draft = make_draft(
        picture_segment("a.jpg", 0, 1500),
        picture_segment(
            "b.png", 1000, 1500, motion=MOTION, transition={"name": "crossfade", "d": 500}
        ),
        texts=({"st": 1700, "d": 800, "m": {"text": "Hello", "fade_in": 0, "fade_out": 0}},),
        sounds=({"st": 0, "d": 2500, "m": {"name": "c.wav"}},),
    )
    return render_film(draft, folder)


def test_result_says_what_was_written(film: Film) -> None:
    assert film.result == RenderResult(
        frame_count=75,
        duration_s=Fraction(5, 2),
        width=WIDTH,
        height=HEIGHT,
        size_bytes=film.path.stat().st_size,
        notes=(),
    )


def test_video_is_h264_high_in_yuv420p(film: Film) -> None:
    with av.open(str(film.path)) as container:
        context = container.streams.video[0].codec_context
        found = context.name, context.profile, context.pix_fmt, context.width, context.height
    assert found == ("h264", "High", "yuv420p", WIDTH, HEIGHT)


def test_video_is_tagged_bt709_in_limited_range(film: Film) -> None:
    with av.open(str(film.path)) as container:
        context = container.streams.video[0].codec_context
        tags = [
            int(tag)
            for tag in (
                context.color_primaries,
                context.color_trc,
                context.colorspace,
                context.color_range,
            )
        ]
    assert tags == [1, 1, 1, 1]


def test_frame_rate_is_constant(film: Film) -> None:
    with av.open(str(film.path)) as container:
        times = [
            Fraction(frame.time or 0).limit_denominator(30) for frame in container.decode(video=0)
        ]
        assert container.streams.video[0].average_rate == 30
    assert times == [Fraction(number, 30) for number in range(75)]


def test_sound_is_aac_lc_stereo_at_48_khz(film: Film) -> None:
    with av.open(str(film.path)) as container:
        context = container.streams.audio[0].codec_context
        found = context.name, context.profile, context.sample_rate, context.layout.name
    assert found == ("aac", "LC", 48_000, "stereo")


def test_sound_ends_with_the_picture(film: Film) -> None:
    assert film.durations() == (Fraction(5, 2),) * 3


def test_sound_begins_with_the_picture(film: Film) -> None:
    with av.open(str(film.path)) as container:
        starts = [stream.start_time for stream in container.streams]
    assert starts == [0, 0]


def test_index_comes_before_the_data(film: Film) -> None:
    boxes = film.boxes()
    assert boxes.index("moov") < boxes.index("mdat")


def test_photo_keeps_its_colours_and_its_place(film: Film) -> None:
    assert is_like(corners(film.frame(10)), by=6)


def test_crossfade_is_half_of_each_in_the_middle(film: Film) -> None:
    # Fifteen frames from 30 on; the middle one is frame 37.
    wanted = tuple(
        tuple((a + b) // 2 for a, b in zip(corner, BLUE, strict=True))
        for corner in corners(film.frame(20))
    )
    assert is_like(corners(film.frame(37)), wanted, by=6)  # type: ignore[arg-type]


def test_text_is_drawn_on_top_while_it_lasts(film: Film) -> None:
    with_text, without = film.frame(60), film.frame(49)
    assert with_text.min(axis=2).max() > 220
    assert without.min(axis=2).max() < 100


@pytest.mark.parametrize("duration_ms", [34, 500, 1000, 1017, 1333, 3000])
def test_length_is_exact_to_the_frame(tmp_path: Path, duration_ms: int) -> None:
    write_jpeg(tmp_path / "a.jpg")
    film = render_film(still("a.jpg", duration_ms), tmp_path)
    frames = int(duration_ms * 30 / 1000 + 0.5)
    assert sum(1 for _ in film.frames()) == frames
    for duration in film.durations():
        assert abs(duration - Fraction(frames, 30)) < Fraction(1, 1000)


@pytest.mark.parametrize("size", [(180, 320), (240, 240), (288, 360)], ids=str)
def test_frame_has_the_size_of_the_draft(tmp_path: Path, size: tuple[int, int]) -> None:
    write_jpeg(tmp_path / "a.jpg")
    film = render_film(make_draft(picture_segment("a.jpg", 0, 200), size=size), tmp_path)
    assert film.frame(0).shape == (size[1], size[0], 3)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photo_stands_upright(tmp_path: Path, orientation: int) -> None:
    write_jpeg(tmp_path / "a.jpg", 320, 180, orientation=orientation)
    film = render_film(still("a.jpg", 100), tmp_path)
    assert is_like(corners(film.frame(0)))


@pytest.mark.parametrize("name", ["a.png", "a.gif", "a.webp"])
def test_picture_formats_are_shown(tmp_path: Path, name: str) -> None:
    write_picture(tmp_path / name, 320, 180)
    assert is_like(corners(render_film(still(name, 100), tmp_path).frame(0)))


def test_clip_plays_frame_by_frame(tmp_path: Path) -> None:
    write_clip(tmp_path / "a.mp4", 320, 180, seconds=1, fps=30)
    film = render_film(still("a.mp4", 700), tmp_path)
    greys = [float(film.frame(number)[90, 100:200].mean()) for number in (0, 10, 20)]
    assert greys == pytest.approx([clip_grey(0), clip_grey(10), clip_grey(20)], abs=4)


def test_clip_begins_where_the_draft_says(tmp_path: Path) -> None:
    write_clip(tmp_path / "a.mp4", 320, 180, seconds=1, fps=30)
    draft = make_draft(picture_segment("a.mp4", 0, 200, source_start=500))
    grey = float(render_film(draft, tmp_path).frame(0)[90, 100:200].mean())
    assert grey == pytest.approx(clip_grey(15), abs=4)


@pytest.mark.parametrize(("speed", "shown"), [(2, 20), (0.5, 5)], ids=["fast", "slow"])
def test_clip_plays_at_its_speed(tmp_path: Path, speed: float, shown: int) -> None:
    write_clip(tmp_path / "a.mp4", 320, 180, seconds=1, fps=30)
    film = render_film(make_draft(picture_segment("a.mp4", 0, 400, speed=speed)), tmp_path)
    grey = float(film.frame(10)[90, 100:200].mean())
    assert grey == pytest.approx(clip_grey(shown), abs=4)


def test_clip_is_turned_mirrored_and_put_on_a_colour(tmp_path: Path) -> None:
    write_clip(tmp_path / "a.mp4", 320, 180, seconds=0.3, fps=30)
    turned = {"rotation": 90, "flip": "vertical", "fit": "whole", "background": "#ffffff"}
    frame = render_film(make_draft(picture_segment("a.mp4", 0, 100, **turned)), tmp_path).frame(0)
    left = round((WIDTH - HEIGHT * 9 / 16) / 2)
    upright = np.rot90(frame[:, left:-left][::-1])
    assert is_like(corners(upright), by=16)
    assert frame[:, : left - 4].min() > 240


def test_whole_picture_fades_with_its_words(tmp_path: Path) -> None:
    flat(tmp_path / "a.png", GREEN)
    words = {"st": 0, "d": 1000, "m": {"text": "HELLO", "fade_in": 0, "fade_out": 0}}
    ends = {"fade_in": {"color": "#ffffff", "d": 200}, "fade_out": {"color": "#000000", "d": 200}}
    size = {"width": WIDTH, "height": HEIGHT}
    draft = make_draft(picture_segment("a.png", 0, 1000), texts=(words,), m={**size, **ends})
    film = render_film(draft, tmp_path)
    assert film.frame(0).min() > 245
    assert np.ptp(film.frame(15)) > 100
    assert film.frame(29).max() < 10


def test_frames_are_as_many_as_the_draft_says(tmp_path: Path) -> None:
    write_clip(tmp_path / "a.mp4", 320, 180, seconds=1, fps=30, frequency=440)
    size = {"width": WIDTH, "height": HEIGHT, "fps": 50}
    film = render_film(make_draft(picture_segment("a.mp4", 0, 700), m=size), tmp_path)
    assert film.result.frame_count == sum(1 for _ in film.frames()) == 35
    assert film.durations() == (Fraction(7, 10),) * 3
    grey = float(film.frame(25)[90, 100:200].mean())
    assert grey == pytest.approx(clip_grey(15), abs=4)


def test_short_clip_stands_still_on_its_last_frame(tmp_path: Path) -> None:
    write_clip(tmp_path / "a.mp4", 320, 180, seconds=0.5, fps=30)
    film = render_film(still("a.mp4", 1000), tmp_path)
    grey = float(film.frame(29)[90, 100:200].mean())
    assert grey == pytest.approx(clip_grey(14), abs=4)


def test_upright_clip_stands_whole_on_a_blurred_copy(tmp_path: Path) -> None:
    write_clip(tmp_path / "a.mp4", 96, 192, seconds=0.5, fps=30)
    frame = render_film(still("a.mp4", 200), tmp_path).frame(0)
    middle = frame[:, WIDTH // 2 - 44 : WIDTH // 2 + 44]
    assert is_like(corners(middle))
    assert frame[20, 20].max() < middle[20, 10].max() - 30


def test_shot_is_found_by_its_media_id(tmp_path: Path) -> None:
    path = flat(tmp_path / "stored.png", GREEN)
    draft = make_draft(picture_segment("holiday.png", 0, 100, media="m-1"))
    film = render_film(draft, tmp_path, {"m-1": path})
    assert is_like(colour_of(film.frame(0)), (GREEN,))


def test_gap_is_black(tmp_path: Path) -> None:
    flat(tmp_path / "a.png", RED)
    film = render_film(make_draft(picture_segment("a.png", 500, 500)), tmp_path)
    assert is_like(colour_of(film.frame(5)), ((0, 0, 0),))
    assert is_like(colour_of(film.frame(20)), (RED,))


def test_draft_of_text_alone_has_a_black_ground(tmp_path: Path) -> None:
    draft = make_draft(texts=({"st": 0, "d": 500, "m": {"text": "The end", "fade_in": 0}},))
    frame = render_film(draft, tmp_path).frame(1)
    assert frame.max() > 200
    assert np.median(frame) < 4


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


def test_heic_reaches_the_film_with_its_colours(tmp_path: Path) -> None:
    write_heic(tmp_path / "a.heic", 320, 180)
    film = render_film(make_draft(picture_segment("a.heic", 0, 200)), tmp_path)
    assert is_like(corners(film.frame(2)), by=16)


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
