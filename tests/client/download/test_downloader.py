"""Finished videos to disk: whole, checked, taken up where they broke off, or not there at all."""

from __future__ import annotations

import gzip
import io
import os
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from nemovideo.client import NemoVideo
from nemovideo.errors import (
    InvalidTokenError,
    NemoError,
    NetworkError,
    OutputNotWritableError,
    PlanError,
    ProtocolError,
)
from nemovideo.protocol.models import RenderJob
from tests.client.conftest import Naps
from tests.support.answers import Answer, Cut, body, cut, error, html, json_answer, mp4
from tests.support.good_day import file_answer
from tests.support.scripted_cloud import Request, ScriptedCloud

FILE = "/files/v.mp4"
FALLBACK = "/api/render/proxy/r1/download"
VIDEO = mp4(300_000)
JOB = RenderJob(id="r1", status="completed", output_url=FILE)


@pytest.fixture
def cloud(cloud: ScriptedCloud) -> ScriptedCloud:
    cloud.good_day.video = VIDEO
    return cloud


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "videos"
    folder.mkdir()
    return folder / "trip 海滩.mp4"


def cut_after(size: int, *, etag: str | None = '"v1"', **headers: str) -> Answer:
    """An answer that promises the whole file and breaks off."""
    named = {"Content-Type": "video/mp4", **({"ETag": etag} if etag else {}), **headers}
    return Answer(200, named, [VIDEO[:size], Cut()], content_length=len(VIDEO))


def ranged(cloud: ScriptedCloud) -> list[str | None]:
    return [request.headers.get("range") for request in cloud.calls("GET", FILE)]


def left_behind(target: Path) -> list[str]:
    return [path.name for path in target.parent.iterdir() if path != target]


