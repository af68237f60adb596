"""Work done ahead of its use, in a thread."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterable
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


def read_ahead(items: Iterable[T], depth: int) -> Generator[T, None, None]:
    """Yield what an iterable yields, made in a thread while earlier items are used.

    At most `depth` items wait; one more may be in the making. An error is raised where its item
    would have come. Closing the generator stops the thread and waits for it.
    """
    waiting: queue.Queue[T | _Failure | _End] = queue.Queue(depth)
    stopped = threading.Event()
    thread = threading.Thread(
        target=_produce, args=(items, waiting, stopped), name="nemo-read-ahead", daemon=True
    )
    thread.start()
    try:
        while not isinstance(item := waiting.get(), _End):
            if isinstance(item, _Failure):
                raise item.error
            yield item
    finally:
        stopped.set()
        if join_through_interrupts(thread, _LONGEST_ITEM_S):
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
    item: T | _Failure | _End,
    waiting: queue.Queue[T | _Failure | _End],
    stopped: threading.Event,
) -> bool:
    while not stopped.is_set():
        try:
            waiting.put(item, timeout=_GLANCE_S)
        except queue.Full:
            continue
        return True
    return False
