"""Files as every floor meets them: paths that people write, texts that their programs save."""

from __future__ import annotations

import codecs
import os
import re
import stat
import unicodedata
from pathlib import Path
from typing import Literal

_DIGITS = re.compile(r"(\d+)")
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")


def expand_home(path: str | Path) -> Path:
    """Return a path with ``~`` replaced; as it stands where nobody knows that home.

    A user may be a number without a name and a home, as in containers.
    """
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def decode_text(content: bytes) -> str:
    r"""Return text as editors save it: UTF-8, or what a mark at its start says; lines end in \n.

    Raises:
        UnicodeDecodeError: It is something else.
    """
    encoding = next((name for mark, name in _BOMS.items() if content.startswith(mark)), "utf-8")
    return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def natural_key(text: str) -> list[tuple[int, int, str]]:
    """Return a key that sorts names as people do: ``2.jpg`` before ``10.jpg``, case aside."""
    parts = _DIGITS.split(text.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


def forms_of(text: str) -> tuple[str, ...]:
    """Return a text as it stands and in the other Unicode forms in which disks may have it."""
    forms = (text, *(unicodedata.normalize(form, text) for form in _FORMS))
    return tuple(dict.fromkeys(forms))


def existing_form(path: Path) -> Path:
    """Return a path in the Unicode form in which the disk has it; as it stands if it has none.

    ``é`` may be one character or two, and systems differ in which they write.
    """
    for form in forms_of(str(path)):
        if Path(form).exists():
            return Path(form)
    if path.name.isascii():
        return path
    wanted = unicodedata.normalize("NFC", path.name)
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return path
    same = [name for name in names if unicodedata.normalize("NFC", name) == wanted]
    return path.with_name(same[0]) if same else path


def is_written_into(path: Path) -> bool:
    """Return whether a path leads to a pipe, a device or an open descriptor: never to be replaced.

    What is no regular file has a life of its own: a reader at its other end, or the machine.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    is_opened = os.name != "nt" and str(path.absolute()).startswith(("/dev/", "/proc/"))
    return not stat.S_ISDIR(mode) and (is_opened or not stat.S_ISREG(mode))
