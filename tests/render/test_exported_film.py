"""What is in an exported file: format, pictures, clips, text, to the frame."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from tests.render.drafts import colour_of, flat, still
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
)
from tests.support.samples.films import (
    HEIGHT,
    WIDTH,
    Film,
    make_draft,
    picture_segment,
    render_film,
)
from tests.support.samples.phones import write_heic


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


def test_heic_reaches_the_film_with_its_colours(tmp_path: Path) -> None:
    write_heic(tmp_path / "a.heic", 320, 180)
    film = render_film(make_draft(picture_segment("a.heic", 0, 200)), tmp_path)
    assert is_like(corners(film.frame(2)), by=16)
