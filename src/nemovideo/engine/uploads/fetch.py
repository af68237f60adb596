"""Files that are named by URL: fetched by the engine, under the same limits as uploads."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import Message
from ipaddress import ip_address
from mimetypes import guess_extension
from pathlib import Path
from socket import SOCK_STREAM, getaddrinfo
from urllib.parse import unquote, urlsplit

import httpx
from starlette.concurrency import run_in_threadpool

from nemovideo.engine._refusals import RequestError
from nemovideo.engine.uploads.incoming import FileSink, ReceivedFile, clean_filename
from nemovideo.errors import FileTooLargeError, UnsupportedFileError
from nemovideo.protocol.media_types import MAX_UPLOAD_BYTES, MIME_TYPES, kind_of

MAX_REDIRECTS = 5
TIMEOUT = httpx.Timeout(30.0, connect=10.0)


async def fetch_files(
    urls: Sequence[str],
    folder: Path,
    *,
    max_bytes: int = MAX_UPLOAD_BYTES,
    may_reach_private: bool = True,
) -> list[ReceivedFile]:
    """Fetch files of http or https into a folder, in order; the caller removes the folder.

    Only where it `may_reach_private` can a URL lead to this machine or its own network: strangers
    who use the engine from outside must not look around there. The largest size is inclusive.

    Raises:
        RequestError: A URL is none of http or https, or the environment keeps from fetching.
        UnsupportedFileError: What came is no media, or nothing came; the message names the URL.
        FileTooLargeError: It is too large.
    """
    for url in urls:
        _check(url)
    hooks = [] if may_reach_private else [_refuse_private]
    try:
        client = httpx.AsyncClient(
            follow_redirects=True,
            max_redirects=MAX_REDIRECTS,
            timeout=TIMEOUT,
            event_hooks={"request": hooks},
        )
    except (OSError, ValueError, ImportError, httpx.InvalidURL) as exc:
        raise RequestError(
            "links can't be fetched: a proxy or certificate file that the environment names can't "
            "be used (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY, SSL_CERT_FILE, SSL_CERT_DIR)"
        ) from exc
    async with client:
        return [
            await _fetch(client, url, folder / f"{number:04d}", max_bytes)
            for number, url in enumerate(urls, start=1)
        ]


async def _fetch(client: httpx.AsyncClient, url: str, path: Path, max_bytes: int) -> ReceivedFile:
    try:
        async with client.stream("GET", url) as response:
            if not response.is_success:
                raise UnsupportedFileError(
                    f"{_shown(url)} can't be fetched: the server answers {response.status_code}"
                )
            return await _write(response, url, path, max_bytes)
    except httpx.TooManyRedirects as exc:
        message = f"{_shown(url)} redirects more than {MAX_REDIRECTS} times"
        raise UnsupportedFileError(message) from exc
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as exc:
        # A UnicodeError is a host name with a label that is too long.
        reason = "timed out" if isinstance(exc, httpx.TimeoutException) else "no connection"
        raise UnsupportedFileError(f"{_shown(url)} can't be fetched: {reason}") from exc


async def _write(response: httpx.Response, url: str, path: Path, max_bytes: int) -> ReceivedFile:
    filename = _filename(response, url)
    if kind_of(filename) is None:
        content_type = response.headers.get("content-type", "none")
        raise UnsupportedFileError(
            f"{_shown(url)} is no photo, clip or sound of an accepted kind "
            f"(its content type is {content_type})"
        )
    sink = FileSink(filename, path, max_bytes=max_bytes)
    try:
        async for chunk in response.aiter_bytes():
            sink.feed(chunk)
            if sink.is_full:
                await run_in_threadpool(sink.flush)
        return await run_in_threadpool(sink.finish)
    except (UnsupportedFileError, FileTooLargeError) as exc:
        raise type(exc)(f"{_shown(url)}: {exc.message}") from exc
    finally:
        sink.close()


async def _refuse_private(request: httpx.Request) -> None:
    # Called for every redirect, too.
    url = request.url
    try:
        found = await run_in_threadpool(
            getaddrinfo, url.host, url.port or url.scheme, type=SOCK_STREAM
        )
    except (OSError, UnicodeError) as exc:
        raise httpx.ConnectError("no such host", request=request) from exc
    if not all(ip_address(str(address[0])).is_global for *_, address in found):
        raise UnsupportedFileError(f"{_shown(str(url))} is in a private network")


def _filename(response: httpx.Response, url: str) -> str:
    """Name a file by its Content-Disposition, else by the path; the extension by the type."""
    header = Message()
    header["Content-Disposition"] = response.headers.get("content-disposition", "")
    name = clean_filename(header.get_filename() or unquote(urlsplit(url).path) or "file")
    if kind_of(name) is None:
        content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        extensions = [ext for ext, mime_type in MIME_TYPES.items() if mime_type == content_type]
        guessed = guess_extension(content_type) or ""
        name += f".{extensions[0]}" if extensions else guessed
    return name


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_good = False
    if not is_good:
        raise RequestError(f"{_shown(url)} is no URL that starts with http:// or https://")


def _shown(url: str) -> str:
    """Show a URL without what may be secret in it: credentials and the query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return repr(url[:80])
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}" if host else repr(url[:80])
