"""A program on a terminal that a test types into and looks at; not on Windows."""

from __future__ import annotations

import fcntl
import os
import select
import struct
import termios
import threading
import time
from pathlib import Path

import pyte

from tests.support.processes.nemo import start_nemo

ENTER, TAB, UP, ALT_ENTER = "\r", "\t", "\x1b[A", "\x1b\r"
CTRL_C, CTRL_D = "\x03", "\x04"


def pasted(text: str) -> str:
    """Return what a terminal sends when this text is pasted or dropped."""
    return f"\x1b[200~{text}\x1b[201~"


class _Screen(pyte.Screen):
    """A screen that answers when it is asked where the cursor is."""

    def __init__(self, columns: int, rows: int, descriptor: int) -> None:
        super().__init__(columns, rows)
        self._descriptor = descriptor

    def write_process_input(self, data: str) -> None:
        os.write(self._descriptor, data.encode())


class Terminal:
    """Runs `nemo` on a terminal of its own; a context manager.

    Args:
        args: Of the command line.
        env: Variables beside the test's own.
        cwd: Where it runs.
        columns: Of the terminal; it has so many rows that nothing scrolls away.
    """

    def __init__(
        self,
        *args: str | Path,
        env: dict[str, str] | None = None,
        cwd: Path | None = None,
        columns: int = 100,
        rows: int = 150,
    ) -> None:
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._screen = _Screen(columns or 80, rows or 24, self._master)
        self._stream = pyte.ByteStream(self._screen)
        self._lock = threading.Lock()
        self.raw = b""
        """All that was written."""
        self._seen = (0, "")
        """After how many bytes the text was looked at last, and what it was."""
        self._process = start_nemo(
            [*map(str, args)],
            (slave, slave, slave),
            cwd,
            {**os.environ, "TERM": "xterm-256color", **(env or {})},
            on_terminal=True,
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._reader.join(5)
        os.close(self._master)

    @property
    def text(self) -> str:
        """What stands on the screen, without empty lines."""
        with self._lock:
            if self._seen[0] != len(self.raw):
                lines = [line.rstrip() for line in self._screen.display]
                self._seen = len(self.raw), "\n".join(line for line in lines if line)
            return self._seen[1]

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def say(self, text: str) -> None:
        """Type a line and send it."""
        self.type(text + ENTER)

    def wait_for(self, *texts: str, timeout_s: float = 60) -> str:
        """Wait until all of these stand on the screen; return what stands there then."""
        deadline = time.monotonic() + timeout_s
        while not all(text in self.text for text in texts):
            is_over = time.monotonic() > deadline or self._process.poll() is not None
            if is_over and not all(text in self.text for text in texts):
                missing = [text for text in texts if text not in self.text]
                raise AssertionError(f"never seen: {missing}\n{self.text}")
            time.sleep(0.02)
        return self.text

    def wait_for_prompts(self, count: int, prompt: str = "nemo>", timeout_s: float = 60) -> str:
        """Wait until the prompt stands there so often: what was said before is done."""
        deadline = time.monotonic() + timeout_s
        while (text := self.text).count(prompt) < count:
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise AssertionError(f"{text.count(prompt)} prompts, not {count}\n{text}")
            time.sleep(0.02)
        return text

    def wait_for_exit(self, timeout_s: float = 30) -> int:
        """Wait for the program's end and return its exit code."""
        code = self._process.wait(timeout_s)
        self._reader.join(5)
        return code

    def _read(self) -> None:
        while True:
            ready, _, _ = select.select([self._master], [], [], 0.1)
            try:
                data = os.read(self._master, 65536) if ready else b""
            except OSError:  # the other side is closed: Linux says so with EIO
                return
            if not data and (ready or self._process.poll() is not None):
                return
            with self._lock:
                self.raw += data
                self._stream.feed(data)
