"""What a terminal's window does beside showing text: it rings, and shows progress in the taskbar.

Nothing is written that a terminal isn't known to take: the bell is known to all, messages (OSC 9)
and the taskbar's progress (OSC 9;4) to some, and a multiplexer passes neither on.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO

from nemovideo.cli.output.text import to_line
from nemovideo.config import Notify
from nemovideo.errors import CancelledError

BELL = "\a"
LONG_JOB_S = 10.0
"""Who waits longer may have gone to another window."""
_WITH_MESSAGES = frozenset({"iTerm.app", "WezTerm", "ghostty", "kitty"})
_WITH_TASKBAR = frozenset({"WezTerm", "ghostty"})
_NO_PROGRESS, _PERCENT, _BUSY = 0, 1, 3


class Window:
    """The window behind a terminal; the environment tells which one that is."""

    def __init__(
        self,
        stream: TextIO,
        environ: Mapping[str, str] = os.environ,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = stream
        self._clock = clock
        self._shown: int | None = None
        """The percent in the taskbar; below 0 while busy, None when there is nothing."""
        program = "kitty" if environ.get("TERM") == "xterm-kitty" else environ.get("TERM_PROGRAM")
        is_direct = not (environ.get("TMUX") or environ.get("STY"))
        self._takes_messages = is_direct and program in _WITH_MESSAGES
        self._has_taskbar = is_direct and bool(
            program in _WITH_TASKBAR
            or environ.get("WT_SESSION")
            or environ.get("ConEmuANSI") == "ON"
        )

    def progress(self, fraction: float | None) -> None:
        """Show in the taskbar how far the work is; None while nobody knows."""
        percent = -1 if fraction is None else round(100 * min(max(fraction, 0), 1))
        if self._has_taskbar and percent != self._shown:
            self._shown = percent
            self._show(_BUSY if percent < 0 else _PERCENT, max(percent, 0))

    def clear(self) -> None:
        """Take the progress out of the taskbar."""
        if self._shown is not None:
            self._shown = None
            self._show(_NO_PROGRESS, 0)

    def call(self, text: str, notify: Notify = "auto") -> None:
        """Tell somebody who looks elsewhere that the work is done."""
        if notify == "off":
            return
        is_message = notify == "auto" and self._takes_messages
        self._write(f"\x1b]9;{to_line(text).replace(';', ',')}{BELL}" if is_message else BELL)

    @contextmanager
    def job(self, call: Callable[[], None]) -> Iterator[None]:
        """Take the progress away at the end of some work, however it ends, and call if it was long.

        Whoever pressed Ctrl-C is here, and isn't called.
        """
        started = self._clock()
        try:
            yield
        except (KeyboardInterrupt, CancelledError):
            self.clear()
            raise
        except BaseException:
            self._end(started, call)
            raise
        self._end(started, call)

    def _end(self, started: float, call: Callable[[], None]) -> None:
        self.clear()
        if self._clock() - started >= LONG_JOB_S:
            call()

    def _show(self, state: int, percent: int) -> None:
        self._write(f"\x1b]9;4;{state};{percent}{BELL}")

    def _write(self, sequence: str) -> None:
        self._stream.write(sequence)
        self._stream.flush()
