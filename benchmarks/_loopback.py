"""A server on loopback that takes and gives bytes as fast as sockets do, and nothing else.

    python benchmarks/_loopback.py SIZE_BYTES

It speaks just enough of the API for an upload and a download, in a process of its own so that it
shares no lock with what it measures. It prints its port and serves until its stdin closes.
"""

from __future__ import annotations

import json
import re
import socket
import sys
import threading

BLOCK_BYTES = 1024 * 1024
HEAD = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
"""How an MP4 begins."""


def serve(listener: socket.socket, size_bytes: int) -> None:
    """Take connections for ever."""
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=converse, args=(connection, size_bytes), daemon=True).start()


def converse(connection: socket.socket, size_bytes: int) -> None:
    """Answer the requests of one connection."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    scratch = bytearray(BLOCK_BYTES)
    received = b""
    with connection:
        while True:
            while b"\r\n\r\n" not in received:
                piece = connection.recv(65536)
                if not piece:
                    return
                received += piece
            head, _, received = received.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            left = int(length[1]) - len(received) if length else 0
            received = b"" if left >= 0 else received[left:]
            while left > 0:
                left -= connection.recv_into(scratch, min(left, BLOCK_BYTES))
            if b" /files/" in head.split(b"\r\n")[0]:
                give_file(connection, size_bytes)
            else:
                connection.sendall(answer())


def give_file(connection: socket.socket, size_bytes: int) -> None:
    """Send a video of the size."""
    connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: %d\r\n\r\n" % size_bytes
    )
    block = bytes(BLOCK_BYTES)
    connection.sendall(HEAD)
    left = size_bytes - len(HEAD)
    while left:
        left -= connection.send(block[:left] if left < BLOCK_BYTES else block)


def answer() -> bytes:
    """Return one answer that does for all calls."""
    data = {
        "session_id": "s1",
        "task_id": "t1",
        "state": {},
        "files": [{"filename": "clip.mp4", "file_type": "video", "cdn_url": "u"}],
    }
    body = json.dumps({"code": 0, "data": data}).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return f"{head}\r\n\r\n".encode() + body


def main() -> None:
    """Serve until stdin closes."""
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=serve, args=(listener, int(sys.argv[1])), daemon=True).start()
    print(listener.getsockname()[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
