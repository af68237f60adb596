"""Starts `nemo` in no time: this process has all of it loaded, and forks for each run.

Loading takes ten times as long as most of what the tests let `nemo` do. A run is still a process of
its own, with its own environment, folder, streams, signals and exit code; only its modules are
already there. What is said of start-up itself (`tests/cli/processes/test_startup.py`) starts
Python anew.

    python -m tests.support.processes.forks SOCKET

listens on a Unix socket until its stdin ends. A request is a line of JSON and three descriptors; it
is answered with the run's process id (0: Python would have to start otherwise for it) and, when it
has ended, with its exit code, a line each.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

READ_BY_PYTHON = ("PYTHON", "LANG", "LC_")
"""How variables begin that Python reads when it starts."""
LEFT_OUT = ("nemovideo.__main__", "nemovideo.cli.mcp")
"""What runs as the program, and what takes seconds to load and is hardly ever used."""


@dataclass(frozen=True)
class Start:
    """What a run is started with, besides its three streams."""

    args: list[str]
    env: dict[str, str]
    cwd: str
    on_terminal: bool = False
    """Whether stdin becomes the terminal that Ctrl-C comes from."""

    @property
    def settled(self) -> dict[str, str]:
        """What can't be changed any more once Python has started."""
        return {name: value for name, value in self.env.items() if name.startswith(READ_BY_PYTHON)}

    def send(self, connection: socket.socket, streams: tuple[int, int, int]) -> None:
        """Ask for the run."""
        line = json.dumps(asdict(self)).encode() + b"\n"
        sent = socket.send_fds(connection, [line], streams)
        connection.sendall(line[sent:])


def receive(connection: socket.socket) -> tuple[Start, list[int]]:
    """Read what `Start.send` wrote."""
    line, descriptors, _, _ = socket.recv_fds(connection, 65536, 3)
    while not line.endswith(b"\n"):
        more = connection.recv(65536)
        if not more:
            raise ConnectionError("the request broke off")
        line += more
    return Start(**json.loads(line)), descriptors


def own_start() -> Start:
    """Return what this process was started with."""
    return Start(sys.argv[1:], dict(os.environ), str(Path.cwd()))


def serve(address: str) -> Start | None:
    """Fork for each request; return in each of the forks, and without one when stdin ends."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(64)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        is_loaded = False
        while True:
            ready, _, _ = select.select([listener.fileno(), 0], [], [])
            if 0 in ready:
                return None
            connection, _ = listener.accept()
            bury_keepers()
            if not is_loaded:
                load()
                is_loaded = True
            with connection:
                if os.fork() == 0:
                    listener.close()
                    return keep(connection)


def bury_keepers() -> None:
    """Take note of the keepers that have ended, so that none stays in the list of processes."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def load() -> None:
    """Import all that a run may need, without starting a thread: a fork has none but its own."""
    import nemovideo

    for module in pkgutil.walk_packages(nemovideo.__path__, "nemovideo."):
        if not module.name.startswith(LEFT_OUT):
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()


def keep(connection: socket.socket) -> Start:
    """Start one run, wait for it and tell how it ended; return in the run itself."""
    start, descriptors = receive(connection)
    if start.settled != own_start().settled:
        connection.sendall(b"0\n")
        os._exit(0)
    run = os.fork()
    if run == 0:
        connection.close()
        for target, descriptor in enumerate(descriptors):
            os.dup2(descriptor, target)
        os.closerange(3, max(descriptors) + 1)
        return start
    for descriptor in descriptors:
        os.close(descriptor)
    connection.sendall(b"%d\n" % run)
    ready, _, _ = select.select([os.pidfd_open(run), connection.fileno()], [], [])
    if connection.fileno() in ready:  # who asked for it has gone, or been killed in its place
        os.kill(run, signal.SIGTERM)
    _, status = os.waitpid(run, 0)
    with suppress(OSError):
        connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def become(start: Start) -> None:
    """Make this process one that was started so."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if start.on_terminal:
        import fcntl
        import termios

        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.chdir(start.cwd)
    os.environ.clear()
    os.environ.update(start.env)
    time.tzset()
    sys.path[0] = start.cwd
    sys.argv[1:] = start.args
    sys.stdin = reopened(sys.stdin, "r")
    sys.stdout = reopened(sys.stdout, "w")
    sys.stderr = reopened(sys.stderr, "w")
    sys.stderr.reconfigure(line_buffering=True)


def reopened(stream: TextIO, mode: str) -> io.TextIOWrapper:
    """Open a standard stream as Python does when it starts."""
    assert isinstance(stream, io.TextIOWrapper)
    opened = open(  # noqa: SIM115 - stays open
        stream.fileno(),
        mode,
        encoding=stream.encoding,
        errors=stream.errors,
        newline="\n",
        closefd=False,
    )
    assert isinstance(opened, io.TextIOWrapper)
    return opened


def leave(code: object) -> None:
    """End as Python does, but for taking every module apart; that takes longer than most runs."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if (start := serve(sys.argv[1])) is not None:
        become(start)
        try:
            runpy.run_module("nemovideo", run_name="__main__", alter_sys=True)
        except SystemExit as end:
            leave(end.code)
