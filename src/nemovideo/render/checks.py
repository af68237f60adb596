"""A finished film looked at and listened to before it is called done.

What is looked at is cheap: of each piece the frames that are made of no later ones, which is every
tenth of a photo's, decoded and small.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from nemovideo.render.film.failures import translated_errors
from nemovideo.render.film.pieces.packets import Glance, Packets
from nemovideo.render.film.plan import Plan
from nemovideo.render.picture.files import load_picture
from nemovideo.render.sound.loudness import TARGET_LUFS, Loudness
from nemovideo.timeline.model import Clip, Timeline
from nemovideo.timeline.music import COMPOSED_VOLUME, FILE_VOLUME, UNDER_FILMS_VOLUME

_SMALL = (36, 64)
"""Rows and columns of the picture that is looked at."""
_BLACK_LUMA, _EVEN = 24, 3
"""A frame no brighter than this, and this even, in luma of 16–235, is black."""
_BLACK_S, _FROZEN_S = 0.5, 2.5
"""So long is no accident any more."""
_ALIKE = 0.05
"""Two frames that differ less than this in luma, on average, are the same."""
_NEAR_LU = 1.0
_USUAL_VOLUMES = (COMPOSED_VOLUME, FILE_VOLUME, UNDER_FILMS_VOLUME)
_HIGHEST_PEAK_DBTP = -0.5
_MARGIN_S = 0.3

_DARK_PHOTO = 30
"""A photo whose pixels are no brighter on average, of 255, may be black to see."""

Frame = npt.NDArray[np.float32]
Stretch = tuple[float, float]
"""From when to when, in seconds."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    value: Any
    """What was found."""
    note: str | None = None
    """What the user should know when it is not as it should be."""

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {"name": self.name, "ok": self.ok, "value": self.value}


def check_film(
    path: Path,
    timeline: Timeline,
    plan: Plan,
    media: Mapping[str, Path],
    *,
    has_sound: bool,
    loudness: Loudness | None = None,
    watch: Watch | None = None,
) -> list[Check]:
    """Look at a finished file.

    Its length and frames were counted already. The loudness is None when there is next to nothing
    to hear; the watch has seen its pieces already, else the file is looked at.
    """
    duration_s = float(plan.duration_s)
    checks = [Check("length", True, duration_s), Check("frames", True, plan.frame_count)]
    if has_sound:
        checks += _heard(loudness, timeline)
    black, still = (watched(path) if watch is None else watch).stretches(duration_s)
    black = [stretch for stretch in black if not _is_dark_wished(stretch, timeline, media)]
    frozen = [stretch for stretch in still if _moves_throughout(stretch, timeline)]
    return [
        *checks,
        _stretch_check("black", black, "the picture is black from {0:.1f} to {1:.1f} s"),
        _stretch_check("frozen", frozen, "the picture stands still from {0:.1f} to {1:.1f} s"),
        Check("size", True, path.stat().st_size),
    ]


def look_at(piece: Packets, codec: str) -> Packets:
    """Decode frames of a piece, and return it with what is seen of them.

    The codec is FFmpeg's name.

    Raises:
        RenderError: They can't be decoded.
    """
    with translated_errors(Path()):
        decoder: Any = av.CodecContext.create(codec, "r")
        decoder.extradata = piece.header or None
        decoder.skip_frame = "BIDIR"
        glances = []
        for packet in (*piece.packets, None):
            coded = None
            if packet is not None:
                coded = av.Packet(packet.content)
                coded.pts = packet.time
            for frame in decoder.decode(coded):
                small = _small(frame)
                glances.append(Glance(frame.pts, small.shape[1], small.tobytes()))
    return replace(piece, glances=tuple(glances))


def _heard(loudness: Loudness | None, timeline: Timeline) -> list[Check]:
    is_wished = any((sound.volume or 1) > 0 for sound in timeline.sounds)
    if loudness is None:
        note = "the film is silent, though there is music" if is_wished else None
        return [Check("sound", not is_wished, False, note)]
    lufs, peak = round(loudness.integrated_lufs, 1), round(loudness.true_peak_dbtp, 1)
    is_off = abs(lufs - TARGET_LUFS) > _NEAR_LU and _are_volumes_usual(timeline)
    is_clipped = peak > _HIGHEST_PEAK_DBTP
    told = f"the sound is not as loud as usual: {lufs} LUFS" if is_off else None
    return [
        Check("sound", True, True),
        Check("loudness", not is_off, lufs, told),
        Check("peak", not is_clipped, peak, "the sound is too loud" if is_clipped else None),
    ]


def _are_volumes_usual(timeline: Timeline) -> bool:
    """Return whether nobody said how loud anything shall be."""
    sounds = all(sound.volume in _USUAL_VOLUMES for sound in timeline.sounds)
    return sounds and all(clip.volume in (None, 1) for clip in timeline.clips)


