"""Foreign failures and failed responses as this project's errors: the one place for both.

The wording lives with the error classes; what is added here is which endpoint it was and, where it
helps, the server's own words, cut short and without secrets.
"""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx

from nemovideo.client._retry import Phase
from nemovideo.errors import (
    ConfigError,
    DiskFullError,
    FileError,
    InsufficientCreditsError,
    MissingClientIdError,
    NemoError,
    NetworkError,
    ProtocolError,
    ServerError,
    SessionNotFoundError,
    UnreachableError,
    WaitTimeoutError,
)
from nemovideo.protocol.endpoints import ANONYMOUS_TOKEN
from nemovideo.protocol.envelope import Envelope, error_class_of

_SECRETS = re.compile(r"(nmv_usr_|clm_)[\w.~+/=-]+|(Bearer )\S+", re.IGNORECASE)
_URLS = re.compile(r"\b(https?://)(?:[^\s/@]*@)?([^\s?#]+)[?#]\S*", re.IGNORECASE)
_LEAVE_OUT = "Leave it out, or copy it again."
_CHECK_LINK = "Check the address and the connection, or leave it out."
_ERRNO = re.compile(r"\[Errno -?\d+\] ")
_MAX_WORDS = 200
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
_PROXIES = tuple(
    name
    for upper in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
    for name in (upper, upper.lower())
)

# Failures before a byte of the request can have left; all others may have reached the server.
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
    httpx.LocalProtocolError,
)


@dataclass
class AttemptFailedError(Exception):
    """One try failed; says how far it got, for the retry rules. Never leaves the client."""

    error: NemoError
    phase: Phase
    status: int | None = None
    retry_after: str | None = None
    is_definite: bool = False
    """Asking again can't help, however harmless."""


def phase_of(exc: Exception) -> Phase:
    """Return how far a request got that failed without a response."""
    return "connect" if isinstance(exc, _NOT_SENT) else "sent"


def is_definite(exc: Exception) -> bool:
    """Return whether a failure has a cause that waiting doesn't mend."""
    return isinstance(
        exc,
        httpx.UnsupportedProtocol
        | httpx.InvalidURL
        | httpx.LocalProtocolError
        | httpx.DecodingError,
    ) or _is_certificate_failure(exc)


def from_httpx(exc: Exception, endpoint: str, url: str) -> NemoError:
    """Translate an exception of httpx; the endpoint and the URL are named in the message."""
    origin = origin_of(url)
    match exc:
        case httpx.ConnectTimeout():
            reason = "no answer to the connection attempt"
            return UnreachableError(f"{origin} can't be reached: {reason}")
        case httpx.TimeoutException():
            return WaitTimeoutError(
                f"{endpoint}: {origin} did not answer in time",
                hint="Try again later; `nemo doctor` tells more.",
            )
        case httpx.ConnectError() if _is_certificate_failure(exc):
            return NetworkError(
                f"the certificate of {origin} can't be trusted: {clean(str(exc))}",
                hint="If your network has its own authority, set SSL_CERT_FILE to its bundle.",
            )
        case httpx.ConnectError():
            reason = _ERRNO.sub("", clean(str(exc)))
            return UnreachableError(f"{origin} can't be reached: {reason or 'refused'}")
        case httpx.ProxyError():
            return UnreachableError(
                f"the proxy on the way to {origin} failed: {clean(str(exc))}",
                hint="Check HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY.",
            )
        case httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return ProtocolError(f"{endpoint}: the address can't be used: {clean(str(exc))}")
        case httpx.LocalProtocolError():
            return ProtocolError(f"{endpoint}: the request can't be sent: {clean(str(exc))}")
        case httpx.DecodingError():
            return ProtocolError(f"{endpoint}: the answer's compression is broken")
        case httpx.TooManyRedirects():
            return ProtocolError(f"{endpoint}: too many redirects")
        case httpx.HTTPError() | httpx.StreamError():
            return NetworkError(f"{endpoint}: the connection to {origin} broke: {clean(str(exc))}")
        case _:
            return NetworkError(f"{endpoint}: {clean(str(exc))}")


