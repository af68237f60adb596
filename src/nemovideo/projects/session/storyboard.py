"""Pictures of a timeline: real frames where the timeline is this program's, else its files.

The files are those that were uploaded from this machine, as far as they are still where they
were; the rest is fetched from where the server keeps it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemovideo.errors import EmptyTimelineError, MissingExtraError, NemoError
from nemovideo.projects.journal import SessionRecord
from nemovideo.projects.session.session import Session
from nemovideo.projects.session.upload_batch import hash_file
from nemovideo.protocol.media_types import extension_of
from nemovideo.timeline import Moment, Timeline, find_moments

if TYPE_CHECKING:
    from nemovideo.render.frames import Pixels

LONGEST_SIDE = 320
ENGINE_MARK = "local/"


@dataclass(frozen=True)
class BoardFrame:
    """One moment and its picture."""

    moment: Moment
    pixels: Pixels | None
    """rgb24; None where there is nothing to show."""


@dataclass(frozen=True)
class Storyboard:
    """The moments of a timeline with their pictures."""

    session: SessionRecord
    frames: tuple[BoardFrame, ...]
    size: tuple[int, int]
    """Pixels of each picture."""
    notes: tuple[str, ...]
    """What can't be shown, and why."""


def make_storyboard(session: Session) -> Storyboard:
    """Picture a session's timeline.

    Raises:
        EmptyTimelineError: There are no pictures or clips on it.
        MissingExtraError: The parts that draw pictures are not installed.
    """
    state = session.client.state.get(session.session_id)
    timeline = Timeline.from_draft(state.draft)
    if not timeline.clips:
        raise EmptyTimelineError
    _require_renderer()
    from nemovideo.render.frames import fitted

    size = fitted(*timeline.canvas.size, LONGEST_SIDE)
    session.reporter.begin("setup", "Drawing the storyboard…")
    with _Media(session, state.state.video_infos).opened() as media:
        frames, notes = _picture(timeline, size, media)
    session.reporter.end("the storyboard")
    return Storyboard(session.record, frames, size, notes)


def _picture(
    timeline: Timeline, size: tuple[int, int], media: _Media
) -> tuple[tuple[BoardFrame, ...], tuple[str, ...]]:
    moments = find_moments(timeline)
    if (timeline.engine or "").startswith(ENGINE_MARK):
        from nemovideo.render.frames import render_frames

        paths = media.on(timeline)
        times = [moment.time_ms for moment in moments]
        try:
            pictures = [*render_frames(timeline, paths, times, longest_side=max(size))]
        except NemoError as error:
            media.notes.append(f"Shown without motion and titles: {error.message}.")
        else:
            pairs = zip(moments, pictures, strict=True)
            return tuple(BoardFrame(*pair) for pair in pairs), tuple(media.notes)
    else:
        media.notes.append(
            "The timeline was made in the cloud: these are its files, without effects and titles."
        )
    frames = tuple(BoardFrame(moment, media.picture_of(moment, size)) for moment in moments)
    return frames, tuple(dict.fromkeys(media.notes))


class _Media:
    """The files of a session, each found or fetched when it is first asked for."""

    def __init__(self, session: Session, infos: Any) -> None:
        self._session = session
        self._infos = (
            [info for info in infos if isinstance(info, dict)] if isinstance(infos, list) else []
        )
        self._found: dict[str, Path | None] = {}
        self.notes: list[str] = []

    @contextmanager
    def opened(self) -> Iterator[_Media]:
        """Keep what is fetched until the pictures are drawn."""
        with tempfile.TemporaryDirectory(prefix="nemo-") as folder:
            self._folder = Path(folder)
            yield self

    def on(self, timeline: Timeline) -> Mapping[str, Path]:
        """Return the photos and films on a timeline, by id and by name."""
        paths: dict[str, Path] = {}
        for clip in timeline.pictures:
            for key in filter(None, (clip.media, clip.name)):
                if (path := self._find(key)) is not None:
                    paths[key] = path
                    break
        return paths

    def picture_of(self, moment: Moment, size: tuple[int, int]) -> Pixels | None:
        """Return the picture of a moment's file."""
        from nemovideo.render.frames import render_media

        path = self._find(moment.name) if moment.name else None
        if path is None:
            name = f"“{moment.name}”" if moment.name else "a piece without a name"
            self.notes.append(f"There is no picture for {name}: its file is not known here.")
            return None
        try:
            return render_media(path, size, time_ms=moment.source_ms)
        except NemoError as error:
            self.notes.append(f"There is no picture for “{moment.name}”: {error.message}.")
            return None

    def _find(self, key: str) -> Path | None:
        if key not in self._found:
            info = next((info for info in self._infos if _is_meant(info, key)), None)
            self._found[key] = self._on_this_machine(key, info or {}) or self._fetched(info)
        return self._found[key]

    def _on_this_machine(self, key: str, info: Mapping[str, Any]) -> Path | None:
        uploads = self._session.journal.uploads.of(self._session.session_id)
        names = [name for name in (key, info.get("filename")) if isinstance(name, str)]
        same = [upload for upload in uploads if upload.content_hash == info.get("hash")]
        named = [u for u in uploads if any(_same_name(u.filename, name) for name in names)]
        for upload in [*same, *named]:
            if _holds(Path(upload.path), upload.content_hash):
                return Path(upload.path)
        return None

    def _fetched(self, info: dict[str, Any] | None) -> Path | None:
        url = info.get("cdn_url") or info.get("url") if info else None
        if not isinstance(url, str) or not url.startswith(("http://", "https://")):
            return None
        name = f"{len(self._found)}.{extension_of(str((info and info.get('filename')) or url))}"
        try:
            self._session.client.uploads.download(url, self._folder / name)
        except NemoError:
            return None
        return self._folder / name


def _is_meant(info: dict[str, Any], key: str) -> bool:
    name = info.get("filename") or info.get("name")
    return info.get("id") == key or (isinstance(name, str) and _same_name(name, key))


def _same_name(filename: str, name: str) -> bool:
    """Return whether a segment is called after a file, with or without the ending."""
    return name.casefold() in (filename.casefold(), Path(filename).stem.casefold())


def _holds(path: Path, content_hash: str) -> bool:
    try:
        return hash_file(path) == content_hash
    except OSError:
        return False


def _require_renderer() -> None:
    try:
        import nemovideo.render.frames  # noqa: F401 - whether it can be had
    except ImportError as exc:
        raise MissingExtraError("the parts that draw pictures are not installed") from exc
