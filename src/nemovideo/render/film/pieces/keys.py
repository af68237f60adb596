"""What a piece of a film is known by: a hash of all that decides how it comes out.

That is what is seen or heard, the content of the files, how it is encoded, and who does it: this
renderer's own code, its libraries, and the kind of machine. Whatever a clip, a sound or a caption
gains in time is counted in, unless it is named here as something that nobody sees or hears.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from hashlib import file_digest, sha256
from importlib import metadata
from pathlib import Path
from typing import Any

from nemovideo._installation import NAME
from nemovideo.protocol.media_types import SNIFF_BYTES, sniff_kind
from nemovideo.render.film.drawing.grounds import Grounds
from nemovideo.render.film.drawing.sources import Files
from nemovideo.render.film.pieces.cutting import Piece
from nemovideo.render.film.plan import Shot
from nemovideo.render.text.fonts import default_fonts
from nemovideo.render.text.segments import clusters, language_of
from nemovideo.timeline.model import Clip, Sound, Timeline

_NAMED: dict[str, Any] = {"id": None, "title": None, "text": None, "wish": None, "extra": {}}
_UNSEEN = {**_NAMED, "name": None, "media": None, "start_ms": 0, "duration_ms": 0, "volume": None}
"""What of a clip is not seen; its shot knows when it comes and goes."""
_PICTURE = (
    *("motion", "fit", "background", "focus", "transition", "looks", "rotation", "flip", "beside"),
)
_UNHEARD = {**_NAMED, **dict.fromkeys(_PICTURE)}
"""What of a clip is not heard; its name stands in what is told of its sound."""


class Keys:
    """The keys of the pieces of one film."""

    def __init__(self, media: Mapping[str, Path]) -> None:
        self._media = media
        self._digest = cache(_digest_of)

    def of_pictures(
        self, piece: Piece, paths: Sequence[Files], grounds: Grounds, coding: object
    ) -> str:
        """Return the key of a piece.

        The grounds of texts decide how they are drawn. What can be told apart in how it is encoded
        has different representations.

        Raises:
            OSError: A file can't be read.
        """
        plan = piece.plan
        fonts = [_faces_for(caption.text) for caption in plan.captions]
        below = [
            [self._shots(moment, paths) for moment in grounds.moments(number)]
            for number in piece.captions
        ]
        size = (plan.width, plan.height, plan.fps, plan.frame_count)
        shots = self._shots(piece, paths)
        return _hash("pictures", size, shots, plan.captions, fonts, below, plan.fades, coding)

    def _shots(self, piece: Piece, paths: Sequence[Files]) -> list[object]:
        files = [paths[number] for number in piece.shots]
        return [
            (_seen(shot), [(path.suffix, self._digest(path)) for path in shown])
            for shot, shown in zip(piece.plan.shots, files, strict=True)
        ]

    def of_sound(self, timeline: Timeline, duration: object, coding: object) -> str:
        """Return the key of a film's whole sound.

        Raises:
            OSError: A file can't be read.
        """
        clips = [(clip.start_ms, clip.end_ms, self._heard(clip)) for clip in timeline.clips]
        sounds = [(repr(sound), self._content(sound)) for sound in timeline.sounds]
        fades = (timeline.canvas.fps, timeline.fade_in, timeline.fade_out)
        return _hash("sound", duration, clips, sounds, fades, coding)

    def _heard(self, clip: Clip) -> object:
        """Return what is heard of a clip; None of a photo."""
        paths = self._files(clip)
        if clip.kind == "image" or any(sniff_kind(_beginning(path)) == "image" for path in paths):
            return None
        return repr(replace(clip, **_UNHEARD)), [self._digest(path) for path in paths]

    def _content(self, sound: Sound) -> list[str]:
        return [self._digest(path) for path in self._files(sound)]

    def _files(self, segment: Clip | Sound) -> list[Path]:
        names = [name for name in (segment.media, segment.name) if name is not None]
        paths = [self._media[name] for name in names if name in self._media]
        return [path for path in paths if path.is_file()]


def _seen(shot: Shot) -> str:
    pictures = [replace(picture, **_UNSEEN) for picture in shot.clip.pictures]
    return repr((replace(shot, clip=pictures[0]), pictures[1:]))


def _hash(*parts: object) -> str:
    return sha256(repr((*parts, _renderer())).encode()).hexdigest()


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(SNIFF_BYTES)


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _faces_for(text: str) -> list[tuple[str, int, int]]:
    """Return which fonts draw a text: those of the system come and go."""
    language = language_of(text)
    found = {default_fonts().face_for(cluster, language) for cluster in clusters(text)}
    return sorted(
        (face.path.name, face.index, face.path.stat().st_mtime_ns) for face in found if face
    )


@lru_cache(maxsize=1)
def _renderer() -> str:
    """Return a hash of who renders: our code, the libraries, the kind of machine."""
    package = Path(__file__).parents[3]
    code = sha256()
    for folder in ("render", "timeline", "_metadata"):
        for path in sorted((package / folder).rglob("*.py")):
            code.update(path.read_bytes())
    return repr((code.hexdigest(), _versions(), platform.system(), platform.machine()))


def _versions() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    try:
        wanted = metadata.requires(NAME) or []
    except metadata.PackageNotFoundError:
        return found
    for name in sorted({re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0] for line in wanted}):
        try:
            found.append((name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            continue
    return found
