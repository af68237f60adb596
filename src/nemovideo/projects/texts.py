"""Texts from the command line and from files, made fit for JSON and for the journal.

Python hands over bytes that are no text in the locale's encoding as lone surrogates, and JSON can
carry such surrogates too; UTF-8 can't.
"""

from __future__ import annotations

from typing import Any


def well_formed(text: str) -> str:
    """Return text that can be encoded: bytes of UTF-8 read as such, all else as U+FFFD."""
    try:
        raw = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raw = text.encode("utf-8", "surrogatepass")
    return raw.decode("utf-8", "replace")


def storable(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return values that SQLite can keep."""
    return tuple(well_formed(value) if isinstance(value, str) else value for value in values)


def counted(count: int, noun: str) -> str:
    """Return "1 photo", "2 photos"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def format_bytes(size_bytes: float) -> str:
    """Write a size for people: "940 kB", "12.3 MB", "1.5 GB"."""
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1000))} kB" if size_bytes else "0 kB"
    if size_bytes < 1_000_000_000:
        return f"{size_bytes / 1_000_000:.1f} MB"
    return f"{size_bytes / 1_000_000_000:.1f} GB"


def is_url(name: str) -> bool:
    """Return whether a name is a link rather than a path."""
    return name.lower().startswith(("http://", "https://"))
