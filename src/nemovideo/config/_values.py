"""What settings may be: a parser for each kind of value."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from nemovideo._files import expand_home
from nemovideo._lengths import parse_duration
from nemovideo._sizes import parse_size
from nemovideo.errors import ConfigError

BackendKind = Literal["cloud", "local"]
BackendChoice = Literal["auto", "cloud", "local"]
Notify = Literal["auto", "bell", "off"]


def parse_text(value: object) -> str:
    """Return a text without the space around it."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a non-empty text")
    return value.strip()


def parse_url(value: object) -> str:
    """Return a URL without a slash at its end; it must not hold credentials."""
    text = parse_text(value).rstrip("/")
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be a URL that starts with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise ValueError("must not hold a user name or a password")
    return text


def parse_backend(value: object) -> BackendChoice:
    """Return where work is to be done."""
    if value == "auto" or value == "cloud" or value == "local":
        return value
    raise ValueError("must be auto, cloud or local")


def parse_notify(value: object) -> Notify:
    """Return how the end of a long job is to be told."""
    if value == "auto" or value == "bell" or value == "off":
        return value
    raise ValueError("must be auto, bell or off")


def parse_seconds(value: object) -> float:
    """Return a length in seconds, 0 or more."""
    number = parse_duration(value)
    if number is None or not math.isfinite(number) or number < 0:
        raise ValueError("must be a length of 0 or more, as in 90, 90s, 1:30 or 1m30s")
    return number


def parse_count(value: object) -> int:
    """Return a whole number, 1 to 1000."""
    number = int(value) if isinstance(value, str) and value.strip().isdigit() else value
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 1000:
        raise ValueError("must be a whole number of at least 1")
    return number


def parse_size_limit(value: object) -> int:
    """Return a size in bytes, 0 or more."""
    size = parse_size(value)
    if size is None:
        raise ValueError("must be a size, as in 2GB or 500MB; 0 for none")
    return size


def parse_path(value: object) -> Path:
    """Return a path with the home folder written out."""
    return expand_home(parse_text(value))


Parser = Callable[[object], Any]


def parse_with(parse: Parser, value: object, where: str) -> Any:
    """Parse a value; what is wrong with it is told with its place.

    Raises:
        ConfigError: The value can't be what it is.
    """
    try:
        return parse(value)
    except ValueError as exc:
        raise ConfigError(f"{where} is {str(value)!r}, but {exc}") from exc


def unknown_setting(name: str, known: Iterable[str], *, where: str | None = None) -> ConfigError:
    """Return the error for a name that is none, with the name that was probably meant."""
    known = list(known)
    close = difflib.get_close_matches(name.lower().replace("-", "_"), known, n=1)
    message = f"no setting is called {name!r}"
    return ConfigError(
        f"{where}: {message}" if where else message,
        hint=f"Did you mean {close[0]}?" if close else f"Settings: {', '.join(known)}.",
    )
