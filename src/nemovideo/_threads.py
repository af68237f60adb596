"""Threads that end in order, even when Ctrl-C is pressed again while they are waited for.

Rendering runs in native code. A thread that is still in it when Python ends takes the process down
with “terminate called without an active exception”, and a file that is closed under it crashes it.
"""

from __future__ import annotations

import os
import sys
import threading
import time

PATIENCE_S = 3.0
"""So long after another Ctrl-C a thread is still waited for: the picture in the making."""
_TICK_S = 0.001
_AT_WORK = ("nemo-engine", "nemo-render", "nemo-read-ahead", "nemo-load", "AnyIO worker thread")
"""How the names of threads begin that may be in native code."""


def join_through_interrupts(thread: threading.Thread, timeout_s: float) -> bool:
    """Wait for a thread that has been told to end; returns whether Ctrl-C was pressed meanwhile.

    Ctrl-C shortens the wait to `PATIENCE_S`, it does not break it off. `Thread.join` is of no use
    for that: when Ctrl-C breaks it off, Python below 3.13 takes the thread for ended.
    """
    deadline, is_interrupted = time.monotonic() + timeout_s, False
    while thread.is_alive() and time.monotonic() < deadline:
        try:
            time.sleep(_TICK_S)
        except KeyboardInterrupt:
            is_interrupted = True
            deadline = min(deadline, time.monotonic() + PATIENCE_S)
    return is_interrupted


def leave_threads_behind(code: int) -> None:
    """End the process at once if a thread is still at work in native code; else do nothing."""
    if any(thread.name.startswith(_AT_WORK) for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
