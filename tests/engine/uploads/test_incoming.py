"""Files on their way in: limits, names, bodies that are wrong or cut, memory."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from nemovideo.engine import LocalEngine
from nemovideo.engine.http.app import Limits
from nemovideo.engine.uploads.multipart import MAX_FILES, receive_multipart
from tests.engine.fakes import fakes, png
from tests.engine.uploads.bodies import MULTIPART, PART, files_below
from tests.support.serve import ApiUser, api_user, data_of, refused, running_engine, wait_until

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def small_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LocalEngine, Path]]:
    """An engine that takes files of one megabyte at most, and its folder."""
    folder = tmp_path_factory.mktemp("small")
    with running_engine(folder, fakes(), limits=Limits(max_upload_bytes=MEGABYTE)) as engine:
        yield engine, folder


def padded(size: int) -> bytes:
    """Make a picture of exactly this many bytes."""
    picture = png()
    return picture + bytes(size - len(picture))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        pytest.param("../../etc/a.png", "a.png", id="path"),
        pytest.param("C:\\photos\\a.png", "a.png", id="Windows path"),
        pytest.param("a\\b.png", "a\\b.png", id="backslash"),
        pytest.param("\\\\server\\a.png", "a.png", id="Windows share"),
        pytest.param("x\u200d.png", "x\u200d.png", id="joiner"),
        pytest.param("👨\u200d👩\u200d👧.png", "👨\u200d👩\u200d👧.png", id="family"),
        pytest.param("cafe\u0301.png", "cafe\u0301.png", id="two-character-letter"),
        pytest.param("海 边.PNG", "海 边.PNG", id="Chinese"),
        pytest.param("a\u202egnp.png", "agnp.png", id="bidi override"),
        pytest.param("50% off.png", "50% off.png", id="percent sign"),
        pytest.param('say "hi".png', 'say "hi".png', id="quotation marks"),
        pytest.param("x" * 300 + ".png", "x" * 200 + ".png", id="long"),
    ],
)
def test_upload_cleans_the_name(user: ApiUser, session: str, sent: str, kept: str) -> None:
    (file,) = data_of(user.upload(session, (sent, png())))["files"]
    assert file["filename"] == kept


def test_file_of_exactly_the_limit_is_kept(small_engine: tuple[LocalEngine, Path]) -> None:
    with api_user(small_engine[0]) as user:
        session = user.new_session()
        answer = user.upload(session, ("a.png", padded(MEGABYTE)))
        assert answer.status_code == 200


def test_file_beyond_the_limit_is_4002(small_engine: tuple[LocalEngine, Path]) -> None:
    engine, folder = small_engine
    before = files_below(folder)
    with api_user(engine) as user:
        session = user.new_session()
        answer = user.upload(session, ("a.png", png()), ("big.png", padded(MEGABYTE + 1)))
        refused(answer, 413, 4002, "big.png", "1 MB")
        assert user.state(session)["state"]["video_infos"] == []
    assert files_below(folder) == before


def test_file_beyond_the_limit_is_4002_whatever_it_holds(
    small_engine: tuple[LocalEngine, Path],
) -> None:
    with api_user(small_engine[0]) as user:
        answer = user.upload(user.new_session(), ("big.mp4", bytes(3 * MEGABYTE)))
        refused(answer, 413, 4002, "big.mp4")


def test_refusal_reaches_a_client_that_sends_much_more(
    small_engine: tuple[LocalEngine, Path],
) -> None:
    def endless() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n'
        yield png()
        for _ in range(64):
            yield bytes(MEGABYTE)
        yield b"\r\n--b--\r\n"

    with api_user(small_engine[0]) as user:
        path = f"/api/upload-video/nemo_agent/me/{user.new_session()}"
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        refused(user.post(path, content=endless(), headers=headers), 413, 4002, "a.png")


def test_refusal_waits_for_a_client_that_reads_only_after_sending(engine: LocalEngine) -> None:
    url = httpx.URL(engine.url)
    size = 32 * MEGABYTE
    head = (
        "POST /api/upload-video/nemo_agent/me/any HTTP/1.1\r\n"
        f"Host: {url.netloc.decode()}\r\nContent-Length: {size}\r\n\r\n"
    )
    with socket.create_connection((url.host, url.port or 0)) as connection:
        connection.sendall(head.encode())
        for _ in range(size // MEGABYTE):
            connection.sendall(bytes(MEGABYTE))
        assert connection.recv(12) == b"HTTP/1.1 401"


@pytest.mark.parametrize(
    ("headers", "body", "word"),
    [
        pytest.param({"Content-Type": "multipart/form-data"}, b"x", "boundary", id="no boundary"),
        pytest.param(MULTIPART, b"nonsense", "broken", id="no multipart"),
        pytest.param(MULTIPART, PART + png(), "too early", id="no end"),
        pytest.param(MULTIPART, b"--b--\r\n", "no file", id="no parts"),
        pytest.param(MULTIPART, PART.replace(b'"files"', b'"other"'), "'files'", id="other field"),
        pytest.param(
            MULTIPART, PART.replace(b'; filename="a.png"', b""), "file name", id="no file name"
        ),
        pytest.param(
            MULTIPART,
            (PART + png() + b"\r\n") * 1001 + b"--b--\r\n",
            "more than 1000",
            id="too many files",
        ),
        pytest.param({"Content-Type": "text/plain"}, b"x", "multipart", id="other content type"),
        pytest.param({}, b"", "multipart", id="no content type"),
    ],
)
def test_upload_with_bad_body_is_400(
    user: ApiUser, session: str, headers: dict[str, str], body: bytes, word: str
) -> None:
    path = f"/api/upload-video/nemo_agent/me/{session}"
    refused(user.post(path, content=body, headers=headers), 400, 400, word)


def test_a_thousand_files_in_one_body_are_taken(tmp_path: Path) -> None:
    async def body() -> AsyncIterator[bytes]:
        for _ in range(MAX_FILES):
            yield PART + png() + b"\r\n"
        yield b"--b--\r\n"

    received = asyncio.run(receive_multipart(MULTIPART["Content-Type"], body(), tmp_path))

    assert len(received) == len(list(tmp_path.iterdir())) == MAX_FILES == 1000


def test_upload_takes_names_that_are_no_utf8(user: ApiUser, session: str) -> None:
    body = PART.replace(b"a.png", b"caf\xe9.png") + png() + b"\r\n--b--\r\n"
    path = f"/api/upload-video/nemo_agent/me/{session}"
    (file,) = data_of(user.post(path, content=body, headers=MULTIPART))["files"]
    assert file["filename"] == "café.png"


def test_upload_passes_over_fields_that_are_no_files(user: ApiUser, session: str) -> None:
    path = f"/api/upload-video/nemo_agent/me/{session}"
    answer = user.post(path, data={"note": "x"}, files=[("files", ("a.png", png()))])
    assert len(data_of(answer)["files"]) == 1


def test_upload_cut_midway_leaves_nothing(
    user: ApiUser, session: str, engine: LocalEngine, data_folder: Path
) -> None:
    before = files_below(data_folder)
    url = httpx.URL(engine.url)
    head = (
        f"POST /api/upload-video/nemo_agent/me/{session} HTTP/1.1\r\n"
        f"Host: {url.netloc.decode()}\r\n"
        f"Authorization: Bearer {user.token}\r\nContent-Length: 50000000\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
    )
    with socket.create_connection((url.host, url.port or 0)) as connection:
        connection.sendall(head.encode() + PART + png() + bytes(3 * MEGABYTE))
        wait_until(lambda: files_below(data_folder) != before)
    wait_until(lambda: files_below(data_folder) == before)
    assert user.state(session)["state"]["video_infos"] == []


SERVE = """
import sys
from pathlib import Path
from nemovideo.engine import LocalEngine
from tests.engine.fakes import fakes
from nemovideo.render.media_info import MediaInfo
look = lambda path, name: MediaInfo("image", 8, 6)
with LocalEngine(Path(sys.argv[1]), collaborators=fakes(look=look)) as engine:
    print(engine.url, flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory from /proc")
def test_upload_of_a_large_file_takes_little_memory(tmp_path: Path) -> None:
    size = 120 * MEGABYTE

    def body() -> Iterator[bytes]:
        yield PART + png()
        for _ in range(size // MEGABYTE):
            yield bytes(MEGABYTE)
        yield b"\r\n--b--\r\n"

    command = [sys.executable, "-c", SERVE, str(tmp_path)]
    root = Path(__file__).parents[3]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with httpx.Client(base_url=url, timeout=60, trust_env=False) as http:
            token = data_of(
                http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "someone"})
            )["token"]
            user = ApiUser(http, token)
            session = user.new_session()
            before = peak_memory(process.pid)
            path = f"/api/upload-video/nemo_agent/me/{session}"
            (file,) = data_of(user.post(path, content=body(), headers=MULTIPART))["files"]
            assert file["size"] > size
            assert peak_memory(process.pid) - before < 20 * MEGABYTE
        process.communicate("")


def peak_memory(pid: int) -> int:
    """Read the most memory that a process ever had, in bytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024
