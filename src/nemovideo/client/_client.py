"""`NemoVideo`: the connection pool, the token and the resources of one API."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable
from functools import cached_property
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING

import httpx

from nemovideo._version import __version__
from nemovideo.client._attribution import attribution_headers
from nemovideo.client._auth import Authenticator, KindInUse
from nemovideo.client._calls import checked_url
from nemovideo.client._credentials import TokenStore
from nemovideo.client._exchange import Exchange
from nemovideo.client._failures import ResponseErrors, from_client_setup, register_url
from nemovideo.client._requests import Requests
from nemovideo.client._retry import RetryNotice, RetryPolicy
from nemovideo.config import Settings, resolve_settings

if TYPE_CHECKING:
    from nemovideo.client.resources.chat import Chat
    from nemovideo.client.resources.claims import Claims
    from nemovideo.client.resources.credits import CreditsBalance
    from nemovideo.client.resources.renders import Renders
    from nemovideo.client.resources.sessions import Sessions
    from nemovideo.client.resources.state import States
    from nemovideo.client.resources.uploads import Uploads

_KEEPALIVE_S = 2.0
"""Idle connections are given up before servers do it: a message on a dead one would be lost."""

# The embedded engine and servers under test are reached directly, whatever proxy is set.
_DIRECT = ("all://127.0.0.1", "all://localhost", "all://[::1]")


class NemoVideo:
    """A client of the NemoVideo API; synchronous, safe to share between threads.

    Use it as a context manager, or call `close` at the end.

    Args:
        token: The token to send; it is never replaced. Else `Settings.token`, a kept one, or a
            new anonymous one.
        base_url: The API's URL; the settings' if None.
        settings: Everything else; resolved from environment and config file if None.
        on_retry: Told before a request is repeated, with the pause.
        sleep: Waits for seconds.
        clock: Gives the seconds of a steady clock.
        transport: Sends the requests in httpx's stead.
        trusts_environment: Whether proxies and certificates of the environment count; they don't
            on the way to an engine in this very process.

    Raises:
        ConfigError: A setting has a value that it can't have.
    """

    def __init__(
        self,
        token: str | None = None,
        base_url: str | None = None,
        *,
        settings: Settings | None = None,
        on_retry: Callable[[RetryNotice], None] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        transport: httpx.BaseTransport | None = None,
        trusts_environment: bool = True,
    ) -> None:
        if settings is None:
            settings = resolve_settings({"api_url": base_url})
        self.settings = settings
        self._transport = transport
        self._trusts_environment = trusts_environment
        self._http: httpx.Client | None = None
        self._http_lock = threading.Lock()
        self._learned_user_id: str | None = None
        url = checked_url(base_url if base_url is not None else settings.api_url)
        self._auth = Authenticator(
            TokenStore(settings.config_dir),
            url,
            given=token if token is not None else settings.token,
            client_id=settings.client_id,
        )
        errors = ResponseErrors(self._register_url, is_here=not trusts_environment)
        headers = attribution_headers(settings.skill_source)
        self._exchange = Exchange(self._open_http, url, headers, errors, clock)
        self._requests = Requests(
            self._exchange,
            auth=self._auth,
            errors=errors,
            policy=RetryPolicy(rate_limit_wait_s=settings.retry_wait),
            sleep=sleep,
            clock=clock,
            on_retry=on_retry,
            on_user_id=self._learn_user_id,
        )

    # What each noun of the API needs is loaded when it is first used.

    @cached_property
    def sessions(self) -> Sessions:
        """Makes sessions."""
        from nemovideo.client.resources.sessions import Sessions

        return Sessions(self._requests)

    @cached_property
    def chat(self) -> Chat:
        """Sends messages and reads what the agent answers."""
        from nemovideo.client.resources.chat import Chat
        from nemovideo.client.stream.limits import StreamLimits

        settings = self.settings
        limits = StreamLimits(
            settings.stream_timeout, settings.idle_timeout, settings.notice_interval
        )
        return Chat(self._requests, limits)

    @cached_property
    def uploads(self) -> Uploads:
        """Sends files and links."""
        from nemovideo.client.resources.uploads import Uploads

        return Uploads(self._requests)

    @cached_property
    def credits(self) -> CreditsBalance:
        """Reads the balance."""
        from nemovideo.client.resources.credits import CreditsBalance

        return CreditsBalance(self._requests)

    @cached_property
    def state(self) -> States:
        """Reads a session's timeline."""
        from nemovideo.client.resources.state import States

        return States(self._requests)

    @cached_property
    def renders(self) -> Renders:
        """Starts, watches and fetches renders."""
        from nemovideo.client.resources.renders import Renders

        return Renders(self._requests)

    @cached_property
    def claims(self) -> Claims:
        """Lets a project be opened in the browser."""
        from nemovideo.client.resources.claims import Claims

        return Claims(self._requests)

    @property
    def user_id(self) -> str | None:
        """Whose token is in use, as far as its record or a response said."""
        return self._auth.user_id or self._learned_user_id

    @property
    def token_kind(self) -> KindInUse:
        """Where the token comes from; "none" while there is none yet."""
        return self._auth.kind

    @property
    def has_answered(self) -> bool:
        """Whether the server has answered any request yet, whatever it said."""
        return self._exchange.has_answered

    def reach(self) -> None:
        """Make sure that the server answers at all, whatever it says; no token is sent.

        Raises:
            NemoError: It doesn't.
        """
        self._exchange.reach()

    def close(self) -> None:
        """Close all connections."""
        with self._http_lock:
            if self._http is not None:
                self._http.close()
                self._http = None

    def __enter__(self) -> NemoVideo:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open_http(self) -> httpx.Client:
        """Return the connection pool, made when it is first needed."""
        with self._http_lock:
            if self._http is None:
                self._http = _make_http(self._transport, self._trusts_environment)
            return self._http

    def _learn_user_id(self, user_id: str | None) -> None:
        self._learned_user_id = user_id or self._learned_user_id

    def _register_url(self) -> str | None:
        """Return where the user registers, when the token is an anonymous one."""
        user_id = self.user_id
        if self._auth.kind == "anonymous" or (user_id or "").startswith("anon_"):
            return register_url(self.settings.web_url, user_id)
        return None


def _no_authorities() -> ssl.SSLContext:
    """Return what trusts nobody, for connections that are never encrypted.

    Reading the usual authorities takes longer than a request to an engine in this process.
    """
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _make_http(transport: httpx.BaseTransport | None, trusts_environment: bool) -> httpx.Client:
    """Make a connection pool.

    Raises:
        ConfigError: The environment names a proxy or CA bundle that can't be used.
    """
    try:
        return httpx.Client(
            headers={"User-Agent": f"nemo/{__version__}", "Accept": "application/json, */*"},
            # A cookie knows no port: it would follow a redirect to another origin.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            limits=httpx.Limits(keepalive_expiry=_KEEPALIVE_S),
            mounts=dict.fromkeys(_DIRECT),
            transport=transport,
            trust_env=trusts_environment,
            verify=trusts_environment or _no_authorities(),
            follow_redirects=False,
        )
    except (OSError, ValueError, ImportError, httpx.InvalidURL) as exc:
        raise from_client_setup(exc) from exc
