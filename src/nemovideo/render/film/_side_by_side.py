"""Jobs done side by side in threads, whose results come in the order of the jobs."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from nemovideo._threads import join_through_interrupts

T = TypeVar("T")

Step = Callable[[int], None]
"""Told by a job on its way: so much is done. It raises where nobody wants the rest any more."""

_LONGEST_STEP_S = 600.0
"""A job that is not wanted any more should have come to its next step by then."""


class _Unwanted(Exception):  # noqa: N818 - nothing failed
    pass


@dataclass(frozen=True)
class _Result(Generic[T]):
    number: int
    value: T


@dataclass(frozen=True)
class _Failure:
    error: BaseException


def side_by_side(
    jobs: Sequence[Callable[[Step], T]], on_step: Step, *, workers: int
) -> Generator[T, None, None]:
    """Yield what jobs return, in their order; while it is used the next are at work.

    At most two for each worker wait to be taken. An error is raised at once. Closing the generator
    stops the threads, at the next step of their jobs, and waits for them. Each job is called once,
    in a thread, with a function to tell its steps; `on_step` hears of the steps of all, in this
    thread. So many workers are at work at a time.
    """
    told: queue.SimpleQueue[int | _Result[T] | _Failure] = queue.SimpleQueue()
    room, stopped = threading.Semaphore(2 * workers), threading.Event()
    numbers, lock = iter(range(len(jobs))), threading.Lock()

    def step(count: int) -> None:
        if stopped.is_set():
            raise _Unwanted
        told.put(count)

    def work() -> None:
        try:
            while room.acquire() and not stopped.is_set():
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                told.put(_Result(number, jobs[number](step)))
        except _Unwanted:
            return
        except BaseException as exc:  # noqa: BLE001 - it is raised again where results are taken
            told.put(_Failure(exc))

    threads = [
        threading.Thread(target=work, name=f"nemo-render-piece-{number}", daemon=True)
        for number in range(min(workers, len(jobs)))
    ]
    for thread in threads:
        thread.start()
    try:
        done: dict[int, T] = {}
        for number in range(len(jobs)):
            while number not in done:
                news = told.get()
                if isinstance(news, _Result):
                    done[news.number] = news.value
                elif isinstance(news, _Failure):
                    raise news.error
                else:
                    on_step(news)
            yield done.pop(number)
            room.release()
    finally:
        stopped.set()
        room.release(len(threads))
        interrupts = [join_through_interrupts(thread, _LONGEST_STEP_S) for thread in threads]
        if any(interrupts):
            raise KeyboardInterrupt
