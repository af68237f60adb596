"""What a conversion would do, told without doing it: nothing is sent, nothing is written.

For the engine on this machine the director itself is asked, so that the lengths are those of the
film. What an agent in the cloud will make of an instruction nobody knows before; there the usual
pace is shown as an estimate.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from nemovideo.errors import NotUnderstoodError
from nemovideo.projects.convert.requests import Prepared
from nemovideo.projects.inputs.checking import Input, InputFile
from nemovideo.projects.inputs.looking import Readable, check_for_cloud, read_media
from nemovideo.projects.session.upload_batch import SentFile
from nemovideo.protocol.draft import Draft
from nemovideo.timeline import Timeline
from nemovideo.timeline.pacing import usual_photo_ms

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
    """Find out what a conversion would do; files are looked into as they will be then.

    Raises:
        NotUnderstoodError: It is to be strict, and the local engine would not understand a part.
        NemoError: A file can't be read; the local engine is not installed.
    """
    items = prepared.inputs.items
    if not prepared.backend.is_local:
        return _estimated(prepared, check_for_cloud(prepared.inputs.files))
    read = read_media(prepared.inputs.files)
    is_known = prepared.plan.session_id is None and len(read.files) + len(read.left_out) == len(
        items
    )
    return _directed(prepared, read, language) if is_known else _estimated(prepared, read)


def _directed(prepared: Prepared, read: Readable, language: str) -> Preview:
    from nemovideo.editing import direct

    plan = prepared.plan
    outcome = direct(
        plan.message(1, is_local=True),
        [media for media in read.media if media is not None],
        None,
        language=language,
        title=plan.name or "project",
    )
    if plan.is_strict and outcome.not_understood:
        raise NotUnderstoodError.of(outcome.not_understood)
    draft = None if outcome.draft is None else Draft.from_wire(outcome.draft)
    timeline = Timeline.from_draft(draft)
    lengths: dict[str, list[int]] = defaultdict(list)
    for clip in timeline.pictures:
        lengths[clip.name or ""].append(clip.duration_ms)
    notes = (*plan.notes, *read.notes, *outcome.notes)
    if draft is None:
        notes = (*notes, outcome.reply)
    return Preview(
        prepared,
        tuple(_file(item, lengths[item.name]) for item in read.files),
        duration_ms=timeline.duration_ms if draft else None,
        size=timeline.canvas.size if draft else None,
        is_estimate=False,
        cost=FREE,
        not_understood=outcome.not_understood,
        notes=notes,
    )


def _estimated(prepared: Prepared, read: Readable) -> Preview:
    items = tuple(item for item in prepared.inputs.items if item not in read.left_out)
    total_ms = None
    if prepared.wishes.duration_s is not None:
        total_ms = round(prepared.wishes.duration_s * 1000)
    photos = sum(item.kind in ("image", None) for item in items)
    pace_ms = usual_photo_ms(photos) if photos else 0
    if photos and all(item.kind in ("image", "audio", None) for item in items):
        total_ms = total_ms or photos * pace_ms
        pace_ms = total_ms // photos
    lengths = [[pace_ms] if item.kind in ("image", None) else [] for item in items]
    named = [SentFile(item.source, _name(item, read), None, None, item.kind) for item in items]
    return Preview(
        replace(prepared, plan=prepared.plan.told_of(named)),
        tuple(_file(item, length) for item, length in zip(items, lengths, strict=True)),
        duration_ms=total_ms,
        size=None,
        is_estimate=True,
        cost=FREE if prepared.backend.is_local else PAID,
        not_understood=(),
        notes=(*prepared.plan.notes, *read.notes),
    )


def _name(item: Input, read: Readable) -> str:
    return read.names.get(item.path, item.name) if isinstance(item, InputFile) else item.name


def _file(item: Input, lengths: list[int]) -> PreviewFile:
    return PreviewFile(
        source=item.source,
        name=item.name,
        kind=item.kind,
        size_bytes=item.size_bytes if isinstance(item, InputFile) else None,
        duration_ms=lengths.pop(0) if lengths else None,
    )
