"""Uploads: in order, all of a request or none, nothing left behind."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from nemovideo.engine import LocalEngine
from nemovideo.engine.store.store import Store
from nemovideo.engine.uploads.uploads import Uploads
from nemovideo.render.media_info import probe
from tests.engine.fakes import fakes, png
from tests.engine.uploads.bodies import MULTIPART, PART, files_below
from tests.support.serve import ApiUser, api_user, data_of, refused, running_engine


def test_upload_describes_the_file(user: ApiUser, session: str) -> None:
    picture = png(8, 6)
    data = data_of(user.upload(session, ("a.png", picture)))
    assert data["session_state_applied"] is True
    (file,) = data["files"]
    assert file["filename"] == "a.png"
    assert file["file_type"] == "image"
    assert (file["width"], file["height"]) == (8, 6)
    assert file["duration"] is None
    assert file["hash"] == hashlib.sha256(picture).hexdigest()


def test_upload_url_serves_the_file_without_token(
    user: ApiUser, session: str, http: httpx.Client
) -> None:
    picture = png()
    (file,) = data_of(user.upload(session, ("图 1.png", picture)))["files"]
    assert file["cdn_url"].startswith(str(http.base_url).rstrip("/"))
    answer = http.get(file["cdn_url"])
    assert answer.content == picture
    assert answer.headers["content-type"] == "image/png"
    part = http.get(file["cdn_url"], headers={"Range": "bytes=1-3"})
    assert (part.status_code, part.content) == (206, b"PNG")


def test_upload_keeps_the_order_of_the_request(user: ApiUser, session: str) -> None:
    names = [f"{number}.png" for number in (3, 1, 2, 10)]
    for some in (names[:3], names[3:]):
        answer = data_of(user.upload(session, *((name, png()) for name in some)))
        assert [file["filename"] for file in answer["files"]] == some
    infos = user.state(session)["state"]["video_infos"]
    assert [info["filename"] for info in infos] == names


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        pytest.param("notes.txt", b"hello", "notes.txt", id="kind by name"),
        pytest.param("noextension", png(), "noextension", id="no extension"),
        pytest.param("page.png", b"<html>" * 100, "page.png", id="kind by content"),
        pytest.param("empty.png", b"", "empty.png", id="empty"),
        pytest.param("cut.png", png(64, 64)[:60], "cut.png", id="truncated"),
    ],
)
def test_refused_file_is_named_and_takes_its_request_along(
    user: ApiUser, session: str, data_folder: Path, name: str, content: bytes, word: str
) -> None:
    before = files_below(data_folder)
    answer = user.upload(session, ("good.png", png()), (name, content), ("later.png", png()))
    refused(answer, 415, 4001, word)
    assert user.state(session)["state"]["video_infos"] == []
    assert files_below(data_folder) == before


def test_files_that_cannot_be_written_down_are_removed_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "engine")
    uploads = Uploads(store, probe)

    async def body() -> AsyncIterator[bytes]:
        yield PART + png() + b"\r\n--b--\r\n"

    with pytest.raises(sqlite3.IntegrityError):
        asyncio.run(uploads.take_multipart("nosession", MULTIPART["Content-Type"], body()))
    assert files_below(tmp_path) == []
    store.close()


def test_url_of_a_file_that_is_gone_is_404(user: ApiUser, session: str, data_folder: Path) -> None:
    (file,) = data_of(user.upload(session, ("a.png", png())))["files"]
    (data_folder / "engine" / "media" / session / f"{file['id']}.png").unlink()
    refused(user.get(file["cdn_url"]), 404, 404, "no longer")


def test_uploads_side_by_side_are_all_kept(engine: LocalEngine, user: ApiUser) -> None:
    session = user.new_session()
    answers: list[int] = []

    def upload(number: int) -> None:
        with api_user(engine, token=user.token) as someone:
            answers.append(someone.upload(session, (f"{number}.png", png())).status_code)

    threads = [threading.Thread(target=upload, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 8
    assert len(user.state(session)["state"]["video_infos"]) == 8


def test_uploads_of_dead_processes_are_removed_by_the_next_engine(tmp_path: Path) -> None:
    folder = tmp_path / "engine" / "incoming" / "dead" / "request"
    folder.mkdir(parents=True)
    (folder / "0001").write_bytes(bytes(10))
    with running_engine(tmp_path, fakes()):
        assert not folder.exists()
