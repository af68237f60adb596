"""Uploads to the cloud: what is left out of a photo, order, several at once, each file once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from nemovideo.projects.journal import JOURNAL_FILE
from tests.support.answers import (
    Answer,
    error,
    ok,
)
from tests.support.cli import CliResult, run_cli
from tests.support.endpoints import RUN, UPLOAD
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import Request, ScriptedCloud

PEAK_OF_CHILD = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "nemovideo", *sys.argv[1:]], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def convert(photo: Path, out: Path, *more: str, expect: int = 0) -> CliResult:
    return run_cli("convert", photo, "--out", out, *more, expect=expect)


MAKE, GPS_IFD = 0x010F, 0x8825


@pytest.fixture
def private_photo(tmp_path: Path) -> Path:
    """A photo that tells where it was taken, and with what."""
    exif = Image.Exif()
    exif[MAKE] = "SECRETCAM"
    exif.get_ifd(GPS_IFD)[2] = (48.0, 51.0, 29.5)
    path = tmp_path / "home.jpg"
    Image.new("RGB", (64, 48), (9, 99, 9)).save(path, exif=exif)
    return path


def rows(data_dir: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data_dir / JOURNAL_FILE)) as connection:
        return connection.execute(query).fetchall()


def uploaded(cloud: ScriptedCloud) -> list[str | None]:
    return [part.filename for request in cloud.calls(*UPLOAD) for part in request.parts]


def test_upload_leaves_place_and_device_at_home(cloud: ScriptedCloud, private_photo: Path) -> None:
    run_cli("upload", private_photo)
    (part,) = cloud.calls(*UPLOAD)[0].parts
    assert b"SECRETCAM" in private_photo.read_bytes()
    assert b"SECRETCAM" not in part.content
    assert part.content.startswith(b"\xff\xd8")


def test_upload_keeps_metadata_when_asked_to(cloud: ScriptedCloud, private_photo: Path) -> None:
    run_cli("upload", private_photo, "--keep-metadata")
    assert cloud.calls(*UPLOAD)[0].parts[0].content == private_photo.read_bytes()


def test_upload_sends_a_photo_without_metadata_byte_for_byte(
    cloud: ScriptedCloud, photo: Path
) -> None:
    run_cli("upload", photo)
    assert cloud.calls(*UPLOAD)[0].parts[0].content == photo.read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        pytest.param("a.txt", b"words", 6, id="other-kind"),
        pytest.param("a.jpg", b"", 6, id="empty"),
        pytest.param("a.jpg", b"<!doctype html>", 6, id="other-content"),
        pytest.param("a.jpg", None, 2, id="missing"),
        pytest.param("a.mp4", b"\0\0\0\x18ftypmp42", 6, id="too-large"),
    ],
)
def test_files_are_checked_before_anything_is_sent(
    cloud: ScriptedCloud, photo: Path, tmp_path: Path, name: str, content: bytes | None, code: int
) -> None:
    bad = tmp_path / name
    if content is not None:
        bad.write_bytes(content)
    if name == "a.mp4":
        os.truncate(bad, 200 * 1024 * 1024 + 1)
    result = run_cli("convert", photo, bad, "--out", tmp_path / "v.mp4", expect=code)
    assert name in result.stderr
    assert cloud.connection_count == 0


def test_a_file_that_is_refused_is_named_and_the_ones_before_are_kept(
    cloud: ScriptedCloud, tmp_path: Path, out: Path
) -> None:
    first, second = write_jpeg(tmp_path / "a.jpg"), write_jpeg(tmp_path / "b.jpg", 80, 80)

    def answer(request: Request) -> Answer:
        name = request.parts[0].filename
        if name == "b.jpg":
            return error(4001)
        return ok({"files": [{"filename": name, "file_type": "image", "cdn_url": "u"}]})

    cloud.always(*UPLOAD, answer)
    result = run_cli("upload", first, second, expect=6)
    assert "b.jpg" in result.stderr
    assert "a.jpg" in result.stderr
    cloud.count(*UPLOAD)
    run_cli("upload", first, second, expect=6)
    names = [request.parts[0].filename for request in cloud.calls(*UPLOAD)]
    assert names == ["a.jpg", "b.jpg", "b.jpg"]


def test_files_arrive_in_the_order_in_which_they_were_named(
    cloud: ScriptedCloud, tmp_path: Path
) -> None:
    names = ["c.jpg", "a.jpg", "b.jpg"]
    run_cli("upload", *[write_jpeg(tmp_path / n, 40 + i, 40) for i, n in enumerate(names)])
    assert uploaded(cloud) == names


def test_uploads_side_by_side_are_as_many_as_asked_and_the_prompt_names_the_order(
    cloud: ScriptedCloud, tmp_path: Path, out: Path
) -> None:
    lock, at_once, most = threading.Lock(), 0, 0

    def answer(request: Request) -> Answer:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.1)
        with lock:
            at_once -= 1
        return cloud.good_day.answer(cloud.url, request)

    cloud.always(*UPLOAD, answer)
    names = [f"{letter}.jpg" for letter in "fedcba"]
    files = [write_jpeg(tmp_path / n, 40 + i, 40) for i, n in enumerate(names)]
    run_cli("convert", *files, "--out", out, env={"NEMO_UPLOAD_CONCURRENCY": "3"})
    assert most == 3
    assert sorted(map(str, uploaded(cloud))) == sorted(names)
    said = cloud.calls(*RUN)[0].json["new_message"]["parts"][0]["text"]
    assert f"Keep this order: {', '.join(names)}." in said


def test_what_is_on_its_way_when_another_upload_fails_goes_through_and_is_kept(
    cloud: ScriptedCloud, tmp_path: Path
) -> None:
    def answer(request: Request) -> Answer:
        if request.parts[0].filename == "bad.jpg":
            return error(4001)
        time.sleep(0.3)
        return cloud.good_day.answer(cloud.url, request)

    cloud.always(*UPLOAD, answer)
    files = [write_jpeg(tmp_path / n, 40 + i, 40) for i, n in enumerate(["bad.jpg", "slow.jpg"])]
    side_by_side = {"NEMO_UPLOAD_CONCURRENCY": "2"}
    run_cli("upload", *files, env=side_by_side, expect=6)
    run_cli("upload", *files, env=side_by_side, expect=6)
    assert sorted(map(str, uploaded(cloud))) == ["bad.jpg", "bad.jpg", "slow.jpg"]


def test_the_same_file_is_uploaded_once_into_a_session(
    cloud: ScriptedCloud, photo: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.jpg"
    copy.write_bytes(photo.read_bytes())
    run_cli("upload", photo)
    run_cli("upload", photo)
    assert uploaded(cloud) == ["beach.jpg"]
    run_cli("upload", photo, copy)  # two are named, and one is there
    assert uploaded(cloud) == ["beach.jpg", "copy.jpg"]


def test_a_copy_under_another_name_is_uploaded_too(cloud: ScriptedCloud, tmp_path: Path) -> None:
    for name in ("a.jpg", "copy.jpg"):
        write_jpeg(tmp_path / name)
    files = [tmp_path / "a.jpg", tmp_path / "copy.jpg"]
    document = run_cli("upload", *files, "--json").document
    assert [file["filename"] for file in document["files"]] == ["a.jpg", "copy.jpg"]
    run_cli("upload", *files)
    assert cloud.count(*UPLOAD) == 2


def test_an_upload_stands_in_the_journal_before_it_leaves(
    cloud: ScriptedCloud, photo: Path, data_dir: Path
) -> None:
    seen: list[object] = []

    def answer(request: Request) -> Answer:
        seen.extend(rows(data_dir, "SELECT filename, status FROM uploads"))
        return cloud.good_day.answer(cloud.url, request)

    cloud.on(*UPLOAD, answer)
    run_cli("upload", photo)
    assert seen == [("beach.jpg", "sending")]
    assert rows(data_dir, "SELECT filename, status FROM uploads") == [("beach.jpg", "done")]


@pytest.mark.skipif(os.name == "nt", reason="this system does not tell a child's memory")
def test_memory_stays_flat_however_large_the_file(tmp_path: Path) -> None:
    clip = tmp_path / "long.mp4"
    clip.write_bytes(b"\0\0\0\x18ftypmp42")
    os.truncate(clip, 150_000_000)
    script = Path(__file__).parents[3] / "benchmarks" / "_loopback.py"
    server = subprocess.Popen(
        [sys.executable, str(script), "1000"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert server.stdin is not None
    assert server.stdout is not None
    with server.stdin, server.stdout:
        port = int(server.stdout.readline())
        # A child counts its parent's memory at its birth, too: the parent must be a small one.
        measured = subprocess.run(
            [sys.executable, "-c", PEAK_OF_CHILD, "upload", str(clip), "-q"],
            env={**os.environ, "NEMO_API_URL": f"http://127.0.0.1:{port}", "NEMO_TOKEN": "t"},
            capture_output=True,
            text=True,
            check=True,
        )
    server.wait(10)
    peak_bytes = int(measured.stdout.split()[-1]) * (1 if sys.platform == "darwin" else 1024)
    assert peak_bytes < 120_000_000
