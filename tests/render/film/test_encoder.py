from __future__ import annotations

import errno
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from nemovideo.errors import RenderError
from nemovideo.render.film.coding import Picture, coding_of
from nemovideo.render.film.encoder import MovieWriter, read_facts
from nemovideo.render.film.failures import to_render_error, translated_errors
from nemovideo.render.film.pieces.packets import Packet
from nemovideo.render.film.sound_coding import SOUND_BLOCK, SoundEncoder

PATH = Path("folder") / "film.mp4"


def opened(path: Path, quality: str = "high", container: str = "mp4") -> MovieWriter:
    coding = coding_of(quality, container, (64, 48), 30)
    return MovieWriter(path, coding, container=container, sound_bits_per_second=128_000)


def silence(blocks: int, container: str = "mp4") -> Iterator[Packet]:
    """Yield some, encoded."""
    sound = np.zeros((SOUND_BLOCK, 2), np.float32)
    yield from SoundEncoder(container, 128_000).encode([sound] * blocks)


def write_film(path: Path, *, frames: int = 10) -> None:
    with opened(path) as writer:
        picture = Picture.blank(64, 48)
        for number in range(frames):
            picture.planes.fill((16 + number, 128, 128))
            writer.write_picture(picture, number)
        writer.end_pictures()
        writer.join_sound(silence(frames))
        writer.finish()


@pytest.mark.parametrize(
    ("exc", "message"),
    [
        pytest.param(OSError(errno.ENOSPC, "x"), "the disk is full", id="no space"),
        pytest.param(av.error.OSError(errno.ENOSPC, "x"), "the disk is full", id="PyAV, no space"),
        pytest.param(OSError(errno.EFBIG, "x"), "the disk is full", id="file too big"),
        pytest.param(PermissionError(errno.EACCES, "x"), "can't be written to", id="forbidden"),
        pytest.param(FileNotFoundError(errno.ENOENT, "x"), "can't be written to", id="no folder"),
        pytest.param(ValueError("odd"), "could not be written: odd", id="refused value"),
        pytest.param(av.error.InvalidDataError(999, "bad"), "could not be written", id="PyAV"),
        pytest.param(
            av.error.ExternalError(999, "avcodec_open2()"), "lack memory, processes", id="encoder"
        ),
    ],
)
def test_foreign_errors_say_what_happened(exc: Exception, message: str) -> None:
    assert message in to_render_error(exc, PATH).message


KINDS = {
    name: kind
    for name, kind in vars(av.error).items()
    if isinstance(kind, type) and issubclass(kind, av.FFmpegError)
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_error_of_pyav_is_translated(kind: type[av.FFmpegError]) -> None:
    with pytest.raises(RenderError) as caught, translated_errors(PATH):
        raise kind(1, "x")
    assert isinstance(caught.value.__cause__, kind)


def test_facts_are_read_from_the_file(tmp_path: Path) -> None:
    write_film(tmp_path / "a.mp4", frames=12)
    facts = read_facts(tmp_path / "a.mp4")
    assert facts.frame_count == 12
    assert facts.video_s == Fraction(12, 30)


def test_file_that_was_cut_off_is_found_out(tmp_path: Path) -> None:
    write_film(tmp_path / "a.mp4", frames=60)
    whole = (tmp_path / "a.mp4").read_bytes()
    (tmp_path / "a.mp4").write_bytes(whole[: -len(whole) // 4])
    try:
        frames = read_facts(tmp_path / "a.mp4").frame_count
    except RenderError:
        frames = 0
    assert frames < 60


def write_noise(path: Path, quality: str, container: str = "mp4") -> int:
    """Write pictures that cost something; return the file's size."""
    noise = np.random.default_rng(1).integers(16, 235, (20, 48, 64), dtype=np.uint8)
    with opened(path, quality, container) as writer:
        picture = Picture.blank(64, 48)
        picture.planes.fill((16, 128, 128))
        for number, grain in enumerate(noise):
            picture.planes.y[:] = grain
            writer.write_picture(picture, number)
        writer.end_pictures()
        writer.join_sound(silence(len(noise)))
        writer.finish()
    return path.stat().st_size


def test_quality_is_worth_its_bytes(tmp_path: Path) -> None:
    sizes = [write_noise(tmp_path / f"{name}.mp4", name) for name in ("low", "medium", "high")]
    assert sizes[0] < 0.8 * sizes[1] < 0.64 * sizes[2]


def test_quicktime_is_written_as_such(tmp_path: Path) -> None:
    write_noise(tmp_path / "a.mov", "high", "mov")
    assert (tmp_path / "a.mov").read_bytes()[4:12] == b"ftypqt  "
    assert read_facts(tmp_path / "a.mov").frame_count == 20


def test_picture_may_be_drawn_again_once_it_is_written(tmp_path: Path) -> None:
    write_film(tmp_path / "a.mp4", frames=40)
    with av.open(str(tmp_path / "a.mp4")) as container:
        greys = [float(frame.to_ndarray()[:48].mean()) for frame in container.decode(video=0)]
    assert greys == pytest.approx(list(range(16, 56)), abs=1.5)


@pytest.mark.parametrize("size", [(64, 47), (63, 48)], ids=str)
def test_odd_size_is_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    coding = coding_of("high", "mp4", size, 30)
    with pytest.raises(RenderError):
        MovieWriter(tmp_path / "a.mp4", coding, container="mp4", sound_bits_per_second=128_000)
