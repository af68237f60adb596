"""How far a download has come, and how the rest of the same file is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_MARKS = ("etag", "last-modified")


@dataclass
class Progress:
    """How far a transfer has come."""

    have: int = 0
    total: int | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    """The response's headers by which one file is told from another."""
    head: bytes = b""

    def restart(self) -> None:
        self.have, self.total, self.marks, self.head = 0, None, {}, b""


def range_headers(progress: Progress) -> dict[str, str]:
    """Ask for what is missing, where the response can be told to be of the same file."""
    validator = _validator(progress.marks)
    if not progress.have or (validator is None and progress.total is None):
        return {}
    condition = {"If-Range": validator} if validator else {}
    return {"Range": f"bytes={progress.have}-", **condition}


def marks_of(response: httpx.Response) -> dict[str, str]:
    """Return what tells one file from another; nothing where the response is encoded."""
    if "content-encoding" in response.headers:
        return {}
    return {name: response.headers[name] for name in _MARKS if response.headers.get(name)}


def agree(some: Mapping[str, str], others: Mapping[str, str]) -> bool:
    """Return whether two responses' marks may be of the same file."""
    return all(some[name] == others[name] for name in some.keys() & others.keys())


def _validator(marks: Mapping[str, str]) -> str | None:
    """Return what a server can tell the file by; a weak ETag is none."""
    etag = marks.get("etag", "")
    return etag if etag.startswith('"') else marks.get("last-modified")


def content_length(response: httpx.Response) -> int | None:
    """Return the length in bytes, where the response tells that of the file."""
    length = response.headers.get("content-length", "")
    is_plain = response.headers.get("content-encoding", "identity").lower() == "identity"
    return int(length) if is_plain and length.isascii() and length.isdigit() else None
