"""Work done ahead of its use, in a thread."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from nemovideo._threads import join_through_interrupts

T = TypeVar("T")

_LONGEST_ITEM_S = 600.0
"""What is in the making when the others are not wanted any more should be ready by then."""
_GLANCE_S = 0.1
"""How often a waiting producer looks whether anyone still wants its work."""


@dataclass(frozen=True)
class _Failure:
    error: BaseException


class _End:
    pass


class ReadAhead(Iterator[T]):
    """What an iterable yields, made in a thread from now on, while earlier items are used.

    An error is raised where its item would have come. Has to be closed. So many items wait at the
    most; one more may be in the making.
    """

    def __init__(self, items: Iterable[T], depth: int) -> None:
        self._waiting: queue.Queue[T | _Failure | _End] = queue.Queue(depth)
        self._stopped = threading.Event()
        self._is_over = False
        self._thread = threading.Thread(
            target=_produce,
            args=(items, self._waiting, self._stopped),
            name="nemo-read-ahead",
            daemon=True,
        )
        self._thread.start()

    def __next__(self) -> T:
        item = _End() if self._is_over else self._waiting.get()
        if isinstance(item, _End):
            self._is_over = True
            raise StopIteration
        if isinstance(item, _Failure):
            self._is_over = True
            raise item.error
        return item

    def close(self) -> None:
        """Stop the thread and wait for it."""
        self._stopped.set()
        if join_through_interrupts(self._thread, _LONGEST_ITEM_S):
            raise KeyboardInterrupt


def _produce(
    items: Iterable[T], waiting: queue.Queue[T | _Failure | _End], stopped: threading.Event
) -> None:
    try:
        for item in items:
            if not _put(item, waiting, stopped):
                return
        _put(_End(), waiting, stopped)
    except BaseException as exc:  # noqa: BLE001 - it is raised again where it is waited for
        _put(_Failure(exc), waiting, stopped)


def _put(
    item: T | _Failure | _End, waiting: queue.Queue[T | _Failure | _End], stopped: threading.Event
) -> bool:
    while not stopped.is_set():
        try:
            waiting.put(item, timeout=_GLANCE_S)
        except queue.Full:
            continue
        return True
    return False
