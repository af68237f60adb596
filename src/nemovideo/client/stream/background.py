"""A blocking iterator read on a thread, so that waiting for its next item can have limits.

A blocked read can't be asked how long it has been waiting; a queue can.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

TICK_S = 0.1
"""So often the caller hears that there is nothing yet, and the thread sees that the caller left."""
_QUEUE_LENGTH = 64
_JOIN_TIMEOUT_S = 1.0


class _StoppedError(Exception):
    """Nobody waits for the items any more."""


@dataclass(frozen=True)
class _Item(Generic[T]):
    value: T
    was_handled: threading.Event | None = None


@dataclass(frozen=True)
class _End:
    error: BaseException | None = None


class Background(Generic[T]):
    """Iterates over what a thread reads; a context manager, with which the thread ends.

    The source makes the iterator on the thread; it may use `hand_over` and `woken_by`.
    """

    def __init__(self, source: Callable[[Background[T]], Iterator[T]]) -> None:
        self._source = source
        self._items: queue.Queue[_Item[T] | _End] = queue.Queue(_QUEUE_LENGTH)
        self._is_stopped = threading.Event()
        self._thread = threading.Thread(target=self._read, name="nemo-stream", daemon=True)
        self._wake: Callable[[], None] | None = None
        self._wake_lock = threading.Lock()

    def __enter__(self) -> Background[T]:
        self._thread.start()
        return self

    def __iter__(self) -> Iterator[T | None]:
        """Yield the items, and None whenever there is none for a moment; raise what was raised."""
        while True:
            try:
                item = self._items.get(timeout=TICK_S)
            except queue.Empty:
                yield None
                continue
            if isinstance(item, _End):
                if item.error is not None:
                    raise item.error
                return
            yield item.value
            if item.was_handled is not None:
                item.was_handled.set()

    def __exit__(self, *_: object) -> None:
        self._is_stopped.set()
        with self._wake_lock:
            can_be_woken = self._wake is not None
            if self._wake is not None:
                self._wake()
        # A read that nothing can wake ends with its own timeout.
        self._thread.join(_JOIN_TIMEOUT_S if can_be_woken else 0)

    @contextmanager
    def woken_by(self, wake: Callable[[], None]) -> Iterator[None]:
        """Let `wake` end a blocked read from another thread: within this block, and never after.

        What is read may belong to someone else by then, as a connection that is kept alive does.
        """
        with self._wake_lock:
            self._wake = wake
        try:
            yield
        finally:
            with self._wake_lock:
                self._wake = None

    def hand_over(self, value: T) -> None:
        """Hand an item over within a call of the source; return when the next one is asked for."""
        was_handled = threading.Event()
        self._put(_Item(value, was_handled))
        while not was_handled.wait(TICK_S):
            if self._is_stopped.is_set():
                raise _StoppedError

    def _read(self) -> None:
        with suppress(_StoppedError):
            try:
                for value in self._source(self):
                    self._put(_Item(value))
                self._put(_End())
            except BaseException as exc:  # noqa: BLE001 - raised again where the items are awaited
                self._put(_End(exc))

    def _put(self, item: _Item[T] | _End) -> None:
        while not self._is_stopped.is_set():
            with suppress(queue.Full):
                self._items.put(item, timeout=TICK_S)
                return
        raise _StoppedError
