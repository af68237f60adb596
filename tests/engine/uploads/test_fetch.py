"""Files by URL: fetched, named, limited, refused with the URL in the message."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

from nemovideo.engine._refusals import RequestError
from nemovideo.engine.uploads.fetch import fetch_files
from nemovideo.errors import UnsupportedFileError
from tests.engine.fakes import png
from tests.support.serve import ApiUser, data_of, refused

PICTURE = png()


class _Site(BaseHTTPRequestHandler):
    """A few pages: what each path answers stands in `do_GET`."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/named":
            name = quote("海 边.png")
            self.answer(200, PICTURE, {"Content-Disposition": f"inline; filename*=utf-8''{name}"})
        elif path == "/typed":
            self.answer(200, PICTURE, {"Content-Type": "image/png; charset=binary"})
        elif path == "/page.html":
            self.answer(200, b"<html></html>", {"Content-Type": "text/html"})
        elif path == "/lies.png":
            self.answer(200, b"<html></html>", {"Content-Type": "image/png"})
        elif path == "/cut.png":
            self.answer(200, PICTURE[:20], {"Content-Length": str(len(PICTURE))})
            self.close_connection = True
        elif path == "/loop.png":
            self.answer(302, b"", {"Location": "/loop.png"})
        elif path == "/moved.png":
            self.answer(302, b"", {"Location": "/photos/a.png"})
        elif path.startswith("/photos/"):
            self.answer(200, PICTURE, {})
        else:
            self.answer(404, b"", {})

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The URL of a small web site."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def fetch(user: ApiUser, session: str, *urls: str) -> list[str]:
    """Have URLs fetched and return the names of the files."""
    body = {"urls": urls, "source_type": "url"}
    answer = user.post(f"/api/upload-video/nemo_agent/me/{session}", json=body)
    return [file["filename"] for file in data_of(answer)["files"]]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        pytest.param("/photos/b%20c.png?size=2", "b c.png", id="by path"),
        pytest.param("/named", "海 边.png", id="by header"),
        pytest.param("/typed", "typed.png", id="extension by type"),
        pytest.param("/moved.png", "moved.png", id="redirect"),
    ],
)
def test_fetch_names_the_file(user: ApiUser, session: str, site: str, path: str, name: str) -> None:
    assert fetch(user, session, site + path) == [name]


def test_fetch_keeps_the_order(user: ApiUser, session: str, site: str) -> None:
    paths = ["/photos/2.png", "/typed", "/photos/1.png"]
    urls = [site + path for path in paths]
    assert fetch(user, session, *urls) == ["2.png", "typed.png", "1.png"]


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/page.html", id="a page"),
        pytest.param("/lies.png", id="a page that says it is a picture"),
        pytest.param("/missing.png", id="404"),
        pytest.param("/loop.png", id="endless redirects"),
        pytest.param("/cut.png", id="cut off"),
    ],
)
def test_fetch_of_no_media_is_4001_with_the_url(
    user: ApiUser, session: str, site: str, path: str
) -> None:
    body = {"urls": [f"{site}/photos/a.png", f"{site}{path}?signature=secret"]}
    answer = user.post(f"/api/upload-video/nemo_agent/me/{session}", json=body)
    refused(answer, 415, 4001, site + path)
    assert "secret" not in answer.text
    assert user.state(session)["state"]["video_infos"] == []


def test_fetch_of_unreachable_server_is_4001(user: ApiUser, session: str) -> None:
    body = {"urls": ["http://user:password@127.0.0.1:9/a.png"]}
    answer = user.post(f"/api/upload-video/nemo_agent/me/{session}", json=body)
    refused(answer, 415, 4001, "http://127.0.0.1:9/a.png")
    assert "password" not in answer.text


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/a.png", "a.png", "http://", "http://[bad/a.png"]
)
def test_fetch_of_other_schemes_is_400(user: ApiUser, session: str, url: str) -> None:
    answer = user.post(f"/api/upload-video/nemo_agent/me/{session}", json={"urls": [url]})
    refused(answer, 400, 400, "http://")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="no urls"),
        pytest.param({"urls": []}, id="empty"),
        pytest.param({"urls": "http://127.0.0.1/"}, id="no list"),
        pytest.param({"urls": ["http://127.0.0.1/"] * 101}, id="too many"),
    ],
)
def test_fetch_without_urls_is_400(user: ApiUser, session: str, body: dict[str, object]) -> None:
    answer = user.post(f"/api/upload-video/nemo_agent/me/{session}", json=body)
    refused(answer, 400, 400, "urls")


def test_fetch_for_strangers_stays_out_of_the_private_network(site: str, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFileError, match="private network"):
        asyncio.run(fetch_files([f"{site}/photos/a.png"], tmp_path, may_reach_private=False))
    assert list(tmp_path.glob("0*")) == []


@pytest.mark.parametrize("may_reach_private", [True, False], ids=["for the owner", "for strangers"])
def test_fetch_of_impossible_host_is_refused(tmp_path: Path, may_reach_private: bool) -> None:
    url = f"http://127.{'x' * 64}/a.png"
    with pytest.raises(UnsupportedFileError, match="no connection"):
        asyncio.run(fetch_files([url], tmp_path, may_reach_private=may_reach_private))


@pytest.mark.parametrize(
    ("name", "value"),
    [("ALL_PROXY", "gopher://x"), ("NO_PROXY", "[::1]"), ("SSL_CERT_FILE", "/nowhere.pem")],
)
def test_an_environment_that_can_not_be_used_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(RequestError, match=name):
        asyncio.run(fetch_files(["http://127.0.0.1:9/a.png"], tmp_path))
