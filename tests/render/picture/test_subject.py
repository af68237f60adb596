"""What a photo is about: a portrait by NASA is put where a test wants the face."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from nemovideo.render.picture.subject import Subject, find_subject

PORTRAIT = Path(__file__).parents[2] / "data" / "pictures" / "astronaut.jpg"
HEAD = (0.33, 0.05, 0.55, 0.38)
"""Where the head is in the portrait: hair, chin, ears."""


def photo_of(path: Path, size: tuple[int, int], *places: tuple[int, int]) -> Path:
    """Save a plain photo with the portrait at some places."""
    image = Image.new("RGB", size, (96, 120, 140))
    with Image.open(PORTRAIT) as portrait:
        for place in places:
            image.paste(portrait, place)
    image.save(path, quality=92)
    return path


def found(path: Path) -> Subject:
    subject = find_subject(path)
    assert subject is not None
    return subject


def test_find_subject_finds_the_whole_head() -> None:
    faces = found(PORTRAIT).faces
    assert faces is not None
    left, top, right, bottom = faces
    assert left <= HEAD[0]
    assert top <= HEAD[1]
    assert right >= HEAD[2]
    assert bottom >= HEAD[3]
    assert (right - left) * (bottom - top) < 0.25


@pytest.mark.parametrize(
    ("place", "focus"),
    [((0, 0), (0.17, 0.09)), ((384, 344), (0.77, 0.66))],
    ids=["top left", "bottom right"],
)
def test_find_subject_focuses_on_a_face_in_a_corner(
    tmp_path: Path, place: tuple[int, int], focus: tuple[float, float]
) -> None:
    assert found(photo_of(tmp_path / "a.jpg", (640, 600), place)).focus == pytest.approx(
        focus, abs=0.04
    )


def test_find_subject_holds_a_group_together(tmp_path: Path) -> None:
    faces = found(photo_of(tmp_path / "a.jpg", (1000, 400), (0, 90), (700, 90))).faces
    assert faces is not None
    assert faces[0] < 0.1
    assert faces[2] > 0.82


def test_find_subject_reads_a_photo_as_it_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    with Image.open(PORTRAIT) as portrait:
        exif = portrait.getexif()
        exif[0x0112] = 6  # shown turned by a quarter, clockwise
        portrait.transpose(Image.Transpose.ROTATE_90).save(path, exif=exif, quality=95)
    assert found(path).focus == pytest.approx(found(PORTRAIT).focus, abs=0.03)


def test_find_subject_looks_for_what_stands_out_where_nobody_is(tmp_path: Path) -> None:
    image = Image.new("RGB", (900, 300), (120, 120, 120))
    image.paste((220, 40, 30), (720, 90, 840, 210))
    path = tmp_path / "a.png"
    image.save(path)
    subject = found(path)
    assert subject.faces is None
    assert subject.focus[0] > 0.6


def test_find_subject_finds_none_in_a_broken_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(PORTRAIT.read_bytes()[:300])
    assert find_subject(path) is None
