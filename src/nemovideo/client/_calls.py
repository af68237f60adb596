"""What a resource wants from the API, in words of its own; nothing is sent here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from nemovideo.errors import ConfigError, NemoError, ProtocolError

READ_TIMEOUT_S = 30.0


@dataclass(frozen=True)
class Body:
    """A request's body."""

    content: bytes | Iterable[bytes]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Call:
    """What a resource wants from the API."""

    method: str
    path: str
    """Below the API's URL; or a whole URL, where a server has named one."""
    body: Callable[[], Body] | None = None
    """Makes the body anew for every try."""
    headers: Mapping[str, str] = field(default_factory=dict)
    read_timeout_s: float = READ_TIMEOUT_S
    total_timeout_s: float = 300.0
    """How long reading a JSON response may take in all."""
    is_repeatable: bool = False
    """Whether repeating it does no harm once the server has seen it."""
    attempts: int | None = None
    """Tries in all; the policy's if None."""
    is_authorised: bool = True
    may_leave: bool = False
    """Whether redirects to other origins are followed; those see no token and no attribution."""
    may_be_empty: bool = False
    """Whether a response without a body is a good one."""
    refused: type[NemoError] = ProtocolError
    """The error when the server refuses for a reason that the table of codes doesn't know."""
    lost: Callable[[NemoError], NemoError] | None = None
    """Makes the error for when the request may have arrived and no response came."""
    before_leaving: Callable[[], None] | None = None
    """Called when the connection stands and nothing has been sent; what it raises stops the call.
    Called anew for every try."""

    @property
    def endpoint(self) -> str:
        """How messages name it."""
        return f"{self.method} {self.path.partition('?')[0]}"


def checked_url(value: str) -> str:
    """Return an API URL without a slash at its end.

    Raises:
        ConfigError: It is no http or https URL, or holds a user name, a query or a fragment.
    """
    try:
        url = httpx.URL(value.strip().rstrip("/"))
        urlsplit(value)  # is stricter about hosts than httpx
    except (httpx.InvalidURL, ValueError) as exc:
        raise ConfigError("the API URL is no URL") from exc
    if url.scheme not in ("http", "https") or not url.host:
        raise ConfigError("the API URL must start with http:// or https://")
    if url.userinfo or url.query or url.fragment:
        raise ConfigError("the API URL must hold no user name, query or fragment")
    return str(url).rstrip("/")
