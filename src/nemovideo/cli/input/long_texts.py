"""Texts that are too long for a command line: ``@file`` reads a file, ``-`` reads stdin."""

from __future__ import annotations

import sys
from pathlib import Path

from nemovideo._files import decode_text, expand_home
from nemovideo.errors import InputNotFoundError, UnsupportedFileError

STDIN = "-"
MAX_BYTES = 1_000_000
"""More is no text that somebody wrote."""


def read_long_text(value: str) -> str:
    """Return a text as the user means it.

    ``-`` is what stdin holds; ``@name`` is what the file holds, and ``@@name`` the words "@name". A
    text of several words that begins with ``@`` is a file only if there is one of that name.

    Raises:
        InputNotFoundError: There is no such file.
        UnsupportedFileError: It can't be read, or is no text.
    """
    if value == STDIN:
        return _decode(sys.stdin.buffer.read(MAX_BYTES + 1), "stdin")
    if value.startswith("@@"):
        return value[1:]
    if not value.startswith("@") or len(value) == 1:
        return value
    path = expand_home(value[1:])
    if any(map(str.isspace, value)) and not _is_file(path):
        return value
    try:
        with path.open("rb") as file:
            return _decode(file.read(MAX_BYTES + 1), str(path))
    except FileNotFoundError as exc:
        raise InputNotFoundError(
            f"no such file: {path}",
            hint=f"@ reads a text from a file; write @{value} for the words themselves.",
        ) from exc
    except OSError as exc:
        raise UnsupportedFileError(
            f"{path} can't be read: {exc.strerror}", hint="Name a text file after the @."
        ) from exc


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _decode(content: bytes, name: str) -> str:
    hint = "Write it in UTF-8, as plain text."
    if len(content) > MAX_BYTES:
        raise UnsupportedFileError(f"{name} is too long for an instruction", hint=hint)
    try:
        return decode_text(content).strip()
    except UnicodeDecodeError as exc:
        raise UnsupportedFileError(f"{name} is no text", hint=hint) from exc
