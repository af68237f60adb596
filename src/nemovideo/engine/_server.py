"""The engine as a server: in a thread for this process, or in the foreground for everybody.

The socket is bound here and handed to uvicorn, which would otherwise end silently in its thread
when the port is taken. Nothing of the ``local`` extra is imported before an engine starts.
"""

from __future__ import annotations

import errno
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Self

from nemovideo._machine import machine_failure
from nemovideo._threads import join_through_interrupts
from nemovideo.errors import NemoError, UsageError

if TYPE_CHECKING:
    from nemovideo.engine._prompt_server import PromptServer
    from nemovideo.engine.http.app import Limits
    from nemovideo.engine.work.collaborators import Collaborators
    from nemovideo.render.film.pieces.kept import KeptPieces

LOOPBACK = "127.0.0.1"
MAX_PORT = 65535
ENGINE_FOLDER = "engine"
_LOOK_S = 0.001
"""How often it is looked whether the server serves: people wait for it."""
START_TIMEOUT_S = 15.0
GRACE_S = 2
"""What is still being sent when the engine stops has so long to end, in seconds."""
STOP_TIMEOUT_S = 30.0
TICK_S = 0.1


class LocalEngine:
    """An engine that runs in a thread of this process.

    Args:
        data_dir: All that it keeps lies in the folder ``engine`` below; made when it isn't there.
        host: The address to listen on.
        port: 0 takes a free one.
        pieces_limit: How many bytes of rendered pieces are kept for the next export.
        collaborators: Who directs, probes and renders; the real ones if None.
        limits: The defaults if None.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        host: str = LOOPBACK,
        port: int = 0,
        pieces_limit: int = 0,
        collaborators: Collaborators | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._folder = data_dir / ENGINE_FOLDER
        self._host = host
        self._port = port
        self._pieces_limit = pieces_limit
        self._collaborators = collaborators
        self._limits = limits
        self._resources = ExitStack()
        self._thread: threading.Thread | None = None
        self._url = ""
        self._owner_token = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end; empty before `start`."""
        return self._url

    @property
    def owner_token(self) -> str:
        """The token of the machine's own user, the same for every engine on these data."""
        return self._owner_token

    @property
    def is_running(self) -> bool:
        """Whether it serves."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Listen and serve; returns when requests are answered.

        Raises:
            MissingExtraError: The ``local`` extra is not installed.
            UsageError: The address can't be used, above all because the port is taken; or the data
                folder can't.
            NemoError: The server didn't start.
        """
        from nemovideo.engine.work.collaborators import load_collaborators, require_local_extra

        require_local_extra()
        with ExitStack() as stack:
            listener = stack.enter_context(_bind(self._host, self._port))
            server = self._build(stack, self._collaborators or load_collaborators(self._kept))
            thread = _ServerThread(server, listener)
            thread.start()
            stack.callback(_stop, server, thread)
            wait_until_started(server, thread)
            self._url = _url_of(listener)
            self._thread = thread
            self._resources = stack.pop_all()

    def stop(self) -> None:
        """Stop serving; renders that run are broken off and can be taken up again."""
        self._resources.close()
        self._thread = None

    @property
    def _kept(self) -> KeptPieces:
        from nemovideo.engine.store.cleaning import PIECES_FOLDER
        from nemovideo.render.film.pieces.kept import KeptPieces

        return KeptPieces(self._folder / PIECES_FOLDER, self._pieces_limit)

    def _build(self, stack: ExitStack, collaborators: Collaborators) -> PromptServer:
        import uvicorn

        from nemovideo.engine._prompt_server import PromptServer
        from nemovideo.engine.http.app import create_app
        from nemovideo.engine.http.guard import is_loopback
        from nemovideo.engine.store.store import open_store

        store = open_store(self._folder)
        stack.callback(store.close)
        self._owner_token = store.owner_token()
        app = create_app(
            store, collaborators, limits=self._limits, is_loopback_only=is_loopback(self._host)
        )
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="on",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=GRACE_S,
        )
        return PromptServer(config)


def serve(
    data_dir: Path, host: str, port: int, *, pieces_limit: int, on_ready: Callable[[str], None]
) -> None:
    """Run an engine in the foreground until the process is told to end (SIGINT or SIGTERM).

    When requests are answered `on_ready` is called with the URL; the rest is as of `LocalEngine`.

    Raises:
        MissingExtraError: The ``local`` extra is not installed.
        UsageError: The address can't be used, above all because the port is taken.
    """
    engine = LocalEngine(data_dir, host=host, port=port, pieces_limit=pieces_limit)
    with _told_to_end() as is_told, engine:
        on_ready(engine.url)
        # A sleep, not an event: setting one from a signal handler can deadlock the waiter.
        while engine.is_running and not is_told():
            time.sleep(TICK_S)


@contextmanager
def _told_to_end() -> Iterator[Callable[[], bool]]:
    received: list[int] = []
    numbers = [signal.SIGINT, signal.SIGTERM]
    previous = {
        number: signal.signal(number, lambda number, _: received.append(number))
        for number in numbers
    }
    try:
        yield lambda: bool(received)
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


@contextmanager
def _bind(host: str, port: int) -> Iterator[socket.socket]:
    if not 0 <= port <= MAX_PORT:
        raise UsageError(f"port {port} is no port: choose one from 1 to {MAX_PORT}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=128)
    except OSError as exc:
        if exc.errno == errno.EADDRINUSE:
            message = f"port {port} is taken: choose another with --port"
            raise UsageError(message) from exc
        reason = exc.strerror or exc
        raise UsageError(f"can't listen on {host} port {port}: {reason}") from exc
    with listener:
        # Connections inherit it. asyncio sets it only where the protocol's number is known, and
        # without it the body of each response waits 40 ms for the client to acknowledge its head.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield listener


def _url_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    if ip_address(host).is_unspecified:
        host = LOOPBACK if ":" not in host else "::1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class _ServerThread(threading.Thread):
    """Serves; what ends it is kept, not written to stderr."""

    def __init__(self, server: PromptServer, listener: socket.socket) -> None:
        super().__init__(name="nemo-engine", daemon=True)
        self._server = server
        self._listener = listener
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            self._server.run([self._listener])
        except BaseException as exc:  # noqa: BLE001 - told by the thread that waits
            self.failure = exc


def wait_until_started(
    server: PromptServer, thread: _ServerThread, timeout_s: float = START_TIMEOUT_S
) -> None:
    """Return when a server serves.

    Raises:
        NemoError: Its thread has ended, or it took too long.
    """
    deadline = time.monotonic() + timeout_s
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            state = getattr(server.config.app, "state", None)
            failure = getattr(state, "failure", None) or thread.failure
            raise start_failure(failure) from failure
        time.sleep(_LOOK_S)


def start_failure(reason: BaseException | None) -> NemoError:
    """Say why the engine did not start, or where that stands."""
    lack = None if reason is None else machine_failure(reason)
    if lack is None:
        return NemoError("the local engine did not start; its log, seen with --verbose, says more")
    return NemoError(f"the local engine did not start: {lack.message}", hint=lack.hint)


def _stop(server: PromptServer, thread: threading.Thread) -> None:
    server.end()
    join_through_interrupts(thread, STOP_TIMEOUT_S)