def from_client_setup(exc: Exception, environ: Mapping[str, str] | None = None) -> ConfigError:
    """Translate what building an `httpx.Client` raises for a bad proxy or CA bundle."""
    environ = os.environ if environ is None else environ
    family = _CERTIFICATES if isinstance(exc, OSError) else _PROXIES
    if isinstance(exc, ImportError):
        family = tuple(name for name in family if environ.get(name, "").startswith("socks"))
    if isinstance(exc, FileNotFoundError):
        family = tuple(name for name in family if not Path(environ.get(name, "")).exists())
    given = [f"{name}={_without_user(environ[name])}" for name in family if environ.get(name)]
    if isinstance(exc, ImportError):
        reason, hint = "SOCKS needs a package", "Install it with: pip install 'httpx[socks]'"
    else:
        reason = _without_user(getattr(exc, "strerror", None) or str(exc))
        hint = f"Mend or unset {', '.join(name.partition('=')[0] for name in given)}."
    return ConfigError(
        f"the environment's {' and '.join(given) or 'network settings'} can't be used: {reason}",
        hint=hint if given else None,
    )


def _without_user(text: str) -> str:
    """Return what a proxy is called, without the name and password that may stand before it."""
    return clean(re.sub(r"[^/@\s]*@", "…@", text))


@dataclass(frozen=True)
class ResponseErrors:
    """Makes the error of a response that reports one.

    The address where an anonymous user registers is None for others. What a server says that
    `is_here`, in this very process, are the program's own words.
    """

    register_url: Callable[[], str | None]
    is_here: bool = False

    def of_response(
        self,
        endpoint: str,
        status: int,
        envelope: Envelope | None,
        refused: type[NemoError] = ProtocolError,
    ) -> NemoError:
        """Return the error for a response.

        A code of the table decides, then the HTTP status, then ``refused``.
        """
        code = envelope.code if envelope else None
        words = clean(envelope.message) if envelope and envelope.message else ""
        if endpoint.endswith(ANONYMOUS_TOKEN) and 400 in (code, status) and not _known(code):
            return MissingClientIdError()
        known = self.of_code(code, status, words)
        if known is not None:
            return known
        if status == 404 and "session" in words.lower():
            return SessionNotFoundError()
        said = f": {words}" if words else ""
        number = code or (status if status >= 400 else None)
        if number == DiskFullError.default_code:
            return DiskFullError(words or None, code=number)
        if status >= 500 and self.is_here:
            return NemoError(words or f"the engine failed (HTTP {status})", code=number)
        if status >= 500:
            return ServerError(f"{endpoint}: the server failed (HTTP {status}){said}", code=number)
        what = f"code {code}" if code else f"HTTP {status}" if status >= 400 else "no reason given"
        return refused(f"{endpoint}: the server refused ({what}){said}", code=number)

    def of_code(self, code: int | None, status: int = 0, words: str = "") -> NemoError | None:
        """Return the table's error for a code or a status, or None when neither is in it."""
        error_class = error_class_of(code, status)
        if error_class is None:
            return None
        if issubclass(error_class, InsufficientCreditsError):
            return self._no_credits()
        if issubclass(error_class, FileError) and words and self.is_here:
            is_link = words.startswith(("http://", "https://"))
            return error_class(words, hint=_CHECK_LINK if is_link else _LEAVE_OUT)
        if issubclass(error_class, FileError) and words:
            return error_class(f"the server refused a file: {words}")
        return error_class()

    def _no_credits(self) -> NemoError:
        url = self.register_url()
        if url is None:
            return InsufficientCreditsError()
        return InsufficientCreditsError(hint=f"Register to get more: {url}")


def register_url(web_url: str, user_id: str | None) -> str:
    """Return the address where an anonymous user registers and keeps what was made."""
    bind = f"?bind={quote(user_id, safe='')}" if user_id else ""
    return f"{web_url.rstrip('/')}/register{bind}"


def bad_response(endpoint: str, reason: str) -> ProtocolError:
    """Return the error for a response that can't be understood."""
    return ProtocolError(f"{endpoint}: {clean(reason)}")


def clean(text: str) -> str:
    """Return foreign text fit for a message: one line, short, without secrets."""
    text = "".join(char if char.isprintable() else " " for char in text[:4000])
    text = _SECRETS.sub(
        lambda match: f"{match.group(1) or match.group(2)}…", " ".join(text.split())
    )
    text = _URLS.sub(r"\1\2", text)
    return text if len(text) <= _MAX_WORDS else f"{text[: _MAX_WORDS - 1]}…"


def origin_of(url: str) -> str:
    """Return scheme, host and port of a URL, without anything secret that it may hold."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "the server"
    return f"{parts.scheme}://{host}{port}" if host else "the server"


def _known(code: int | None) -> bool:
    return error_class_of(code, 0) is not None


def _is_certificate_failure(exc: BaseException | None) -> bool:
    while exc is not None:
        if isinstance(exc, ssl.SSLCertVerificationError):
            return True
        exc = exc.__cause__ or exc.__context__
    return False
