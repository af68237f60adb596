"""Files as every floor meets them: paths that people write, texts that their programs save."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import stat
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from filelock import FileLock

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


def write_whole(path: Path, content: bytes, *, is_secret: bool = False) -> None:
    """Put a file in place whole or not at all, safe on the disk; its folder is there.

    A file that is there is replaced; a link stays a link, and permissions stay. A secret is for the
    owner alone.

    Raises:
        OSError: It can't be written; what was there still is.
    """
    write_whole_with(path, lambda file: file.write(content), is_secret=is_secret)


def write_whole_with(
    path: Path, write: Callable[[IO[bytes]], object], *, is_secret: bool = False
) -> None:
    """Do what `write_whole` does with what `write` puts into the file."""
    path = path.resolve()  # a link into a folder of dotfiles stays a link
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(temporary, flags, 0o600 if is_secret else 0o666), "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and not is_secret:
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def locked(path: Path, *, timeout_s: float = 0, is_secret: bool = False) -> Iterator[FileLock]:
    """Hold a lock that processes share. It is the operating system's: it ends with its process.

    The file stays: were it taken away, another process might lock the one that is gone. Missing
    folders are made; those of a secret, and the file, are for the owner alone.

    Raises:
        TimeoutError: Another process holds it.
        OSError: The folder can't be written.
    """
    from filelock import FileLock, Timeout

    path.parent.mkdir(mode=0o700 if is_secret else 0o777, parents=True, exist_ok=True)
    lock = FileLock(path, timeout=timeout_s, mode=0o600 if is_secret else 0o644)
    try:
        lock.acquire()
    except Timeout as exc:
        raise TimeoutError(path) from exc
    try:
        yield lock
    finally:
        lock.release()
