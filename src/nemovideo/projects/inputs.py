"""What the user named on the command line, as a list of files that are fit to be uploaded.

All checks here are local and come before the first request: a file is refused by name.
"""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nemovideo.errors import (
    FileTooLargeError,
    InputNotFoundError,
    UnsupportedFileError,
)
from nemovideo.protocol.media_types import (
    MAX_UPLOAD_BYTES,
    SNIFF_BYTES,
    MediaKind,
    kind_of,
    sniff_kind,
)


@dataclass(frozen=True)
class InputFile:
    """A file that passed the local check."""

    path: Path
    kind: MediaKind
    size_bytes: int


def collect_inputs(names: Sequence[str], *, folder: Path | None = None) -> tuple[InputFile, ...]:
    """Expand names, folders and patterns, and check every file.

    A name that exists is taken as it is, also when it reads like a pattern. Folders and patterns
    give their photos, clips and audio in natural order ("2.jpg" before "10.jpg"); names keep
    theirs. A file that comes twice is taken once.

    Args:
        names: What the user named.
        folder: Where relative names start; the current folder if None.

    Raises:
        InputNotFoundError: Nothing is there, or nothing of an accepted kind.
        UnsupportedFileError: A file is of another kind, empty or unreadable.
        FileTooLargeError: A file is larger than 200 MB.
    """
    if not names:
        raise InputNotFoundError(
            "no files were named", hint="Name photos, clips or a folder: nemo convert photos/"
        )
    paths = [path for name in names for path in _expand(name, folder or Path())]
    unique = {path.resolve(): path for path in reversed(paths)}
    return tuple(check_file(path) for path in dict.fromkeys(unique[p.resolve()] for p in paths))


def check_file(path: Path) -> InputFile:
    """Check that one file can be uploaded: there, readable, not empty, of a kind, not too large.

    Raises:
        InputNotFoundError: There is no such file.
        UnsupportedFileError: It is of another kind, empty or unreadable.
        FileTooLargeError: It is larger than 200 MB.
    """
    named_kind = kind_of(path.name)
    if named_kind is None and path.exists():
        raise UnsupportedFileError(f"{path}: files of this kind are not accepted")
    try:
        size_bytes = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(SNIFF_BYTES)
    except FileNotFoundError as exc:
        raise InputNotFoundError(
            f"no such file: {path}", hint="Check the spelling and the folder you are in."
        ) from exc
    except OSError as exc:
        raise UnsupportedFileError(
            f"{path} can't be read: {exc.strerror}", hint="Check the file's permissions."
        ) from exc
    if size_bytes == 0:
        raise UnsupportedFileError(
            f"{path} is empty (0 bytes)", hint="Leave it out, or copy it again."
        )
    if size_bytes > MAX_UPLOAD_BYTES:
        raise FileTooLargeError(f"{path} is larger than 200 MB ({size_bytes / 2**20:.0f} MB)")
    return InputFile(path, _kind(path, named_kind, head), size_bytes)


def natural_key(text: str) -> list[tuple[int, int, str]]:
    """Return a key that sorts numbers within text by their value: "img2" before "img10"."""
    parts = re.split(r"(\d+)", text.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


def _expand(name: str, folder: Path) -> list[Path]:
    path = folder / Path(name).expanduser()
    if path.is_dir():
        return _media_among(path.iterdir(), f"the folder {name}")
    if path.exists() or not glob.has_magic(name):
        return [path]
    # The folder's own name is no pattern, whatever it looks like.
    pattern = Path(glob.escape(str(folder))) / Path(name).expanduser()
    matches = glob.glob(str(pattern), recursive=True)  # noqa: PTH207 - absolute patterns work here alone
    if not matches:
        raise InputNotFoundError(
            f"no file matches {name}", hint="Check the pattern and the folder you are in."
        )
    return _media_among(map(Path, matches), f"the pattern {name}")


def _media_among(paths: Iterable[Path], what: str) -> list[Path]:
    media = [
        path
        for path in paths
        if kind_of(path.name) is not None and not path.name.startswith(".") and path.is_file()
    ]
    if not media:
        raise InputNotFoundError(
            f"{what} holds no photos, clips or audio files",
            hint="Accepted: mp4 mov avi webm mkv, jpg jpeg png gif webp, mp3 wav m4a aac.",
        )
    return sorted(media, key=lambda path: natural_key(str(path)))


def _kind(path: Path, named_kind: MediaKind | None, head: bytes) -> MediaKind:
    kind = sniff_kind(head)
    if kind is None and (named_kind == "image" or _reads_as_text(head)):
        raise UnsupportedFileError(f"{path} does not hold what its name says")
    # A container may hold sound alone, and sound may lack a signature: then the name decides.
    if kind is None or {kind, named_kind} == {"video", "audio"}:
        kind = named_kind
    assert kind is not None
    return kind


def _reads_as_text(head: bytes) -> bool:
    """Tell whether bytes look like a text file rather than a sound or film without a signature."""
    return b"\0" not in head and all(byte >= 0x20 or byte in b"\t\n\r\f\x1b" for byte in head)
