"""One file or link that the user named: what it is, and whether it can be uploaded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from urllib.parse import unquote, urlsplit

from nemovideo.errors import FileTooLargeError, InputNotFoundError, UnsupportedFileError
from nemovideo.projects.inputs.tracks import holds_sound_alone
from nemovideo.projects.texts import is_url
from nemovideo.protocol.media_types import (
    MAX_UPLOAD_BYTES,
    SNIFF_BYTES,
    MediaKind,
    kind_of,
    sniff_kind,
)
from nemovideo.protocol.refused_types import refused_type, why_not


@dataclass(frozen=True)
class InputFile:
    """A file that passed the local check."""

    path: Path
    kind: MediaKind
    size_bytes: int
    is_found: bool = False
    """Whether a folder brought it: nobody named it, so it may be left out."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.path.name

    @property
    def source(self) -> str:
        """The absolute path."""
        return str(self.path.absolute())


@dataclass(frozen=True)
class InputLink:
    """A file on the web; the server fetches it."""

    url: str

    @property
    def name(self) -> str:
        """What the address calls it."""
        return PurePosixPath(unquote(urlsplit(self.url).path)).name or self.url

    @property
    def kind(self) -> MediaKind | None:
        """What it is by its name; None where that does not tell."""
        return kind_of(self.name)

    @property
    def source(self) -> str:
        """The address."""
        return self.url


Input = InputFile | InputLink


def check_file(path: Path) -> InputFile:
    """Check that one file can be uploaded: there, readable, not empty, of a kind, not too large.

    Raises:
        InputNotFoundError: There is no such file.
        UnsupportedFileError: It is of another kind, empty or unreadable.
        FileTooLargeError: It is larger than 200 MB.
    """
    named_kind = kind_of(path.name)
    try:
        status = path.stat()
        if named_kind is None:
            raise _refusal(path)
        if not S_ISREG(status.st_mode):  # one that is opened may never answer
            raise UnsupportedFileError(
                f"{path} is no file", hint="Name files, folders or patterns."
            )
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
    size_bytes = status.st_size
    if size_bytes == 0:
        raise UnsupportedFileError(
            f"{path} is empty (0 bytes)", hint="Leave it out, or copy it again."
        )
    if size_bytes > MAX_UPLOAD_BYTES:
        raise FileTooLargeError(f"{path} is larger than 200 MB ({size_bytes / 2**20:.0f} MB)")
    return InputFile(path, _kind(path, named_kind, head), size_bytes)


def read_input(source: str, *, is_found: bool = False) -> Input:
    """Return what `Input.source` stood for, checked again; a folder may have brought it.

    Raises as `check_file` does.
    """
    if is_url(source):
        return InputLink(source)
    return replace(check_file(Path(source)), is_found=is_found)


def _kind(path: Path, named_kind: MediaKind | None, head: bytes) -> MediaKind:
    kind = sniff_kind(head)
    if kind is None and (named_kind == "image" or _reads_as_text(head)):
        if refused_type(path.name, head):
            raise _refusal(path, head)
        raise UnsupportedFileError(f"{path} does not hold what its name says")
    # A container may hold sound alone, and sound may lack a signature: then the name decides.
    if kind is None or {kind, named_kind} == {"video", "audio"}:
        kind = named_kind
    assert kind is not None
    return "audio" if kind == "video" and holds_sound_alone(path) else kind


def _refusal(path: Path, head: bytes = b"") -> UnsupportedFileError:
    reason, hint = why_not(path.name, head)
    return UnsupportedFileError(f"{path} {reason}", hint=hint)


def _reads_as_text(head: bytes) -> bool:
    """Return whether bytes look like text rather than a sound or film without a signature."""
    return b"\0" not in head and all(byte >= 0x20 or byte in b"\t\n\r\f\x1b" for byte in head)
