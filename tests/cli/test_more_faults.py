"""More of what can go wrong between `nemo` and its cloud: privacy, order, limits, hostile text."""

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
import typer
from PIL import Image

from nemovideo.cli._exit import NemoGroup
from nemovideo.projects.journal import JOURNAL_FILE
from tests.support.answers import Answer, cut, error, json_answer, ok
from tests.support.cli import run_cli
from tests.support.media import write_jpeg
from tests.support.nemo import Nemo
from tests.support.scripted_cloud import Request, ScriptedCloud

RUN = ("POST", "/run_sse")
SESSION = ("POST", "/api/tasks/me/with-session/nemo_agent")
UPLOAD = ("POST", "/api/upload-video/*")
SUBMIT = ("POST", "/api/render/proxy/lambda")
POLL = ("GET", "/api/render/proxy/lambda/*")
MAKE, GPS_IFD = 0x010F, 0x8825
HOSTILE = "\x1b[31mred\x1b[0m [bold]x[/] \u202eevil\x07\x9b2J"


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


# Uploads


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


PEAK_OF_CHILD = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "nemovideo", *sys.argv[1:]], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.skipif(os.name == "nt", reason="this system does not tell a child's memory")
def test_memory_stays_flat_however_large_the_file(tmp_path: Path) -> None:
    clip = tmp_path / "long.mp4"
    clip.write_bytes(b"\0\0\0\x18ftypmp42")
    os.truncate(clip, 150_000_000)
    script = Path(__file__).parents[2] / "benchmarks" / "_loopback.py"
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


# Renders


def test_a_render_stands_in_the_journal_before_it_is_submitted(
    cloud: ScriptedCloud, photo: Path, out: Path, data_dir: Path
) -> None:
    seen: list[tuple[object, ...]] = []

    def answer(request: Request) -> Answer:
        seen.extend(rows(data_dir, "SELECT render_id, session_id, output, status FROM renders"))
        return cloud.good_day.answer(cloud.url, request)

    cloud.on(*SUBMIT, answer)
    run_cli("convert", photo, "--out", out)
    (submit,) = cloud.calls(*SUBMIT)
    assert seen == [(submit.json["id"], submit.json["sessionId"], str(out), "submitting")]


def test_a_render_is_submitted_twice_at_most(cloud: ScriptedCloud, photo: Path, out: Path) -> None:
    cloud.always(*POLL, ok({"id": "x", "status": "failed", "error": "no GPU"}))
    result = run_cli("convert", photo, "--out", out, expect=10)
    assert "no GPU" in result.stderr
    assert len({request.json["id"] for request in cloud.calls(*SUBMIT)}) == 2
    assert cloud.count(*SUBMIT) == 2


