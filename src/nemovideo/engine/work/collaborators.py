"""The three things that the engine leaves to others: directing, probing, rendering.

They are parameters, so that a test can put its own in their place; the real ones are loaded when
an engine starts, since they need the ``local`` extra.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from nemovideo._installation import missing_engine_modules
from nemovideo._music_pack import tracks
from nemovideo.errors import MissingExtraError
from nemovideo.protocol.draft import Draft, JsonObject

if TYPE_CHECKING:
    from nemovideo.editing import MediaItem, Outcome
    from nemovideo.render import RenderResult
    from nemovideo.render.film.pieces.kept import KeptPieces
    from nemovideo.render.media_info import MediaInfo


class Direct(Protocol):
    """Make an edit of a message."""

    def __call__(
        self,
        message: str,
        media: Sequence[MediaItem],
        draft: JsonObject | None,
        *,
        language: str,
        title: str,
        question: JsonObject | None,
        strict: bool,
    ) -> Outcome:
        """Return what to answer, and the new draft if there is one."""
        ...


class Probe(Protocol):
    """Return what a file is, or refuse it."""

    def __call__(self, path: Path, name: str) -> MediaInfo:
        """Return what the file is; raises UnsupportedFileError with its name in the message."""
        ...


class RenderDraft(Protocol):
    """Make a video file of a draft."""

    def __call__(
        self,
        draft: Draft,
        media: Mapping[str, Path],
        output: Path,
        *,
        quality: str,
        max_bytes: int | None,
        encoder: str,
        on_progress: Callable[[float], None] | None,
        is_cancelled: Callable[[], bool] | None,
    ) -> RenderResult:
        """Write the file; raises when `is_cancelled` says so."""
        ...


@dataclass(frozen=True)
class Collaborators:
    """What an engine works with."""

    direct: Direct
    probe: Probe
    render_draft: RenderDraft


def load_collaborators(kept: KeptPieces) -> Collaborators:
    """Return the real ones; the renderer keeps pieces of films.

    Raises:
        MissingExtraError: The ``local`` extra is not installed.
    """
    require_local_extra()
    return Collaborators(_direct, _probe, partial(_render_draft, kept=kept))


def _probe(path: Path, name: str) -> MediaInfo:
    from nemovideo.render.media_info import probe

    info = probe(path, name)
    if info.kind == "audio":
        from nemovideo.render.sound.beats import find_beat

        return replace(info, beat=find_beat(path))
    if info.kind != "image":
        return info
    from nemovideo.render.picture.subject import find_subject

    return replace(info, subject=find_subject(path))


def _direct(
    message: str, media: Sequence[MediaItem], draft: JsonObject | None, **how: Any
) -> Outcome:
    # Loaded by the first turn: many commands only look.
    from nemovideo.editing import direct

    return direct(message, [*media, *_finished_music()], draft, **how)


def _finished_music() -> Iterator[MediaItem]:
    """Yield the finished tracks of the extra ``music``, where it is installed."""
    from nemovideo.editing import MediaItem
    from nemovideo.timeline.beat import Beat
    from nemovideo.timeline.model import PACK

    for track in tracks().values():
        yield MediaItem(
            id=f"{PACK}{track.name}",
            name=track.name.replace("_", " ").capitalize(),
            kind="pack",
            duration_ms=track.duration_ms,
            has_audio=True,
            beat=None if track.beat is None else Beat._make(track.beat),
        )


def _render_draft(
    draft: Draft, media: Mapping[str, Path], output: Path, **how: Any
) -> RenderResult:
    # The renderer's libraries take a while to load: in the worker's thread nobody waits for them.
    from nemovideo.render import render_draft

    return render_draft(draft, media, output, **how)


def require_local_extra() -> None:
    """Refuse to go on when a part of the ``local`` extra is missing.

    Raises:
        MissingExtraError: One is.
    """
    if missing_engine_modules():
        raise MissingExtraError
