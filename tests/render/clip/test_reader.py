"""Clips give the right picture for each time, upright, whole and in the right colours."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from nemovideo.errors import UnsupportedFileError
from nemovideo.render.clip.reader import ClipReader
from nemovideo.render.media_info import probe
from tests.support.media import (
    QUADRANTS,
    Colour,
    corners,
    frame_index,
    is_like,
    quadrants,
    write_clip,
    write_sound,
)
from tests.support.samples.clips import (
    BT2020,
    HLG,
    ORIENTATIONS,
    PQ,
    Signal,
    clip_frame,
    interlaced_frames,
    shifted,
    to_hlg,
    to_pq,
    write_frames,
    write_mjpeg,
    yuv_frame,
)

CLIPS = ["mp4", "mov", "mkv", "webm", "avi"]


def still(width: int, height: int, pixel_format: str = "yuv444p") -> list[Any]:
    """Two frames of quadrants."""
    frame = av.VideoFrame.from_ndarray(quadrants(width, height), "rgb24")
    return [frame.reformat(format=pixel_format)] * 2


def seen(a: int, b: int, c: int, d: int) -> tuple[Colour, ...]:
    """The quadrants as they lie after a display matrix."""
    places = [(-1, -1), (1, -1), (-1, 1), (1, 1)]
    found = {}
    for colour, (x, y) in zip(QUADRANTS, places, strict=True):
        found[(a * x + c * y) // 65536, (b * x + d * y) // 65536] = colour
    return tuple(found[place] for place in places)


@pytest.mark.parametrize("extension", CLIPS)
def test_clip_reader_shows_each_frame_at_its_time(tmp_path: Path, extension: str) -> None:
    path = write_clip(tmp_path / f"a.{extension}", seconds=2, fps=10, frequency=None)
    with ClipReader(path) as reader:
        shown = [frame_index(reader.frame_at(Fraction(n, 30))) for n in range(60)]
    assert shown == [n // 3 for n in range(60)]


@pytest.mark.parametrize("extension", CLIPS)
@pytest.mark.parametrize("start", [Fraction(1, 5), Fraction(13, 10)], ids=["0.2s", "1.3s"])
def test_clip_reader_starts_within_the_clip(
    tmp_path: Path, extension: str, start: Fraction
) -> None:
    path = write_clip(tmp_path / f"a.{extension}", seconds=2, fps=10, frequency=None)
    with ClipReader(path, start_s=start) as reader:
        assert frame_index(reader.frame_at(Fraction(0))) == start * 10
        assert frame_index(reader.frame_at(Fraction(2, 10))) == start * 10 + 2


@pytest.mark.parametrize("extension", CLIPS)
def test_clip_reader_holds_the_last_frame(tmp_path: Path, extension: str) -> None:
    path = write_clip(tmp_path / f"a.{extension}", seconds=1, fps=10, frequency=None)
    with ClipReader(path) as reader:
        assert frame_index(reader.frame_at(Fraction(100))) == 9


@pytest.mark.parametrize("extension", CLIPS)
def test_clip_reader_that_starts_after_the_end_shows_the_last(
    tmp_path: Path, extension: str
) -> None:
    path = write_clip(tmp_path / f"a.{extension}", seconds=1, fps=10, frequency=None)
    with ClipReader(path, start_s=Fraction(60)) as reader:
        assert frame_index(reader.frame_at(Fraction(0))) == 9


def test_clip_reader_follows_a_variable_frame_rate(tmp_path: Path) -> None:
    times = [Fraction(n, 1000) for n in (0, 40, 500, 540, 1500)]
    path = write_clip(tmp_path / "a.mkv", frequency=None, times=times)
    with ClipReader(path) as reader:
        asked = [Fraction(n, 1000) for n in (0, 30, 100, 490, 510, 1000, 1600)]
        assert [frame_index(reader.frame_at(t)) for t in asked] == [0, 0, 1, 1, 2, 3, 4]


def test_clip_reader_converts_a_frame_only_once(tmp_path: Path) -> None:
    with ClipReader(write_clip(tmp_path / "a.mp4", fps=10)) as reader:
        assert reader.frame_at(Fraction(1, 30)) is reader.frame_at(Fraction(2, 30))


@pytest.mark.parametrize(
    ("rotation", "wanted"),
    [(90, (1, 3, 0, 2)), (180, (3, 2, 1, 0)), (270, (2, 0, 3, 1))],
    ids=["90", "180", "270"],
)
def test_clip_reader_turns_upright(tmp_path: Path, rotation: int, wanted: tuple[int, ...]) -> None:
    path = write_clip(tmp_path / "a.mp4", 64, 48, rotation=rotation)
    with ClipReader(path) as reader:
        picture = reader.frame_at(Fraction(0))
        assert picture.shape == (reader.height, reader.width, 3)
    assert is_like(corners(picture), tuple(QUADRANTS[number] for number in wanted))


@pytest.mark.parametrize("name", ORIENTATIONS)
def test_clip_reader_takes_the_whole_display_matrix(tmp_path: Path, name: str) -> None:
    path = write_frames(tmp_path / "a.mp4", still(64, 48), orientation=ORIENTATIONS[name])
    with ClipReader(path) as reader:
        picture = reader.frame_at(Fraction(0))
        assert picture.shape == (reader.height, reader.width, 3)
    assert is_like(corners(picture), seen(*ORIENTATIONS[name]))
    info = probe(path)
    assert (info.height, info.width) == picture.shape[:2]


def test_clip_reader_mirrors_matroska_too(tmp_path: Path) -> None:
    mirrored = ORIENTATIONS["mirrored"]
    path = write_frames(tmp_path / "a.mkv", still(64, 48), orientation=mirrored)
    with ClipReader(path) as reader:
        assert is_like(corners(reader.frame_at(Fraction(0))), seen(*mirrored))


@pytest.mark.parametrize(
    ("aspect", "size"),
    [(Fraction(2), (128, 48)), (Fraction(1, 2), (64, 96))],
    ids=["wide pixels", "tall pixels"],
)
def test_clip_reader_makes_pixels_square(
    tmp_path: Path, aspect: Fraction, size: tuple[int, int]
) -> None:
    path = write_clip(tmp_path / "a.mp4", 64, 48, aspect=aspect)
    info = probe(path)
    with ClipReader(path) as reader:
        shape = reader.frame_at(Fraction(0)).shape
        assert (reader.width, reader.height) == (info.width, info.height) == size
    assert shape == (size[1], size[0], 3)


def test_clip_reader_makes_pixels_square_before_it_turns(tmp_path: Path) -> None:
    turn = ORIENTATIONS["right"]
    path = write_frames(tmp_path / "a.mp4", still(64, 48), orientation=turn, aspect=Fraction(2))
    with ClipReader(path) as reader:
        picture = reader.frame_at(Fraction(0))
    assert picture.shape == (128, 48, 3)
    assert is_like(corners(picture), seen(*turn))


@pytest.mark.parametrize("matrix", [1, 5], ids=["bt709", "bt601"])
def test_clip_reader_honours_the_colour_matrix(tmp_path: Path, matrix: int) -> None:
    path = write_clip(tmp_path / "a.mp4", 64, 48, matrix=matrix)
    with ClipReader(path) as reader:
        assert is_like(corners(reader.frame_at(Fraction(0))), by=5)


@pytest.mark.parametrize(("transfer", "encode"), [(HLG, to_hlg), (PQ, to_pq)], ids=["HLG", "PQ"])
def test_clip_reader_shows_hdr_as_the_film_can(
    tmp_path: Path, transfer: int, encode: Callable[[Signal], Signal]
) -> None:
    face, paper = (194, 150, 130), (255, 255, 255)
    picture = np.empty((64, 96, 3))
    picture[:, :48], picture[:, 48:] = face, paper
    frame = yuv_frame(encode(picture / 255), transfer=transfer, primaries=BT2020)
    turn = ORIENTATIONS["right"]
    path = write_frames(tmp_path / "a.mov", [frame] * 2, codec="libx264", orientation=turn)
    with ClipReader(path) as reader:
        shown = reader.frame_at(Fraction(0)).astype(int)
    assert shown.shape == (96, 64, 3)
    assert np.abs(shown[20, 30] - face).max() <= 4
    assert shown[76, 30].min() >= 234
    assert np.ptp(shown[76, 30]) <= 3


def test_clip_reader_shows_pictures_of_another_size_whole(tmp_path: Path) -> None:
    path = write_mjpeg(tmp_path / "a.mkv", [(80, 60)] * 5 + [(60, 80)] * 5)
    with ClipReader(path) as reader:
        before, after = reader.frame_at(Fraction(0)), reader.frame_at(Fraction(9, 10))
    assert before.shape == after.shape == (60, 80, 3)
    assert is_like(corners(before))
    # 60 by 80 stands whole within 80 by 60 as 44 by 60, in the middle.
    assert is_like(corners(np.ascontiguousarray(after[:, 18:62])))
    assert after[:, :18].max() == after[:, 62:].max() == 0


@pytest.mark.parametrize(
    ("codec", "options", "pixel_format"),
    [
        ("libx264", {"crf": "6", "x264-params": "interlaced=1:tff=1"}, "yuv420p"),
        ("libx264", {"crf": "6", "x264-params": "interlaced=1:tff=1"}, "yuv422p10le"),
        ("mpeg2video", {"flags": "+ildct+ilme", "q": "2"}, "yuv420p"),
    ],
    ids=["H.264", "H.264 4:2:2", "MPEG-2"],
)
def test_clip_reader_shows_interlaced_clips_without_combs(
    tmp_path: Path, codec: str, options: dict[str, str], pixel_format: str
) -> None:
    frames = interlaced_frames(8, pixel_format)
    path = write_frames(tmp_path / "a.mkv", frames, codec=codec, options=options)
    with ClipReader(path) as reader:
        shown = [reader.frame_at(Fraction(n, 10))[..., 0].astype(int) for n in range(8)]
    combs = [np.abs(picture[10:80:2] - picture[11:81:2]).max() for picture in shown]
    lefts = [int(np.flatnonzero(picture[40] > 125)[0]) for picture in shown]
    assert max(combs) < 10
    assert np.diff(lefts).tolist() == [10] * 7
    assert probe(path).duration_s == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("size", "pixel_format", "codec"),
    [
        ((63, 47), "yuv444p", "libx264"),
        ((17, 9), "yuv420p", "ffv1"),
        ((64, 48), "yuv422p10le", "libx264"),
        ((64, 48), "rgb24", "libx264rgb"),
        ((64, 48), "yuv411p", "ffv1"),
    ],
    ids=["odd 4:4:4", "odd 4:2:0", "4:2:2 of 10 bits", "RGB", "4:1:1"],
)
def test_clip_reader_takes_any_form_of_pixels(
    tmp_path: Path, size: tuple[int, int], pixel_format: str, codec: str
) -> None:
    frames = still(*size, pixel_format)
    path = write_frames(tmp_path / "a.mkv", frames, codec=codec)
    with ClipReader(path) as reader:
        picture = reader.frame_at(Fraction(0))
    assert picture.shape == (size[1], size[0], 3)
    assert is_like(corners(picture))


@pytest.mark.parametrize("codec", ["mpeg4", "libx264"])
def test_clip_reader_knows_when_frames_of_an_avi_show(tmp_path: Path, codec: str) -> None:
    frames = [clip_frame(number) for number in range(20)]
    options = {"bf": "2", "qmax": "2"} if codec == "mpeg4" else {"crf": "6", "bf": "3"}
    path = write_frames(tmp_path / "a.avi", frames, codec=codec, options=options)
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"idx1")])  # a camera that lost its power
    with ClipReader(path) as reader:
        assert [frame_index(reader.frame_at(Fraction(n, 10))) for n in range(20)] == [*range(20)]
    with ClipReader(path, start_s=Fraction(13, 10)) as reader:
        assert frame_index(reader.frame_at(Fraction(0))) == 13
    assert probe(path).duration_s == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("moved", "wanted"), [(0.5, [0, 0, 0, 1, 3, 5]), (-0.5, [5, 7, 9, 11, 13, 15])], ids=str
)
def test_clip_reader_knows_where_a_track_begins(
    tmp_path: Path, moved: float, wanted: list[int]
) -> None:
    clip = write_clip(tmp_path / "a.mp4", seconds=2, fps=10)
    path = shifted(clip, tmp_path / "b.mp4", video_s=moved)
    with ClipReader(path) as reader:
        found = [frame_index(reader.frame_at(Fraction(n, 5))) for n in range(5)]
    with ClipReader(path, start_s=Fraction(1)) as reader:
        found.append(frame_index(reader.frame_at(Fraction(0))))
    assert found == wanted
    assert probe(path).duration_s == pytest.approx(2 + moved)


def test_clip_reader_refuses_a_file_without_pictures(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "song.m4a")
    with pytest.raises(UnsupportedFileError, match=r"song\.m4a has no pictures in it"):
        ClipReader(path)


def test_clip_reader_refuses_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFileError, match=r"gone\.mp4 can't be read"):
        ClipReader(tmp_path / "gone.mp4")


def test_clip_reader_shows_what_is_left_of_a_damaged_clip(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mkv", seconds=2, fps=10, frequency=None)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    with ClipReader(path) as reader:
        assert frame_index(reader.frame_at(Fraction(1, 2))) == 5
        assert 5 <= frame_index(reader.frame_at(Fraction(5))) < 19
