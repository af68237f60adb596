"""Who sees what: attribution on everything to the API, no token and no headers to strangers."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from nemovideo._version import __version__
from nemovideo.client import NemoVideo
from nemovideo.client._attribution import attribution_headers, platform_of
from nemovideo.client._exchange import Exchange
from nemovideo.client._failures import ResponseErrors
from nemovideo.config import Settings
from nemovideo.errors import ConfigError, NemoError, ProtocolError
from nemovideo.protocol.models import RenderJob
from tests.client.conftest import TOKEN, MakeClient
from tests.support.answers import Answer, mp4, ok
from tests.support.scripted_cloud import Request, ScriptedCloud

CREDITS = "/api/credits/balance/simple"
PRIVATE = {"authorization", "x-skill-source", "x-skill-version", "x-skill-platform", "x-client-id"}


def private_headers(request: Request) -> set[str]:
    return PRIVATE & request.headers.keys()


def redirect(url: str, status: int = 302) -> Answer:
    return Answer(status, {"Location": url})


def test_every_request_carries_token_and_attribution(
    cloud: ScriptedCloud, anonymous: NemoVideo, tmp_path: Path
) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"\xff\xd8\xff")
    session = anonymous.sessions.create()
    anonymous.uploads.create(session.session_id, [photo])
    anonymous.uploads.create_from_urls(session.session_id, ["https://x.example/a.jpg"])
    anonymous.chat.send(session.session_id, "make it")
    anonymous.state.get(session.session_id)
    anonymous.credits.get()
    job = anonymous.renders.submit("r1", session.session_id, {})
    job = anonymous.renders.get("r1")
    anonymous.renders.cancel("r1")
    anonymous.renders.download(job, tmp_path / "v.mp4")
    anonymous.claims.create("t", session.session_id)

    assert len({(request.method, request.path) for request in cloud.requests}) == 11
    for request in cloud.requests:
        assert request.headers["x-skill-source"] == "image-to-video-converter-online"
        assert request.headers["x-skill-version"] == __version__
        assert request.headers["x-skill-platform"] == "unknown"
        is_for_token = request.path == "/api/auth/anonymous-token"
        assert ("authorization" in request.headers) is not is_for_token


@pytest.mark.parametrize(
    ("path", "platform"),
    [
        ("/home/u/.clawhub/skills/x/venv/nemovideo", "clawhub"),
        ("/home/u/.cursor/skills/x/nemovideo", "cursor"),
        ("/home/u/.cursor/x/skills/nemovideo", "unknown"),
        ("/usr/lib/python3/site-packages/nemovideo", "unknown"),
    ],
    ids=["clawhub", "cursor", "cursor-elsewhere", "unknown"],
)
def test_platform_comes_from_the_install_path(path: str, platform: str) -> None:
    assert platform_of(Path(path)) == platform
    assert attribution_headers(None, Path(path))["X-Skill-Platform"] == platform


@pytest.mark.parametrize(
    ("value", "platform"),
    [("cursor", "cursor"), (" clawhub\n", "clawhub"), ("a\r\nX-Evil: 1", "aX-Evil:1"), (" ", None)],
    ids=["plain", "white-space", "injection", "blank"],
)
def test_platform_of_the_environment_goes_first(value: str, platform: str | None) -> None:
    headers = attribution_headers(value, Path("/x/.clawhub/y"))

    assert headers["X-Skill-Platform"] == (platform or "clawhub")


def test_api_redirect_within_the_origin_is_followed(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    cloud.on("GET", CREDITS, redirect("/moved"))
    cloud.on("GET", "/moved", ok({"available": 7}))

    assert client.credits.get().available == 7
    assert cloud.requests[-1].token == TOKEN


def test_api_redirect_to_a_stranger_is_not_followed(
    cloud: ScriptedCloud, other_cloud: ScriptedCloud, client: NemoVideo
) -> None:
    cloud.on("GET", CREDITS, redirect(f"{other_cloud.url}/x?token=secret"))

    with pytest.raises(ProtocolError, match="is not followed") as caught:
        client.credits.get()

    assert other_cloud.requests == []
    assert other_cloud.url in caught.value.message
    assert "secret" not in caught.value.message


def test_api_redirects_in_a_circle_end(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.always("GET", CREDITS, redirect(CREDITS))

    with pytest.raises(ProtocolError, match="too many redirects"):
        client.credits.get()

    assert cloud.count("GET", CREDITS) == 6


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_post_is_not_redirected(cloud: ScriptedCloud, client: NemoVideo, status: int) -> None:
    cloud.on("POST", "/api/tasks/*", redirect("/elsewhere", status))

    with pytest.raises(ProtocolError, match="is not followed"):
        client.sessions.create()

    assert len(cloud.requests) == 1


def test_download_from_a_stranger_shows_it_nothing(
    cloud: ScriptedCloud, other_cloud: ScriptedCloud, client: NemoVideo, tmp_path: Path
) -> None:
    job = RenderJob(id="r", output_url=f"{other_cloud.url}/files/v.mp4?sig=1")

    client.renders.download(job, tmp_path / "v.mp4")

    assert (tmp_path / "v.mp4").read_bytes() == mp4()
    assert [private_headers(request) for request in other_cloud.requests] == [set()]
    assert other_cloud.requests[0].query == {"sig": ["1"]}
    assert cloud.requests == []


def test_download_redirected_to_a_stranger_shows_it_nothing(
    cloud: ScriptedCloud, other_cloud: ScriptedCloud, client: NemoVideo, tmp_path: Path
) -> None:
    cloud.on("GET", "/files/v.mp4", redirect(f"{other_cloud.url}/files/v.mp4"))

    client.renders.download(RenderJob(id="r", output_url="/files/v.mp4"), tmp_path / "v.mp4")

    assert cloud.requests[0].token == TOKEN
    assert [private_headers(request) for request in other_cloud.requests] == [set()]


def test_download_redirected_back_shows_the_api_its_token(
    cloud: ScriptedCloud, other_cloud: ScriptedCloud, client: NemoVideo, tmp_path: Path
) -> None:
    other_cloud.on("GET", "/go", redirect(f"{cloud.url}/files/v.mp4"))

    client.renders.download(RenderJob(output_url=f"{other_cloud.url}/go"), tmp_path / "v.mp4")

    assert private_headers(other_cloud.requests[0]) == set()
    assert cloud.requests[0].token == TOKEN


@pytest.mark.parametrize(
    ("url", "is_own"),
    [
        ("https://api.example/x?y", True),
        ("https://API.example:443/", True),
        ("http://api.example/", False),
        ("https://api.example:8443/", False),
        ("https://api.example.evil.example/", False),
        ("https://api.example@evil.example/", False),
    ],
    ids=["same", "port-named", "scheme", "port", "longer-host", "user-name"],
)
def test_origin_is_scheme_host_and_port(url: str, is_own: bool) -> None:
    exchange = Exchange(httpx.Client, "https://api.example", {}, ResponseErrors(str), float)

    assert exchange.is_own(httpx.URL(url)) is is_own


def test_own_url_with_a_user_name_still_gets_the_token(
    cloud: ScriptedCloud, client: NemoVideo, tmp_path: Path
) -> None:
    url = cloud.url.replace("://", "://user:word@")

    client.renders.download(RenderJob(output_url=f"{url}/files/v.mp4"), tmp_path / "v.mp4")

    assert cloud.requests[0].token == TOKEN


def test_strangers_url_with_a_user_name_is_asked_as_such(
    cloud: ScriptedCloud, other_cloud: ScriptedCloud, client: NemoVideo, tmp_path: Path
) -> None:
    url = other_cloud.url.replace("://", "://user:word@")

    client.renders.download(RenderJob(output_url=f"{url}/files/v.mp4"), tmp_path / "v.mp4")

    assert other_cloud.requests[0].headers["authorization"] == "Basic dXNlcjp3b3Jk"


def test_stranger_that_refuses_does_not_cost_the_token(
    cloud: ScriptedCloud, other_cloud: ScriptedCloud, anonymous: NemoVideo, tmp_path: Path
) -> None:
    anonymous.credits.get()
    other_cloud.always("GET", "*", Answer(401))

    job = RenderJob(id="r", output_url=f"{other_cloud.url}/v.mp4")
    anonymous.renders.download(job, tmp_path / "v.mp4")

    assert cloud.count("POST", "/api/auth/anonymous-token") == 1
    assert cloud.count("GET", "/api/render/proxy/r/download") == 1


def test_cookies_are_not_kept(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("GET", CREDITS, ok({"available": 1}).with_headers(Set_Cookie="sid=1; Path=/"))

    client.credits.get()
    client.credits.get()

    assert "cookie" not in cloud.requests[-1].headers


def test_loopback_is_reached_without_the_proxy(
    cloud: ScriptedCloud, client: NemoVideo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")

    assert client.credits.get().available == 100


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALL_PROXY", "gopher://x"),
        ("SSL_CERT_FILE", "/nowhere.pem"),
        ("HTTPS_PROXY", "http://x:port"),
        ("NO_PROXY", "[::1]"),
        ("http_proxy", "socks5://me:secret@127.0.0.1:1"),
    ],
    ids=["scheme", "bundle", "address", "no-proxy", "socks"],
)
def test_network_settings_that_can_not_be_used_are_a_clear_error(
    client: NemoVideo, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ConfigError, match=f"the environment's {name}=.*can't be used") as caught:
        client.credits.get()

    assert caught.value.hint
    assert "secret" not in caught.value.message


@pytest.mark.parametrize(
    ("name", "value"),
    [("NO_PROXY", "[::1]"), ("HTTP_PROXY", "socks5://127.0.0.1:1"), ("SSL_CERT_FILE", "/no.pem")],
)
def test_the_engine_in_this_process_is_reached_whatever_the_environment_says(
    cloud: ScriptedCloud,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
) -> None:
    monkeypatch.setenv(name, value)

    with NemoVideo("nmv_usr_x", settings=settings, trusts_environment=False) as client:
        assert client.credits.get().available == 100


@pytest.mark.parametrize(
    "url",
    ["", "nowhere", "ftp://x.example", "http://", "https://u:p@x.example", "https://x.example?a=1",
     "https://x.example#a", "http://[", "http://x.example:port"],
)  # fmt: skip
def test_bad_api_url_is_a_usage_error(make_client: MakeClient, url: str) -> None:
    with pytest.raises(NemoError) as caught:
        make_client(TOKEN, api_url=url)

    assert caught.value.exit_code == 2


def test_api_url_with_a_path_is_kept(cloud: ScriptedCloud, make_client: MakeClient) -> None:
    cloud.on("GET", f"/v2{CREDITS}", ok({"available": 1}))

    assert make_client(TOKEN, api_url=f"{cloud.url}/v2/").credits.get().available == 1