def test_download_puts_the_whole_file_in_place(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    result = client.renders.download(JOB, target, container="mp4")

    assert target.read_bytes() == VIDEO
    assert result.size_bytes == len(VIDEO)
    assert left_behind(target) == []
    assert cloud.requests[-1].headers["accept-encoding"] == "identity"


def test_download_replaces_what_stood_there(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    target.write_bytes(b"x" * 1_000_000)

    client.renders.download(JOB, target)

    assert target.read_bytes() == VIDEO


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
def test_download_goes_to_a_name_that_is_no_utf8(client: NemoVideo, target: Path) -> None:
    odd = target.with_name("o\udcff.mp4")

    client.renders.download(JOB, odd)

    assert odd.read_bytes() == VIDEO


def test_download_tells_the_progress(client: NemoVideo, target: Path) -> None:
    told: list[tuple[int, int | None]] = []

    client.renders.download(JOB, target, on_bytes=lambda *pair: told.append(pair))

    assert told[-1] == (len(VIDEO), len(VIDEO))


def test_download_by_id_asks_for_the_url_first(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    client.renders.download("r1", target)

    assert [request.path for request in cloud.requests] == [
        "/api/render/proxy/lambda/r1",
        "/files/r1.mp4",
    ]


@pytest.mark.parametrize("url", [None, "", "ftp://x/y", "file:///etc/passwd", "v.mp4"], ids=repr)
def test_download_without_a_usable_url_takes_the_apis_endpoint(
    cloud: ScriptedCloud, client: NemoVideo, target: Path, url: str | None
) -> None:
    client.renders.download(RenderJob(id="r1", output_url=url), target)

    assert [request.path for request in cloud.requests] == [FALLBACK]
    assert target.read_bytes() == VIDEO


def test_download_of_a_render_without_url_and_id_is_an_error(
    client: NemoVideo, target: Path
) -> None:
    with pytest.raises(ProtocolError, match="named no place"):
        client.renders.download(RenderJob(id=None, output_url=None, status="x"), target)


# Taken up again


@pytest.mark.parametrize("etag", ['"v1"', None], ids=["etag", "length-alone"])
def test_download_goes_on_where_it_broke_off(
    cloud: ScriptedCloud, client: NemoVideo, target: Path, etag: str | None
) -> None:
    cloud.on("GET", FILE, cut_after(100_000, etag=etag))
    cloud.always("GET", FILE, lambda request: file_answer(VIDEO, request))

    client.renders.download(JOB, target)

    assert target.read_bytes() == VIDEO
    (_, start) = ranged(cloud)
    assert start is not None
    assert 0 < int(start.removeprefix("bytes=").removesuffix("-")) <= 100_000
    assert cloud.requests[-1].headers.get("if-range") == etag


def test_download_goes_on_by_date_where_there_is_no_etag(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    date = "Sun, 01 Mar 2026 12:00:00 GMT"
    cloud.on("GET", FILE, cut_after(100_000, etag='W/"weak"', **{"Last-Modified": date}))
    dated = {"ETag": 'W/"weak"', "Last-Modified": date}
    cloud.always("GET", FILE, lambda r: file_answer(VIDEO, r, etag=date).with_headers(**dated))

    client.renders.download(JOB, target)

    assert cloud.requests[-1].headers["if-range"] == date
    assert target.read_bytes() == VIDEO


def test_download_survives_many_cuts_that_each_bring_it_further(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    def a_piece(request: Request) -> Answer:
        whole = file_answer(VIDEO, request)
        return Answer(
            whole.status, whole.headers, [whole.body[:30_000], Cut()], len(whole.body)
        ) if len(whole.body) > 30_000 else whole  # fmt: skip

    cloud.always("GET", FILE, a_piece)

    client.renders.download(JOB, target)

    assert target.read_bytes() == VIDEO
    assert cloud.count("GET", FILE) >= 10


def test_download_goes_on_when_the_server_gives_less_than_the_rest(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    span = f"bytes 100000-199999/{len(VIDEO)}"
    some = body(VIDEO[100_000:200_000], "video/mp4", 206).with_headers(Content_Range=span)
    cloud.on("GET", FILE, cut_after(100_000), some)

    client.renders.download(JOB, target)

    assert target.read_bytes() == VIDEO
    assert ranged(cloud) == [None, "bytes=100000-", "bytes=200000-"]


def test_download_starts_over_when_the_file_has_changed(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    newer = mp4(200_000)[:-4] + b"new!"
    cloud.on("GET", FILE, cut_after(100_000))
    cloud.always("GET", FILE, lambda request: file_answer(newer, request, etag='"v2"'))

    client.renders.download(JOB, target)

    assert target.read_bytes() == newer


@pytest.mark.parametrize(
    ("first", "second"),
    [({"ETag": '"v1"'}, {"ETag": '"v2"'}), ({"ETag": 'W/"v1"'}, {"ETag": 'W/"v2"'}),
     ({"Last-Modified": "Sun, 01 Mar 2026 12:00:00 GMT"},
      {"Last-Modified": "Sun, 01 Mar 2026 12:00:01 GMT"})],
    ids=["etag", "weak-etag", "date"],
)  # fmt: skip
def test_download_never_joins_two_films_where_if_range_is_not_heeded(
    cloud: ScriptedCloud,
    client: NemoVideo,
    target: Path,
    first: dict[str, str],
    second: dict[str, str],
) -> None:
    newer = mp4(len(VIDEO))[:-4] + b"new!"
    span = f"bytes 100000-{len(VIDEO) - 1}/{len(VIDEO)}"
    rest = body(newer[100_000:], "video/mp4", 206).with_headers(Content_Range=span, **second)
    cloud.on("GET", FILE, cut_after(100_000, etag=None, **first), rest)
    cloud.always("GET", FILE, body(newer, "video/mp4").with_headers(**second))

    client.renders.download(JOB, target)

    assert target.read_bytes() == newer
    assert ranged(cloud) == [None, "bytes=100000-", None]


@pytest.mark.parametrize(
    "content_range",
    ["bytes 0-299999/300000", "bytes 100000-299999/900000", "nonsense", "", "bytes */300000"],
    ids=["start", "total", "nonsense", "none", "unsatisfied"],
)
def test_download_starts_over_when_the_server_resumes_elsewhere(
    cloud: ScriptedCloud, client: NemoVideo, target: Path, content_range: str
) -> None:
    wrong = body(VIDEO[100_000:], "video/mp4", 206).with_headers(Content_Range=content_range)
    cloud.on("GET", FILE, cut_after(100_000), wrong)

    client.renders.download(JOB, target)

    assert target.read_bytes() == VIDEO
    assert ranged(cloud)[-1] is None


@pytest.mark.parametrize("status", [416, 400, 412])
def test_download_starts_over_when_the_rest_is_refused(
    cloud: ScriptedCloud, client: NemoVideo, target: Path, status: int
) -> None:
    cloud.on("GET", FILE, cut_after(100_000), html(status))

    client.renders.download(JOB, target)

    assert target.read_bytes() == VIDEO
    assert cloud.count("GET", FALLBACK) == 0


def test_download_starts_over_where_the_server_can_not_resume(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    cloud.on("GET", FILE, cut_after(100_000), body(VIDEO, "video/mp4"))

    client.renders.download(JOB, target)

    assert target.read_bytes() == VIDEO


def test_download_is_given_up_when_nothing_brings_it_further(
    cloud: ScriptedCloud, client: NemoVideo, target: Path, naps: Naps
) -> None:
    cloud.always("GET", FILE, cut_after(100_000, etag=None))
    cloud.always("GET", FALLBACK, cut_after(50_000, etag=None))

    with pytest.raises(NetworkError, match="broke"):
        client.renders.download(JOB, target)

    assert cloud.count("GET", FILE) == 5
    assert not target.exists()
    assert left_behind(target) == []
    assert len(naps.seconds) >= 6


def test_download_counts_the_bytes(cloud: ScriptedCloud, client: NemoVideo, target: Path) -> None:
    longer = Answer(200, {"Content-Type": "video/mp4"}, [VIDEO], content_length=len(VIDEO) - 5)
    cloud.on("GET", FILE, longer)

    client.renders.download(JOB, target)

    assert target.stat().st_size == len(VIDEO) - 5


def test_download_takes_a_file_of_unknown_length(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    told: list[tuple[int, int | None]] = []
    chunked = Answer(200, {"Content-Type": "video/mp4"}, [VIDEO[:999], VIDEO[999:]], None, True)
    cloud.on("GET", FILE, chunked)

    client.renders.download(JOB, target, on_bytes=lambda *pair: told.append(pair))

    assert target.read_bytes() == VIDEO
    assert told[-1] == (len(VIDEO), len(VIDEO))


def test_download_unpacks_what_was_compressed_unasked(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    packed = body(gzip.compress(VIDEO), "video/mp4").with_headers(Content_Encoding="gzip")
    cloud.on("GET", FILE, packed)

    client.renders.download(JOB, target)

    assert target.read_bytes() == VIDEO


# The other place


@pytest.mark.parametrize(
    "answer",
    [
        html(403),
        html(404),
        html(500),
        html(200),
        json_answer({"code": 0}),
        json_answer({"error": "gone"}, 410),
        body(b"", "video/mp4"),
        body(b"hello, this is no video at all", "video/mp4"),
        body(b"%PDF-1.7 sixteen bytes and more", "application/pdf"),
        body(b"\x00\x00", "video/mp4"),
        Answer(302, {"Location": "ftp://x.example/v.mp4"}),
        Answer(302),
    ],
    ids=[
        "403", "404", "500", "html", "json", "json-410", "empty", "text", "pdf", "tiny", "ftp",
        "redirect-nowhere",
    ],
)  # fmt: skip
def test_download_takes_the_apis_endpoint_when_the_url_gives_no_video(
    cloud: ScriptedCloud, client: NemoVideo, target: Path, answer: Answer
) -> None:
    cloud.on("GET", FILE, answer)

    client.renders.download(JOB, target, container="mp4")

    assert target.read_bytes() == VIDEO
    assert cloud.count("GET", FALLBACK) == 1
    assert left_behind(target) == []


def test_download_follows_five_redirects_and_no_more(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    for number in range(5):
        cloud.on("GET", f"/hop{number}", Answer(302, {"Location": f"/hop{number + 1}"}))
    cloud.on("GET", "/hop5", body(VIDEO, "video/mp4"))

    client.renders.download(RenderJob(output_url="/hop0"), target)
    assert target.read_bytes() == VIDEO

    cloud.always("GET", "/loop", Answer(302, {"Location": "/loop"}))
    with pytest.raises(ProtocolError, match="too many redirects"):
        client.renders.download(RenderJob(output_url="/loop"), target)
    assert cloud.count("GET", "/loop") == 6


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (html(200), "no mp4 video came, but a web page"),
        (body(b"", "video/mp4"), "no mp4 video came, but an empty file"),
        (body(b'{"code": 1, "m": "abcdefgh"}', "text/plain"), "no mp4 video came, but JSON"),
        (body(b"\x1a\x45\xdf\xa3" + bytes(60), "video/webm"), "no mp4 video came, but something"),
    ],
    ids=["html", "empty", "json", "webm"],
)
def test_download_says_what_came_instead_of_a_video(
    cloud: ScriptedCloud, client: NemoVideo, target: Path, answer: Answer, words: str
) -> None:
    cloud.always("GET", "*", answer)

    with pytest.raises(ProtocolError, match=words):
        client.renders.download(JOB, target, container="mp4")

    assert not target.exists()
    assert left_behind(target) == []


def test_download_takes_the_container_that_was_asked_for(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    webm = b"\x1a\x45\xdf\xa3" + bytes(60)
    cloud.on("GET", FILE, body(webm, "video/webm"))

    client.renders.download(JOB, target, container="webm")

    assert target.read_bytes() == webm


@pytest.mark.parametrize(
    ("answer", "error_class"),
    [(error(402, status=402), PlanError), (error(1001, status=401), InvalidTokenError)],
    ids=["plan", "token"],
)
def test_download_reports_what_the_api_refuses(
    cloud: ScriptedCloud,
    client: NemoVideo,
    target: Path,
    answer: Answer,
    error_class: type[NemoError],
) -> None:
    cloud.on("GET", FILE, html(404))
    cloud.on("GET", FALLBACK, answer)

    with pytest.raises(error_class):
        client.renders.download(JOB, target)


def test_download_renews_an_anonymous_token(
    cloud: ScriptedCloud, anonymous: NemoVideo, target: Path
) -> None:
    cloud.on("GET", FILE, error(1001, status=401))

    anonymous.renders.download(JOB, target)

    assert target.read_bytes() == VIDEO
    assert cloud.count("POST", "/api/auth/anonymous-token") == 2


def test_download_tries_again_when_no_answer_comes(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    cloud.on("GET", FILE, cut(), html(503))

    client.renders.download(JOB, target)

    assert cloud.count("GET", FILE) == 3
    assert target.read_bytes() == VIDEO


# The disk


def test_download_into_a_missing_folder_is_refused(client: NemoVideo, target: Path) -> None:
    with pytest.raises(OutputNotWritableError, match="can't be written"):
        client.renders.download(JOB, target.parent / "no" / "v.mp4")


def test_download_onto_a_folder_is_refused(client: NemoVideo, tmp_path: Path) -> None:
    with pytest.raises(OutputNotWritableError, match="is a folder"):
        client.renders.download(JOB, tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_download_onto_a_full_disk_leaves_nothing(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    part = _part_name(client, target)
    part.symlink_to("/dev/full")

    with pytest.raises(OutputNotWritableError, match="No space left") as caught:
        client.renders.download(JOB, target)

    assert caught.value.exit_code == 2
    assert not target.exists()
    assert left_behind(target) == []


def test_download_that_is_interrupted_leaves_nothing(client: NemoVideo, target: Path) -> None:
    def interrupt(_: int, __: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        client.renders.download(JOB, target, on_bytes=interrupt)

    assert not target.exists()
    assert left_behind(target) == []


def test_download_never_shows_a_part_under_the_targets_name(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    seen: list[bool] = []
    cloud.on("GET", FILE, cut_after(100_000))

    client.renders.download(JOB, target, on_bytes=lambda *_: seen.append(target.exists()))

    assert seen
    assert not any(seen)


def test_download_writes_over_the_remains_of_a_killed_run(client: NemoVideo, target: Path) -> None:
    _part_name(client, target).write_bytes(b"old" * 200_000)

    client.renders.download(JOB, target)

    assert target.read_bytes() == VIDEO
    assert left_behind(target) == []


def test_download_survives_another_run_that_finishes_first(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    def other_run_wins(request: Request) -> Answer:
        client.renders.download(JOB, target)
        moved.append(target.exists())
        return file_answer(VIDEO, request)

    moved: list[bool] = []
    cloud.on("GET", FILE, other_run_wins)

    client.renders.download(JOB, target)

    assert moved == [True]
    assert target.read_bytes() == VIDEO
    assert left_behind(target) == []


def test_download_takes_the_longest_file_name(client: NemoVideo, target: Path) -> None:
    long_target = target.with_name("v" * 251 + ".mp4")

    client.renders.download(JOB, long_target)

    assert long_target.read_bytes() == VIDEO


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_download_gives_the_file_ordinary_permissions(client: NemoVideo, target: Path) -> None:
    before = os.umask(0o022)
    try:
        client.renders.download(JOB, target)
    finally:
        os.umask(before)

    assert target.stat().st_mode & 0o777 == 0o644


# A stream


def test_download_to_a_stream_writes_it_whole(client: NemoVideo) -> None:
    stream = io.BytesIO()

    assert client.renders.download(JOB, stream).size_bytes == len(VIDEO)
    assert stream.getvalue() == VIDEO


def test_download_to_a_stream_writes_nothing_when_it_fails(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    cloud.always("GET", "*", cut_after(100_000))
    stream = io.BytesIO()

    with pytest.raises(NetworkError):
        client.renders.download(JOB, stream)

    assert stream.getvalue() == b""


def test_download_keeps_memory_flat(cloud: ScriptedCloud, client: NemoVideo, target: Path) -> None:
    cloud.good_day.video = mp4(20_000_000)
    tracemalloc.start()
    try:
        client.renders.download(JOB, target)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    # The scripted cloud lives in the same process and slices its copy once.
    assert peak < 45_000_000
    assert target.stat().st_size == 20_000_000


def _part_name(client: NemoVideo, target: Path) -> Path:
    """Find out the temporary name by watching a download."""
    names: list[str] = []

    def watch(_: int, __: int | None) -> None:
        names.extend(left_behind(target))

    probe: Callable[[int, int | None], None] = watch
    client.renders.download(JOB, target, on_bytes=probe)
    target.unlink()
    return target.parent / names[0]
