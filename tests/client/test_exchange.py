"""Every exception that httpx can raise becomes one of ours, in one place."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator

import httpx
import pytest

from nemovideo.client import NemoVideo
from nemovideo.client._exchange import HTTPX_FAILURES
from nemovideo.client._failures import ResponseErrors, from_httpx, is_definite, origin_of, phase_of
from nemovideo.config import Settings
from nemovideo.errors import DiskFullError, NemoError, NetworkError, UnreachableError
from nemovideo.protocol.envelope import Envelope
from tests.client.conftest import TOKEN, Naps

NO_FAILURES_OF_REQUESTS = (httpx.CookieConflict,)
"""Raised by helpers that the client does not use."""


def httpx_exceptions() -> list[type[Exception]]:
    found = {
        value
        for value in vars(httpx).values()
        if isinstance(value, type) and issubclass(value, Exception)
    } - set(NO_FAILURES_OF_REQUESTS)
    return sorted(found, key=lambda value: value.__name__)


def instance_of(error_class: type[Exception]) -> Exception:
    if issubclass(error_class, httpx.HTTPStatusError):
        request = httpx.Request("GET", "http://x")
        return error_class("boom", request=request, response=httpx.Response(500))
    if error_class in (
        httpx.StreamConsumed,
        httpx.StreamClosed,
        httpx.ResponseNotRead,
        httpx.RequestNotRead,
    ):
        return error_class()
    return error_class("boom")


@pytest.mark.parametrize("error_class", httpx_exceptions(), ids=lambda value: value.__name__)
def test_every_exception_of_httpx_is_caught_and_translated(error_class: type[Exception]) -> None:
    exc = instance_of(error_class)

    error = from_httpx(exc, "GET /x", "http://user:s3cret@api.example/x?token=1")

    assert isinstance(exc, HTTPX_FAILURES)
    assert error.exit_code == 9
    assert error.hint
    assert "s3cret" not in error.message
    assert "token=1" not in error.message


@pytest.mark.parametrize(
    "error_class",
    [value for value in httpx_exceptions() if issubclass(value, httpx.RequestError)],
    ids=lambda value: value.__name__,
)
def test_every_failure_of_a_request_leaves_the_client_as_ours(
    error_class: type[httpx.RequestError], settings: Settings, naps: Naps
) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise error_class("boom", request=request)

    transport = httpx.MockTransport(fail)
    with (
        NemoVideo(TOKEN, settings=settings, sleep=naps, transport=transport) as client,
        pytest.raises(NemoError) as caught,
    ):
        client.credits.get()

    assert isinstance(caught.value.__cause__, error_class)


class BreakingBody(httpx.SyncByteStream):
    """A body that breaks off with an exception of httpx."""

    def __init__(self, error_class: type[Exception]) -> None:
        self._error_class = error_class

    def __iter__(self) -> Iterator[bytes]:
        yield b'{"code":'
        raise instance_of(self._error_class)


@pytest.mark.parametrize(
    "error_class",
    [httpx.ReadError, httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.DecodingError],
    ids=lambda value: value.__name__,
)
@pytest.mark.parametrize(
    ("content_type", "act"),
    [
        ("application/json", lambda client: client.credits.get()),
        ("text/event-stream", lambda client: client.chat.send("s", "x")),
    ],
    ids=["json", "stream"],
)
def test_every_failure_of_a_body_leaves_the_client_as_ours(
    error_class: type[Exception],
    content_type: str,
    act: Callable[[NemoVideo], object],
    settings: Settings,
    naps: Naps,
) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        headers = {"content-type": content_type}
        return httpx.Response(200, headers=headers, stream=BreakingBody(error_class))

    transport = httpx.MockTransport(answer)
    with (
        NemoVideo(TOKEN, settings=settings, sleep=naps, transport=transport) as client,
        pytest.raises(NemoError) as caught,
    ):
        act(client)

    assert isinstance(caught.value.__cause__, error_class)


@pytest.mark.parametrize(
    ("error_class", "phase"),
    [
        (httpx.ConnectError, "connect"),
        (httpx.ConnectTimeout, "connect"),
        (httpx.PoolTimeout, "connect"),
        (httpx.ProxyError, "connect"),
        (httpx.ReadError, "sent"),
        (httpx.ReadTimeout, "sent"),
        (httpx.WriteError, "sent"),
        (httpx.WriteTimeout, "sent"),
        (httpx.RemoteProtocolError, "sent"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_phase_tells_whether_bytes_may_have_left(error_class: type[Exception], phase: str) -> None:
    assert phase_of(error_class("boom")) == phase


@pytest.mark.parametrize(
    ("error_class", "is_unreachable"),
    [
        (httpx.ConnectError, True),
        (httpx.ConnectTimeout, True),
        (httpx.ProxyError, True),
        (httpx.ReadTimeout, False),
        (httpx.ReadError, False),
        (httpx.RemoteProtocolError, False),
        (httpx.UnsupportedProtocol, False),
    ],
)
def test_only_where_no_connection_was_made_the_server_is_unreachable(
    error_class: type[httpx.TransportError], is_unreachable: bool
) -> None:
    error = from_httpx(error_class("boom"), "GET /x", "https://api.example")
    assert isinstance(error, UnreachableError) is is_unreachable


def test_untrusted_certificate_is_told_apart_and_not_tried_again() -> None:
    exc = httpx.ConnectError("certificate verify failed")
    exc.__cause__ = ssl.SSLCertVerificationError("self-signed")

    error = from_httpx(exc, "GET /x", "https://api.example")

    assert is_definite(exc)
    assert isinstance(error, NetworkError)
    assert not isinstance(error, UnreachableError)
    assert error.message.startswith("the certificate of https://api.example can't be trusted")
    assert "SSL_CERT_FILE" in (error.hint or "")


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://u:p@x.example:8443/a?b#c", "https://x.example:8443"),
        ("https://x.example/a", "https://x.example"),
        ("nonsense", "the server"),
        ("http://[", "the server"),
        ("http://x:port", "the server"),
    ],
    ids=["secrets", "plain", "nonsense", "bracket", "port"],
)
def test_origin_of_names_the_place_without_secrets(url: str, origin: str) -> None:
    assert origin_of(url) == origin


def said(code: int, message: str) -> Envelope:
    return Envelope(is_error=True, code=code, message=message, payload={}, document={})


def test_a_full_disk_of_the_servers_is_said_in_its_words() -> None:
    envelope = said(507, "no space is left on the disk of /data")

    for is_here in (True, False):
        error = ResponseErrors(lambda: None, is_here=is_here).of_response("POST /x", 507, envelope)
        assert isinstance(error, DiskFullError)
        assert error.message == "no space is left on the disk of /data"
        assert "--local" not in (error.hint or "")


def test_the_engine_in_this_process_speaks_for_itself() -> None:
    here = ResponseErrors(lambda: None, is_here=True)

    broken = here.of_response("POST /x", 415, said(4001, "a.png is broken: it ends early"))
    failed = here.of_response("POST /x", 500, said(500, "the engine failed (ValueError)"))
    link = here.of_response("POST /x", 415, said(4001, "http://x/a.jpg can't be fetched: no"))

    assert broken.message == "a.png is broken: it ends early"
    assert "Accepted" not in (broken.hint or "")
    assert failed.message == "the engine failed (ValueError)"
    assert failed.hint is None
    assert link.hint == "Check the address and the connection, or leave it out."


def test_numbers_of_the_system_are_not_shown() -> None:
    error = from_httpx(httpx.ConnectError("[Errno -2] Name or service not known"), "GET /", "x")
    assert "Errno" not in error.message
    assert "Name or service not known" in error.message
