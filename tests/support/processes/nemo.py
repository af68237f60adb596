"""Starts `nemo` as a process of its own: with the server of `forks.py` where there is one.

Without it, and where Python itself has to start otherwise (in another encoding, with other
modules), it is `python -m nemovideo`.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.support.processes.forks import Start

SERVER = "FORKED_NEMO"
"""The variable that names the server's socket; it is not there where all runs start anew."""
ROOT = Path(__file__).parents[3]
Streams = tuple[int, int, int]

_ON_TERMINAL = (
    "import fcntl, os, sys, termios;"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execv(sys.executable, [sys.executable, '-m', 'nemovideo', *sys.argv[1:]])"
)


@contextmanager
def fork_server(environ: Mapping[str, str]) -> Iterator[str]:
    """Run the server of `forks.py`; yields its socket.

    Args:
        environ: What Python starts with there: only runs that would start so are forks of it.
    """
    with tempfile.TemporaryDirectory(prefix="nemo-forks-") as folder:
        address = str(Path(folder) / "socket")
        with subprocess.Popen(
            [sys.executable, "-m", "tests.support.processes.forks", address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**environ, "OPENBLAS_NUM_THREADS": "1"},
            cwd=ROOT,
        ) as server:
            assert server.stdout is not None
            assert server.stdout.readline() == b"ready\n"
            yield address
            server.communicate()


class _Fork:
    """A run that is a fork: what the tests use of `subprocess.Popen`."""

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._connection = connection

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end and return the exit code."""
        if self.returncode is None:
            self._connection.settimeout(timeout)
            try:
                said = self._connection.recv(16)
            except (TimeoutError, BlockingIOError):
                raise subprocess.TimeoutExpired("nemo", timeout or 0.0) from None
            self.returncode = int(said)
            self._connection.close()
        return self.returncode

    def poll(self) -> int | None:
        """Return the exit code if it has ended."""
        with suppress(subprocess.TimeoutExpired):
            return self.wait(0.0)
        return None

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


Process = subprocess.Popen[bytes] | _Fork


def start_nemo(
    args: list[str],
    streams: Streams,
    cwd: Path | None,
    env: Mapping[str, str],
    *,
    on_terminal: bool = False,
) -> Process:
    """Start `nemo` with these descriptors as its streams; with ``on_terminal`` they are one."""
    if address := os.environ.get(SERVER):
        start = Start(args, dict(env), str(cwd or Path.cwd()), on_terminal)
        if fork := _fork(address, start, streams):
            return fork
    how = ["-c", _ON_TERMINAL] if on_terminal else ["-m", "nemovideo"]
    stdin, stdout, stderr = streams
    return subprocess.Popen(
        [sys.executable, *how, *args],
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        cwd=cwd,
        env=env,
        start_new_session=on_terminal,
    )


def _fork(address: str, start: Start, streams: Streams) -> _Fork | None:
    """Start a fork, unless Python would have to start otherwise for it."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(address)
    start.send(connection, streams)
    with connection.makefile("rb", buffering=0) as answers:
        pid = int(answers.readline())
    if pid == 0:
        connection.close()
        return None
    return _Fork(connection, pid)


class Nemo:
    """A run of `nemo` whose streams are pipes; what it writes is gathered meanwhile.

    Args:
        args: The command line.
        input: What comes in at stdin.
        cwd: Where it runs; where the tests run if None.
        env: Variables besides the test's own.
    """

    def __init__(
        self,
        *args: str | Path,
        input: bytes = b"",
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        pipes = [os.pipe() for _ in range(3)]
        (stdin, feed), (out, stdout), (err, stderr) = pipes
        self.process = start_nemo(
            [*map(str, args)], (stdin, stdout, stderr), cwd, {**os.environ, **(env or {})}
        )
        for descriptor in (stdin, stdout, stderr):
            os.close(descriptor)
        pool = ThreadPoolExecutor(3)
        pool.submit(_write_all, feed, input)
        self._outputs: list[Future[bytes]] = [pool.submit(_read_all, end) for end in (out, err)]
        pool.shutdown(wait=False)

    def output(self, timeout_s: float = 120) -> tuple[int, bytes, bytes]:
        """Wait for its end; returns the exit code and all that it wrote to stdout and stderr."""
        try:
            code = self.process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        stdout, stderr = (output.result(timeout_s) for output in self._outputs)
        return code, stdout, stderr


def shell_command() -> str:
    """Return a line of shell that is `nemo` with the arguments of the script it stands in."""
    if SERVER not in os.environ:
        return f'exec "{sys.executable}" -m nemovideo "$@"'
    start = "from tests.support.processes.nemo import stand_in; stand_in()"
    code = f"import sys; sys.path.insert(0, '{ROOT}'); {start}"
    return f'exec "{sys.executable}" -S -c "{code}" "$@"'


def stand_in() -> None:
    """Be `nemo` for whoever started this process."""
    code = start_nemo(sys.argv[1:], (0, 1, 2), None, os.environ).wait()
    os._exit(code if code >= 0 else 128 - code)


def _write_all(descriptor: int, data: bytes) -> None:
    with suppress(BrokenPipeError), open(descriptor, "wb") as stream:
        stream.write(data)


def _read_all(descriptor: int) -> bytes:
    with open(descriptor, "rb") as stream:
        return stream.read()
