"""An answer read on a thread, so that waiting for its next piece can have limits.

A blocked read can't be asked how long it has been waiting; a queue can. The thread sends the
request, reads the body and hands its events over one by one; everything that decides or calls back
stays with the caller's thread.
"""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass

import httpx

from nemovideo.client._events import read_messages
from nemovideo.client._retry import RetryNotice
from nemovideo.errors import NemoError
from nemovideo.protocol.events import SseMessage

_QUEUE_LENGTH = 64
_PUT_TIMEOUT_S = 0.1
_JOIN_TIMEOUT_S = 1.0


@dataclass(frozen=True)
class EndOfStream:
    """The body ended as it should."""


@dataclass(frozen=True)
class Departure:
    """The connection stands; nothing is sent until `allow` was called."""

    allow: Callable[[], None]


class _StoppedError(Exception):
    """Nobody waits for the answer any more, so the request is not sent."""


@dataclass(frozen=True)
class _Failure:
    error: BaseException


Item = SseMessage | RetryNotice | Departure | EndOfStream
Opener = Callable[
    [Callable[[RetryNotice], None], Callable[[], None]], AbstractContextManager[httpx.Response]
]


class StreamReader:
    """Opens a streamed answer and reads it in the background.

    Args:
        opener: Sends the request; takes what is to be told about retries, and what is to be called
            before the first byte leaves.
        translate: Makes this project's error of what httpx raises while the body is read.
    """

    def __init__(self, opener: Opener, translate: Callable[[Exception], NemoError]) -> None:
        self._opener = opener
        self._translate = translate
        self._items: queue.Queue[Item | _Failure] = queue.Queue(_QUEUE_LENGTH)
        self._is_stopped = threading.Event()
        self._response: httpx.Response | None = None
        self._thread = threading.Thread(target=self._read, name="nemo-stream", daemon=True)

    def __enter__(self) -> StreamReader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def next(self, timeout_s: float) -> Item | None:
        """Return the next piece, or None when there is none yet.

        Raises:
            NemoError: The request failed or the body broke off.
        """
        try:
            item = self._items.get(timeout=timeout_s)
        except queue.Empty:
            return None
        if isinstance(item, _Failure):
            raise item.error
        return item

    def _ask_to_leave(self) -> None:
        """Wait until the caller's thread allows the request to go out."""
        is_allowed = threading.Event()
        self._put(Departure(is_allowed.set))
        while not is_allowed.wait(_PUT_TIMEOUT_S):
            if self._is_stopped.is_set():
                raise _StoppedError

    def close(self) -> None:
        """Stop reading; the connection is given up if the answer has not ended."""
        self._is_stopped.set()
        if self._thread.is_alive() and self._response is not None:
            _shut_down(self._response)
        # A thread that still waits for the first byte ends with its own read timeout.
        self._thread.join(_JOIN_TIMEOUT_S if self._response is not None else 0)

    def _read(self) -> None:
        try:
            with self._opener(self._tell, self._ask_to_leave) as response:
                self._response = response
                for message in read_messages(response.iter_bytes()):
                    if not self._put(message):
                        return
            self._put(EndOfStream())
        except (httpx.HTTPError, httpx.StreamError) as exc:
            error = self._translate(exc)
            error.__cause__ = exc
            self._put(_Failure(error))
        except BaseException as exc:  # noqa: BLE001 - raised again where the answer is awaited
            self._put(_Failure(exc))

    def _tell(self, notice: RetryNotice) -> None:
        self._put(notice)

    def _put(self, item: Item | _Failure) -> bool:
        while not self._is_stopped.is_set():
            with suppress(queue.Full):
                self._items.put(item, timeout=_PUT_TIMEOUT_S)
                return True
        return False


def _shut_down(response: httpx.Response) -> None:
    """Wake a read that is blocked in another thread; closing alone would not."""
    stream = response.extensions.get("network_stream")
    sock = stream.get_extra_info("socket") if stream is not None else None
    if isinstance(sock, socket.socket):
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
