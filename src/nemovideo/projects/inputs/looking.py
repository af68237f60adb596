"""A look into files before anything is sent: which of them a film can be made of, and why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nemovideo.errors import FileError, MissingExtraError
from nemovideo.projects.inputs.checking import InputFile
from nemovideo.projects.inputs.cloud_pictures import CloudPictures

if TYPE_CHECKING:
    from nemovideo.editing import MediaItem


@dataclass(frozen=True)
class Readable:
    """What of some files would be used."""

    files: tuple[InputFile, ...]
    """In order; those that folders brought and that can't be used are not among them."""
    media: tuple[MediaItem | None, ...]
    """What is in each; None where nobody looked."""
    left_out: frozenset[InputFile]
    notes: tuple[str, ...] = ()
    """What is left out, changed or in doubt, in sentences."""
    names: Mapping[Path, str] = field(default_factory=dict)
    """What some are called where they go."""


def read_media(files: Sequence[InputFile]) -> Readable:
    """Decode files as the engine on this machine does when they come in.

    Raises:
        FileError: One that was named, or each that a folder brought, can't be decoded.
        MissingExtraError: The local engine is not installed.
    """
    return _sorted_out(files, _media_item)


def check_for_cloud(files: Sequence[InputFile]) -> Readable:
    """Look at files as an upload to the cloud does, and doubt what can't be decoded here.

    Pictures that the cloud does not take become JPEG on this machine, so that is tried. Of the
    others the cloud is the judge: what can't be decoded here is noted, if that can be found out.

    Raises:
        FileError: A picture that was named, or each that a folder brought, can't become JPEG.
        MissingExtraError: One must become JPEG, and what does that is not installed.
    """
    pictures = CloudPictures.among(files)
    doubts: list[str] = []

    def look(file: InputFile) -> MediaItem | None:
        if file.path in pictures.converted:
            pictures.source(file.path, keeps_metadata=False)
            return None
        try:
            return _media_item(file)
        except MissingExtraError:
            return None
        except FileError as fault:
            doubts.append(fault.message)
            return None

    read = _sorted_out(files, look)
    doubt = (f"The cloud may refuse what can't be read here: {'; '.join(doubts)}.",)
    notes = (*pictures.notes(), *read.notes, *(doubt if doubts else ()))
    return replace(read, notes=notes, names=pictures.names)


def _sorted_out(
    files: Sequence[InputFile], look: Callable[[InputFile], MediaItem | None]
) -> Readable:
    seen: dict[InputFile, MediaItem | None] = {}
    faults: dict[InputFile, FileError] = {}
    for file in dict.fromkeys(files):
        try:
            seen[file] = look(file)
        except FileError as error:
            if not file.is_found:
                raise
            faults[file] = error
    if faults and not seen:
        raise next(iter(faults.values()))
    reasons = "; ".join(fault.message for fault in faults.values())
    kept = tuple(file for file in files if file in seen)
    return Readable(
        kept,
        tuple(seen[file] for file in kept),
        frozenset(faults),
        (f"Left out: {reasons}.",) if faults else (),
    )


def _media_item(file: InputFile) -> MediaItem:
    from nemovideo.editing import MediaItem

    try:
        from nemovideo.render.media_info import probe
    except ImportError as exc:
        raise MissingExtraError from exc
    info = probe(file.path, file.name)
    return MediaItem(
        id=file.source,
        name=file.name,
        kind=info.kind,
        width=info.width,
        height=info.height,
        duration_ms=None if info.duration_s is None else round(info.duration_s * 1000),
        has_audio=info.has_audio,
        taken_ms=info.taken_ms,
    )