def test_a_render_that_takes_too_long_is_left_to_the_cloud_and_taken_up_later(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    run_cli("convert", photo, "--no-export")
    is_done = threading.Event()

    def answer(request: Request) -> Answer:
        if is_done.is_set():
            return cloud.good_day.answer(cloud.url, request)
        return ok({"id": "x", "status": "warming_up", "progress": -5})

    cloud.always(*POLL, answer)
    slow = {"NEMO_RENDER_TIMEOUT": "0.2"}
    result = run_cli("export", "--out", out, "--json", env=slow, expect=10)
    assert "--resume" in result.error["hint"]
    is_done.set()
    run_cli("export", "--resume")
    assert out.read_bytes() == cloud.good_day.video
    assert cloud.count(*SUBMIT) == 1


def test_a_run_that_export_finished_is_not_rendered_again_by_resume(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.always(*POLL, ok({"id": "x", "status": "processing"}))
    run_cli("convert", photo, "--out", out, env={"NEMO_RENDER_TIMEOUT": "0.1"}, expect=10)
    with ScriptedCloud(cloud.good_day) as back:
        # The same session under another address of the same cloud.
        run_cli("export", "--resume", "--api-url", back.url)
        run_cli("resume", "--api-url", back.url)
        assert back.count(*SUBMIT) == 0
        assert back.count(*RUN) == 0
    assert out.read_bytes() == cloud.good_day.video


# Text from elsewhere


def test_words_of_an_error_are_shown_as_data(cloud: ScriptedCloud) -> None:
    cloud.always("GET", "/api/credits/*", error(7777, HOSTILE))
    result = run_cli("credits", expect=9)
    assert "[bold]x[/]" in result.stderr
    for sign in ("\x1b", "\x07", "\x9b", "\u202e"):
        assert sign not in result.stderr


def test_names_of_the_servers_files_are_shown_as_data(cloud: ScriptedCloud, photo: Path) -> None:
    file = {"filename": HOSTILE, "file_type": "image", "cdn_url": "u"}
    cloud.always(*UPLOAD, ok({"files": [file]}))
    result = run_cli("upload", photo)
    assert "[bold]x[/]" in result.stdout
    for sign in ("\x1b", "\x07", "\x9b", "\u202e"):
        assert sign not in result.stdout + result.stderr


def test_json_holds_what_the_server_said_without_steering_a_terminal(
    cloud: ScriptedCloud, photo: Path
) -> None:
    file = {"filename": HOSTILE, "file_type": "image", "cdn_url": "u"}
    cloud.always(*UPLOAD, ok({"files": [file]}))
    result = run_cli("upload", photo, "--json")
    assert result.document["files"][0]["filename"] == HOSTILE
    for sign in ("\x1b", "\x07", "\x9b", "\u202e"):
        assert sign not in result.stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
def test_names_of_local_files_are_shown_as_data(cloud: ScriptedCloud, tmp_path: Path) -> None:
    photo = write_jpeg(tmp_path / "a\x1b[31m[bold]\u202e.jpg")
    result = run_cli("upload", photo, "--verbose")
    assert "[bold]" in result.stdout
    assert "\x1b" not in result.stdout + result.stderr
    assert "\u202e" not in result.stdout + result.stderr


def test_a_bug_shows_its_traceback_without_the_token(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEMO_TOKEN", "my-own-secret-token")
    app = typer.Typer(cls=NemoGroup, pretty_exceptions_enable=False)

    @app.callback()
    def _root() -> None:
        """Make it a group."""

    @app.command()
    def fail() -> None:
        raise RuntimeError("sent my-own-secret-token and nmv_usr_abcdef to nobody")

    with pytest.raises(SystemExit) as ended:
        app(["fail"])
    shown = capsys.readouterr().err
    assert ended.value.code == 1
    assert "Traceback" in shown
    assert "bug in nemo" in shown
    assert "my-own-secret-token" not in shown
    assert "nmv_usr_abcdef" not in shown


# Sessions and the network


def test_a_cloud_that_can_not_be_reached_points_to_this_machine(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.stop_listening()
    result = run_cli("convert", photo, "--out", out, "--json", expect=9)
    assert result.error["kind"] == "network"
    assert not out.exists()


def test_a_session_is_asked_for_once_when_its_answer_is_lost(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.on(*SESSION, cut())
    run_cli("convert", photo, "--out", out, expect=9)
    assert cloud.count(*SESSION) == 1


def test_two_resumes_at_once_finish_a_run_once(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.on(*RUN, error(2001))
    run_cli("convert", photo, "--out", out, expect=5)

    def slow(request: Request) -> Answer:
        time.sleep(1.0)
        return cloud.good_day.answer(cloud.url, request)

    cloud.always(*SUBMIT, slow)
    runs = [Nemo("resume") for _ in range(2)]
    assert sorted(run.output()[0] for run in runs) == [0, 2]
    assert cloud.count(*RUN) == 2
    assert cloud.count(*SUBMIT) == 1
    assert out.read_bytes() == cloud.good_day.video


def test_a_rate_limit_is_waited_out_once_and_the_run_goes_on(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.on(*RUN, json_answer({}, 429).with_headers(Retry_After="0"))
    run_cli("convert", photo, "--out", out)
    assert cloud.count(*RUN) == 2
    assert out.exists()
