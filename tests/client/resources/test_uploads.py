"""Files on their way out: names, lengths, progress, files that change, servers that refuse."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest

from nemovideo.client import NemoVideo, UploadSource
from nemovideo.client._multipart import MultipartBody
from nemovideo.errors import (
    FileTooLargeError,
    InputError,
    InputNotFoundError,
    NetworkError,
    ProtocolError,
)
from tests.support.answers import Answer, Cut, error, ok
from tests.support.scripted_cloud import ScriptedCloud

UPLOAD = "/api/upload-video/nemo_agent/me/s"


@pytest.mark.parametrize(
    ("filename", "sent"),
    [
        ("海滩 1.jpg", "海滩 1.jpg"),
        ('say "hi".jpg', "say %22hi%22.jpg"),
        ("a\r\nX-Evil: 1.jpg", "a%0D%0AX-Evil: 1.jpg"),
        ("back\\slash.jpg", "back\\slash.jpg"),
        ("100%.jpg", "100%.jpg"),
        ("bad\udcff.jpg", "bad?.jpg"),
    ],
    ids=["chinese", "quotes", "injection", "backslash", "percent", "undecodable"],
)
def test_filename_reaches_the_server_as_browsers_send_it(
    cloud: ScriptedCloud, client: NemoVideo, filename: str, sent: str
) -> None:
    client.uploads.create("s", [UploadSource(filename, 3, lambda: io.BytesIO(b"abc"))])

    (part,) = cloud.requests[-1].parts
    assert (part.filename, part.content) == (sent, b"abc")


def test_length_is_promised_exactly(
    cloud: ScriptedCloud, client: NemoVideo, tmp_path: Path
) -> None:
    files = []
    for number, size in enumerate((0, 1, 262_144, 300_001)):
        files.append(tmp_path / f"{number}.png")
        files[-1].write_bytes(bytes(size))

    client.uploads.create("s", files)

    request = cloud.requests[-1]
    assert "transfer-encoding" not in request.headers
    assert int(request.headers["content-length"]) == len(request.body)
    assert [len(part.content) for part in request.parts] == [0, 1, 262_144, 300_001]


def test_progress_counts_the_files_bytes(
    cloud: ScriptedCloud, client: NemoVideo, tmp_path: Path
) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(bytes(600_000))
    told: list[tuple[int, int]] = []

    client.uploads.create(
        "s", [tmp_path / "a.png", tmp_path / "b.png"], on_bytes=lambda *pair: told.append(pair)
    )

    assert told[-1] == (1_200_000, 1_200_000)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len(told) >= 6


def test_memory_stays_flat(tmp_path: Path) -> None:
    big = tmp_path / "big.mp4"
    with big.open("wb") as file:
        file.truncate(50_000_000)
    body = MultipartBody([UploadSource.from_path(big)])()
    tracemalloc.start()
    try:
        size = sum(len(chunk) for chunk in body.content if isinstance(chunk, bytes))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert size == int(body.headers["Content-Length"]) > 50_000_000
    assert peak < 2_000_000


def test_body_is_made_anew_when_the_request_is_repeated(
    cloud: ScriptedCloud, anonymous: NemoVideo, tmp_path: Path
) -> None:
    photo = tmp_path / "a.png"
    photo.write_bytes(b"photo" * 1000)
    cloud.on("POST", UPLOAD, error(1001, status=401))

    anonymous.uploads.create("s", [photo])

    first, second = cloud.calls("POST", UPLOAD)
    assert first.parts == second.parts
    assert second.parts[0].content == photo.read_bytes()


@pytest.mark.parametrize("promised", [5, 15], ids=["grew", "shrank"])
def test_file_that_changes_while_it_is_sent_is_a_clear_error(
    cloud: ScriptedCloud, client: NemoVideo, promised: int
) -> None:
    source = UploadSource("a.png", promised, lambda: io.BytesIO(b"0123456789"))

    with pytest.raises(InputError, match=r"a\.png changed while it was being sent"):
        client.uploads.create("s", [source])


def test_file_that_is_not_there_is_named_before_anything_is_sent(
    cloud: ScriptedCloud, client: NemoVideo, tmp_path: Path
) -> None:
    with pytest.raises(InputNotFoundError, match=r"gone\.png can't be read"):
        client.uploads.create("s", [tmp_path / "gone.png"])

    assert cloud.requests == []


def test_file_that_vanishes_while_it_is_sent_is_named(
    cloud: ScriptedCloud, client: NemoVideo, tmp_path: Path
) -> None:
    photo = tmp_path / "a.png"
    photo.write_bytes(b"x")
    source = UploadSource.from_path(photo)
    photo.unlink()

    with pytest.raises(InputNotFoundError, match=r"a\.png can't be read"):
        client.uploads.create("s", [source])


def test_refusal_before_the_body_is_read_is_understood(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    refusal = error(4002, "too large", status=413)
    cloud.on("POST", UPLOAD, Answer(413, refusal.headers, refusal.steps, before_body=True))

    with pytest.raises(FileTooLargeError):
        client.uploads.create("s", [UploadSource("a.mp4", 10, lambda: io.BytesIO(bytes(10)))])


def test_connection_that_breaks_in_the_upload_is_not_tried_again(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    cloud.on("POST", UPLOAD, Answer(steps=[Cut(with_reset=True)], is_raw=True, before_body=True))

    with pytest.raises(NetworkError):
        client.uploads.create(
            "s", [UploadSource("a.mp4", 9_000_000, lambda: io.BytesIO(bytes(9_000_000)))]
        )

    assert cloud.count("POST", UPLOAD) == 1


def test_answer_that_leaves_files_out_is_an_error(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("POST", UPLOAD, ok({"files": []}))

    with pytest.raises(ProtocolError, match="names 0 of 1 files"):
        client.uploads.create("s", [UploadSource("a.png", 1, lambda: io.BytesIO(b"x"))])


def test_answer_that_leaves_links_out_is_an_error(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("POST", UPLOAD, ok({"files": [{"filename": "a.png"}]}))

    with pytest.raises(ProtocolError, match="names 1 of 2 files"):
        client.uploads.create_from_urls("s", ["https://x.example/a", "https://x.example/b"])
