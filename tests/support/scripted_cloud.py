"""A NemoVideo cloud on loopback that does what a test writes down, and records what it was asked.

It is a real server on a real socket. Whatever a test does not script is answered as the cloud
would on a good day, so that a test says only what differs::

    with ScriptedCloud() as cloud:
        cloud.on("POST", "/run_sse", sse(text_event("Do"), Cut()))
        ...
        assert cloud.count("POST", "/run_sse") == 1
"""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from io import BufferedReader
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.answers import Answer
from tests.support.good_day import GoodDay
from tests.support.http_bytes import AnswerWriter, read_body


@dataclass(frozen=True)
class Part:
    """One part of a multipart body."""

    name: str
    filename: str | None
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Request:
    """One request as it came in."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    """With lower-case names."""
    body: bytes
    number: int
    """Which request of this method and path it is, counted from 1."""

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def token(self) -> str | None:
        """The bearer token."""
        return self.headers.get("authorization", "").removeprefix("Bearer ") or None

    @property
    def parts(self) -> list[Part]:
        """The parts of a multipart body."""
        boundary = self.headers["content-type"].partition("boundary=")[2].encode()
        pieces = (b"\r\n" + self.body).split(b"\r\n--" + boundary)
        assert pieces[0] == b""
        assert pieces[-1] == b"--\r\n"
        return [_parse_part(piece.removeprefix(b"\r\n")) for piece in pieces[1:-1]]


def _parse_part(piece: bytes) -> Part:
    head, _, content = piece.partition(b"\r\n\r\n")
    text = head.decode("utf-8")
    name = re.search(r'; name="([^"]*)"', text)
    filename = re.search(r'; filename="([^"]*)"', text)
    content_type = re.search(r"Content-Type: (\S+)", text)
    return Part(
        name=name[1] if name else "",
        filename=filename[1] if filename else None,
        content_type=content_type[1] if content_type else "",
        content=content,
    )


Scripted = Answer | Callable[[Request], Answer]


@dataclass
class _Rule:
    method: str
    pattern: str
    answers: list[Scripted]
    is_lasting: bool


@dataclass
class ScriptedCloud:
    """The server; a context manager.

    Attributes:
        good_day: What answers where no script does; its fields may be changed.
        port: Where to listen; any free port if 0.
    """

    good_day: GoodDay = field(default_factory=GoodDay)
    port: int = 0

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        self._rules: list[_Rule] = []
        self._requests: list[Request] = []
        self._lock = threading.Lock()
        self._is_over = threading.Event()
        self._is_closed = threading.Event()
        self._connections: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._acceptor: threading.Thread | None = None
        self.connection_count = 0

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def requests(self) -> list[Request]:
        """All requests so far, in order."""
        with self._lock:
            return list(self._requests)

    def on(self, method: str, pattern: str, *answers: Scripted) -> ScriptedCloud:
        """Answer the next requests so, one after the other; then the good day answers again.

        Args:
            method: ``GET`` or ``POST``.
            pattern: A path; ``*`` stands for anything.
            answers: What to answer, or functions that make it out of the request.
        """
        self._rules.append(_Rule(method, pattern, list(answers), is_lasting=False))
        return self

    def always(self, method: str, pattern: str, answer: Scripted) -> ScriptedCloud:
        """Answer all requests so."""
        self._rules.append(_Rule(method, pattern, [answer], is_lasting=True))
        return self

    def calls(self, method: str, pattern: str) -> list[Request]:
        """Return the requests of a kind, in order."""
        return [
            request
            for request in self.requests
            if request.method == method and fnmatchcase(request.path, pattern)
        ]

    def count(self, method: str, pattern: str) -> int:
        """Return how many requests of a kind came."""
        return len(self.calls(method, pattern))

    def __enter__(self) -> ScriptedCloud:
        self._acceptor = self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def stop_listening(self) -> None:
        """Refuse new connections from now on; those that stand go on."""
        self._is_closed.set()
        # Waking a blocked accept takes a connection: closing its socket does not.
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            pass
        # Until its thread has come back from it, the system goes on accepting.
        if self._acceptor is not None:
            self._acceptor.join(5)
        self._listener.close()

    def close(self) -> None:
        """End everything, stalled answers too."""
        self._is_over.set()
        self.stop_listening()
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join(5)

    def _start(self, target: Callable[..., None], *args: object) -> threading.Thread:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()
        return thread

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            if self._is_closed.is_set():
                connection.close()
                return
            with self._lock:
                self._connections.add(connection)
                self.connection_count += 1
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            with connection, connection.makefile("rb") as stream:
                while not self._is_over.is_set() and self._serve_one(connection, stream):
                    pass
        except OSError:
            pass  # the client went away, which is its good right
        finally:
            with self._lock:
                self._connections.discard(connection)

    def _serve_one(self, connection: socket.socket, stream: BufferedReader) -> bool:
        """Take one request and respond; return whether another may follow."""
        line = stream.readline()
        if not line:
            return False
        method, target, _ = line.decode("latin-1").split()
        headers: dict[str, str] = {}
        while (header := stream.readline()) not in (b"\r\n", b"\n", b""):
            name, _, value = header.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        rule_answer = self._scripted(method, urlsplit(target).path)
        is_early = isinstance(rule_answer, Answer) and rule_answer.before_body
        body = b"" if is_early else read_body(stream, headers)
        request = self._record(method, target, headers, body)
        answer = rule_answer
        if callable(answer):
            answer = answer(request)
        if answer is None:
            answer = self.good_day.answer(self.url, request)
        is_open = AnswerWriter(connection, self._is_over).write(answer)
        return is_open and not is_early and headers.get("connection", "").lower() != "close"

    def _scripted(self, method: str, path: str) -> Scripted | None:
        with self._lock:
            for rule in self._rules:
                matches = rule.method == method and fnmatchcase(path, rule.pattern)
                if matches and rule.answers:
                    return rule.answers[0] if rule.is_lasting else rule.answers.pop(0)
        return None

    def _record(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Request:
        parts = urlsplit(target)
        with self._lock:
            same = [r for r in self._requests if r.method == method and r.path == parts.path]
            request = Request(
                method, parts.path, parse_qs(parts.query), headers, body, len(same) + 1
            )
            self._requests.append(request)
        return request
