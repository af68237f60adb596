"""Where a video comes from: the URL, the fallback, redirects, and what is no video."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest

from nemovideo.client import NemoVideo
from nemovideo.errors import (
    InvalidTokenError,
    NemoError,
    PlanError,
    ProtocolError,
)
from nemovideo.protocol.models import RenderJob
from tests.client.download.films import FALLBACK, FILE, JOB, VIDEO, left_behind
from tests.support.answers import Answer, body, cut, error, html, json_answer
from tests.support.scripted_cloud import ScriptedCloud


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


def test_download_tells_no_more_than_the_eye_can_follow(cloud: ScriptedCloud, target: Path) -> None:
    told: list[tuple[int, int | None]] = []
    pieces = [VIDEO[:1000], *(VIDEO[at : at + 100] for at in range(1000, len(VIDEO), 100))]
    cloud.on("GET", FILE, Answer(200, {"Content-Type": "video/mp4"}, pieces, None, True))
    with NemoVideo(token="t", base_url=cloud.url, clock=lambda: 0.0) as client:
        client.renders.download(JOB, target, on_bytes=lambda *pair: told.append(pair))
    assert len(told) <= 2
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


def test_download_unpacks_what_was_compressed_unasked(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    packed = body(gzip.compress(VIDEO), "video/mp4").with_headers(Content_Encoding="gzip")
    cloud.on("GET", FILE, packed)

    client.renders.download(JOB, target)

    assert target.read_bytes() == VIDEO


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
