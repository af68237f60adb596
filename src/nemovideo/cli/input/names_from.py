"""Names of files that come from a list: a file, or stdin."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from nemovideo._files import expand_home
from nemovideo.errors import InputError, InputNotFoundError, UsageError

STDIN = "-"


def all_names(
    paths: Sequence[str] | None, files_from: str | None, command: str = "convert"
) -> list[str]:
    """Return the names on the command line with those of a list in the place of ``-``, or behind.

    A list has a name a line, or names that end with NUL, as ``find -print0`` writes them. A ``-``
    reads stdin, among the paths and as the list.

    Raises:
        UsageError: Nothing is named, or stdin is to be read twice.
        InputError: A list can't be read, or is empty.
    """
    given = list(paths or ())
    if not given and files_from is None:
        raise UsageError(
            "no files were named", hint=f"`nemo {command} --help` shows how it is used."
        )
    if [*given, files_from].count(STDIN) > 1:
        raise UsageError("stdin can be read only once")
    names: list[str] = []
    for name in given:
        names += _listed(STDIN) if name == STDIN else [name]
    return names + (_listed(files_from) if files_from is not None else [])


def _listed(source: str) -> list[str]:
    try:
        content = sys.stdin.buffer.read() if source == STDIN else expand_home(source).read_bytes()
    except FileNotFoundError as exc:
        raise InputNotFoundError(
            f"no such file: {source}", hint="Check the spelling and the folder you are in."
        ) from exc
    except OSError as exc:
        raise InputError(f"{source} can't be read: {exc.strerror}") from exc
    text = content.decode("utf-8-sig", "surrogateescape")
    names = text.split("\0") if "\0" in text else text.splitlines()
    found = [name for name in names if name.strip()]
    if not found:
        raise InputNotFoundError(
            f"{'stdin' if source == STDIN else source} names no files", hint="A name a line."
        )
    return found
