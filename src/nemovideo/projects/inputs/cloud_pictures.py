"""Pictures that the cloud does not take, turned into JPEG on this machine; and names put right."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from nemovideo.client import UploadSource
from nemovideo.errors import MissingExtraError
from nemovideo.projects.inputs.checking import InputFile
from nemovideo.protocol.media_types import (
    FORMATS,
    SNIFF_BYTES,
    extension_of,
    is_avif,
    is_cloud_image,
    sniff_extension,
)

_NEEDED = ("numpy", "PIL", "pi_heif")


@dataclass(frozen=True)
class CloudPictures:
    """Which of some files must be made anew for the cloud, and under which names."""

    names: dict[Path, str]
    """What such a file is called there."""
    converted: dict[Path, str]
    """What those are that become JPEG; the others only get another name."""

    @classmethod
    def among(cls, files: Iterable[InputFile]) -> CloudPictures:
        """Look for them.

        Raises:
            MissingExtraError: There are some, and what turns them into JPEG is not installed.
        """
        names: dict[Path, str] = {}
        converted: dict[Path, str] = {}
        taken = {file.name.casefold() for file in files}
        for file in dict.fromkeys(file for file in files if file.kind == "image"):
            with file.path.open("rb") as opened:
                head = opened.read(SNIFF_BYTES)
            if not is_cloud_image(head):
                converted[file.path] = "AVIF" if is_avif(head) else "HEIC"
                _require_converter(file.path, converted[file.path])
                names[file.path] = _free_name(file.path, "jpg", taken)
            elif not FORMATS[extension_of(file.name)].is_cloud:
                names[file.path] = _free_name(file.path, sniff_extension(head), taken)
        return cls(names, converted)

    def source(self, path: Path, *, keeps_metadata: bool) -> UploadSource | None:
        """Return a JPEG of one that must become one; None for any other file."""
        if path not in self.converted:
            return None
        from nemovideo.render.picture.files import to_jpeg

        content = to_jpeg(path, keeps_metadata=keeps_metadata)
        return UploadSource(self.names[path], len(content), partial(io.BytesIO, content))

    def notes(self) -> tuple[str, ...]:
        """Say what is changed, in sentences."""
        count = len(self.converted)
        if not count:
            return ()
        kinds = sorted(set(self.converted.values()))
        photos = f"{count} photos were" if count > 1 else "1 photo was"
        return (
            f"{photos} turned into JPEG on this machine: the cloud takes no {' or '.join(kinds)}.",
        )


def _require_converter(path: Path, kind: str) -> None:
    if any(find_spec(name) is None for name in _NEEDED):
        raise MissingExtraError(
            f"{path}: the cloud takes no {kind}, and what turns it into JPEG here is not installed"
        )


def _free_name(path: Path, extension: str, taken: set[str]) -> str:
    """Return the file's name with another extension, and with both where that name is taken."""
    name = f"{path.stem}.{extension}"
    if name.casefold() in taken and name.casefold() != path.name.casefold():
        name = f"{path.name}.{extension}"
    taken.add(name.casefold())
    return name
