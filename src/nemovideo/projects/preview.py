"""What a conversion would do, told without doing it: nothing is sent, nothing is written.

For the engine on this machine the director itself is asked, so that the lengths are those of the
film. What an agent in the cloud will make of an instruction nobody knows before; there the usual
pace is shown as an estimate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nemovideo.errors import FileError, MissingExtraError, NotUnderstoodError
from nemovideo.projects.inputs import Input, InputFile
from nemovideo.projects.requests import Prepared
from nemovideo.protocol.draft import Draft
from nemovideo.timeline import Timeline
from nemovideo.timeline.pacing import usual_photo_ms

if TYPE_CHECKING:
    from nemovideo.editing import MediaItem

FREE = "nothing: the engine on this machine is free"
PAID = "credits for the edit and the render; how many the server says (nemo credits)"


@dataclass(frozen=True)
class PreviewFile:
    """A file in its place."""

    source: str
    name: str
    kind: str | None
    size_bytes: int | None
    """None for a link."""
    duration_ms: int | None
    """How long it is to be seen; None where that is not known, or it is not seen."""


@dataclass(frozen=True)
class Preview:
    """What would be done."""

    prepared: Prepared
    files: tuple[PreviewFile, ...]
    duration_ms: int | None
    size: tuple[int, int] | None
    """Pixels of the film."""
    is_estimate: bool
    """Whether the lengths are a guess at what the agent will do."""
    cost: str
    not_understood: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def size_bytes(self) -> int:
        """How much would be uploaded, links apart."""
        return sum(file.size_bytes or 0 for file in self.files)


def preview(prepared: Prepared, *, language: str) -> Preview:
    """Find out what a conversion would do.

    Args:
        prepared: What `prepare` returned.
        language: The user's.

    Raises:
        NotUnderstoodError: It is to be strict, and the local engine would not understand a part.
        NemoError: A file can't be read; the local engine is not installed.
    """
    items = prepared.inputs.items
    is_known = (
        prepared.place.is_local
        and prepared.plan.session_id is None
        and all(isinstance(item, InputFile) for item in items)
    )
    return _directed(prepared, language) if is_known else _estimated(prepared)


def _directed(prepared: Prepared, language: str) -> Preview:
    from nemovideo.editing import direct

    plan = prepared.plan
    read = _readable(prepared.inputs.files)
    outcome = direct(
        plan.message(1, is_local=True),
        list(read.media.values()),
        None,
        language=language,
        title=plan.name or "project",
    )
    if plan.is_strict and outcome.not_understood:
        raise NotUnderstoodError.of(outcome.not_understood)
    draft = None if outcome.draft is None else Draft.from_wire(outcome.draft)
    timeline = Timeline.from_draft(draft)
    lengths: dict[str, list[int]] = defaultdict(list)
    for clip in timeline.clips:
        lengths[clip.name or ""].append(clip.duration_ms)
    notes = (*plan.notes, *read.notes, *outcome.notes)
    if draft is None:
        notes = (*notes, outcome.reply)
    return Preview(
        prepared,
        tuple(_file(item, lengths[item.name]) for item in read.media),
        duration_ms=timeline.duration_ms if draft else None,
        size=timeline.canvas.size if draft else None,
        is_estimate=False,
        cost=FREE,
        not_understood=outcome.not_understood,
        notes=notes,
    )


def _estimated(prepared: Prepared) -> Preview:
    items, wishes = prepared.inputs.items, prepared.wishes
    photos = sum(item.kind in ("image", None) for item in items)
    is_only_photos = all(item.kind in ("image", "audio", None) for item in items)
    total_ms = None if wishes.duration_s is None else round(wishes.duration_s * 1000)
    pace_ms = usual_photo_ms(photos) if photos else 0
    if is_only_photos and photos:
        total_ms = total_ms or photos * pace_ms
        pace_ms = total_ms // photos
    lengths = [[pace_ms] if item.kind in ("image", None) else [] for item in items]
    return Preview(
        prepared,
        tuple(_file(item, length) for item, length in zip(items, lengths, strict=True)),
        duration_ms=total_ms,
        size=None,
        is_estimate=True,
        cost=FREE if prepared.place.is_local else PAID,
        not_understood=(),
        notes=prepared.plan.notes,
    )


def _file(item: Input, lengths: list[int]) -> PreviewFile:
    return PreviewFile(
        source=item.source,
        name=item.name,
        kind=item.kind,
        size_bytes=item.size_bytes if isinstance(item, InputFile) else None,
        duration_ms=lengths.pop(0) if lengths else None,
    )


@dataclass(frozen=True)
class _Readable:
    """What can be decoded of the files, and what folders brought besides."""

    media: dict[InputFile, MediaItem]
    notes: tuple[str, ...]


def _readable(files: Sequence[InputFile]) -> _Readable:
    media: dict[InputFile, MediaItem] = {}
    faults: list[FileError] = []
    for file in files:
        try:
            media[file] = _media_item(file)
        except FileError as error:
            if not file.is_found:
                raise
            faults.append(error)
    if faults and not media:
        raise faults[0]
    reasons = "; ".join(fault.message for fault in faults)
    return _Readable(media, (f"Left out: {reasons}.",) if faults else ())


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
