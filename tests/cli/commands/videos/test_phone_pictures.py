"""A folder as a phone gives it, to the cloud and to the engine here."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nemovideo.errors import MissingExtraError
from nemovideo.projects.inputs.cloud_pictures import CloudPictures
from nemovideo.projects.inputs.expansion import collect_inputs
from tests.support.answers import error
from tests.support.cli import run_cli
from tests.support.endpoints import UPLOAD
from tests.support.media import corners, is_like, write_clip, write_jpeg, write_picture
from tests.support.samples.phones import (
    save_heic,
    taken_exif,
    write_apple_clip,
    write_avif,
    write_detailed_jpeg,
    write_heic,
)
from tests.support.samples.profiles import P3_CORNERS, SRGB_CORNERS, corners_picture, display_p3
from tests.support.scripted_cloud import Part, ScriptedCloud


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    folder = tmp_path / "phone"
    folder.mkdir()
    return folder


def parts(cloud: ScriptedCloud) -> list[Part]:
    return [part for request in cloud.calls(*UPLOAD) for part in request.parts]


def picture_of(part: Part) -> Image.Image:
    return Image.open(io.BytesIO(part.content))


def test_heic_and_avif_become_jpeg_for_the_cloud(cloud: ScriptedCloud, phone: Path) -> None:
    exif = taken_exif("2024:05:01 12:34:56")
    write_heic(phone / "IMG_1.HEIC", exif=exif)
    write_avif(phone / "IMG_2.avif")
    write_heic(phone / "IMG_3.jpg")  # renamed by somebody
    document = run_cli("upload", phone, "--json").document
    assert [file["filename"] for file in document["files"]] == [
        "IMG_1.jpg",
        "IMG_2.jpg",
        "IMG_3.jpg",
    ]
    for part in parts(cloud):
        image = picture_of(part)
        assert (image.format, image.size, part.content_type) == ("JPEG", (64, 48), "image/jpeg")
        assert not image.getexif()
    wanted = "3 photos were turned into JPEG on this machine: the cloud takes no AVIF or HEIC."
    assert document["notes"] == [wanted]


def test_turned_and_coloured_heic_keeps_its_look_in_the_cloud(
    cloud: ScriptedCloud, phone: Path
) -> None:
    stored = corners_picture(P3_CORNERS).transpose(Image.Transpose.ROTATE_90)
    path = phone / "IMG_1.HEIC"
    save_heic(stored, path, icc_profile=display_p3(), exif=taken_exif(orientation=6))
    run_cli("upload", path)
    (part,) = parts(cloud)
    picture = picture_of(part)
    assert picture.getexif().get(0x0112, 1) == 1
    assert is_like(corners(np.asarray(picture)), SRGB_CORNERS, by=24)


def test_date_goes_along_when_metadata_is_kept(cloud: ScriptedCloud, phone: Path) -> None:
    exif = taken_exif("2024:05:01 12:34:56", orientation=6)
    write_heic(phone / "IMG_1.HEIC", exif=exif)
    run_cli("upload", phone / "IMG_1.HEIC", "--keep-metadata")
    (part,) = parts(cloud)
    found = picture_of(part).getexif()
    assert found.get_ifd(0x8769)[0x9003] == "2024:05:01 12:34:56"
    assert found.get(0x0112, 1) == 1


def test_names_are_put_right_and_stay_apart_in_the_cloud(cloud: ScriptedCloud, phone: Path) -> None:
    write_heic(phone / "a.heic")
    write_jpeg(phone / "a.jpg")
    write_jpeg(phone / "b.jpg").rename(phone / "b.heic")
    write_picture(phone / "c.png").rename(phone / "c.avif")
    run_cli("upload", phone)
    assert [part.filename for part in parts(cloud)] == ["a.heic.jpg", "a.jpg", "b.jpg", "c.png"]


def test_what_to_install_is_told_before_anything_is_sent(
    phone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = write_heic(phone / "IMG_1.HEIC")
    monkeypatch.setitem(sys.modules, "pi_heif", None)  # as if it were not installed
    files = collect_inputs([str(photo)]).files
    with pytest.raises(MissingExtraError, match=r"IMG_1\.HEIC: the cloud takes no HEIC") as caught:
        CloudPictures.among(files)
    assert "pip install" in (caught.value.hint or "")


def test_broken_heic_is_told_before_it_is_sent(cloud: ScriptedCloud, phone: Path) -> None:
    path = write_heic(phone / "IMG_1.HEIC")
    path.write_bytes(path.read_bytes()[:-500])
    error = run_cli("upload", path, "--json", expect=6).error
    assert "IMG_1.HEIC is broken" in error["message"]
    assert not parts(cloud)


def test_live_photos_count_once_in_a_folder(cloud: ScriptedCloud, phone: Path) -> None:
    write_heic(phone / "IMG_1.HEIC")
    write_apple_clip(phone / "IMG_1.MOV".lower())
    (phone / "img_1.mov").rename(phone / "IMG_1.MOV")
    write_clip(phone / "IMG_2.mov", seconds=5, fps=2)
    write_jpeg(phone / "IMG_2.jpg")
    document = run_cli("upload", phone, "--json").document
    names = [Path(file["path"]).name for file in document["files"]]
    assert names == ["IMG_1.HEIC", "IMG_2.jpg", "IMG_2.mov"]
    assert "1 clip of a Live Photo (the photo is used)" in document["notes"][0]


def test_clip_of_a_live_photo_that_is_named_is_taken(cloud: ScriptedCloud, phone: Path) -> None:
    photo = write_heic(phone / "IMG_1.heic")
    clip = write_apple_clip(phone / "IMG_1.mov")
    document = run_cli("upload", photo, clip, "--json").document
    assert len(document["files"]) == 2


def test_raw_files_of_a_folder_are_named_as_such(cloud: ScriptedCloud, phone: Path) -> None:
    write_jpeg(phone / "IMG_1.jpg")
    (phone / "IMG_1.DNG").write_bytes(b"II*\0")
    document = run_cli("upload", phone, "--json").document
    assert ".dng: camera RAW" in document["notes"][0]


def test_broken_photo_is_called_broken_on_this_machine(phone: Path) -> None:
    write_detailed_jpeg(phone / "a.jpg", keep=0.3)
    error = run_cli("upload", phone / "a.jpg", "--local", "--json", expect=6).error
    assert error["message"].startswith("a.jpg is broken: it ends too early, only ")
    assert "Accepted" not in error["hint"]


def test_refusal_of_the_cloud_is_told_in_its_words(cloud: ScriptedCloud, phone: Path) -> None:
    photo = write_jpeg(phone / "a.jpg")
    cloud.always(*UPLOAD, error(4001, "a.jpg is broken"))
    result = run_cli("upload", photo, "--json", expect=6)
    assert result.error["message"] == "the server refused a file: a.jpg is broken"


def test_engine_tells_of_a_photo_that_breaks_off(phone: Path) -> None:
    write_detailed_jpeg(phone / "a.jpg", keep=0.8)
    write_heic(phone / "b.heic", 128, 96)
    given = ("convert", phone, "--local", "-d", "1", "--no-export", "--json")
    result = run_cli(*given)
    (note,) = result.document["notes"]
    assert note.startswith("a.jpg breaks off before its end")
    assert note in result.stderr
    segments = result.document["timeline"]["tracks"][0]["segments"]
    assert [segment["name"] for segment in segments] == ["a.jpg", "b.heic"]


@pytest.mark.parametrize("order", ["date", "name"])
def test_convert_orders_files(phone: Path, order: str) -> None:
    write_jpeg(phone / "IMG_20240502_120000.jpg")
    write_heic(phone / "z.heic", exif=taken_exif("2024:05:01 12:34:56"))
    given = ("convert", phone, "--local", "-d", "1", "--no-export", "--json", "--order", order)
    segments = run_cli(*given).document["timeline"]["tracks"][0]["segments"]
    wanted = ["IMG_20240502_120000.jpg", "z.heic"]
    assert [s["name"] for s in segments] == (wanted[::-1] if order == "date" else wanted)


def test_convert_refuses_an_order_that_is_none(phone: Path) -> None:
    photo = write_jpeg(phone / "a.jpg")
    error = run_cli("convert", photo, "--local", "--order", "dat", "--json", expect=2).error
    assert error["hint"] == "Did you mean date?"
