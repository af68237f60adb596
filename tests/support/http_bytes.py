"""HTTP as bytes on a socket: bodies read, answers written step by step."""

from __future__ import annotations

import socket
import struct
import threading
from io import BufferedReader

from tests.support.answers import Answer, Await, Cut, Pause, Stall, Step


def read_body(stream: BufferedReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = b""
        while size := int(stream.readline().split(b";")[0] or b"0", 16):
            body += stream.read(size)
            stream.readline()
        stream.readline()
        return body
    length = int(headers.get("content-length", "0"))
    body = stream.read(length)
    if len(body) < length:
        raise ConnectionResetError("the client broke off")
    return body


class AnswerWriter:
    """Writes one answer, step by step."""

    def __init__(self, connection: socket.socket, is_over: threading.Event) -> None:
        self._connection = connection
        self._is_over = is_over

    def write(self, answer: Answer) -> bool:
        """Write a response; return whether the connection is still good."""
        if not answer.is_raw:
            self._connection.sendall(_head(answer))
        for step in answer.steps:
            if not self._take(step, answer):
                return False
        if answer.is_chunked:
            self._connection.sendall(b"0\r\n\r\n")
        promised = len(answer.body) if answer.content_length is None else answer.content_length
        return not answer.is_raw and (answer.is_chunked or promised == len(answer.body))

    def _take(self, step: Step, answer: Answer) -> bool:
        """Do one step; return whether to go on."""
        if isinstance(step, bytes):
            if answer.is_chunked:
                step = b"%x\r\n%b\r\n" % (len(step), step) if step else b""
            self._connection.sendall(step)
            return True
        if isinstance(step, Pause):
            return not self._is_over.wait(step.seconds)
        if isinstance(step, Await):
            while not step.event.wait(0.02):
                if self._is_over.is_set():
                    return False
            return True
        if isinstance(step, Stall):
            self._is_over.wait()
        elif isinstance(step, Cut) and step.with_reset:
            linger = struct.pack("ii", 1, 0)
            self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        return False


def _head(answer: Answer) -> bytes:
    headers = dict(answer.headers)
    if answer.is_chunked:
        headers["Transfer-Encoding"] = "chunked"
    elif "Content-Length" not in headers:
        promised = len(answer.body) if answer.content_length is None else answer.content_length
        headers["Content-Length"] = str(promised)
    lines = [f"HTTP/1.1 {answer.status} Scripted"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
