"""What a finished film is found to lack."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from nemovideo.render.checks import Check, Watch, check_film, look_at, watched
from nemovideo.render.film.pieces.packets import Packet, Packets
from nemovideo.render.film.plan import make_plan
from nemovideo.timeline.model import Canvas, Clip, Fade, Motion, Sound, Timeline
from tests.support.media import write_jpeg

FPS, WIDTH, HEIGHT = 30, 64, 36
PATTERN = np.random.default_rng(1).integers(40, 220, (HEIGHT * 3, WIDTH * 3, 3), np.uint8)


def write_film(
    path: Path, seconds: float, *, black: tuple[float, float] = (0, 0), still: bool
) -> Path:
    """Write a pattern that moves, or stands still, and is black from one time to another."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"crf": "10"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number in range(round(seconds * FPS)):
            at = 0 if still else number
            picture = PATTERN[at % HEIGHT : at % HEIGHT + HEIGHT, :WIDTH]
            if black[0] <= number / FPS < black[1]:
                picture = np.zeros_like(picture)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), "rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def timeline(seconds: float, motion: str = "zoom-in") -> Timeline:
    clip = Clip(
        duration_ms=round(seconds * 1000),
        media="a",
        kind="image",
        motion=Motion(motion),  # type: ignore[arg-type]
    )
    made = Timeline(canvas=Canvas(WIDTH, HEIGHT, FPS), duration_ms=clip.duration_ms)
    return made.with_clips([clip])


def looked_at(path: Path, shown: Timeline, photo: Path) -> dict[str, Check]:
    checks = check_film(path, shown, make_plan(shown), {"a": photo}, has_sound=True)
    return {check.name: check for check in checks}


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return write_jpeg(tmp_path / "a.jpg")


def test_a_film_as_it_should_be_passes(tmp_path: Path, photo: Path) -> None:
    found = looked_at(write_film(tmp_path / "a.mp4", 4, still=False), timeline(4), photo)
    assert [check for check in found.values() if not check.ok] == []
    assert found["frames"].value == 120


def test_a_piece_is_seen_as_its_file_is(tmp_path: Path) -> None:
    path = write_film(tmp_path / "a.mp4", 4, black=(1, 2.5), still=True)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        packets = tuple(
            Packet(bytes(packet), round(packet.pts * packet.time_base * FPS), 1, is_key=False)
            for packet in container.demux(stream)
            if packet.pts is not None and packet.time_base is not None
        )
        piece = Packets(packets, bytes(stream.codec_context.extradata or b""))
    kept = Packets.from_bytes(look_at(piece, "h264").to_bytes())
    watch = Watch()
    watch.see_piece(kept, 0, FPS)
    seen, wanted = watch.stretches(4), watched(path).stretches(4)
    assert np.allclose(seen[0], wanted[0], atol=1e-6)
    assert np.allclose(seen[0], [[1, 2.5]], atol=0.2)
    assert seen[1] == wanted[1]


def test_a_black_stretch_is_found(tmp_path: Path, photo: Path) -> None:
    film = write_film(tmp_path / "a.mp4", 4, black=(1, 2.5), still=False)
    found = looked_at(film, timeline(4), photo)["black"]
    assert not found.ok
    assert found.value == [[pytest.approx(1, abs=0.2), pytest.approx(2.5, abs=0.2)]]
    assert found.note is not None
    assert "black from 1." in found.note


def test_black_that_is_wished_is_none(tmp_path: Path, photo: Path) -> None:
    film = write_film(tmp_path / "a.mp4", 4, black=(3, 4), still=False)
    faded = timeline(4)
    faded = Timeline(faded.canvas, faded.tracks, faded.duration_ms, fade_out=Fade("#000000", 1000))
    assert looked_at(film, faded, photo)["black"].ok


def test_a_photo_of_the_night_may_be_black(tmp_path: Path) -> None:
    dark = tmp_path / "b.jpg"
    Image.new("RGB", (64, 48)).save(dark)
    film = write_film(tmp_path / "a.mp4", 4, black=(0, 4), still=False)
    assert looked_at(film, timeline(4), dark)["black"].ok


def test_a_picture_that_stands_still_though_the_camera_moves_is_found(
    tmp_path: Path, photo: Path
) -> None:
    film = write_film(tmp_path / "a.mp4", 4, still=True)
    assert not looked_at(film, timeline(4), photo)["frozen"].ok
    assert looked_at(film, timeline(4, "still"), photo)["frozen"].ok


def test_music_that_is_not_heard_is_found(tmp_path: Path, photo: Path) -> None:
    film = write_film(tmp_path / "a.mp4", 4, still=False)
    silent = timeline(4).with_sounds([Sound(duration_ms=4000, media="song", volume=0.8)])
    found = looked_at(film, silent, photo)["sound"]
    assert not found.ok
    assert found.note == "the film is silent, though there is music"
