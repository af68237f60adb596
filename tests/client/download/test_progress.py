"""A download that breaks off: taken up where it was, or begun anew; never two films in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.client import NemoVideo
from nemovideo.errors import (
    NetworkError,
)
from tests.client.conftest import Naps
from tests.client.download.films import FALLBACK, FILE, JOB, VIDEO, cut_after, left_behind
from tests.support.answers import Answer, Cut, body, html, mp4
from tests.support.good_day import file_answer
from tests.support.scripted_cloud import Request, ScriptedCloud


def ranged(cloud: ScriptedCloud) -> list[str | None]:
    return [request.headers.get("range") for request in cloud.calls("GET", FILE)]


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