def watched(path: Path) -> Watch:
    """Return what has seen the frames of a file that are made of no later ones."""
    watch = Watch()
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        stream.codec_context.skip_frame = "BIDIR"
        for frame in container.decode(stream):
            watch.see(float(frame.time or 0), _small(frame).astype(np.float32))
    return watch


def _small(frame: av.VideoFrame) -> npt.NDArray[np.uint8]:
    plane: Any = frame.planes[0]
    luma = np.frombuffer(plane, np.uint8)
    rows = luma.reshape(-1, plane.line_size)[: frame.height, : frame.width]
    step = max(1, frame.height // _SMALL[0]), max(1, frame.width // _SMALL[1])
    return rows[:: step[0], :: step[1]]


class Watch:
    """Sees a film's frames in their order, and tells when they are black and when they stand."""

    def __init__(self) -> None:
        self._black: list[Stretch] = []
        self._still: list[Stretch] = []
        self._dark_since: float | None = None
        self._anchor: tuple[float, Frame] | None = None
        self._last_s = 0.0

    def see(self, at: float, frame: Frame) -> None:
        """See a frame that shows at a time in seconds."""
        is_black = frame.mean() <= _BLACK_LUMA and frame.std() <= _EVEN
        if is_black and self._dark_since is None:
            self._dark_since = at
        elif not is_black and self._dark_since is not None:
            self._black.append((self._dark_since, at))
            self._dark_since = None
        if self._anchor is None or np.abs(frame - self._anchor[1]).mean() >= _ALIKE:
            self._end_still(self._last_s)
            self._anchor = at, frame
        self._last_s = at

    def see_piece(self, piece: Packets, start: int, fps: int) -> None:
        """See what was seen of a piece by `look_at`, which begins at a frame of the film."""
        for glance in piece.glances:
            luma = np.frombuffer(glance.luma, np.uint8).reshape(-1, glance.width)
            self.see((start + glance.time) / fps, luma.astype(np.float32))

    def stretches(self, end_s: float) -> tuple[list[Stretch], list[Stretch]]:
        """Return from when to when the picture is black, and when it stands still."""
        if self._dark_since is not None:
            self._black.append((self._dark_since, end_s))
        self._end_still(end_s)
        return _longer(self._black, _BLACK_S), _longer(self._still, _FROZEN_S)

    def _end_still(self, end_s: float) -> None:
        if self._anchor is not None and self._anchor[1].std() > _EVEN:
            self._still.append((self._anchor[0], end_s))


def _longer(stretches: list[Stretch], shortest_s: float) -> list[Stretch]:
    return [(start, end) for start, end in stretches if end - start >= shortest_s]


def _is_dark_wished(stretch: Stretch, timeline: Timeline, media: Mapping[str, Path]) -> bool:
    """Return whether a stretch lies in a fade, or in clips that are as dark themselves."""
    start_ms, end_ms = (1000 * at for at in stretch)
    for edge_ms, fade in ((0, timeline.fade_in), (timeline.duration_ms, timeline.fade_out)):
        if fade is not None:
            reach = fade.duration_ms + 1000 * _MARGIN_S
            if start_ms >= edge_ms - reach and end_ms <= edge_ms + reach:
                return True
    return any(clip.is_film or _is_dark(clip, media) for clip in _shown(stretch, timeline))


def _is_dark(clip: Clip, media: Mapping[str, Path]) -> bool:
    path = media.get(clip.media or "") or media.get(clip.name or "")
    if path is None:
        return False
    dark = any(look.name == "dark" for look in clip.looks or ())
    return dark or bool(load_picture(path, max_width=64, max_height=64).mean() <= _DARK_PHOTO)


def _shown(stretch: Stretch, timeline: Timeline) -> list[Clip]:
    start_ms, end_ms = (1000 * at for at in stretch)
    return [clip for clip in timeline.clips if clip.start_ms < end_ms and clip.end_ms > start_ms]


def _moves_throughout(stretch: Stretch, timeline: Timeline) -> bool:
    """Return whether something ought to move all the time: a photo under a moving camera."""
    shown = _shown(stretch, timeline)
    return bool(shown) and all(_moves(clip) for clip in shown)


def _moves(clip: Clip) -> bool:
    is_photo = not clip.is_film and clip.motion is not None
    return is_photo and clip.motion is not None and clip.motion.name not in ("still", "custom")


def _stretch_check(name: str, found: list[Stretch], note: str) -> Check:
    value = [[round(start, 2), round(end, 2)] for start, end in found]
    return Check(name, not found, value, note.format(*found[0]) if found else None)
